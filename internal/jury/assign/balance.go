package assign

import (
	"cmp"
	"slices"

	"github.com/google/uuid"
)

// step is one link of a chain: from gives its new entry to the next juror.
type step struct{ from, entry uuid.UUID }

// balance turns chains over until none is left that makes the loads more even.
func (p *planner) balance() {
	for {
		heavy := slices.Clone(p.in.Jurors)
		slices.SortStableFunc(heavy, func(a, b uuid.UUID) int { return cmp.Compare(p.load[b], p.load[a]) })
		moved := false
		for _, j := range heavy {
			if p.load[j]-p.load[heavy[len(heavy)-1]] < 2 {
				break // nobody is two below: even already, and no need to search
			}
			if p.relieve(j) {
				moved = true
				break
			}
		}
		if !moved {
			return
		}
	}
}

// relieve looks for a chain of new pairs from j to a juror whose load is lower by at least two,
// breadth first, and turns it over.
func (p *planner) relieve(j uuid.UUID) bool {
	came := map[uuid.UUID]step{j: {}}
	queue := []uuid.UUID{j}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		if p.load[at] <= p.load[j]-2 {
			p.turn(came, j, at)
			return true
		}
		for _, e := range p.in.Entries {
			if !p.fresh[at][e] {
				continue
			}
			for _, next := range p.in.Jurors {
				if _, seen := came[next]; !seen && p.may(e, next) {
					came[next] = step{at, e}
					queue = append(queue, next)
				}
			}
		}
	}
	return false
}

func (p *planner) turn(came map[uuid.UUID]step, first, last uuid.UUID) {
	for at := last; at != first; {
		s := came[at]
		p.take(s.entry, s.from)
		p.give(s.entry, at)
		at = s.from
	}
}
