package record_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"testing"
	"time"

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
