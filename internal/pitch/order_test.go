package pitch

import (
	"math"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/jury"
)

func id(n byte) uuid.UUID { return uuid.UUID{15: n} }

func row(n byte, rank int, official float64) jury.StandingRow {
	var r jury.StandingRow
	r.Entry, r.Rank, r.Official = id(n), rank, official
	return r
}

// Totals 70, 80 and 96: mean 82; deviations −12, −2, 14: squares 344, over two 172.
func TestAMeanItsSpreadAndBothRounds(t *testing.T) {
	t.Parallel()
	p := pitched(id(1), 60, 40, []Sheet{{Total: 70}, {Total: 80}, {Total: 96}})
	for what, got := range map[string][2]float64{
		"mean": {*p.Pitch, 82}, "spread": {*p.Spread, math.Sqrt(172)}, "together": {*p.Total, .4*82 + .6*60}, "alone": {*pitched(id(1), 60, 100, p.Sheets).Total, 82},
	} {
		if math.Abs(got[0]-got[1]) > 1e-9 {
			t.Errorf("%s: %v, want %v", what, got[0], got[1])
		}
	}
	if one := pitched(id(1), 60, 40, []Sheet{{Total: 70}}); one.Spread != nil || *one.Total != 64 {
		t.Errorf("of one sheet: %+v", one)
	}
	if none := pitched(id(1), 60, 40, []Sheet{}); none.Pitch != nil || none.Total != nil {
		t.Errorf("nobody scored it: %+v", none)
	}
}

// The shortlist by its totals with ties, whom nobody scored after them, then the others in their order;
// entries that share a first rank share the final one.
func TestTheFinalOrder(t *testing.T) {
	t.Parallel()
	rows := []jury.StandingRow{row(1, 1, 90), row(2, 2, 80), row(3, 3, 70), row(4, 3, 70), row(5, 5, 60), row(6, 6, 50), row(7, 0, 0)}
	of := map[uuid.UUID]Pitched{}
	for n, totals := range map[byte][]Sheet{2: {{Total: 90}}, 5: {{Total: 100}}, 6: {{Total: 90.004}}, 1: {}} {
		of[id(n)] = pitched(id(n), 0, 100, totals)
	}
	want := map[byte]Place{5: {1, false}, 2: {2, true}, 6: {2, true}, 1: {4, false}, 3: {5, true}, 4: {5, true}, 7: {}}
	got := finalOrder(rows, of)
	for n, w := range want {
		if got[id(n)] != w {
			t.Errorf("entry %d: %+v, want %+v", n, got[id(n)], w)
		}
	}
}

func TestTheSuggestionAndItsEdge(t *testing.T) {
	t.Parallel()
	var s jury.Standing
	s.Rows = []jury.StandingRow{row(1, 1, 90), row(2, 2, 80.001), row(3, 3, 80), row(4, 4, 70), row(5, 0, 0)}
	first, edge := suggested(s, 2)
	if !first[id(1)] || !first[id(2)] || first[id(3)] || edge[id(1)] || !edge[id(2)] || !edge[id(3)] || edge[id(4)] {
		t.Errorf("%v %v", first, edge)
	}
	if _, edge := suggested(s, 3); edge[id(3)] || edge[id(2)] {
		t.Errorf("the tie is not at the edge: %v", edge)
	}
	if first, edge := suggested(s, 9); !first[id(4)] || first[id(5)] || edge[id(4)] {
		t.Errorf("fewer than may come: %v %v", first, edge)
	}
}
