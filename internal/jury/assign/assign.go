// Package assign gives entries to jurors. It is pure: the same input and seed give the same plan.
package assign

import (
	"cmp"
	"crypto/sha256"
	"slices"

	"github.com/google/uuid"
)

// Pair is one juror reading one entry.
type Pair struct{ Entry, Juror uuid.UUID }

// Input is what there is to plan. Pairs in Existing are kept whatever happens; pairs in Forbidden
// (conflicts, recusals, own team) are never made. PerEntry is the number of reviews each entry
// should get; 0 means that everyone reads everything.
type Input struct {
	Entries   []uuid.UUID
	Jurors    []uuid.UUID
	Existing  []Pair
	Forbidden map[Pair]bool
	PerEntry  int
	Seed      []byte
}

// Plan is what to add. Missing says, by entry, how many reviews nobody is left for.
type Plan struct {
	Added   []Pair
	Missing map[uuid.UUID]int
}

// Make plans the assignment. Loads come out as equal as the conflicts and what exists allow: as
// long as a chain of new pairs leads from a juror to one with two entries fewer, it is turned
// over, and a plan without such a chain is the most even one there is.
func Make(in Input) Plan {
	p := newPlanner(in)
	for _, e := range p.byScarcity(in.Entries) {
		p.fill(e)
	}
	if in.PerEntry > 0 {
		p.balance()
	}
	return p.plan()
}

type planner struct {
	in     Input
	load   map[uuid.UUID]int
	has    map[Pair]bool                    // existing or new
	fresh  map[uuid.UUID]map[uuid.UUID]bool // juror → entries given now
	kept   map[uuid.UUID]int
	chance map[Pair]uint64
	seats  map[uuid.UUID]bool
}

func newPlanner(in Input) *planner {
	p := &planner{in: in, load: map[uuid.UUID]int{}, has: map[Pair]bool{}, fresh: map[uuid.UUID]map[uuid.UUID]bool{},
		kept: map[uuid.UUID]int{}, chance: map[Pair]uint64{}, seats: map[uuid.UUID]bool{}}
	for _, j := range in.Jurors {
		p.seats[j] = true
		p.fresh[j] = map[uuid.UUID]bool{}
	}
	for _, x := range in.Existing {
		if !p.has[x] {
			p.has[x] = true
			p.load[x.Juror]++
			p.kept[x.Entry]++
		}
	}
	return p
}

func (p *planner) may(e, j uuid.UUID) bool {
	x := Pair{e, j}
	return p.seats[j] && !p.has[x] && !p.in.Forbidden[x]
}

// draw is a number that the seed gives to a pair: it breaks ties, and nobody can choose it.
func (p *planner) draw(x Pair) uint64 {
	if v, known := p.chance[x]; known {
		return v
	}
	h := sha256.New()
	h.Write(p.in.Seed)
	h.Write(x.Entry[:])
	h.Write(x.Juror[:])
	var v uint64
	for _, b := range h.Sum(nil)[:8] {
		v = v<<8 | uint64(b)
	}
	p.chance[x] = v
	return v
}

// byScarcity puts entries first that few jurors may read, and breaks ties by the seed.
func (p *planner) byScarcity(entries []uuid.UUID) []uuid.UUID {
	room := map[uuid.UUID]int{}
	for _, e := range entries {
		for _, j := range p.in.Jurors {
			if p.may(e, j) {
				room[e]++
			}
		}
	}
	out := slices.Clone(entries)
	slices.SortFunc(out, func(a, b uuid.UUID) int {
		return cmp.Or(cmp.Compare(room[a], room[b]), cmp.Compare(p.draw(Pair{Entry: a}), p.draw(Pair{Entry: b})))
	})
	return out
}

func (p *planner) wanted(e uuid.UUID) int {
	if p.in.PerEntry == 0 {
		return len(p.in.Jurors)
	}
	return max(0, p.in.PerEntry-p.kept[e])
}

// fill gives the entry to the least loaded jurors who may read it.
func (p *planner) fill(e uuid.UUID) {
	free := []uuid.UUID{}
	for _, j := range p.in.Jurors {
		if p.may(e, j) {
			free = append(free, j)
		}
	}
	slices.SortFunc(free, func(a, b uuid.UUID) int {
		return cmp.Or(cmp.Compare(p.load[a], p.load[b]), cmp.Compare(p.draw(Pair{e, a}), p.draw(Pair{e, b})))
	})
	for _, j := range free[:min(len(free), p.wanted(e))] {
		p.give(e, j)
	}
}

func (p *planner) give(e, j uuid.UUID) {
	p.has[Pair{e, j}] = true
	p.fresh[j][e] = true
	p.load[j]++
}

func (p *planner) take(e, j uuid.UUID) {
	delete(p.has, Pair{e, j})
	delete(p.fresh[j], e)
	p.load[j]--
}

// plan collects the new pairs in the order of the input, so that it does not depend on chance.
func (p *planner) plan() Plan {
	out := Plan{Missing: map[uuid.UUID]int{}}
	for _, e := range p.in.Entries {
		given := 0
		for _, j := range p.in.Jurors {
			if p.fresh[j][e] {
				out.Added = append(out.Added, Pair{e, j})
				given++
			}
		}
		if short := p.in.PerEntry - p.kept[e] - given; p.in.PerEntry > 0 && short > 0 {
			out.Missing[e] = short
		}
	}
	return out
}
