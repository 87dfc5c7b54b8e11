package assign

import (
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

func entriesOf(n int) []Entry {
	out := make([]Entry, n)
	for i, id := range ids('e', n) {
		out[i] = Entry{ID: id}
	}
	return out
}

func jurorsOf(n int) []Juror {
	out := make([]Juror, n)
	for i, id := range ids('j', n) {
		out[i] = Juror{ID: id}
	}
	return out
}

func at(n int) *int { return &n }

// kept is every pair there is after the plan.
func kept(in Input, p Plan) map[Pair]bool {
	out := map[Pair]bool{}
	for _, x := range in.Held {
		out[x.Pair] = true
	}
	for _, x := range p.Removed {
		delete(out, x)
	}
	for _, x := range p.Added {
		out[x] = true
	}
	return out
}

func loads(in Input, p Plan) map[uuid.UUID]int {
	out := map[uuid.UUID]int{}
	for x := range kept(in, p) {
		out[x.Juror]++
	}
	return out
}

func TestEveryoneReadsEverythingNotInConflict(t *testing.T) {
	t.Parallel()
	e, j := ids('e', 4), ids('j', 3)
	in := Input{Entries: entriesOf(4), Jurors: jurorsOf(3), Barred: []Pair{{e[0], j[1]}}, Held: []Held{{Pair: Pair{e[2], j[2]}, Begun: true}}}
	p := Make(in)
	if len(p.Added) != 4*3-2 || len(p.Short) != 0 || len(p.Parts) != 1 {
		t.Fatalf("%d added, %v short, %d parts", len(p.Added), p.Short, len(p.Parts))
	}
	for _, x := range p.Added {
		if x == in.Barred[0] || x == in.Held[0].Pair {
			t.Errorf("%v must not be added", x)
		}
	}
}

// Where not everyone can read everything, those who can read less do not leave one entry alone.
func TestEveryoneReadsAsMuchAsLimitsAllow(t *testing.T) {
	t.Parallel()
	in := Input{Entries: entriesOf(6), Jurors: jurorsOf(4), Seed: []byte("s")}
	in.Jurors[0].Limit, in.Jurors[1].Limit = at(3), at(3)
	p := Make(in)
	if l := loads(in, p); l[in.Jurors[0].ID] != 3 || l[in.Jurors[1].ID] != 3 || l[in.Jurors[2].ID] != 6 {
		t.Errorf("loads %v", l)
	}
	if len(p.Short) != 6 {
		t.Errorf("%d entries are one review short, want all 6: %v", len(p.Short), p.Short)
	}
	for _, s := range p.Short {
		if s.Missing != 1 || s.Full != 1 {
			t.Errorf("short %+v", s)
		}
	}
}

func TestEvenGivesKToEachAndEqualLoads(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ entries, jurors, k int }{{24, 6, 3}, {25, 6, 3}, {7, 5, 2}, {60, 12, 5}, {3, 9, 1}} {
		in := Input{Entries: entriesOf(c.entries), Jurors: jurorsOf(c.jurors), PerEntry: c.k, Seed: []byte("s")}
		p := Make(in)
		if len(p.Added) != c.entries*c.k || len(p.Short) != 0 {
			t.Errorf("%v: %d added, %v short", c, len(p.Added), p.Short)
		}
		least, most := c.entries, 0
		for _, j := range in.Jurors {
			n := loads(in, p)[j.ID]
			least, most = min(least, n), max(most, n)
		}
		if most-least > 1 {
			t.Errorf("%v: loads from %d to %d", c, least, most)
		}
	}
}

func TestUnmetRulesComeByName(t *testing.T) {
	t.Parallel()
	in := Input{Entries: entriesOf(2), Jurors: jurorsOf(4), PerEntry: 4}
	e, j := ids('e', 2), ids('j', 4)
	in.Entries[1].Language = "ja"
	in.Jurors[1].Languages, in.Jurors[2].Limit = []string{"en", "es"}, at(0)
	in.Barred = []Pair{{e[1], j[0]}}
	in.Pinned = []Pair{{e[1], j[0]}}
	p := Make(in)
	want := []Short{{Entry: e[0], Missing: 1, Full: 1}, {Entry: e[1], Missing: 3, Barred: 1, Language: 1, Full: 1}}
	if !reflect.DeepEqual(p.Short, want) || !reflect.DeepEqual(p.Refused, in.Pinned) {
		t.Errorf("short %+v, refused %v", p.Short, p.Refused)
	}
	if p := Make(Input{Entries: entriesOf(2), PerEntry: 1}); len(p.Short) != 2 || p.Short[0].Missing != 1 {
		t.Errorf("without jurors: %v", p.Short)
	}
}

// The host seat goes to a juror of the host city; where none can, it is waived by name and the
// entry is read by others all the same.
func TestAnImpossibleHostSeatIsANamedWaiver(t *testing.T) {
	t.Parallel()
	cities := ids('c', 2)
	in := Input{Entries: entriesOf(6), Jurors: jurorsOf(5), PerEntry: 2, HostSeat: true, Seed: []byte("s")}
	for i := range in.Entries {
		in.Entries[i].Cities = cities[i%2 : i%2+1]
	}
	in.Jurors[0].City, in.Jurors[1].City = cities[0], cities[0]
	p := Make(in)
	if len(p.Short) != 0 {
		t.Errorf("short %v", p.Short)
	}
	if want := []uuid.UUID{in.Entries[1].ID, in.Entries[3].ID, in.Entries[5].ID}; !reflect.DeepEqual(p.Waived, want) {
		t.Errorf("waived %v, want the entries of the other city", p.Waived)
	}
	for _, i := range []int{0, 2, 4} {
		k := kept(in, p)
		if !k[Pair{in.Entries[i].ID, in.Jurors[0].ID}] && !k[Pair{in.Entries[i].ID, in.Jurors[1].ID}] {
			t.Errorf("entry %d is read by nobody of its city", i)
		}
	}
}

func TestPinsAreKeptAndCountAsReviews(t *testing.T) {
	t.Parallel()
	in := Input{Entries: entriesOf(8), Jurors: jurorsOf(4), PerEntry: 2, Seed: []byte("s")}
	in.Jurors[3].Limit = at(1)
	for _, i := range []int{0, 1, 2} { // beyond the limit: it is the chair's word
		in.Pinned = append(in.Pinned, Pair{in.Entries[i].ID, in.Jurors[3].ID})
	}
	p := Make(in)
	for _, x := range in.Pinned {
		if !kept(in, p)[x] {
			t.Errorf("%v was pinned", x)
		}
	}
	if len(p.Added) != 16 || loads(in, p)[in.Jurors[3].ID] != 3 {
		t.Errorf("%d added, %d for the pinned juror", len(p.Added), loads(in, p)[in.Jurors[3].ID])
	}
}

func TestTagsAndWishesDecide(t *testing.T) {
	t.Parallel()
	in := Input{Entries: entriesOf(8), Jurors: jurorsOf(4), PerEntry: 1, Seed: []byte("s")}
	topics := []string{"water", "light", "noise", "air"}
	for i := range in.Entries {
		in.Entries[i].Tags = topics[i%4 : i%4+1]
	}
	for j := range in.Jurors {
		in.Jurors[j].Tags = topics[j : j+1]
	}
	for _, x := range Make(in).Added {
		if x.Entry[15]%4 != x.Juror[15] {
			t.Errorf("%v reads what another knows better", x)
		}
	}
	for i := range in.Entries {
		in.Entries[i].Tags = nil
		in.Jurors[(i+1)%4].Wants = map[uuid.UUID]float64{in.Entries[i].ID: 1, in.Entries[(i+4)%8].ID: 1}
	}
	for _, x := range Make(in).Added {
		if (x.Entry[15]+1)%4 != x.Juror[15] {
			t.Errorf("%v is nobody's wish", x)
		}
	}
}

func TestAgainTopsUpAndMovesNothing(t *testing.T) {
	t.Parallel()
	first := Make(Input{Entries: entriesOf(8), Jurors: jurorsOf(4), PerEntry: 2, Seed: []byte("a")})
	in := Input{Entries: entriesOf(10), Jurors: jurorsOf(4), PerEntry: 2, Seed: []byte("b")}
	for _, x := range first.Added {
		in.Held = append(in.Held, Held{Pair: x})
	}
	p := Make(in)
	if len(p.Added) != 4 || len(p.Removed) != 0 {
		t.Errorf("%d added, %d removed, want the two new entries twice", len(p.Added), len(p.Removed))
	}
	for _, x := range p.Added {
		if x.Entry != in.Entries[8].ID && x.Entry != in.Entries[9].ID {
			t.Errorf("%v was complete", x)
		}
	}
}

// The only juror who can read entry 1 is full with entry 0, which others could read.
func TestMovingTakesWhatIsNotBegunAndAsFewAsPossible(t *testing.T) {
	t.Parallel()
	e, j := ids('e', 2), ids('j', 3)
	in := Input{Entries: entriesOf(2), Jurors: jurorsOf(3), PerEntry: 1, Seed: []byte("s"),
		Held: []Held{{Pair: Pair{e[0], j[0]}}}, Barred: []Pair{{e[1], j[1]}, {e[1], j[2]}}}
	in.Jurors[0].Limit = at(1)
	if p := Make(in); len(p.Added) != 0 || len(p.Short) != 1 {
		t.Errorf("frozen: %+v", p)
	}
	in.Move = true
	p := Make(in)
	if len(p.Short) != 0 || !reflect.DeepEqual(p.Removed, []Pair{{e[0], j[0]}}) || len(p.Added) != 2 {
		t.Errorf("moving: %+v", p)
	}
	in.Held[0].Begun = true
	if p := Make(in); len(p.Removed) != 0 || len(p.Short) != 1 {
		t.Errorf("a review that was begun moved: %+v", p)
	}
}

func TestUnconnectedPartsAreTold(t *testing.T) {
	t.Parallel()
	in := Input{Entries: entriesOf(6), Jurors: jurorsOf(4), PerEntry: 2, Seed: []byte("s")}
	for i := range in.Entries {
		in.Entries[i].Language = []string{"es", "ja"}[i/4]
	}
	for j := range in.Jurors {
		in.Jurors[j].Languages = []string{[]string{"es", "ja"}[j/2]}
	}
	p := Make(in)
	if len(p.Parts) != 2 || len(p.Parts[0].Entries) != 4 || len(p.Parts[1].Entries) != 2 || len(p.Parts[1].Jurors) != 2 {
		t.Errorf("parts %v", p.Parts)
	}
	in.Jurors[0].Languages = nil
	in.Pinned = []Pair{{in.Entries[5].ID, in.Jurors[0].ID}}
	if p := Make(in); len(p.Parts) != 1 {
		t.Errorf("one juror links both, and there are still %d parts", len(p.Parts))
	}
	left := Held{Pair{in.Entries[0].ID, uuid.UUID{1}}, true}
	other := Held{Pair{in.Entries[5].ID, uuid.UUID{1}}, true}
	in.Pinned, in.Jurors[0].Languages, in.Held = nil, []string{"es"}, []Held{left, other}
	if p := Make(in); len(p.Parts) != 1 {
		t.Errorf("somebody who left read of both, and there are still %d parts", len(p.Parts))
	}
}
