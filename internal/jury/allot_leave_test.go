package jury_test

import (
	"testing"

	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
)

// A drop-out frees what was not begun; what is submitted stays, and nobody else's pairs move.
func TestADropOutIsSeatedAgainAndNothingElseMoves(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 6, 4)
	_, err := w.svc.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.All, Seats: nil})
	w.must(err)
	testFrozen := func() int {
		return w.count(`select count(*) from assignments where ended_at is null and seat_id <> $1`, w.seat(w.jurors[0]))
	}
	others := testFrozen()
	w.declareAll()
	w.judge(w.jurors[0], w.entries[0], 3, 3, 3)
	begun := w.desk(w.jurors[0], w.entries[1])
	_, err = w.svc.SaveReview(w.ctx, w.jurors[0], begun, 0, w.draft(1, 1, 1))
	w.must(err)
	leaves := w.leaves("assignment")

	_, err = w.svc.DropOut(w.ctx, w.jurors[1], w.rows.Challenge, w.seat(w.jurors[0]), false)
	w.want(err, fault.ErrNotFound, "a juror who drops another")
	left, err := w.svc.DropOut(w.ctx, w.chair, w.rows.Challenge, w.seat(w.jurors[0]), false)
	w.must(err)
	if left.Freed != 4 || left.Begun != 1 || w.leaves("assignment") != leaves+1 {
		t.Errorf("left %+v, %d leaves", left, w.leaves("assignment"))
	}
	if !w.reads(w.jurors[0], w.entries[0]) || !w.reads(w.jurors[0], w.entries[1]) || w.reads(w.jurors[0], w.entries[2]) || testFrozen() != others {
		t.Error("what was begun moved, or what was not stayed")
	}
	if p := w.preview(jury.AssignRequest{Mode: jury.All}); p.Added != 0 {
		t.Errorf("%d given to who left", p.Added)
	}
	left, err = w.svc.DropOut(w.ctx, w.chair, w.rows.Challenge, w.seat(w.jurors[0]), true)
	w.must(err)
	if left.Freed != 1 || left.Begun != 0 || !w.reads(w.jurors[0], w.entries[0]) || w.count(`select count(*) from reviews`) != 2 {
		t.Errorf("with drafts: %+v", left)
	}
	w.must(w.svc.Rejoin(w.ctx, w.chair, w.rows.Challenge, w.seat(w.jurors[0])))
	p, err := w.svc.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.All})
	w.must(err)
	if p.Added != 5 || !w.reads(w.jurors[0], w.entries[1]) {
		t.Errorf("back again: %d added", p.Added)
	}
}

func TestLostSeatsAreFilledByOthers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 6, 4)
	_, err := w.svc.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.Even, K: 2})
	w.must(err)
	pairs := func() map[string]bool {
		rows, err := w.db.Pool().Query(w.ctx, `select entry_id::text || seat_id::text from assignments where ended_at is null`)
		w.must(err)
		defer rows.Close()
		out := map[string]bool{}
		for rows.Next() {
			var s string
			w.must(rows.Scan(&s))
			out[s] = true
		}
		return out
	}
	left, err := w.svc.DropOut(w.ctx, w.chair, w.rows.Challenge, w.seat(w.jurors[2]), false)
	w.must(err)
	before := pairs()
	p, err := w.svc.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.Even, K: 2})
	w.must(err)
	if p.Added != left.Freed || left.Freed == 0 || p.Removed != 0 || len(p.Unmet) != 0 {
		t.Errorf("%d freed, %d added, %d removed, unmet %v", left.Freed, p.Added, p.Removed, p.Unmet)
	}
	after := pairs()
	for x := range before {
		if !after[x] {
			t.Errorf("%s moved", x)
		}
	}
	if len(after) != 12 {
		t.Errorf("%d reviews, want 12", len(after))
	}
}

// Only the first juror may read the second entry, and is full with the first.
func TestMovingIsAskedForAndSparesWhatIsBegun(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 2)
	one := 1
	_, err := w.svc.EditSeat(w.ctx, w.chair, w.seat(w.jurors[0]), 1, jury.SeatEdit{Limit: &one})
	w.must(err)
	w.must(w.svc.SetWish(w.ctx, w.chair, w.rows.Challenge, jury.Wish{Seat: w.seat(w.jurors[0]), Entry: w.entries[0].Entry, Kind: jury.Pin}))
	_, err = w.svc.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.Even, K: 1})
	w.must(err)
	w.must(w.svc.SetWish(w.ctx, w.chair, w.rows.Challenge, jury.Wish{Seat: w.seat(w.jurors[0]), Entry: w.entries[0].Entry, Kind: jury.NoWish}))
	w.must(w.svc.SetWish(w.ctx, w.chair, w.rows.Challenge, jury.Wish{Seat: w.seat(w.jurors[1]), Entry: w.entries[1].Entry, Kind: jury.Forbid}))
	testEnd := `update assignments set ended_at = clock_timestamp(), ended_why = 'dropped' where entry_id = $1`
	if _, err := w.db.Pool().Exec(w.ctx, testEnd, w.entries[1].Entry); err != nil {
		t.Fatal(err)
	}
	if p := w.preview(jury.AssignRequest{Mode: jury.Even, K: 1}); len(p.Unmet) != 1 || p.Removed != 0 {
		t.Errorf("frozen: %+v", p)
	}
	w.declareAll()
	review, err := w.svc.SaveReview(w.ctx, w.jurors[0], w.desk(w.jurors[0], w.entries[0]), 0, w.draft(1, 1, 1))
	w.must(err)
	if p := w.preview(jury.AssignRequest{Mode: jury.Even, K: 1, Move: true}); len(p.Unmet) != 1 || p.Removed != 0 {
		t.Errorf("begun (version %d): %+v", review.Version, p)
	}
	if _, err := w.db.Pool().Exec(w.ctx, `delete from reviews`); err != nil {
		t.Fatal(err)
	}
	p, err := w.svc.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.Even, K: 1, Move: true})
	w.must(err)
	if len(p.Unmet) != 0 || p.Removed != 1 || p.Added != 2 || !w.reads(w.jurors[0], w.entries[1]) || !w.reads(w.jurors[1], w.entries[0]) {
		t.Errorf("moved: %+v", p)
	}
	back, err := w.svc.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.Even, K: 1, Move: true})
	w.must(err)
	if back.Added != 0 || back.Removed != 0 {
		t.Errorf("moved without need: %+v", back)
	}
}
