package record

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

func commitmentsOf(n int) []Commitment {
	out := make([]Commitment, n)
	for i := range out {
		out[i] = sha256.Sum256(fmt.Append(nil, i))
	}
	return out
}

// The tree that grows by perfect parts is the one that stores all its hashes.
func TestGrowthAgreesWithTheStoredTree(t *testing.T) {
	l := newMemLog(t).fill(70)
	tree := growth{}
	if tree.root() != emptyRoot {
		t.Error("the empty tree has another root")
	}
	for i, leaf := range l.leaves {
		tree.add(l.public(leaf).Hash())
		if tree.root() != l.root(int64(i)+1) {
			t.Fatalf("another root at %d leaves", i+1)
		}
	}
}

func TestARoundProvesEachReviewAndNoOther(t *testing.T) {
	for n := 1; n <= 20; n++ {
		all := commitmentsOf(n)
		root := RoundRoot(all)
		slices.Reverse(all)
		if RoundRoot(all) != root {
			t.Fatal("the root depends on the order in which reviews were written")
		}
		for _, c := range all {
			place, path, err := ProveRound(all, c)
			if err != nil {
				t.Fatal(err)
			}
			if !CheckRound(root, int64(n), place, path, c) {
				t.Fatalf("review %d of %d is not proven", place, n)
			}
			wrong := c
			wrong[5] ^= 1
			if CheckRound(root, int64(n), place, path, wrong) || CheckRound(tlog.RecordHash(nil), int64(n), place, path, c) ||
				CheckRound(root, int64(n), int64(n), path, c) || CheckRound(root, int64(n), -1, path, c) || CheckRound(root, int64(n)*2+1, place, path, c) {
				t.Fatalf("something else than review %d of %d is proven", place, n)
			}
		}
		if _, _, err := ProveRound(all, Commitment{}); err == nil {
			t.Error("a review that is not there was proven")
		}
	}
}
