package pitch

import (
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
