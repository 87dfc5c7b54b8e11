package record

import (
	"crypto/rand"
	"encoding/binary"
	"math/bits"
)

// mix shuffles the review leaves of each scope among the places that review
// leaves of that scope hold in the batch; every other leaf keeps its place. A
// review never crosses a leaf that speaks about the reviews before it, such as
// the lock of the round.
func mix(batch []pendingLeaf) {
	type stretch struct {
		scope string
		epoch int
	}
	epochs := map[string]int{}
	places := map[stretch][]int{}
	for i, p := range batch {
		scope := p.leaf.Scope
		switch {
		case p.leaf.Kind == KindReviewSubmitted:
			s := stretch{scope, epochs[scope]}
			places[s] = append(places[s], i)
		case p.leaf.Kind.movesReviews():
			epochs[scope]++
		}
	}
	for _, at := range places {
		for i := len(at) - 1; i > 0; i-- {
			j := below(i + 1)
			batch[at[i]], batch[at[j]] = batch[at[j]], batch[at[i]]
		}
	}
}

// below draws evenly from 0 to n-1 with the system's generator: a guessable
// shuffle could be undone by whoever knows its seed.
func below(n int) int {
	limit := uint64(n) //nolint:gosec // n is a batch index, small and positive
	for {
		var b [8]byte
		_, _ = rand.Read(b[:])
		hi, lo := bits.Mul64(binary.LittleEndian.Uint64(b[:]), limit)
		if lo >= -limit%limit { // the rest would favour small numbers
			return int(hi) //nolint:gosec // hi < n
		}
	}
}
