package pitch_test

import (
	"strings"
	"testing"
	"time"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/pitch"
	"fieldtrial/internal/testkit"
)

// What a juror meets at the desk: no pitch of an entry that was passed over, left, or from which the juror stepped
// back a moment ago; and duties only while they are the juror's.
func TestWhatIsAtAJurorsDesk(t *testing.T) {
	t.Parallel()
	w := judged(t)
	testkit.Exec(t, w.db, `update pitch_plans set invited = 3`)
	testkit.Exec(t, w.db, `update pitch_criteria set may_not_apply = true`)
	w.name(w.invite(0, ""), w.pass(1, "Was bought by another."), w.invite(2, "Sensors."), w.invite(3, "Also sensors."))
	id, j := w.rows.Challenge, w.jurors[0]
	at := func(a authz.Actor) (items, pitches, scored int) {
		t.Helper()
		d, err := w.svc.Desk(w.ctx, a, id)
		w.must(err)
		due, err := w.svc.Duties(w.ctx, a)
		w.must(err)
		for _, x := range due {
			pitches, scored = pitches+x.Pitches, scored+x.Scored
		}
		return len(d.Items), pitches, scored
	}
	_, err := w.try(j, 0, score.Sheet{w.criteria[0].ID: score.NotApplicable, w.criteria[1].ID: score.NotApplicable})
	w.must(err)
	if items, pitches, scored := at(j); items != 3 || pitches != 3 || scored != 0 {
		t.Errorf("%d at the desk, %d due, %d scored: want those invited, and nothing scored where nothing applies", items, pitches, scored)
	}
	if n := w.count(`select count(distinct entry_id) from seen where person_id = $1 and kind = 'review' and entry_id = $2`, j.PersonID, w.entries[0].Entry); n != 1 {
		t.Errorf("%d looks are noted", n)
	}
	_, _, err = w.svc.Score(w.ctx, j, id, w.entries[2].Entry, 0, score.Sheet{}, strings.Repeat("x", pitch.MaxComment+1))
	w.want(err, fault.ErrInvalid, "a comment without end")
	testkit.Exec(t, w.db, `update entries set state = 'withdrawn' where id = $1`, w.entries[2].Entry)
	if items, pitches, _ := at(j); items != 2 || pitches != 2 {
		t.Errorf("who left: %d at the desk, %d due", items, pitches)
	}
	testkit.Exec(t, w.db, `update entries set eligible = false where id = $1`, w.entries[3].Entry)
	if items, pitches, _ := at(j); items != 1 || pitches != 1 {
		t.Errorf("who failed the check: %d at the desk, %d due", items, pitches)
	}
	w.recuse(w.jurors[1], 0)
	if items, _, _ := at(w.jurors[1]); items != 0 {
		t.Error("a request that began before the recusal sees the entry")
	}
	due := func(a authz.Actor) int {
		list, err := w.svc.Duties(w.ctx, a)
		w.must(err)
		return len(list)
	}
	testkit.Exec(t, w.db, `update seats set active = false where person_id = $1`, j.PersonID)
	if due(j) != 0 {
		t.Error("a seat that was taken away has duties")
	}
	testkit.Exec(t, w.db, `update grants set expires_at = clock_timestamp() - interval '1 hour' where person_id = $1`, w.jurors[2].PersonID)
	if due(testkit.Actor(t, w.db, w.jurors[2].PersonID, w.jurors[2].SessionID)) != 0 {
		t.Error("who is no juror any more has duties")
	}
	testkit.Exec(t, w.db, `update seats set active = true`)
	testkit.Exec(t, w.db, `update challenges set released_at = clock_timestamp(), decided_at = clock_timestamp() where id = $1`, id)
	if due(j) != 0 {
		t.Error("there are duties after the results")
	}
}

// Each act has its time: an old page learns what happened, not that its version is old.
func TestActsComeInTheirOrder(t *testing.T) {
	t.Parallel()
	w := judged(t)
	id, first := w.rows.Challenge, w.entries[0].Entry
	_, err := w.svc.Lock(w.ctx, w.chair, id, 0, true)
	w.want(err, pitch.ErrNotNamed, "locked before there is a shortlist")
	_, err = w.svc.Move(w.ctx, w.chair, id, first, 0, time.Now().Add(time.Hour), "Online")
	w.want(err, pitch.ErrNotNamed, "moved before there is a shortlist")
	timeless := w.invite(0, strings.Repeat("x", 2001))
	timeless.At = time.Time{}
	if _, err := w.svc.Name(w.ctx, w.chair, id, []pitch.Named{timeless}); fields(err)["/entries/0/at"] != "required" || fields(err)["/entries/0/reason"] != "too_long" {
		t.Errorf("without a time, and a reason without end: %v", err)
	}
	unread := w.invite(0, "")
	unread.Entry = testkit.Entered(t, w.db, w.rows, "Unread").Entry
	if _, err := w.svc.Name(w.ctx, w.chair, id, []pitch.Named{unread}); fields(err)["/entries/0/entryId"] != "unknown" {
		t.Errorf("who was not ranked is not compared with others: %v", err)
	}
	testkit.Exec(t, w.db, `update entries set state = 'withdrawn' where id = $1`, unread.Entry)
	silent := w.seated("No Seat", authz.Juror)
	testkit.Exec(t, w.db, `update seats set active = false where person_id = $1`, silent.PersonID)
	w.name(w.invite(0, ""), w.pass(1, "Was bought by another."), w.pass(2, " "), w.invite(3, "The only one with sensors."))
	if n := w.count(`select count(*) from notices where kind = 'pitch-scoring' and person_id = $1`, silent.PersonID); n != 0 {
		t.Error("who has no seat is asked to score")
	}
	if n := w.count(`select count(*) from pitch_entries`); n != 3 {
		t.Errorf("%d entries are on the list, want those that are invited or passed over for a reason", n)
	}
	_, err = w.svc.Name(w.ctx, w.chair, id, nil)
	w.want(err, pitch.ErrNamed, "named from an old page")
	w.score(w.jurors[0], 0, 3, 5)
	_, _, err = w.svc.Score(w.ctx, w.jurors[0], id, first, 0, score.Sheet{w.criteria[0].ID: 1}, "")
	w.want(err, fault.ErrStale, "scored in a second tab that was opened before")
	_, err = w.try(w.jurors[1], 0, score.Sheet{})
	w.must(err)
	// A chair who is recused from the one that nobody scored is not stopped by it, and learns nothing.
	blind := w.recuse(w.chair, 3)
	_, err = w.svc.Lock(w.ctx, blind, id, 1, false)
	w.must(err)
	_, _, err = w.svc.Score(w.ctx, w.jurors[0], id, first, 0, score.Sheet{w.criteria[0].ID: 1}, "")
	w.want(err, pitch.ErrLocked, "scored from an old page")
	_, err = w.svc.Move(w.ctx, w.chair, id, first, 1, time.Now().Add(time.Hour), "Online")
	w.want(err, pitch.ErrLocked, "moved from an old page")
	testkit.Exec(t, w.db, `update challenges set decided_at = clock_timestamp() where id = $1`, id)
	_, err = w.svc.Move(w.ctx, w.chair, id, first, 2, time.Now().Add(time.Hour), "Online")
	w.want(err, contest.ErrDecided, "moved after the decision")
}

// A team reads what its pitch came to with the results, and not before.
func TestATeamLearnsItsPitchWithTheResults(t *testing.T) {
	t.Parallel()
	w := judged(t)
	w.name(w.invite(0, ""), w.invite(1, ""))
	w.score(w.jurors[0], 0, 3, 5)
	w.score(w.jurors[0], 1, 5, 10)
	_, err := w.lock(false)
	w.must(err)
	mine := func() *float64 {
		x, err := w.svc.Invitation(w.ctx, w.entries[1].Owner, w.entries[1].Entry)
		w.must(err)
		return x.Pitch
	}
	if mine() != nil {
		t.Error("the team reads its result before the release")
	}
	r, err := w.svc.Round(w.ctx, w.official, w.rows.Challenge)
	w.must(err)
	if n := w.count(`select count(distinct entry_id) from seen where person_id = $1 and kind = 'ranking'`, w.official.PersonID); n != 4 || r.State != pitch.Locked {
		t.Errorf("that the host read the scores is noted of %d entries", n)
	}
	testkit.Exec(t, w.db, `update challenges set released_at = clock_timestamp(), decided_at = clock_timestamp() where id = $1`, w.rows.Challenge)
	if got := mine(); got == nil || *got != 100 {
		t.Errorf("with the results the team reads %v", got)
	}
	if r, err := w.svc.Round(w.ctx, w.chair, w.rows.Challenge); err != nil || len(r.Allowed) != 0 {
		t.Errorf("the chair may %v, %v", r.Allowed, err)
	}
	late := testkit.Entered(t, w.db, w.rows, "Late") // nobody read it
	c, err := contest.Load(w.ctx, w.db.Pool(), w.rows.Challenge)
	w.must(err)
	stand, err := pitch.Stand(w.ctx, w.db.Pool(), authz.System, c)
	w.must(err)
	if x := stand.Rows[4]; x.Entry != late.Entry || x.Rank != 0 || stand.Rows[0].Rank != 1 {
		t.Errorf("who has no rank does not come last: %+v", stand.Rows)
	}
	if r, err := w.svc.Round(w.ctx, w.chair, w.rows.Challenge); err != nil || len(r.Rows) != 4 {
		t.Errorf("%d rows, want those that were ranked; %v", len(r.Rows), err)
	}
	testkit.Exec(t, w.db, `update pitch_plans set held = false`)
	if r, err := w.svc.Round(w.ctx, w.chair, w.rows.Challenge); err != nil || r.State != pitch.None || len(r.Rows) != 0 {
		t.Errorf("where none was announced: %+v, %v", r, err)
	}
}

// The rules are the host's while they are made, and what is taken back is no rule.
func TestThePlanUntilItStands(t *testing.T) {
	t.Parallel()
	w := announced(t)
	id := w.rows.Challenge
	_, err := w.svc.Plan(w.ctx, testkit.Person(t, w.db, "A Stranger"), id)
	w.want(err, fault.ErrNotFound, "a stranger reads the plan")
	wild := plan(51, 0)
	wild.Criteria[0].Description = text(strings.Repeat("x", 1001))
	_, err = w.svc.SavePlan(w.ctx, w.official, id, 0, wild)
	if got := fields(err); got["/invited"] != "too_large" || got["/share"] != "too_small" || got["/criteria/0/description/es"] != "too_long" {
		t.Errorf("without bounds: %v", got)
	}
	_, err = w.svc.SavePlan(w.ctx, w.official, id, 0, plan(2, 40))
	w.must(err)
	p, err := w.svc.SavePlan(w.ctx, w.official, id, 1, plan(3, 40))
	w.must(err)
	if len(p.Criteria) != 2 || p.Invited != 3 {
		t.Errorf("said again: %+v", p)
	}
	off := plan(3, 40)
	off.Held = false
	_, err = w.svc.SavePlan(w.ctx, w.official, id, 2, off)
	w.must(err)
	if shown, err := w.svc.Rules(w.ctx, w.rows.Slug); err != nil || shown.Held || len(shown.Criteria) != 0 {
		t.Errorf("what was taken back is shown: %+v, %v", shown, err)
	}
	if n := w.count(`select count(*) from record_openings where convert_from(payload, 'utf8')::jsonb ->> 'held' = 'false'`); n != 1 {
		t.Errorf("on record %d times that there is no round", n)
	}
	// A draft whose dates have passed is still a draft.
	testkit.Exec(t, w.db, `update challenges set published_at = null, opens_at = clock_timestamp() - interval '1 hour' where id = $1`, id)
	_, err = w.svc.SavePlan(w.ctx, w.official, id, 3, plan(2, 40))
	w.must(err)
}
