package assign

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

func TestInvariants(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := small(t)
		if rapid.Bool().Draw(t, "all") {
			in.PerEntry = 0
		}
		p := Make(in)
		barredPairs, pinned, begun := map[Pair]bool{}, map[Pair]bool{}, map[Pair]bool{}
		for _, x := range in.Barred {
			barredPairs[x] = true
		}
		for _, x := range in.Pinned {
			pinned[x] = true
		}
		for _, x := range in.Held {
			if x.Begun || !in.Move {
				begun[x.Pair] = true
			}
		}
		for _, x := range p.Removed {
			if begun[x] {
				t.Errorf("%v was begun, or nothing was to move", x)
			}
		}
		loaded := loads(in, p)
		for _, x := range p.Added {
			if barredPairs[x] {
				t.Errorf("%v is in conflict", x)
			}
			e, j := in.Entries[x.Entry[15]], in.Jurors[x.Juror[15]]
			if reads := len(j.Languages) == 0 || e.Language == "" || contains(j.Languages, e.Language); !reads && !pinned[x] {
				t.Errorf("%v cannot be read", x)
			}
			if j.Limit != nil && loaded[j.ID] > *j.Limit && !pinned[x] {
				t.Errorf("%v goes beyond the limit %d", x, *j.Limit)
			}
		}
		if again := Make(in); !reflect.DeepEqual(p, again) {
			t.Error("the same input gave two plans")
		}
		if other := Make(shuffled(in)); !reflect.DeepEqual(p, other) {
			t.Errorf("the order of the input changed the plan:\n%+v\n%+v", p, other)
		}
	})
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func shuffled(in Input) Input {
	r := rand.New(rand.NewPCG(3, 4))
	e, j := append([]Entry{}, in.Entries...), append([]Juror{}, in.Jurors...)
	r.Shuffle(len(e), func(a, b int) { e[a], e[b] = e[b], e[a] })
	r.Shuffle(len(j), func(a, b int) { j[a], j[b] = j[b], j[a] })
	in.Entries, in.Jurors = e, j
	return in
}

func TestSeedDecidesAndNothingElse(t *testing.T) {
	t.Parallel()
	in := Input{Entries: entriesOf(30), Jurors: jurorsOf(7), PerEntry: 3, Seed: []byte("one")}
	a := Make(in)
	in.Seed = []byte("two")
	if reflect.DeepEqual(a.Added, Make(in).Added) {
		t.Error("another seed gave the same plan")
	}
}

// Known answer 8: a drop-out leaves every other assignment as it was.
func TestADropOutLeavesTheOthersAlone(t *testing.T) {
	t.Parallel()
	in, gone := droppedOut(generated(200, 24, 3, 2))
	p := Make(in)
	if len(p.Removed) != 0 || len(p.Added) != gone || len(p.Short) != 0 || p.Proof.Violations != 0 {
		t.Fatalf("%d added for %d lost, %d removed, %d short, %d violations", len(p.Added), gone, len(p.Removed), len(p.Short), p.Proof.Violations)
	}
	seen := map[uuid.UUID]int{}
	for x := range kept(in, p) {
		seen[x.Entry]++
	}
	for _, e := range in.Entries {
		if seen[e.ID] != 3 {
			t.Errorf("entry %v has %d reviews", e.ID, seen[e.ID])
		}
	}
}

// droppedOut plans an input and takes the first juror away: what is left, and how many seats are lost.
func droppedOut(in Input) (Input, int) {
	first := Make(in)
	gone := in.Jurors[0].ID
	lost := 0
	for _, x := range first.Added {
		if x.Juror == gone {
			lost++
		} else {
			in.Held = append(in.Held, Held{Pair: x})
		}
	}
	in.Jurors = in.Jurors[1:]
	for j := range in.Jurors {
		in.Jurors[j].Limit = at(*in.Jurors[j].Limit + lost/10 + 2)
	}
	return in, lost
}
