package record_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/record"
	"fieldtrial/internal/testkit"
)

// index returns a leaf's place, or -1.
func (s stored) index(id int64) (i int64) {
	s.Helper()
	err := s.db.Pool().QueryRow(s.ctx, `select coalesce((select leaf_index from record_order where leaf_id = $1), -1)`, id).Scan(&i)
	if err != nil {
		s.Fatal(err)
	}
	return i
}

// An id drawn early and committed late lies below ids already ordered.
func TestLeafThatCommitsLateIsNotLost(t *testing.T) {
	s := newStored(t)
	var slow int64
	drawn, release, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		done <- s.db.InTx(s.ctx, func(tx database.Tx) (err error) {
			slow, err = record.Append(tx, leaf(1))
			close(drawn)
			<-release
			return err
		})
	}()
	<-drawn
	fast := s.append(leaves(3)...)
	s.sequence(3)
	close(release)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if slow >= fast[0] {
		t.Fatalf("ids %d and %v do not show the case", slow, fast)
	}
	s.sequence(1)
	if r := s.receipt(slow); r.Index != 3 {
		t.Errorf("index %d", r.Index)
	}
}

func TestSequencersAndWritersAtOnce(t *testing.T) {
	s := newStored(t)
	const writers, each = 8, 40
	ctx, stop := context.WithCancel(s.ctx)
	var placed atomic.Int64
	var sequencers, work sync.WaitGroup
	for range 3 {
		sequencers.Go(func() {
			for ctx.Err() == nil {
				n, err := record.Sequence(s.ctx, s.db, s.signer)
				placed.Add(int64(n))
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	var mu sync.Mutex
	var all []int64
	for range writers {
		work.Go(func() {
			for i := range each {
				err := s.db.InTx(s.ctx, func(tx database.Tx) error {
					id, err := record.Append(tx, leaf(i))
					time.Sleep(time.Duration(rand.IntN(3)) * time.Millisecond)
					mu.Lock()
					all = append(all, id)
					mu.Unlock()
					return err
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	work.Wait()
	stop()
	sequencers.Wait()
	rest, err := record.Sequence(s.ctx, s.db, s.signer)
	if err != nil || placed.Load()+int64(rest) != writers*each {
		t.Fatalf("placed %d + %d of %d: %v", placed.Load(), rest, writers*each, err)
	}
	if n, err := record.Audit(s.ctx, s.db); n != writers*each || err != nil {
		t.Fatalf("audit: %d, %v", n, err)
	}
	seen := map[int64]bool{}
	for _, id := range all {
		i := s.index(id)
		if i < 0 || seen[i] {
			t.Fatalf("leaf %d has index %d", id, i)
		}
		seen[i] = true
	}
}

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

// TestMain lets the test binary be the process that gets killed.
func TestMain(m *testing.M) {
	if url := os.Getenv("RECORD_TEST_SEQUENCER"); url != "" {
		sequenceForever(url, os.Getenv("RECORD_TEST_KEYS"))
		return
	}
	os.Exit(m.Run())
}

func sequenceForever(url, keys string) {
	ctx := context.Background()
	db, err := database.Open(ctx, database.Config{URL: url})
	if err == nil {
		var signer *record.Signer
		if signer, err = record.LoadOrCreateKey(keys, origin); err == nil {
			fmt.Println("ready")
			for err == nil {
				_, err = record.Sequence(ctx, db, signer)
			}
		}
	}
	fmt.Println(err)
	os.Exit(3)
}

func TestKilledSequencersLeaveAWholeLog(t *testing.T) {
	db, url := testkit.DBWithOwner(t)
	keys := t.TempDir()
	signer, err := record.LoadOrCreateKey(keys, origin)
	if err != nil {
		t.Fatal(err)
	}
	s := stored{t, context.Background(), db, signer}
	total := 0
	for round := range 12 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "RECORD_TEST_SEQUENCER="+url, "RECORD_TEST_KEYS="+keys)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if line, err := bufio.NewReader(out).ReadString('\n'); line != "ready\n" {
			t.Fatalf("round %d: %q, %v", round, line, err)
		}
		for until := time.Now().Add(time.Duration(5+rand.IntN(40)) * time.Millisecond); time.Now().Before(until); {
			s.append(leaves(60)...)
			total += 60
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		if _, err := record.Audit(s.ctx, s.db); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
	}
	if _, err := record.Sequence(s.ctx, s.db, s.signer); err != nil {
		t.Fatal(err)
	}
	if n, err := record.Audit(s.ctx, s.db); n != int64(total) || err != nil {
		t.Fatalf("audit: %d of %d leaves, %v", n, total, err)
	}
}

func BenchmarkSequence1000(b *testing.B) {
	db, signer, ctx := testkit.DB(b), newSigner(b), context.Background()
	for b.Loop() {
		b.StopTimer()
		err := db.InTx(ctx, func(tx database.Tx) error {
			for _, l := range leaves(1000) {
				if _, err := record.Append(tx, l); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		if n, err := record.Sequence(ctx, db, signer); n != 1000 || err != nil {
			b.Fatal(n, err)
		}
	}
}
