package jury

import (
	"cmp"
	"slices"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
)

// answer shows the plan without the entries that the actor must not see: their pairs are not
// counted, and nothing is said of what they lack.
func (p allotPlan) answer(actor authz.Actor) Allotment {
	seen := visible(actor, p.roster)
	out := Allotment{Mode: p.req.Mode, K: p.req.K, HostSeat: p.req.HostSeat, Seed: p.req.Seed, Entries: len(seen), Loads: []Load{},
		Unmet: []Unmet{}, Waived: []Candidate{}, Refused: []Refused{}, Parts: []Part{}, Proven: p.plan.Proof.Violations == 0}
	p.count(actor, &out)
	for _, e := range seen {
		if p.unchecked[e.EntryID] {
			out.Unscreened++
		}
		if p.changing[e.EntryID] {
			out.Correcting++
		}
	}
	entries, names := byEntry(seen), p.names()
	for _, s := range p.plan.Short {
		if e, known := entries[s.Entry]; known {
			out.Unmet = append(out.Unmet, Unmet{e, s.Missing, s.Barred, s.Language, s.Full})
		}
	}
	for _, id := range p.plan.Waived {
		if e, known := entries[id]; known {
			out.Waived = append(out.Waived, e)
		}
	}
	for _, x := range p.plan.Refused {
		if e, known := entries[x.Entry]; known {
			out.Refused = append(out.Refused, Refused{e, names[x.Juror]})
		}
	}
	for _, part := range p.plan.Parts {
		one := Part{Names: []string{}}
		for _, id := range part.Entries {
			if _, known := entries[id]; known {
				one.Entries++
			}
		}
		for _, id := range part.Jurors {
			one.Names = append(one.Names, names[id])
		}
		slices.Sort(one.Names)
		if one.Entries > 0 {
			out.Parts = append(out.Parts, one)
		}
	}
	slices.SortFunc(out.Unmet, func(a, b Unmet) int {
		return cmp.Or(cmp.Compare(b.Missing, a.Missing), cmp.Compare(a.Entry.Reference, b.Entry.Reference))
	})
	slices.SortFunc(out.Waived, func(a, b Candidate) int { return cmp.Compare(a.Reference, b.Reference) })
	return out
}

// count fills in the loads before and after.
func (p allotPlan) count(actor authz.Actor, out *Allotment) {
	before, change := map[uuid.UUID]int{}, map[uuid.UUID]int{}
	for _, x := range p.held {
		if !actor.Excluded[x.Entry] {
			before[x.Juror]++
		}
	}
	for _, x := range p.plan.Added {
		if !actor.Excluded[x.Entry] {
			change[x.Juror]++
			out.Added++
		}
	}
	for _, x := range p.plan.Removed {
		if !actor.Excluded[x.Entry] {
			change[x.Juror]--
			out.Removed++
		}
	}
	for _, m := range p.members {
		if m.Juror && !p.dropped[m.Seat] || before[m.Seat] > 0 || change[m.Seat] != 0 {
			out.Loads = append(out.Loads, Load{m.Seat, m.Name, before[m.Seat], before[m.Seat] + change[m.Seat], p.limits[m.Seat]})
		}
	}
}

func (p allotPlan) names() map[uuid.UUID]string {
	out := map[uuid.UUID]string{}
	for _, m := range p.members {
		out[m.Seat] = m.Name
	}
	return out
}
