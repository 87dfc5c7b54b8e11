package assign

import (
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
	"slices"
)

// What a pair costs, in points: plain − expertise·(share of the entry's tags that the juror has)
// − wish·(how gladly) + a jitter of 0 to jitterSpan−1 from the seed. The jitter keeps the graph of
// jurors and entries connected and makes it useless to bid for a single entry.
const (
	plain      = 1000
	expertise  = 600
	wish       = 300
	jitterSpan = 60
	dearest    = plain + jitterSpan // above every pair
)

// weights computes what pairs cost.
type weights struct {
	seed      []byte
	tags      map[string]int // number of each tag that a juror has
	jurorTags [][]uint64     // one bit a tag
	jurorDraw []uint64       // from the seed
	scale     scale
}

func newWeights(seed []byte, jurors []Juror) weights {
	w := weights{seed: seed, tags: map[string]int{}}
	for _, j := range jurors {
		for _, t := range j.Tags {
			if _, seen := w.tags[t]; !seen {
				w.tags[t] = len(w.tags)
			}
		}
		w.jurorDraw = append(w.jurorDraw, draw(seed, j.ID))
	}
	for _, j := range jurors {
		own, _ := w.bitsOf(j.Tags)
		w.jurorTags = append(w.jurorTags, own)
	}
	return w
}

// bitsOf sets the bits of tags that jurors have, and counts all that differ.
func (w *weights) bitsOf(tags []string) (set []uint64, count int) {
	set = make([]uint64, (len(w.tags)+63)/64)
	for n, t := range tags {
		if slices.Contains(tags[:n], t) {
			continue
		}
		count++
		if at, here := w.tags[t]; here {
			set[at/64] |= 1 << (at % 64)
		}
	}
	return set, count
}

// draw is what the seed gives to an id: the first 8 bytes of SHA-256(seed ‖ id). Nobody who knows
// only the ids can tell it.
func draw(seed []byte, id [16]byte) uint64 {
	sum := sha256.Sum256(append(append(make([]byte, 0, len(seed)+16), seed...), id[:]...))
	return binary.BigEndian.Uint64(sum[:])
}

// mix is the finaliser of SplitMix64 (G. Steele, D. Lea, C. Flood, 2014): every bit of x moves
// every bit of the answer.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// fill computes the costs of an entry's pairs with all jurors.
func (w *weights) fill(costs []int16, e Entry, jurors []Juror) {
	tags, has := w.bitsOf(e.Tags)
	own := draw(w.seed, e.ID)
	for j := range costs {
		c := plain + int(mix(own^bits.RotateLeft64(w.jurorDraw[j], 32))%jitterSpan)
		common := 0
		for k, word := range tags {
			common += bits.OnesCount64(word & w.jurorTags[j][k])
		}
		if common > 0 {
			c -= expertise * common / has
		}
		if gladly := jurors[j].Wants[e.ID]; gladly > 0 {
			c -= int(wish * min(1, gladly))
		}
		costs[j] = int16(c)
	}
}

// scale is what one more review costs a juror who has q already: nothing below 85 % of the mean
// load, then more with every review, so that loads come out even as far as it is worth it. A load
// off by a quarter of the mean outweighs the full expertise of one review. Far above the mean the
// steps grow wider, which keeps the number of arcs small and the price rising.
type scale struct {
	free, fine int
	step       int64
}

func newScale(reviews, jurors int) scale {
	mean := max(1, float64(reviews)/float64(max(1, jurors)))
	return scale{free: int(0.85 * mean), fine: int(1.5*mean) + 2, step: max(1, int64(4*expertise/mean))}
}

// band is the price of the review after the first q, and how many more have the same one.
func (s scale) band(q int) (price int64, width int) {
	if q < s.free {
		return 0, s.free - q
	}
	from, wide := s.free, 1
	for q >= from+wide {
		from += wide
		if from >= s.fine {
			wide *= 2
		}
	}
	return s.step * int64(from-s.free+1), from + wide - q
}
