package calibrate

import (
	"math/rand/v2"
)

// plan is a contest to make up: standard deviations in points of score.
type plan struct {
	entries, jurors, pools, k int // k reviews an entry; as many as there are jurors: everyone reads everything
	entry, juror, error       float64
	gap                       float64 // how much better each next pool is
	apart                     bool    // each pool has jurors of its own
}

// truth is a made-up contest and what it was made from.
type truth struct {
	Panel
	worth, lenient []float64 // μ + a, b
}

// simulate makes a contest up. Jurors are dealt round and round from a shuffled order, so that loads
// differ by one at most.
func simulate(seed uint64, s plan) truth {
	rng := rand.New(rand.NewPCG(seed, 5))
	out := truth{Panel: Panel{Pools: s.pools, Jurors: s.jurors, Pool: make([]int, s.entries)},
		worth: make([]float64, s.entries), lenient: make([]float64, s.jurors)}
	for j := range out.lenient {
		out.lenient[j] = s.juror * rng.NormFloat64()
	}
	deal := dealer(rng, s)
	for i := range s.entries {
		pool := i % s.pools
		out.Pool[i] = pool
		out.worth[i] = 60 + s.gap*float64(pool) + s.entry*rng.NormFloat64()
		for _, j := range deal(pool) {
			out.Reviews = append(out.Reviews, Review{i, j, out.worth[i] + out.lenient[j] + s.error*rng.NormFloat64()})
		}
	}
	return out
}

// dealer gives k different jurors for an entry of a pool.
func dealer(rng *rand.Rand, s plan) func(pool int) []int {
	decks := make([][]int, s.pools)
	from := func(pool int) []int {
		deck := []int{}
		for j := range s.jurors {
			if !s.apart || j%s.pools == pool {
				deck = append(deck, j)
			}
		}
		rng.Shuffle(len(deck), func(a, b int) { deck[a], deck[b] = deck[b], deck[a] })
		return deck
	}
	return func(pool int) []int {
		at := pool
		if !s.apart {
			at = 0 // one deck for all
		}
		hand := []int{}
		for len(hand) < s.k {
			if len(decks[at]) == 0 {
				decks[at] = from(at)
			}
			next := decks[at][0]
			decks[at] = decks[at][1:]
			if !holds(hand, next) {
				hand = append(hand, next)
			}
		}
		return hand
	}
}

func holds(list []int, x int) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

// fields lets the entries of each pool compete for the same number of slots.
func fields(p Panel, slots ...int) []Field {
	out := make([]Field, p.Pools)
	for i, pool := range p.Pool {
		out[pool].Entries = append(out[pool].Entries, i)
		out[pool].Slots = slots[pool%len(slots)]
	}
	return out
}
