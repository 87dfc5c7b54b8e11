package award_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/award"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/testkit"
)

func TestFromTheLockToTheResults(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3)
	w.lock()
	d, err := w.svc.Decision(w.ctx, w.official, w.rows.Challenge)
	w.must(err)
	if d.Version != 0 || len(d.Rows) != 3 || d.Rows[0].Rank != 1 || d.Rows[0].Entry != w.entries[0].Entry || len(d.Slots) != 1 || len(d.Prizes) != 2 {
		t.Fatalf("an empty decision: %+v", d)
	}
	winner := w.win(0, 1)
	winner.Prize = &d.Prizes[0].ID
	d, err = w.save(0, winner, w.reserve(1, 1), w.no(2))
	w.must(err)
	if d.Version != 1 || d.Rows[0].NeedsReason {
		t.Errorf("saved %+v", d)
	}
	_, err = w.svc.EntryResult(w.ctx, w.entries[0].Owner, w.entries[0].Entry)
	w.want(err, award.ErrNotReleased, "a draft of one's result")
	_, _, err = w.svc.Release(w.ctx, w.official, w.rows.Challenge)
	w.want(err, contest.ErrUndecided, "release before the decision")

	d, err = w.svc.Decide(w.ctx, w.official, w.rows.Challenge, 1)
	w.must(err)
	if d.Challenge.DecidedAt == nil || d.Notices != 3 || w.count(`select count(*) from notices where state = 'held'`) != 3 {
		t.Errorf("decided: %d notices", d.Notices)
	}
	if w.count(`select count(*) from record_leaves where kind = 'decision'`) != 1 {
		t.Error("the decision is not on record")
	}
	_, err = w.save(1, w.no(0))
	w.want(err, contest.ErrDecided, "a change after the decision")
	_, err = w.svc.Decide(w.ctx, w.official, w.rows.Challenge, 1)
	w.want(err, contest.ErrDecided, "a second decision")
	_, err = w.svc.Results(w.ctx, w.rows.Slug)
	w.want(err, fault.ErrNotFound, "public results before the release")
	_, err = w.svc.EntryResult(w.ctx, w.entries[0].Owner, w.entries[0].Entry)
	w.want(err, award.ErrNotReleased, "one's result before the release")

	at, sent, err := w.svc.Release(w.ctx, w.official, w.rows.Challenge)
	w.must(err)
	if sent != 3 || w.count(`select count(*) from notices where state = 'held'`) != 0 ||
		w.count(`select count(*) from notices where kind = 'results-winner' and params->'testbed' is not null and params->'from' is not null`) != 1 ||
		w.count(`select count(*) from notices where kind = 'results-released'`) != 4 {
		t.Errorf("%d notices", sent)
	}
	if n := w.count(`select count(*) from notices where kind like 'results-%' and (params->'standstill'->'at'->>'at')::timestamptz = $1`, at.AddDate(0, 0, 5)); n != 7 {
		t.Errorf("%d notices name the end of the standstill, want 7", n)
	}
	_, _, err = w.svc.Release(w.ctx, w.official, w.rows.Challenge)
	w.want(err, contest.ErrReleased, "a second release")

	pub, err := w.svc.Results(w.ctx, w.rows.Slug)
	w.must(err)
	if len(pub.Winners) != 1 || pub.Entries != 3 || len(pub.Others) != 0 || !pub.Until.Equal(at.AddDate(0, 0, 5)) {
		t.Fatalf("public results %+v", pub)
	}
	first := pub.Winners[0]
	if first.TeamName != "challenge-1" || first.Trial == nil || first.Trial.TestbedSlug != "pilot-eu" || !first.Trial.StartsOn.After(time.Now()) ||
		first.Prize["en"] != "A testbed in the EU" || !strings.HasPrefix(first.Title, "The plan") {
		t.Errorf("the winner in public %+v", first)
	}
}

func TestATeamSeesItsOwnResultAndNoJuror(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2)
	w.lock()
	out := w.no(1)
	out.Feedback = "Try again with a partner."
	_, err := w.save(0, w.win(0, 1), out)
	w.must(err)
	_, err = w.svc.Decide(w.ctx, w.official, w.rows.Challenge, 1)
	w.must(err)
	_, _, err = w.svc.Release(w.ctx, w.official, w.rows.Challenge)
	w.must(err)
	r, err := w.svc.EntryResult(w.ctx, w.entries[1].Owner, w.entries[1].Entry)
	w.must(err)
	if r.Outcome != award.NotSelected || r.Feedback != "Try again with a partner." || r.Trial != nil || *r.Jury.Mean != 80 || r.Jury.Reviews != 2 ||
		len(r.Jury.Means) != 3 || r.Jury.Means[0] != 80 || len(r.Jury.Comments) != 2 {
		t.Errorf("result %+v", r)
	}
	for _, c := range r.Jury.Comments {
		if !strings.Contains(c.Text, "on entry 2") {
			t.Errorf("somebody else's comment: %s", c.Text)
		}
	}
	if won, err := w.svc.EntryResult(w.ctx, w.entries[0].Owner, w.entries[0].Entry); err != nil || won.Trial == nil || won.Place != 1 {
		t.Errorf("the winner's result %+v %v", won, err)
	}
	stranger := testkit.Person(t, w.db, "A Stranger")
	for name, a := range map[string]authz.Actor{"another team": w.entries[0].Owner, "a stranger": stranger, "a juror": w.jurors[0], "an official": w.official} {
		_, err := w.svc.EntryResult(w.ctx, a, w.entries[1].Entry)
		w.want(err, fault.ErrNotFound, name)
	}
}

func TestWhatADecisionNeeds(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3)
	at := func(i int, field string) string { return "/entries/" + w.entries[i].Entry.String() + "/" + field }
	_, err := w.save(0, w.no(0))
	w.want(err, contest.ErrScoresOpen, "before the lock")
	w.lock()
	_, err = w.save(0, award.Choice{Entry: uuid.New(), Outcome: award.NotSelected}, w.win(0, 1), w.win(1, 1), award.Choice{Entry: w.entries[2].Entry, Outcome: award.Reserve})
	if got := fields(err); got["/choices/0/entryId"] != "unknown" || got["/choices/2/place"] != "taken" || got["/choices/3/place"] != "required" || len(got) != 3 {
		t.Errorf("impossible choices: %v", got)
	}
	slotless := w.win(2, 1)
	slotless.Slot = nil
	_, err = w.save(0, slotless)
	w.must(err)
	_, err = w.save(0, w.no(0))
	w.want(err, fault.ErrStale, "over an older version")
	_, err = w.svc.Decide(w.ctx, w.official, w.rows.Challenge, 1)
	if got := fields(err); got[at(0, "outcome")] != "required" || got[at(1, "outcome")] != "required" || got[at(2, "slotId")] != "required" || len(got) != 3 {
		t.Errorf("an incomplete decision: %v", got)
	}
	d, err := w.save(1, w.no(0), w.no(1), w.win(2, 1))
	w.must(err)
	if !d.Rows[2].NeedsReason || d.Rows[0].NeedsReason {
		t.Errorf("the departure is not marked: %+v", d.Rows)
	}
	_, err = w.svc.Decide(w.ctx, w.official, w.rows.Challenge, 2)
	if got := fields(err); got[at(2, "reason")] != "required" || len(got) != 1 {
		t.Errorf("a departure without a reason: %v", got)
	}
	_, err = w.svc.Decide(w.ctx, w.official, w.rows.Challenge, 1)
	w.want(err, fault.ErrStale, "deciding on another version than saved")
	odd, passed := w.win(2, 1), w.no(0)
	odd.Reason = "It fits the testbed's season."
	passed.Reason = "It withdrew from the trial."
	_, err = w.save(2, passed, w.no(1), odd)
	w.must(err)
	_, err = w.svc.Decide(w.ctx, w.official, w.rows.Challenge, 3)
	w.must(err)
	_, _, err = w.svc.Release(w.ctx, w.official, w.rows.Challenge)
	w.must(err)
	pub, err := w.svc.Results(w.ctx, w.rows.Slug)
	if err != nil || pub.Winners[0].Reason.Text != odd.Reason || pub.Winners[0].Reason.Language != "es" || len(pub.Others) != 1 || pub.Others[0].Text != passed.Reason {
		t.Errorf("public reasons %+v %v", pub, err)
	}
}

func TestASlotIsBookedOnceForEachOfItsPlaces(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3) // its testbed runs two trials beside each other
	w.lock()
	_, err := w.save(0, w.win(0, 1), w.win(1, 2), w.win(2, 3))
	w.must(err)
	_, err = w.svc.Decide(w.ctx, w.official, w.rows.Challenge, 1)
	w.want(err, award.ErrSlotTaken, "three winners in two places")
	if f := fields(err); f["/entries/"+w.entries[2].Entry.String()+"/slotId"] != "taken" {
		t.Errorf("the third winner is not pointed at: %v", f)
	}
	if w.count(`select count(*) from awards`)+w.count(`select count(*) from notices where state = 'held'`) != 0 {
		t.Error("a refused decision left something behind")
	}
	_, err = w.save(1, w.win(0, 1), w.win(1, 2), w.no(2))
	w.must(err)
	_, err = w.svc.Decide(w.ctx, w.official, w.rows.Challenge, 2)
	w.must(err)
}

func TestTwoChallengesReachForTheLastPlace(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	p := testkit.Programme(t, db)
	testkit.Exec(t, db, `update testbeds set capacity = 1`)
	worlds := []*world{in(t, db, p, "one", 1), in(t, db, p, "two", 1)}
	errs := make([]error, 2)
	for _, w := range worlds {
		w.lock()
		_, err := w.save(0, w.win(0, 1))
		w.must(err)
	}
	var wg sync.WaitGroup
	for i, w := range worlds {
		wg.Go(func() { _, errs[i] = w.svc.Decide(w.ctx, w.official, w.rows.Challenge, 1) })
	}
	wg.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Fatalf("both or none got the slot: %v, %v", errs[0], errs[1])
	}
	for i, err := range errs {
		if err != nil {
			worlds[i].want(err, award.ErrSlotTaken, "the slower one")
		}
	}
}

func TestWhoDecides(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2)
	_, err := w.svc.Decision(w.ctx, w.official, w.rows.Challenge)
	w.want(err, jury.ErrSealed, "before the lock")
	w.lock()
	elsewhere := testkit.Person(t, w.db, "Another Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: w.rows.Fujisawa})
	for name, a := range map[string]authz.Actor{"an official of another city": elsewhere, "a juror": w.jurors[0], "the team": w.entries[0].Owner} {
		_, err := w.svc.Decision(w.ctx, a, w.rows.Challenge)
		w.want(err, fault.ErrNotFound, name+" reads")
		_, err = w.svc.Save(w.ctx, a, w.rows.Challenge, 0, award.Draft{Language: "en"})
		w.want(err, fault.ErrNotFound, name+" writes")
		_, err = w.svc.Decide(w.ctx, a, w.rows.Challenge, 0)
		w.want(err, fault.ErrNotFound, name+" decides")
		_, _, err = w.svc.Release(w.ctx, a, w.rows.Challenge)
		w.want(err, fault.ErrNotFound, name+" releases")
	}
	_, err = w.svc.Decide(w.ctx, w.chair, w.rows.Challenge, 0)
	w.want(err, fault.ErrForbidden, "the chair decides")
	testkit.Exec(t, w.db, `insert into exclusions (person_id, entry_id, kind) values ($1, $2, 'conflict')`, w.official.PersonID, w.entries[0].Entry)
	blind := testkit.Actor(t, w.db, w.official.PersonID, w.official.SessionID)
	d, err := w.svc.Decision(w.ctx, blind, w.rows.Challenge)
	w.must(err)
	if len(d.Rows) != 1 || d.Rows[0].Rank != 1 || len(d.Allowed) != 0 {
		t.Errorf("an official in conflict sees %+v", d.Rows)
	}
	_, err = w.svc.Save(w.ctx, blind, w.rows.Challenge, 0, award.Draft{Language: "en"})
	w.want(err, award.ErrRecused, "an official in conflict writes")
	_, err = w.svc.Decide(w.ctx, blind, w.rows.Challenge, 0)
	w.want(err, award.ErrRecused, "an official in conflict decides")
}

func TestAnOpenReviewStopsTheDecision(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1)
	w.lock()
	_, err := w.save(0, w.win(0, 1))
	w.must(err)
	var review uuid.UUID
	w.must(w.db.Pool().QueryRow(w.ctx, `select id from reviews limit 1`).Scan(&review))
	w.must(w.jury.Reopen(w.ctx, w.chair, review, "A wrong score."))
	_, err = w.svc.Decide(w.ctx, w.official, w.rows.Challenge, 1)
	w.want(err, award.ErrReviewOpen, "decide")
	w.lock()
	_, err = w.svc.Decide(w.ctx, w.official, w.rows.Challenge, 1)
	w.must(err)
	w.want(w.jury.Reopen(w.ctx, w.chair, review, "Again."), contest.ErrDecided, "reopen after the decision")
}
