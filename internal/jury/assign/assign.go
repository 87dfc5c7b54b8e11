// Package assign gives entries to jurors. It is pure: it knows no database, and the same input and
// seed give the same plan, whatever the order in which entries and jurors are listed.
//
// The plan is the cheapest there is, not a good one found by chance: a minimum-cost flow from a
// source over the jurors to the entries' seats, solved exactly by the primal network simplex.
// What cannot be had is left out at a price above everything else, in this order: a seat that
// nobody fills (spread over the entries as evenly as can be), a host seat that no juror of the host
// city takes, a review that is moved. Every such unmet rule comes back by name.
//
// Source: R. K. Ahuja, T. L. Magnanti, J. B. Orlin, "Network Flows" (1993), chapters 9.4 (potentials,
// complementary slackness) and 11.5 (network simplex, strongly feasible trees).
package assign

import "github.com/google/uuid"

// Pair is one juror reading one entry.
type Pair struct{ Entry, Juror uuid.UUID }

// Entry is one to be read. A juror of one of Cities can take its host seat; Language "" is read by
// everyone. Tags are compared as they are.
type Entry struct {
	ID       uuid.UUID
	Cities   []uuid.UUID
	Language string
	Tags     []string
}

// Juror is one who reads. City is uuid.Nil for none; no Languages means all of them; Limit is the
// most reviews the juror takes in this plan, what is held included, nil for no limit. Wants says by
// entry how gladly the juror would read it, 0 to 1.
type Juror struct {
	ID        uuid.UUID
	City      uuid.UUID
	Languages []string
	Tags      []string
	Limit     *int
	Wants     map[uuid.UUID]float64
}

// Held is a pair that exists already. Only one that is not Begun can be moved, and only where
// Input.Move asks for it.
type Held struct {
	Pair
	Begun bool
}

// Input is what there is to plan.
type Input struct {
	Entries []Entry
	Jurors  []Juror
	Held    []Held
	// Barred pairs are never made: conflicts, recusals, own teams, the chair's word.
	Barred []Pair
	// Pinned pairs are made whatever they cost, beyond limits and languages, unless they are barred.
	Pinned []Pair
	// PerEntry is the number of reviews each entry should get; 0: everyone reads everything.
	PerEntry int
	// HostSeat asks for one juror of the host city on each entry.
	HostSeat bool
	// Move lets pairs that are held and not begun go to other jurors, as few as possible.
	Move bool
	// Seed decides between what is equally good. It is published with the plan.
	Seed []byte
}

// Plan is what to change, and which rules it could not meet.
type Plan struct {
	Added   []Pair // in the order of the entries' and jurors' ids
	Removed []Pair // held pairs that were moved away; only with Input.Move
	Short   []Short
	Waived  []uuid.UUID // entries without a juror of the host city; only with Input.HostSeat
	Refused []Pair      // pinned pairs that are barred
	// Parts are the unconnected parts of the graph of jurors and entries, largest first. With more
	// than one, nothing can tell a strict juror of one part from weak entries of another.
	Parts []Part
	// Proof says that no cheaper plan exists.
	Proof Proof
}

// Short is an entry with seats that nobody fills, and why: how many of the jurors who do not read it
// are barred, do not read its language, have all they can take.
type Short struct {
	Entry                  uuid.UUID
	Missing                int
	Barred, Language, Full int
}

// Part is one set of entries and jurors that nothing links to the others.
type Part struct{ Entries, Jurors []uuid.UUID }

// Proof is what shows a plan to be the optimum over all pairs: with the dual prices of the last
// solution no arc violates complementary slackness and no pair left out would lower the cost.
// Cost is in the units of the arcs; Rounds counts the solutions until pricing found nothing more.
type Proof struct {
	Cost       int64
	Rounds     int
	Arcs       int
	Pivots     int
	Violations int
}

// Make plans the assignment.
func Make(in Input) Plan {
	p := compile(in)
	out := Plan{Refused: p.pin(in.Pinned)}
	p.want(in.PerEntry)
	if p.unlimited(in) {
		p.giveAll()
	} else {
		m := newModel(p)
		out.Proof = m.optimise()
		m.take()
	}
	p.report(&out)
	return out
}
