package pitch_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/edition"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/pitch"
	"fieldtrial/internal/testkit"
)

// A copy of a challenge takes its pitch round along and says it on record; in a language that the criteria
// lack, as a draft.
func TestACopyTakesThePitchRoundAlong(t *testing.T) {
	t.Parallel()
	w := announced(t)
	_, err := w.svc.SavePlan(w.ctx, w.official, w.rows.Challenge, 0, plan(4, 30))
	w.must(err)
	said := func(challenge uuid.UUID, held bool) {
		t.Helper()
		p, err := w.svc.Plan(w.ctx, w.official, challenge)
		w.must(err)
		if p.Held != held || p.Invited != 4 || p.Share != 30 || len(p.Criteria) != 2 || p.Criteria[1].Key != "proof" || len(p.Criteria[1].Anchors) != 11 || p.Version != 1 {
			t.Errorf("the copy's plan: %+v", p.Plan)
		}
		if n := w.count(`select count(*) from record_leaves where kind = 'pitch.rules' and subject = $1`, challenge); n != 1 {
			t.Errorf("%d leaves of its rules", n)
		}
	}
	challenges := contest.NewService(w.db, pitch.Copy)
	again := contest.Clone{Source: w.rows.Challenge, Contest: w.rows.Contest, LeadCity: w.rows.City}
	c, err := challenges.StartFrom(w.ctx, w.official, again)
	w.must(err)
	said(c.ID, true)
	testkit.Exec(t, w.db, `update pitch_criteria set name = '{"es":"Claridad"}' where challenge_id = $1 and key = 'clarity'`, c.ID)
	again.Source = c.ID
	testkit.Exec(t, w.db, `update challenges set language = 'ja' where id = $1`, c.ID)
	testkit.Exec(t, w.db, `update challenge_texts set language = 'ja' where challenge_id = $1 and language = $2`, c.ID, string(c.Language))
	if c, err = challenges.StartFrom(w.ctx, w.official, again); err != nil || c.Language != lang.JA {
		t.Fatalf("%s %v", c.Language, err)
	}
	said(c.ID, false)

	admin := testkit.Person(t, w.db, "Admin", authz.Grant{Role: authz.Admin, Kind: authz.Installation})
	rehearsal, err := edition.NewService(w.db, pitch.Copy).Create(w.ctx, admin, edition.New{CopyOf: w.rows.Contest, WithChallenges: true, Rehearsal: time.Hour})
	w.must(err)
	var copied uuid.UUID
	w.must(w.db.Pool().QueryRow(w.ctx, `select id from challenges where contest_id = $1`, rehearsal.ID).Scan(&copied))
	said(copied, true)

	// Without a word on a pitch round there is none to copy.
	testkit.Exec(t, w.db, `delete from pitch_plans where challenge_id = $1`, w.rows.Challenge)
	again.Source = w.rows.Challenge
	if c, err = challenges.StartFrom(w.ctx, w.official, again); err != nil {
		t.Fatal(err)
	}
	if n := w.count(`select count(*) from pitch_plans where challenge_id = $1`, c.ID); n != 0 {
		t.Error("a plan that nobody made")
	}
}
