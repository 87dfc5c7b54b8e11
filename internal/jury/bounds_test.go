package jury_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/testkit"
)

// What a review can hold, what of its reading is noted, and that it goes with the entry.
func TestAReviewHasItsBounds(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1, 1)
	w.assignAll()
	w.declareAll()
	j, e := w.jurors[0], w.entries[0]
	desk := w.desk(j, e)
	noted := func(kind string) int {
		return w.count(`select count(distinct entry_id) from seen where person_id = $1 and kind = $2`, j.PersonID, kind)
	}
	a, err := w.svc.Assignment(w.ctx, j, desk)
	w.must(err)
	if a.Review.Language != "es" || noted("entry") != 1 || noted("file") != 0 {
		t.Errorf("a new review is in %q; %d entries and %d files are noted as read", a.Review.Language, noted("entry"), noted("file"))
	}
	_, err = w.svc.FileLink(w.ctx, j, desk, e.File, entry.Inline)
	w.must(err)
	if noted("file") != 1 {
		t.Error("that the file was opened is not noted")
	}
	wild := w.draft(1, 1, 1)
	wild.ToTeam, wild.ToJury, wild.Language = strings.Repeat("x", jury.MaxComment+1), strings.Repeat("x", jury.MaxComment+1), "xx"
	_, err = w.svc.SaveReview(w.ctx, j, desk, 0, wild)
	if got := fields(err); got["/toTeam"] != "too_long" || got["/toJury"] != "too_long" || got["/language"] != "not_a_choice" || len(got) != 3 {
		t.Errorf("without bounds: %v", got)
	}
	blanks := w.draft(1, 1, 1)
	blanks.ToTeam = "Short." + strings.Repeat(" ", 40)
	r, err := w.svc.SaveReview(w.ctx, j, desk, 0, blanks)
	w.must(err)
	_, err = w.svc.SubmitReview(w.ctx, j, desk, r.Version)
	if got := fields(err); got["/toTeam"] != "too_short" {
		t.Errorf("blanks count as words: %v", got)
	}
	testkit.Exec(t, w.db, `update form_fields set jury_sees = false where key = 'title'`)
	if q, err := w.svc.Queue(w.ctx, j, w.rows.Challenge); err != nil || q.Items[0].Entry.Title != "" {
		t.Errorf("the queue shows a title that the jury must not read: %+v, %v", q.Items, err)
	}
	testkit.Exec(t, w.db, `update entries set state = 'withdrawn'`)
	_, err = w.svc.Assignment(w.ctx, j, desk)
	w.want(err, fault.ErrNotFound, "an entry that was withdrawn")
}

// Two challenges of one contest share jurors and nothing else: neither's lock, places, open reviews nor drop-outs
// are the other's.
func TestChallengesAreJudgedApart(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1, 2)
	w.assignAll()
	w.declareAll()
	here, first := w.rows, w.entries
	w.rows = testkit.OpenChallenge(t, w.db, testkit.In(here.ProgrammeRows), testkit.Named("other"), testkit.InFujisawa(), testkit.Opens(-240*time.Hour), testkit.Closes(-time.Hour))
	w.entries = []testkit.EntryRows{testkit.Entered(t, w.db, w.rows, "Elsewhere")}
	other, elsewhere := w.rows, w.entries
	w.assignAll()
	w.declareAll()
	j := w.jurors[0]
	open := w.judge(j, elsewhere[0], 3, 3, 3)

	w.rows, w.entries = here, first
	for _, j := range w.jurors {
		w.judge(j, first[0], 3, 3, 3)
	}
	_, err := w.svc.Lock(w.ctx, w.chair, here.Challenge, false)
	w.must(err)
	c, err := contest.Load(w.ctx, w.db.Pool(), here.Challenge)
	w.must(err)
	if n, err := jury.Unlocked(w.ctx, w.db.Pool(), c); err != nil || n != 0 {
		t.Errorf("%d reviews are open, counting the other challenge's; %v", n, err)
	}
	if r, err := w.svc.Ranking(w.ctx, w.chair, here.Challenge); err != nil || r.Places != 2 {
		t.Errorf("%d places, want those of this challenge's testbed; %v", r.Places, err)
	}
	w.rows = other
	_, err = w.svc.SaveReview(w.ctx, j, w.desk(j, elsewhere[0]), open.Version, w.draft(4, 4, 4))
	w.must(err) // not locked with the first
	w.rows = here

	out := w.seatOf(w.jurors[1])
	testkit.Exec(t, w.db, `insert into dropouts (seat_id, challenge_id) values ($1, $2)`, out, here.Challenge)
	_, err = w.svc.DropOut(w.ctx, w.chair, other.Challenge, out, false)
	w.must(err)
	w.must(w.svc.Rejoin(w.ctx, w.chair, other.Challenge, out))
	if n := w.count(`select count(*) from dropouts where challenge_id = $1`, here.Challenge); n != 1 {
		t.Error("who rejoins one challenge rejoins another")
	}
	_, err = w.svc.DropOut(w.ctx, w.chair, other.Challenge, uuid.New(), false)
	w.want(err, fault.ErrNotFound, "nobody's seat drops out")
	testkit.Exec(t, w.db, `update challenges set decided_at = clock_timestamp() where id = $1`, here.Challenge)
	_, err = w.svc.Lock(w.ctx, w.chair, here.Challenge, true)
	w.want(err, contest.ErrDecided, "locked after the decision")
}
