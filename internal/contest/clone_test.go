package contest_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

func TestCloneCopiesAllButDatesAndApproval(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx := context.Background()
	d := k.complete(t)
	must(t, errOf(k.s.Write(ctx, k.author, d.ID, contest.Text{Language: lang.EN, Title: "Counting litter", Sections: map[string]string{"problem": "Litter."}})))
	testkit.Exec(t, k.db, `update challenges set opens_at = clock_timestamp(), tags = '["litter"]' where id = $1`, d.ID)
	testkit.Exec(t, k.db, `update criteria set weight = 35 where challenge_id = $1 and key = 'impact'`, d.ID)
	testkit.Exec(t, k.db, `update form_fields set label = '{"ja":"名前"}', frozen_after = clock_timestamp() where challenge_id = $1 and key = 'project-title'`, d.ID)
	testkit.Exec(t, k.db, `insert into eligibility_questions (id, challenge_id, key, position, question, expected) values ($1, $2, 'age', 1, '{"ja":"成人ですか"}', true)`, testkit.NewID(), d.ID)
	testkit.Exec(t, k.db, `insert into challenge_resources (id, challenge_id, kind, title, url, state) values ($1, $2, 'link', '{"ja":"地図"}', 'https://example.org/map', 'ready'),
		($3, $2, 'link', '{"ja":"古い"}', 'https://example.org/old', 'ready')`, testkit.NewID(), d.ID, testkit.NewID())
	testkit.Exec(t, k.db, `update challenge_resources set removed_at = clock_timestamp() where url like '%old'`)
	source := k.read(t, d.ID)

	n := contest.Clone{Source: d.ID, Contest: k.rows.Contest, LeadCity: k.rows.Fujisawa, Title: "ごみの量を数える その2"}
	wish := database.WithIdempotency(ctx, database.Idempotency{Actor: k.author.PersonID.String(), Key: "one", Hash: []byte("same")})
	c, err := k.s.StartFrom(wish, k.author, n)
	must(t, err)
	again, err := k.s.StartFrom(wish, k.author, n)
	if err != nil || again.ID != c.ID {
		t.Errorf("the same wish made another challenge: %v", err)
	}
	if c.State() != contest.StateDraft || c.OwnDates != (contest.OwnDates{}) || c.SubmittedAt != nil || c.Slug == source.Slug {
		t.Errorf("copied what it should not: %+v", c.Challenge)
	}
	if c.Texts[lang.JA].Title != n.Title || c.Texts[lang.JA].Sections["problem"] != source.Texts[lang.JA].Sections["problem"] || c.Texts[lang.EN].Title != "Counting litter" {
		t.Errorf("texts %+v", c.Texts)
	}
	if len(c.Rubric) != len(source.Rubric) || c.Rubric[0].Weight != 35 || c.Rubric[0].ID == source.Rubric[0].ID {
		t.Errorf("rubric %+v", c.Rubric)
	}
	if len(c.Form) != len(source.Form) || c.Form[0].Label[lang.JA] != "名前" || c.Form[0].FrozenAfter != nil {
		t.Errorf("form %+v", c.Form[0])
	}
	if c.TermsKey != "startup-keeps" || len(c.Eligibility) != 1 || c.Eligibility[0].Key != "age" || len(c.Testbeds) != 1 || c.Tags[0] != "litter" {
		t.Errorf("terms %q, questions %v, testbeds %v, tags %v", c.TermsKey, c.Eligibility, c.Testbeds, c.Tags)
	}
	var resources int
	must(t, k.db.Pool().QueryRow(ctx, `select count(*) from challenge_resources where challenge_id = $1`, c.ID).Scan(&resources))
	if resources != 1 {
		t.Errorf("%d resources", resources)
	}
	if a := k.authoring(t, c.ID); a.ClonedFrom != source.Texts[lang.JA].Title {
		t.Errorf("cloned from %q", a.ClonedFrom)
	}
}

func TestCloneOfAnotherCitysChallenge(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx := context.Background()
	d := k.complete(t)
	n := contest.Clone{Source: d.ID, Contest: k.rows.Contest, LeadCity: k.rows.Santander}
	_, err := k.s.StartFrom(ctx, k.elsewhere, n)
	want(t, "another city's draft", err, fault.ErrNotFound)
	must(t, errOf(k.s.Send(ctx, k.author, d.ID)))
	must(t, errOf(k.s.Approve(ctx, k.second, d.ID)))
	must(t, errOf(k.s.Publish(ctx, k.author, d.ID)))
	_, err = k.s.StartFrom(ctx, k.elsewhere, contest.Clone{Source: d.ID, Contest: k.rows.Contest, LeadCity: k.rows.Fujisawa})
	want(t, "into another city", err, fault.ErrNotFound)
	n.Language = lang.ES
	_, err = k.s.StartFrom(ctx, k.elsewhere, n)
	want(t, "in a language without text", err, fault.ErrInvalid)
	n.Language = ""
	c, err := k.s.StartFrom(ctx, k.elsewhere, n)
	must(t, err)
	if c.LeadCity != k.rows.Santander || c.Language != lang.JA || len(c.Testbeds) != 0 {
		t.Errorf("clone %+v with %v", c.Challenge, c.Testbeds)
	}
	testkit.Exec(t, k.db, `update contests set archived_at = clock_timestamp()`)
	_, err = k.s.StartFrom(ctx, k.elsewhere, n)
	want(t, "into an archived contest", err, contest.ErrContestClosed)
	var id uuid.UUID
	must(t, k.db.InTx(ctx, func(tx database.Tx) error { // for clones of whole contests
		id, err = contest.CloneInto(tx, d.ID, k.rows.Contest, k.author.PersonID)
		return err
	}))
	if c = k.read(t, id); c.LeadCity != k.rows.Fujisawa || len(c.Testbeds) != 1 || c.State() != contest.StateDraft {
		t.Errorf("cloned with its contest: %+v", c.Challenge)
	}
}

func TestSourcesAreOnesOwnAndPublishedOnes(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx := context.Background()
	d := k.complete(t)
	see := func(actor authz.Actor, words string) int {
		t.Helper()
		found, err := k.s.Sources(ctx, actor, words, lang.JA)
		must(t, err)
		return len(found)
	}
	if see(k.author, "") != 1 || see(k.elsewhere, "") != 0 {
		t.Error("a draft is offered to another city, or not to its own")
	}
	must(t, errOf(k.s.Send(ctx, k.author, d.ID)))
	must(t, errOf(k.s.Approve(ctx, k.second, d.ID)))
	must(t, errOf(k.s.Publish(ctx, k.author, d.ID)))
	if see(k.elsewhere, "") != 1 || see(k.elsewhere, "ごみ") != 1 || see(k.elsewhere, "海") != 0 {
		t.Error("a published challenge is not found by its words")
	}
	_, err := k.s.Sources(ctx, authz.Actor{PersonID: testkit.NewID()}, "", lang.JA)
	want(t, "somebody who writes no challenges", err, fault.ErrNotFound)
}
