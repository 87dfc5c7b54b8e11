package calibrate

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
)

// Draws is how many joint draws rank confidence rests on: an error of at most 0.008 in a chance.
const Draws = 4000

// ErrTooMany is for fields whose ranks do not fit into the 16 bits in which they are counted.
var ErrTooMany = errors.New("calibrate: more than 65535 entries in one field")

// Confidence says what the scores leave open about an entry's rank within its field.
type Confidence struct {
	Chance   float64 // that its rank is no worse than the number of slots
	Expected float64 // rank
	Low      int     // in 5 % of the draws it ranks here or better
	High     int     // in 95 % it does
}

// Field is entries that compete for the same slots.
type Field struct {
	Entries []int // places in the panel
	Slots   int
}

// Confidence draws all entries' worths together from what the scores leave open, ranks them within
// each field and counts. An entry in no field gets zeros. The seed alone decides the draws.
func (m *Model) Confidence(fields []Field, draws int, seed [32]byte) ([]Confidence, error) {
	pools := make([]*standing, 0, len(fields))
	for _, f := range fields {
		if len(f.Entries) > math.MaxUint16 {
			return nil, ErrTooMany
		}
		p := &standing{Field: f}
		pools = append(pools, p)
		p.ranks = make([]uint16, len(f.Entries)*draws)
		p.keys, p.spare = make([]uint64, len(f.Entries)), make([]uint64, len(f.Entries))
	}
	d := m.drawer(seed)
	for from := 0; from < draws; from += block {
		width := min(block, draws-from)
		worths := d.next(width)
		for k := range width {
			for _, p := range pools {
				p.rank(worths[k*len(m.Panel.Pool):], from+k, draws)
			}
		}
	}
	out := make([]Confidence, len(m.Panel.Pool))
	for _, p := range pools {
		p.summarise(out, draws)
	}
	return out, nil
}

// block is how many draws are made at once.
const block = 64

// drawer makes joint draws: θ* = θ + σe U⁻¹z of what stayed in the equations, with S = U'U, and from
// each θ* the entries that were eliminated.
type drawer struct {
	m      *Model
	rng    *rand.Rand
	normal []float64 // z, then θ*: unknowns by draws
	worths []float64 // draws by entries
}

func (m *Model) drawer(seed [32]byte) *drawer {
	d := &drawer{m: m, rng: rand.New(rand.NewChaCha8(seed))} //nolint:gosec // who has the seed draws the same: that is what it is for
	d.normal = make([]float64, m.solution.factor.n*block)
	d.worths = make([]float64, block*len(m.Panel.Pool))
	return d
}

// next makes the next draws of μ + a, as rows of entries.
func (d *drawer) next(width int) []float64 {
	m, s := d.m, d.m.system
	z := d.normal
	for k := range z {
		z[k] = d.rng.NormFloat64()
	}
	sigma := math.Sqrt(m.Variances.Residual)
	m.solution.factor.solveMany(z, block, sigma)
	theta := func(at int) []float64 { return z[at*block : at*block+width] }
	for at, fixed := range m.solution.theta {
		for k := range theta(at) {
			theta(at)[k] += fixed
		}
	}
	n := len(m.Panel.Pool)
	var left [block]float64
	for i, pool := range m.Panel.Pool {
		mean := theta(pool)
		if s.swapped {
			for k, a := range theta(s.pools + i) {
				d.worths[k*n+i] = mean[k] + a
			}
			continue
		}
		u := &s.units[i]
		for k := range left {
			left[k] = u.sum
		}
		for _, c := range u.counts {
			for k, x := range theta(c.at) {
				left[k] -= c.times * x
			}
		}
		depth := u.n + m.solution.eliminated
		spread := sigma / math.Sqrt(depth)
		for k := range width {
			d.worths[k*n+i] = mean[k] + left[k]/depth + spread*d.rng.NormFloat64()
		}
	}
	return d.worths
}

// standing is one field's entries and the ranks that they were drawn.
type standing struct {
	Field
	ranks       []uint16 // entries by draws
	keys, spare []uint64
}

// rank ranks one draw of all entries' worths. A key is how far a worth lies below the best, on a
// grid of 2³² steps from best to worst, above the entry's place.
func (p *standing) rank(worths []float64, draw, draws int) {
	best, worst := math.Inf(-1), math.Inf(1)
	for _, i := range p.Entries {
		best, worst = max(best, worths[i]), min(worst, worths[i])
	}
	scale := 0.0
	if best > worst {
		scale = math.MaxUint32 / (best - worst)
	}
	for at, i := range p.Entries {
		p.keys[at] = uint64((best-worths[i])*scale)<<32 | uint64(at)
	}
	p.sort()
	for rank, key := range p.keys {
		p.ranks[int(uint32(key))*draws+draw] = uint16(rank) //nolint:gosec // the field was measured
	}
}

// sort sorts the keys: many of them by counting their upper four bytes one after the other, which
// takes a quarter of the time.
func (p *standing) sort() {
	if len(p.keys) < 100 {
		slices.Sort(p.keys)
		return
	}
	var counts [4][256]uint32
	for _, key := range p.keys {
		counts[0][key>>32&255]++
		counts[1][key>>40&255]++
		counts[2][key>>48&255]++
		counts[3][key>>56]++
	}
	for b := range counts {
		next := &counts[b]
		sum := uint32(0)
		for k, n := range next {
			next[k] = sum
			sum += n
		}
		for _, key := range p.keys {
			at := &next[key>>(32+8*b)&255]
			p.spare[*at] = key
			*at++
		}
		p.keys, p.spare = p.spare, p.keys
	}
}

// summarise counts each entry's ranks.
func (p *standing) summarise(out []Confidence, draws int) {
	counts := make([]int, len(p.Entries))
	for at, i := range p.Entries {
		clear(counts)
		sum := 0
		for _, rank := range p.ranks[at*draws : (at+1)*draws] {
			counts[rank]++
			sum += int(rank) + 1
		}
		c := Confidence{Expected: float64(sum) / float64(draws)}
		below, won := 0, 0
		for rank, n := range counts {
			before := below
			below += n
			if rank < p.Slots {
				won = below
			}
			if 20*before < draws && 20*below >= draws {
				c.Low = rank + 1
			}
			if 20*before < 19*draws && 20*below >= 19*draws {
				c.High = rank + 1
			}
		}
		c.Chance = float64(won) / float64(draws)
		out[i] = c
	}
}
