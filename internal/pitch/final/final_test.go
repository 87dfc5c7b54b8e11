package final

import (
	"math"
	"testing"

	"github.com/google/uuid"
)

func id(n byte) uuid.UUID { return uuid.UUID{15: n} }

// Totals 70, 80 and 96: mean 82; deviations −12, −2, 14: squares 344, over two 172.
func TestAMeanItsSpreadAndBothRounds(t *testing.T) {
	t.Parallel()
	p := Of(id(1), 60, 40, []Sheet{{Total: 70}, {Total: 80}, {Total: 96}})
	for what, got := range map[string][2]float64{
		"mean": {*p.Pitch, 82}, "spread": {*p.Spread, math.Sqrt(172)}, "together": {*p.Total, .4*82 + .6*60}, "alone": {*Of(id(1), 60, 100, p.Sheets).Total, 82},
	} {
		if math.Abs(got[0]-got[1]) > 1e-9 {
			t.Errorf("%s: %v, want %v", what, got[0], got[1])
		}
	}
	if one := Of(id(1), 60, 40, []Sheet{{Total: 70}}); one.Spread != nil || *one.Total != 64 {
		t.Errorf("of one sheet: %+v", one)
	}
	if none := Of(id(1), 60, 40, []Sheet{}); none.Pitch != nil || none.Total != nil {
		t.Errorf("nobody scored it: %+v", none)
	}
}

// The shortlist by its totals with ties, whom nobody scored after them, then the others in their order;
// entries that share a first rank share the final one.
func TestTheFinalOrder(t *testing.T) {
	t.Parallel()
	rows := []Ranked{{id(1), 1}, {id(2), 2}, {id(3), 3}, {id(4), 3}, {id(5), 5}, {id(6), 6}, {id(7), 0}}
	of := map[uuid.UUID]Pitched{}
	for n, totals := range map[byte][]Sheet{2: {{Total: 90}}, 5: {{Total: 100}}, 6: {{Total: 90.004}}, 1: {}} {
		of[id(n)] = Of(id(n), 0, 100, totals)
	}
	want := map[byte]Place{5: {1, false}, 2: {2, true}, 6: {2, true}, 1: {4, false}, 3: {5, true}, 4: {5, true}, 7: {}}
	got := Order(rows, of)
	for n, w := range want {
		if got[id(n)] != w {
			t.Errorf("entry %d: %+v, want %+v", n, got[id(n)], w)
		}
	}
}

// Whoever is invited beyond the first n departs, and whoever is passed over among them for one behind; not
// who shares the rank, nor who has none.
func TestWhoDepartsFromTheOrderOfRank(t *testing.T) {
	t.Parallel()
	rows := []Ranked{{id(1), 1}, {id(2), 2}, {id(3), 2}, {id(4), 4}, {id(5), 0}}
	for what, c := range map[string]struct{ invited, departs []byte }{
		"in order":             {[]byte{1, 2, 3}, nil},
		"one of two that tie":  {[]byte{1, 3}, nil},
		"one beyond":           {[]byte{1, 4}, []byte{2, 3, 4}},
		"the best passed over": {[]byte{2, 3}, []byte{1}},
		"as many as there are": {[]byte{1, 2, 3, 4, 5}, nil},
		"more than there are":  {[]byte{1, 2, 3, 4, 5, 6}, nil},
		"nobody":               {nil, nil},
	} {
		invited := map[uuid.UUID]bool{}
		for _, n := range c.invited {
			invited[id(n)] = true
		}
		got := Departures(rows, invited, len(c.invited))
		if len(got) != len(c.departs) {
			t.Errorf("%s: %v, want %v", what, got, c.departs)
		}
		for _, n := range c.departs {
			if !got[id(n)] {
				t.Errorf("%s: not %d", what, n)
			}
		}
	}
}
