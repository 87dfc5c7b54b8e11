package record_test

import (
	"slices"
	"testing"

	"fieldtrial/internal/record"
)

func TestMixKeepsEveryLeafButReviewsInPlace(t *testing.T) {
	var leaves []record.PublicLeaf
	kinds := []record.Kind{record.KindEntryReceived, record.KindReviewSubmitted, record.KindReviewSubmitted, record.KindDeadline, record.KindReviewSubmitted}
	for i := range 200 {
		leaves = append(leaves, record.PublicLeaf{Kind: kinds[i%5], Scope: []string{"a", "b"}[i/5%2]})
	}
	got := record.Mixed(leaves)
	moved := 0
	for to, from := range got {
		if leaves[to].Kind != leaves[from].Kind || leaves[to].Scope != leaves[from].Scope {
			t.Fatalf("place %d holds the leaf of place %d", to, from)
		}
		if to != int(from) {
			moved++
		}
	}
	if moved < 60 { // of 120 reviews; about two stay by chance
		t.Errorf("only %d reviews moved", moved)
	}
	slices.Sort(got)
	for i, from := range got {
		if int(from) != i {
			t.Fatalf("leaf %d is lost or doubled", i)
		}
	}
	if slices.Equal(record.Mixed(leaves), record.Mixed(leaves)) {
		t.Error("two shuffles agree")
	}
}

// The public checks that nothing was added after a lock: a review sent in after a
// reopening must not be shuffled before the lock, nor one from before behind it.
func TestMixNeverCarriesAReviewAcrossTheLock(t *testing.T) {
	for _, wall := range []record.Kind{record.KindRoundLocked, record.KindReviewReopened, record.KindResultPublished} {
		var leaves []record.PublicLeaf
		for i := range 81 {
			kind := record.KindReviewSubmitted
			if i == 40 {
				kind = wall
			}
			leaves = append(leaves, record.PublicLeaf{Kind: kind, Scope: "a"})
		}
		for to, from := range record.Mixed(leaves) {
			if (to < 40) != (from < 40) || (to == 40) != (from == 40) {
				t.Fatalf("%s: place %d holds the leaf of place %d", wall, to, from)
			}
		}
	}
}
