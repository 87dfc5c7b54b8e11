package record

import (
	"bytes"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

func verified(t *testing.T, receipt []byte) Result {
	t.Helper()
	r, err := Verify(receipt, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestChainJoinsConsistentCheckpoints(t *testing.T) {
	l := newMemLog(t).fill(40)
	early, late := verified(t, l.receipt(3, 10)), verified(t, l.receipt(30, 40))
	chain := NewChain(early)
	if err := chain.AddReceipt(late); err != nil {
		t.Fatal(err)
	}
	if chain.Joined(early, late) {
		t.Error("joined before any proof")
	}
	later, err := chain.AddConsistency([]byte(l.consistency(10, 40).String()))
	if err != nil {
		t.Fatal(err)
	}
	if later.Size != 40 || later.Root != l.root(40) || !chain.Joined(early, late) {
		t.Errorf("later = %+v, joined %v", later, chain.Joined(early, late))
	}
}

// Two receipts may both be tied to a third checkpoint, the newest published one.
func TestChainJoinsThroughAThird(t *testing.T) {
	l := newMemLog(t).fill(40)
	a, b := verified(t, l.receipt(3, 10)), verified(t, l.receipt(12, 20))
	chain := NewChain(a)
	if err := chain.AddReceipt(b); err != nil {
		t.Fatal(err)
	}
	for _, old := range []int64{10, 20} {
		if chain.Joined(a, b) {
			t.Errorf("joined before the proof from %d", old)
		}
		if _, err := chain.AddConsistency([]byte(l.consistency(old, 40).String())); err != nil {
			t.Fatal(err)
		}
	}
	if !chain.Joined(a, b) {
		t.Error("not joined")
	}
}

// fork is a log by the same operator that agrees on the first n leaves only.
func fork(t *testing.T, l *memLog, n int) *memLog {
	t.Helper()
	f := &memLog{t: t, signer: l.signer, tree: &nodes{have: map[int64]tlog.Hash{}}}
	f.fill(n)
	f.add(KindDecision, "c1", `{"other":"history"}`)
	return f.fill(40)
}

func TestInconsistentCheckpointsFail(t *testing.T) {
	l := newMemLog(t).fill(40)
	f := fork(t, l, 5)
	r := verified(t, l.receipt(3, 10))
	t.Run("same size, other root", func(t *testing.T) {
		mustFail(t, NewChain(r).AddReceipt(verified(t, f.receipt(7, 10))), CodeInconsistent)
	})
	t.Run("a fork's own proof", func(t *testing.T) {
		_, err := NewChain(r).AddConsistency([]byte(f.consistency(10, 30).String()))
		mustFail(t, err, CodeInconsistent)
	})
	t.Run("our proof, a fork's checkpoint", func(t *testing.T) {
		c := l.consistency(10, 30)
		c.Checkpoint = f.checkpoint(30)
		_, err := NewChain(r).AddConsistency([]byte(c.String()))
		mustFail(t, err, CodeInconsistent)
	})
	t.Run("proven, but against a receipt of the fork", func(t *testing.T) {
		chain := NewChain(r)
		if err := chain.AddReceipt(verified(t, f.receipt(20, 30))); err != nil {
			t.Fatal(err)
		}
		_, err := chain.AddConsistency([]byte(l.consistency(10, 30).String()))
		mustFail(t, err, CodeInconsistent)
	})
	t.Run("a proof from nowhere", func(t *testing.T) {
		_, err := NewChain(r).AddConsistency([]byte(l.consistency(9, 30).String()))
		mustFail(t, err, CodeUnrelated)
	})
	t.Run("backwards", func(t *testing.T) {
		c := l.consistency(5, 8)
		c.OldSize = 10
		_, err := NewChain(r).AddConsistency([]byte(c.String()))
		mustFail(t, err, CodeConsistencyMalformed)
	})
	t.Run("another log", func(t *testing.T) {
		other := newMemLog(t).fill(40)
		_, err := NewChain(r).AddConsistency([]byte(other.consistency(10, 30).String()))
		mustFail(t, err, CodeSignatureMissing)
		mustFail(t, NewChain(r).AddReceipt(verified(t, other.receipt(3, 10))), CodeUnrelated)
	})
	t.Run("not a proof", func(t *testing.T) {
		_, err := NewChain(r).AddConsistency([]byte("old ten\n\nx"))
		mustFail(t, err, CodeConsistencyMalformed)
	})
}

func TestEveryFlippedBitOfAConsistencyFileFails(t *testing.T) {
	l := newMemLog(t).fill(13)
	r := verified(t, l.receipt(3, 6))
	whole := []byte(l.consistency(6, 13).String())
	for i := range whole {
		for bit := range 8 {
			bad := bytes.Clone(whole)
			bad[i] ^= 1 << bit
			if _, err := NewChain(r).AddConsistency(bad); err == nil {
				t.Fatalf("byte %d (%q) with bit %d flipped still passes", i, whole[i], bit)
			}
		}
	}
}

func TestOnTimeGoesByIndexAlone(t *testing.T) {
	l := newMemLog(t)
	first := l.add(KindEntryReceived, "c1", entryPayload(t, "ch1"))
	l.add(KindDeadline, "c1", `{"challenge":"ch2","closedAt":"2027-01-01T00:00:00Z"}`)
	inTime := l.add(KindEntryReceived, "c1", entryPayload(t, "ch1"))
	promised := l.add(KindEntryPromised, "c1", entryPayload(t, "ch1"))
	// Taken after the deadline, but before it was put on record: the kind says so.
	early := map[Kind]int64{}
	for _, k := range []Kind{KindEntryGrace, KindEntryExtended, KindEntryCorrected} {
		early[k] = l.add(k, "c1", entryPayload(t, "ch1"))
	}
	end := l.add(KindDeadline, "c1", `{"challenge":"ch1","closedAt":"2027-02-01T09:30:00Z"}`)
	late := l.add(KindEntryReceived, "c1", entryPayload(t, "ch1"))
	bare := l.add(KindEntryReceived, "c1", `{"entry":"x"}`)
	bareEnd := l.add(KindDeadline, "c1", `{"closedAt":"x"}`)
	foreign := l.add(KindDeadline, "c9", `{"challenge":"ch1"}`)
	at := func(i int64) Result { return verified(t, l.receipt(i, int64(len(l.leaves)))) }
	for _, i := range early {
		mustFail(t, OnTime(at(i), at(end)), CodeLate)
	}
	for _, i := range []int64{first, inTime, promised} {
		if err := OnTime(at(i), at(end)); err != nil {
			t.Errorf("entry %d: %v", i, err)
		}
	}
	mustFail(t, OnTime(at(late), at(end)), CodeLate)
	for name, pair := range map[string][2]int64{
		"deadline of another challenge":  {first, 1},
		"deadline of another contest":    {first, foreign},
		"payload without a challenge":    {bare, end},
		"no challenge on either side":    {bare, bareEnd},
		"an entry as the deadline":       {first, late},
		"a deadline as the entry":        {end, end},
		"the wrong way round altogether": {end, first},
	} {
		if err := OnTime(at(pair[0]), at(pair[1])); err == nil {
			t.Errorf("%s: no error", name)
		} else {
			mustFail(t, err, CodeUnrelated)
		}
	}
	other := newMemLog(t)
	other.fill(9)
	end2 := other.add(KindDeadline, "c1", `{"challenge":"ch1"}`)
	mustFail(t, OnTime(at(first), verified(t, other.receipt(end2, 10))), CodeUnrelated)
}
