package record_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/tlog"

	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/record"
	"fieldtrial/internal/testkit"
)

const origin = "contest.example.city/log/1"

type stored struct {
	*testing.T
	ctx    context.Context
	db     *database.DB
	signer *record.Signer
}

func newStored(t *testing.T) stored {
	t.Helper()
	return stored{t, context.Background(), testkit.DB(t), newSigner(t)}
}

func newSigner(t testing.TB) *record.Signer {
	t.Helper()
	private, err := record.GenerateKey(origin)
	if err != nil {
		t.Fatal(err)
	}
	s, err := record.ParseKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s stored) append(leaves ...record.Leaf) (ids []int64) {
	s.Helper()
	err := s.db.InTx(s.ctx, func(tx database.Tx) error {
		for _, l := range leaves {
			id, err := record.Append(tx, l)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return nil
	})
	if err != nil {
		s.Fatal(err)
	}
	return ids
}

func (s stored) sequence(want int) {
	s.Helper()
	if n, err := record.Sequence(s.ctx, s.db, s.signer); err != nil || n != want {
		s.Fatalf("sequenced %d, want %d: %v", n, want, err)
	}
}

func (s stored) receipt(id int64) record.Result {
	s.Helper()
	b, err := record.ReadReceipt(s.ctx, s.db, id)
	if err != nil {
		s.Fatal(err)
	}
	r, err := record.Verify(b, record.Options{Key: s.signer.VerifierKey()})
	if err != nil {
		s.Fatalf("%v\n%s", err, b)
	}
	return r
}

func leaf(i int) record.Leaf {
	return record.Leaf{Kind: record.KindEntryReceived, Scope: "c1", Subject: uuid.NewString(), Payload: fmt.Appendf(nil, `{"entry":%d}`, i)}
}

func leaves(n int) (ls []record.Leaf) {
	for i := range n {
		ls = append(ls, leaf(i))
	}
	return ls
}

func TestReceiptFromTheDatabaseVerifies(t *testing.T) {
	s := newStored(t)
	ids := s.append(leaves(5)...)
	if _, err := record.ReadReceipt(s.ctx, s.db, ids[2]); !errors.Is(err, record.ErrPending) {
		t.Fatalf("before the checkpoint: %v", err)
	}
	if _, err := record.LatestCheckpoint(s.ctx, s.db); !errors.Is(err, fault.ErrNotFound) {
		t.Fatalf("a checkpoint before the first: %v", err)
	}
	s.sequence(5)
	s.append(leaves(3)...)
	s.sequence(3)
	for i, id := range ids {
		r := s.receipt(id)
		if r.Index != int64(i) || r.TreeSize != 8 || string(r.Payload) != fmt.Sprintf(`{"entry":%d}`, i) || r.Contest != "c1" {
			t.Errorf("receipt %d = %+v", i, r)
		}
		if age := time.Since(r.CheckpointTime); age < -2*time.Second || age > time.Minute {
			t.Errorf("checkpoint is %v old", age)
		}
	}
	if _, err := record.ReadReceipt(s.ctx, s.db, 1<<40); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("receipt of no leaf: %v", err)
	}
	key, err := record.VerifierKey(s.ctx, s.db)
	if err != nil || key != s.signer.VerifierKey() {
		t.Errorf("published key %q, %v", key, err)
	}
}

func TestSequenceWithNothingToDoSignsNothing(t *testing.T) {
	s := newStored(t)
	s.sequence(0)
	s.append(leaf(1))
	s.sequence(1)
	s.sequence(0)
	all, err := record.Checkpoints(s.ctx, s.db, 0, 10)
	if err != nil || len(all) != 1 || all[0].Size != 1 {
		t.Errorf("checkpoints %+v, %v", all, err)
	}
}

func TestRolledBackLeafVanishes(t *testing.T) {
	s := newStored(t)
	boom := errors.New("boom")
	err := s.db.InTx(s.ctx, func(tx database.Tx) error {
		_, err := record.Append(tx, leaf(1))
		return errors.Join(err, boom)
	})
	if !errors.Is(err, boom) {
		t.Fatal(err)
	}
	s.sequence(0)
}

func TestAppendRefusesWhatNoReceiptCouldCarry(t *testing.T) {
	s := newStored(t)
	for name, l := range map[string]record.Leaf{
		"kind":         {Kind: "Bad Kind", Scope: "c1", Payload: []byte("x")},
		"scope":        {Kind: record.KindDecision, Scope: "a\nb", Payload: []byte("x")},
		"payload":      {Kind: record.KindDecision, Scope: "c1", Payload: []byte("\x00")},
		"payload size": {Kind: record.KindDecision, Scope: "c1"},
		"subject":      {Kind: record.KindDecision, Scope: "c1", Subject: "not a uuid", Payload: []byte("x")},
	} {
		if err := s.db.InTx(s.ctx, func(tx database.Tx) error { _, err := record.Append(tx, l); return err }); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestEqualPayloadsLookUnrelated(t *testing.T) {
	s := newStored(t)
	s.append(leaf(1), leaf(1))
	s.sequence(2)
	got, err := record.ReadLeaves(s.ctx, s.db, 0, 10)
	if err != nil || len(got) != 2 || string(got[0]) == string(got[1]) {
		t.Errorf("leaves %q, %v", got, err)
	}
}

// An auditor with nothing but the public leaves and checkpoints finds the same roots.
func TestAuditorRebuildsEveryCheckpoint(t *testing.T) {
	s := newStored(t)
	for _, n := range []int{3, 1, 7, 20} {
		s.append(leaves(n)...)
		s.sequence(n)
	}
	var public [][]byte
	for from := int64(0); ; from += 8 {
		page, err := record.ReadLeaves(s.ctx, s.db, from, 8)
		if err != nil {
			t.Fatal(err)
		}
		public = append(public, page...)
		if len(page) < 8 {
			break
		}
	}
	if len(public) != 31 || !strings.HasPrefix(string(public[0]), "fieldtrial.v1\nentry.received\nc1\n") {
		t.Fatalf("%d leaves, first %q", len(public), public[0])
	}
	var hashes []tlog.Hash
	reader := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(at))
		for i, p := range at {
			out[i] = hashes[p]
		}
		return out, nil
	})
	roots := map[int64]tlog.Hash{}
	for i, b := range public {
		fresh, err := tlog.StoredHashes(int64(i), b, reader)
		if err != nil {
			t.Fatal(err)
		}
		hashes = append(hashes, fresh...)
		if roots[int64(i+1)], err = tlog.TreeHash(int64(i+1), reader); err != nil {
			t.Fatal(err)
		}
	}
	checkpoints, err := record.Checkpoints(s.ctx, s.db, 0, 3)
	if err != nil {
		t.Fatal(err)
	}
	more, err := record.Checkpoints(s.ctx, s.db, checkpoints[len(checkpoints)-1].Size, 10)
	if err != nil {
		t.Fatal(err)
	}
	var sizes []int64
	for _, c := range append(checkpoints, more...) {
		opened, err := record.OpenCheckpoint([]byte(c.Note), s.signer.VerifierKey())
		if err != nil {
			t.Fatal(err)
		}
		if opened.Root != roots[c.Size] || c.Root != opened.Root || opened.Size != c.Size {
			t.Errorf("checkpoint of %d has another root", c.Size)
		}
		sizes = append(sizes, c.Size)
	}
	if fmt.Sprint(sizes) != "[31 11 4 3]" {
		t.Errorf("sizes %v", sizes)
	}
}

func TestConsistencyFromTheDatabase(t *testing.T) {
	s := newStored(t)
	id := s.append(leaves(6)...)[2]
	s.sequence(6)
	old := s.receipt(id)
	s.append(leaves(7)...)
	s.sequence(7)
	for _, size := range []int64{0, 13} {
		c, err := record.ReadConsistency(s.ctx, s.db, 6, size)
		if err != nil {
			t.Fatal(err)
		}
		later, err := record.NewChain(old).AddConsistency([]byte(c.String()))
		if err != nil || later.Size != 13 {
			t.Errorf("later %+v, %v", later, err)
		}
	}
	for _, pair := range [][2]int64{{14, 0}, {-1, 0}, {6, 12}, {13, 6}} {
		if _, err := record.ReadConsistency(s.ctx, s.db, pair[0], pair[1]); !errors.Is(err, fault.ErrNotFound) {
			t.Errorf("%v: %v", pair, err)
		}
	}
	if c, err := record.ReadConsistency(s.ctx, s.db, 0, 6); err != nil || len(c.Hashes) != 0 {
		t.Errorf("from the empty log: %+v, %v", c, err)
	}
}

func TestErasureLeavesEveryOtherReceiptValid(t *testing.T) {
	s := newStored(t)
	ls := leaves(9)
	ls[7].Subject = ls[6].Subject // two submissions of one entry
	ids := s.append(ls...)
	s.sequence(9)
	before := s.receipt(ids[5])
	err := s.db.InTx(s.ctx, func(tx database.Tx) error {
		if err := record.Erase(tx, ids[4]); err != nil {
			return err
		}
		n, err := record.EraseSubject(tx, ls[6].Subject)
		if n != 2 {
			t.Errorf("erased %d openings", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	s.append(leaves(2)...)
	s.sequence(2)
	for i, id := range ids {
		if i == 4 || i == 6 || i == 7 {
			if _, err := record.ReadReceipt(s.ctx, s.db, id); !errors.Is(err, record.ErrErased) {
				t.Errorf("erased receipt %d: %v", i, err)
			}
			continue
		}
		if r := s.receipt(id); r.Index != int64(i) || r.TreeSize != 11 {
			t.Errorf("receipt %d: %+v", i, r)
		}
	}
	c, err := record.ReadConsistency(s.ctx, s.db, 9, 11)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := record.NewChain(before).AddConsistency([]byte(c.String())); err != nil {
		t.Errorf("the log changed by the erasure: %v", err)
	}
}

func TestErasureOfAPendingLeafDoesNotStopTheLog(t *testing.T) {
	s := newStored(t)
	ids := s.append(leaves(2)...)
	if err := s.db.InTx(s.ctx, func(tx database.Tx) error { return record.Erase(tx, ids[0]) }); err != nil {
		t.Fatal(err)
	}
	s.sequence(2)
	if r := s.receipt(ids[1]); r.Index != 1 {
		t.Errorf("receipt %+v", r)
	}
}

func TestLeafOfFindsTheNewest(t *testing.T) {
	s := newStored(t)
	a, b := leaf(1), leaf(2)
	b.Subject = a.Subject
	ids := s.append(a, b, leaf(3))
	if id, err := record.LeafOf(s.ctx, s.db, record.KindEntryReceived, a.Subject); err != nil || id != ids[1] {
		t.Errorf("leaf %d, %v", id, err)
	}
	if _, err := record.LeafOf(s.ctx, s.db, record.KindDeadline, a.Subject); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("a deadline nobody appended: %v", err)
	}
}

func TestSequenceShufflesReviews(t *testing.T) {
	s := newStored(t)
	var ls []record.Leaf
	for i := range 40 {
		ls = append(ls, record.Leaf{Kind: record.KindReviewSubmitted, Scope: "c1", Payload: fmt.Appendf(nil, `{"review":%d}`, i)})
	}
	ids := s.append(append(ls, leaf(1))...)
	s.sequence(41)
	inPlace := 0
	for i, id := range ids[:40] {
		if s.index(id) == int64(i) {
			inPlace++
		}
	}
	if inPlace > 20 { // one on average
		t.Errorf("%d of 40 reviews stand in the order they came", inPlace)
	}
	if s.index(ids[40]) != 40 {
		t.Error("the entry moved as well")
	}
}

func TestSequenceTakesMoreThanOneBatch(t *testing.T) {
	s := newStored(t)
	ids := s.append(leaves(2100)...)
	s.sequence(2100)
	if r := s.receipt(ids[2099]); r.Index != 2099 || r.TreeSize != 2100 {
		t.Errorf("receipt %+v", r)
	}
}
