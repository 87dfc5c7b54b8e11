package record_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/record"
)

// The row of the challenge is played by a row of installation: what matters is
// that submits hold it FOR SHARE and the closing job FOR UPDATE.
func TestEveryEntryInTimeLiesBelowTheDeadline(t *testing.T) {
	s := newStored(t)
	if _, err := s.db.Pool().Exec(s.ctx, "insert into installation values ('challenge', '')"); err != nil {
		t.Fatal(err)
	}
	challenge := uuid.NewString()
	ctx, stop := context.WithCancel(s.ctx)
	var sequencer, work sync.WaitGroup
	sequencer.Go(func() {
		for ctx.Err() == nil {
			if _, err := record.Sequence(s.ctx, s.db, s.signer); err != nil {
				t.Error(err)
				return
			}
		}
	})
	var mu sync.Mutex
	before, after := []int64{}, []int64{}
	const enough = 20
	count := func(ids *[]int64) int {
		mu.Lock()
		defer mu.Unlock()
		return len(*ids)
	}
	for range 5 {
		work.Go(func() {
			for until := time.Now().Add(time.Minute); time.Now().Before(until) && count(&after) < enough; {
				// A row that is held FOR SHARE without a gap is never free FOR UPDATE.
				time.Sleep(time.Duration(rand.IntN(25)) * time.Millisecond)
				var id int64
				var closed bool
				err := s.db.InTx(s.ctx, func(tx database.Tx) (err error) {
					if _, err = tx.Pgx().Exec(s.ctx, "select from installation where key = 'challenge' for share"); err != nil {
						return err
					}
					// What the lock's order was, seen under the lock; a submit that
					// ignores the clock shows that the order holds on both sides.
					if err = tx.Pgx().QueryRow(s.ctx, "select exists (select from record_leaves where kind = 'deadline')").Scan(&closed); err != nil {
						return err
					}
					id, err = record.Append(tx, leaf(1))
					time.Sleep(time.Duration(rand.IntN(4)) * time.Millisecond)
					return err
				})
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				if closed {
					after = append(after, id)
				} else {
					before = append(before, id)
				}
				mu.Unlock()
			}
		})
	}
	// As many on either side as it takes, however slow the machine is.
	for until := time.Now().Add(time.Minute); time.Now().Before(until) && count(&before) < enough; {
		time.Sleep(5 * time.Millisecond)
	}
	now, err := s.db.Now(s.ctx)
	if err != nil {
		t.Fatal(err)
	}
	deadline := closeChallenge(s, challenge, now.Add(100*time.Millisecond))
	work.Wait()
	stop()
	sequencer.Wait()
	if _, err := record.Sequence(s.ctx, s.db, s.signer); err != nil {
		t.Fatal(err)
	}
	end := s.index(deadline)
	if end < 0 || len(before) < enough || len(after) < enough {
		t.Fatalf("deadline at %d, %d entries before, %d after", end, len(before), len(after))
	}
	t.Logf("%d entries before, %d after the deadline", len(before), len(after))
	for _, id := range before {
		if i := s.index(id); i < 0 || i > end {
			t.Errorf("entry in time has index %d, the deadline %d", i, end)
		}
	}
	for _, id := range after {
		if i := s.index(id); i < end {
			t.Errorf("late entry has index %d, the deadline %d", i, end)
		}
	}
}

// closeChallenge is the job at the deadline, run by three processes at once and
// from before the deadline on.
func closeChallenge(s stored, challenge string, closes time.Time) int64 {
	s.Helper()
	ids := make([]int64, 3)
	var jobs sync.WaitGroup
	for i := range ids {
		jobs.Go(func() {
			for {
				err := s.db.InTx(s.ctx, func(tx database.Tx) (err error) {
					if _, err = tx.Pgx().Exec(s.ctx, "select from installation where key = 'challenge' for update"); err != nil {
						return err
					}
					ids[i], err = record.AppendDeadline(tx, "c1", challenge, closes)
					return err
				})
				if !errors.Is(err, record.ErrDeadlineAhead) {
					if err != nil {
						s.Error(err)
					}
					return
				}
				time.Sleep(time.Millisecond)
			}
		})
	}
	jobs.Wait()
	if ids[0] != ids[1] || ids[1] != ids[2] {
		s.Errorf("one deadline became the leaves %v", ids)
	}
	return ids[0]
}

func TestAnExtensionGetsItsOwnDeadlineLeaf(t *testing.T) {
	s := newStored(t)
	challenge := uuid.NewString()
	now, err := s.db.Now(s.ctx)
	if err != nil {
		t.Fatal(err)
	}
	at := func(closes time.Time, want error) (id int64) {
		t.Helper()
		err := s.db.InTx(s.ctx, func(tx database.Tx) (err error) {
			id, err = record.AppendDeadline(tx, "c1", challenge, closes)
			return err
		})
		if !errors.Is(err, want) {
			t.Fatal(err)
		}
		return id
	}
	first := at(now.Add(-time.Hour), nil)
	second := at(now.Add(-time.Minute), nil)
	if at(now.Add(-time.Hour), nil) != first || at(now.Add(-time.Minute), nil) != second || first == second {
		t.Error("repeating gave other leaves")
	}
	at(now.Add(time.Hour), record.ErrDeadlineAhead)
	s.sequence(2)
	if r := s.receipt(second); r.Kind != record.KindDeadline {
		t.Errorf("receipt %+v", r)
	}
}
