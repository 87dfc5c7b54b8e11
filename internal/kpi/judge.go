package kpi

import (
	"cmp"
	"slices"
	"time"

	"github.com/google/uuid"
)

// Verdict is what an entry is to the count of participants.
type Verdict string

// The verdicts. Only Counted makes the number; the others say why an entry does not.
const (
	Counted    Verdict = "counted"
	Again      Verdict = "again"      // its team is represented by another entry already
	Duplicate  Verdict = "duplicate"  // another team of the same name and country is
	University Verdict = "university" // shown apart
	Company    Verdict = "company"
	Group      Verdict = "group"
	Ineligible Verdict = "ineligible"
)

// Verdicts lists the verdicts in the order in which they are shown.
var Verdicts = []Verdict{Counted, Again, Duplicate, University, Company, Group, Ineligible}

// Participation is one submitted entry of a contest that counts (no rehearsal) by a team that
// counts (no test).
type Participation struct {
	Entry          uuid.UUID
	Reference      string
	Contest        uuid.UUID
	Team           uuid.UUID
	Name           string
	Kind           string // startup, company, university, group or person
	Country        string
	Eligible       *bool     // nil: not screened
	FirstSubmitted time.Time // when it was submitted for the first time
	Closes         time.Time // the deadline of its challenge
}

var verdictOfKind = map[string]Verdict{
	"startup": Counted, "person": Counted, "university": University, "company": Company, "group": Group,
}

// Judge decides what each entry is to the count: distinct startups or solo entrepreneurs with an
// entry submitted and not withdrawn. An organisation is a name, as NormalName has it, in a country;
// one of its eligible entries stands for it, and the others count no more. Ineligible entries stand
// for nobody.
func Judge(all []Participation) map[uuid.UUID]Verdict {
	type organisation struct{ name, country string }
	out := make(map[uuid.UUID]Verdict, len(all))
	groups := map[organisation][]Participation{}
	for _, p := range all {
		if p.Eligible != nil && !*p.Eligible {
			out[p.Entry] = Ineligible
			continue
		}
		o := organisation{NormalName(p.Name), p.Country}
		groups[o] = append(groups[o], p)
	}
	for _, g := range groups {
		first := slices.MinFunc(g, func(a, b Participation) int {
			return cmp.Or(
				cmp.Compare(rank(a.Kind), rank(b.Kind)),
				a.FirstSubmitted.Compare(b.FirstSubmitted),
				cmp.Compare(a.Reference, b.Reference))
		})
		for _, p := range g {
			switch {
			case p.Entry == first.Entry:
				out[p.Entry] = verdictOfKind[p.Kind]
			case p.Team == first.Team:
				out[p.Entry] = Again
			default:
				out[p.Entry] = Duplicate
			}
		}
	}
	return out
}

// rank puts the kinds that count first: a startup that a university entered as well counts.
func rank(kind string) int {
	if verdictOfKind[kind] == Counted {
		return 0
	}
	return 1
}
