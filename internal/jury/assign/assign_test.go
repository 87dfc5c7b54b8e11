package assign

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/google/uuid"
)

func ids(kind byte, n int) []uuid.UUID {
	out := make([]uuid.UUID, n)
	for i := range out {
		out[i] = uuid.UUID{0: kind, 14: byte(i >> 8), 15: byte(i)}
	}
	return out
}

func loads(in Input, p Plan) map[uuid.UUID]int {
	out := map[uuid.UUID]int{}
	for _, x := range append(append([]Pair{}, in.Existing...), p.Added...) {
		out[x.Juror]++
	}
	return out
}

func TestEveryoneReadsEverythingNotInConflict(t *testing.T) {
	t.Parallel()
	e, j := ids('e', 4), ids('j', 3)
	in := Input{Entries: e, Jurors: j, Forbidden: map[Pair]bool{{e[0], j[1]}: true}, Existing: []Pair{{e[2], j[2]}}}
	p := Make(in)
	if len(p.Added) != 4*3-2 || len(p.Missing) != 0 {
		t.Fatalf("%d added, %v missing", len(p.Added), p.Missing)
	}
	for _, x := range p.Added {
		if in.Forbidden[x] || x == in.Existing[0] {
			t.Errorf("%v must not be added", x)
		}
	}
}

func TestEvenGivesKToEachAndEqualLoads(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ entries, jurors, k int }{{24, 6, 3}, {25, 6, 3}, {7, 5, 2}, {60, 12, 5}, {3, 9, 1}} {
		in := Input{Entries: ids('e', c.entries), Jurors: ids('j', c.jurors), PerEntry: c.k, Seed: []byte("s")}
		p := Make(in)
		if len(p.Added) != c.entries*c.k || len(p.Missing) != 0 {
			t.Errorf("%v: %d added, %v missing", c, len(p.Added), p.Missing)
		}
		least, most := c.entries, 0
		for _, j := range in.Jurors {
			n := loads(in, p)[j]
			least, most = min(least, n), max(most, n)
		}
		if most-least > 1 {
			t.Errorf("%v: loads from %d to %d", c, least, most)
		}
	}
}

func TestUnmetNeedsComeByEntry(t *testing.T) {
	t.Parallel()
	e, j := ids('e', 2), ids('j', 3)
	in := Input{Entries: e, Jurors: j, PerEntry: 3, Forbidden: map[Pair]bool{{e[1], j[0]}: true, {e[1], j[1]}: true}}
	if p := Make(in); !reflect.DeepEqual(p.Missing, map[uuid.UUID]int{e[1]: 2}) {
		t.Errorf("missing %v", p.Missing)
	}
	if p := Make(Input{Entries: e, PerEntry: 1}); p.Missing[e[0]] != 1 || p.Missing[e[1]] != 1 {
		t.Errorf("without jurors: %v", p.Missing)
	}
}

func TestAgainTopsUpAndMovesNothing(t *testing.T) {
	t.Parallel()
	e, j := ids('e', 10), ids('j', 4)
	first := Make(Input{Entries: e[:8], Jurors: j, PerEntry: 2, Seed: []byte("a")})
	in := Input{Entries: e, Jurors: j, PerEntry: 2, Seed: []byte("b"), Existing: first.Added}
	p := Make(in)
	if len(p.Added) != 4 {
		t.Errorf("%d added, want the two new entries twice", len(p.Added))
	}
	for _, x := range p.Added {
		if x.Entry != e[8] && x.Entry != e[9] {
			t.Errorf("%v was complete", x)
		}
	}
	if again := Make(Input{Entries: e, Jurors: j, PerEntry: 2, Existing: append(first.Added, p.Added...)}); len(again.Added) != 0 {
		t.Errorf("a complete plan grew by %d", len(again.Added))
	}
}

// The first to come would leave j0 with everything; only a chain over j1 reaches j2.
func TestChainsEvenOutLoads(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 200 {
		e, j := ids('e', 1+r.IntN(4)), ids('j', 1+r.IntN(3))
		in := Input{Entries: e, Jurors: j, PerEntry: 1 + r.IntN(2), Forbidden: map[Pair]bool{}, Seed: []byte{byte(round)}}
		for _, x := range e {
			for _, y := range j {
				if r.IntN(3) == 0 {
					in.Forbidden[Pair{x, y}] = true
				}
			}
		}
		p := Make(in)
		got := 0
		for _, n := range loads(in, p) {
			got += n * n
		}
		if want := leastSquares(in, 0, map[uuid.UUID]int{}); got != want {
			t.Fatalf("round %d: squares of loads %d, the best plan has %d", round, got, want)
		}
	}
}

// leastSquares tries every plan that gives each entry as many jurors as it can have.
func leastSquares(in Input, at int, load map[uuid.UUID]int) int {
	if at == len(in.Entries) {
		sum := 0
		for _, n := range load {
			sum += n * n
		}
		return sum
	}
	var free []uuid.UUID
	for _, j := range in.Jurors {
		if !in.Forbidden[Pair{in.Entries[at], j}] {
			free = append(free, j)
		}
	}
	need, best := min(in.PerEntry, len(free)), 1<<30
	for mask := range 1 << len(free) {
		chosen := []uuid.UUID{}
		for i, j := range free {
			if mask>>i&1 == 1 {
				chosen = append(chosen, j)
			}
		}
		if len(chosen) != need {
			continue
		}
		for _, j := range chosen {
			load[j]++
		}
		best = min(best, leastSquares(in, at+1, load))
		for _, j := range chosen {
			load[j]--
		}
	}
	return best
}

func TestSeedDecidesAndNothingElse(t *testing.T) {
	t.Parallel()
	in := Input{Entries: ids('e', 30), Jurors: ids('j', 7), PerEntry: 3, Seed: []byte("one")}
	a, b := Make(in), Make(in)
	if !reflect.DeepEqual(a, b) {
		t.Error("the same seed gave two plans")
	}
	in.Seed = []byte("two")
	if reflect.DeepEqual(a, Make(in)) {
		t.Error("another seed gave the same plan")
	}
}
