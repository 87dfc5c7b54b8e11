package pitch_test

import (
	"strings"
	"testing"
	"time"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/pitch"
	"fieldtrial/internal/testkit"
)

func TestTheChairNamesTheShortlist(t *testing.T) {
	t.Parallel()
	w := judged(t)
	id := w.rows.Challenge
	r, err := w.svc.Round(w.ctx, w.official, id)
	w.must(err)
	if r.State != pitch.Choosing || len(r.Rows) != 4 || !r.Rows[1].Suggested || r.Rows[2].Suggested || r.Rows[0].First != 100 || len(r.Allowed) != 0 {
		t.Errorf("the suggestion: %+v", r)
	}
	_, err = w.svc.Name(w.ctx, w.official, id, []pitch.Named{w.invite(0, "")})
	w.want(err, fault.ErrForbidden, "the host does not name")
	bad := func(pointer, code string, list ...pitch.Named) {
		t.Helper()
		if _, err := w.svc.Name(w.ctx, w.chair, id, list); fields(err)[pointer] != code {
			t.Errorf("%s: %v, want %s", pointer, err, code)
		}
	}
	bad("/entries", "too_many", w.invite(0, ""), w.invite(1, ""), w.invite(2, "Strong."))
	bad("/entries", "too_few", w.pass(0, "No."))
	bad("/entries/1/reason", "required", w.invite(0, ""), w.invite(2, ""), w.pass(1, "Was bought by another."))
	bad("/entries/2/reason", "required", w.invite(0, ""), w.invite(2, "The only one with sensors."), w.pass(1, " "))
	bad("/entries", "pitch.passed_over", w.invite(0, ""), w.invite(2, "The only one with sensors."))
	late, nowhere := w.invite(0, ""), w.invite(0, "")
	late.At, nowhere.Place = time.Now().Add(-time.Minute), " "
	bad("/entries/0/at", "past", late)
	bad("/entries/0/place", "required", nowhere)
	bad("/entries/1/entryId", "unknown", w.invite(0, ""), w.invite(0, ""))

	r = w.name(w.invite(0, ""), w.invite(2, "The only one with sensors."), w.pass(1, "Was bought by another."))
	if r.State != pitch.Open || r.Version != 1 || !r.Rows[0].Invited || r.Rows[1].Invited || r.Rows[1].Reason == "" || r.Rows[2].Place != "Town hall" || r.Rows[0].Final.Rank != 0 {
		t.Errorf("named: %+v", r.Rows)
	}
	_, err = w.svc.Name(w.ctx, w.chair, id, []pitch.Named{w.invite(0, "")})
	w.want(err, pitch.ErrNamed, "a second time")
	if n := w.count(`select count(*) from record_leaves where kind = 'pitch.shortlist'`); n != 1 {
		t.Errorf("%d leaves", n)
	}
}

// Those who are invited are told when and where, and the jurors; nobody else is told anything.
func TestOnlyTheInvitedAreTold(t *testing.T) {
	t.Parallel()
	w := judged(t)
	w.jurors[2] = w.recuse(w.recuse(w.jurors[2], 0), 1)
	w.name(w.invite(0, ""), w.invite(1, ""))
	for i, e := range w.entries {
		told := w.count(`select count(*) from notices where person_id = $1`, e.Owner.PersonID)
		x, err := w.svc.Invitation(w.ctx, e.Owner, e.Entry)
		w.must(err)
		if invited := i < 2; (x != nil) != invited || (told == 1) != invited {
			t.Errorf("entry %d: told %d times, sees %+v", i, told, x)
		}
	}
	_, err := w.svc.Invitation(w.ctx, w.entries[2].Owner, w.entries[0].Entry)
	w.want(err, fault.ErrNotFound, "another team's invitation")
	_, err = w.svc.Round(w.ctx, w.entries[0].Owner, w.rows.Challenge)
	w.want(err, fault.ErrNotFound, "the shortlist, to a team on it")
	for n, told := range []int{1, 1, 0} {
		if got := w.count(`select count(*) from notices where kind = 'pitch-scoring' and person_id = $1`, w.jurors[n].PersonID); got != told {
			t.Errorf("juror %d is told %d times", n, got)
		}
	}
	x, err := w.svc.Invitation(w.ctx, w.entries[1].Owner, w.entries[1].Entry)
	w.must(err)
	if x.Place != "Town hall" || x.Zone != "Europe/Madrid" || len(x.Plan.Criteria) != 2 || x.Pitch != nil {
		t.Errorf("%+v", x)
	}
}

func TestAPitchIsMoved(t *testing.T) {
	t.Parallel()
	w := judged(t)
	w.name(w.invite(0, ""), w.invite(1, ""))
	id, at := w.rows.Challenge, time.Now().Add(99*time.Hour)
	_, err := w.svc.Move(w.ctx, w.chair, id, w.entries[1].Entry, 9, at, "Online")
	w.want(err, fault.ErrStale, "over another version")
	_, err = w.svc.Move(w.ctx, w.chair, id, w.entries[2].Entry, 1, at, "Online")
	w.want(err, fault.ErrNotFound, "who is not invited")
	if _, err = w.svc.Move(w.ctx, w.chair, id, w.entries[1].Entry, 1, time.Now(), " "); fields(err)["/at"] != "past" || fields(err)["/place"] != "required" {
		t.Errorf("into the past: %v", err)
	}
	r, err := w.svc.Move(w.ctx, w.chair, id, w.entries[1].Entry, 1, at, "Online")
	w.must(err)
	if r.Version != 2 || r.Rows[1].Place != "Online" || r.Rows[0].Place != "Town hall" {
		t.Errorf("moved: %+v", r.Rows)
	}
	if n := w.count(`select count(*) from notices where kind = 'pitch-invited' and person_id = $1`, w.entries[1].Owner.PersonID); n != 2 {
		t.Errorf("told %d times", n)
	}
}

func TestWhoIsRecusedIsBlindInThePitchRound(t *testing.T) {
	t.Parallel()
	w := judged(t)
	chair := w.recuse(w.chair, 1)
	_, err := w.svc.Name(w.ctx, chair, w.rows.Challenge, []pitch.Named{w.invite(0, "")})
	w.want(err, pitch.ErrRecused, "a chair who does not see the whole ranking")
	other := w.seated("Another Chair", "chair")
	_, err = w.svc.Name(w.ctx, other, w.rows.Challenge, []pitch.Named{w.invite(0, ""), w.invite(1, "")})
	w.must(err)
	r, err := w.svc.Round(w.ctx, chair, w.rows.Challenge)
	w.must(err)
	for _, x := range r.Rows {
		if x.Entry == w.entries[1].Entry {
			t.Error("the recused chair sees the entry")
		}
	}
	if len(r.Rows) != 3 || r.Rows[1].Rank != 2 {
		t.Errorf("a gap tells where it stands: %+v", r.Rows)
	}
	_, err = w.svc.Move(w.ctx, chair, w.rows.Challenge, w.entries[1].Entry, 1, time.Now().Add(time.Hour), "Online")
	w.want(err, fault.ErrNotFound, "moved by a recused chair")
	juror := w.recuse(w.jurors[0], 0)
	d, err := w.svc.Desk(w.ctx, juror, w.rows.Challenge)
	w.must(err)
	if len(d.Items) != 1 || d.Items[0].Entry.EntryID != w.entries[1].Entry {
		t.Errorf("the desk of a recused juror: %+v", d.Items)
	}
	if due, err := w.svc.Duties(w.ctx, juror); err != nil || len(due) != 1 || due[0].Pitches != len(d.Items) {
		t.Errorf("the duties of a recused juror: %+v, %v", due, err)
	}
	_, err = w.try(juror, 0, nil)
	w.want(err, fault.ErrNotFound, "scored by a recused juror")
}

func TestAShortlistNeedsWhatWasSaid(t *testing.T) {
	t.Parallel()
	w := judged(t)
	testkit.Exec(t, w.db, `update pitch_plans set held = false`)
	_, err := w.svc.Name(w.ctx, w.chair, w.rows.Challenge, []pitch.Named{w.invite(0, "")})
	w.want(err, pitch.ErrNotHeld, "no round was announced")
	testkit.Exec(t, w.db, `update pitch_plans set held = true`)
	testkit.Exec(t, w.db, `update challenges set locked_at = null`)
	r, err := w.svc.Round(w.ctx, w.chair, w.rows.Challenge)
	w.must(err)
	if r.State != pitch.Judging || len(r.Rows) != 0 {
		t.Errorf("before the lock: %+v", r)
	}
	_, err = w.svc.Name(w.ctx, w.chair, w.rows.Challenge, []pitch.Named{w.invite(0, "")})
	w.want(err, contest.ErrScoresOpen, "before the jury's lock")
}

// A shortlist stands on the reviews as they were locked: none is opened again after it, and none is open
// when it is named.
func TestTheReviewsStay(t *testing.T) {
	t.Parallel()
	w := judged(t)
	review := func(n int) (id [16]byte) {
		w.must(w.db.Pool().QueryRow(w.ctx, `select r.id from reviews r where r.assignment_id = $1`, w.assignment(w.jurors[n], 0)).Scan(&id))
		return id
	}
	w.must(w.jury.Reopen(w.ctx, w.chair, review(0), "A slip of the pen."))
	_, err := w.svc.Name(w.ctx, w.chair, w.rows.Challenge, []pitch.Named{w.invite(0, "")})
	w.want(err, pitch.ErrReview, "named while a review is open")
	_, err = w.jury.Lock(w.ctx, w.chair, w.rows.Challenge, true)
	w.must(err)
	w.name(w.invite(0, ""), w.invite(1, ""))
	err = w.jury.Reopen(w.ctx, w.chair, review(1), "Another slip.")
	if err == nil || !strings.Contains(err.Error(), "pitch.keeps_reviews") {
		t.Errorf("opened again after the shortlist: %v", err)
	}
}
