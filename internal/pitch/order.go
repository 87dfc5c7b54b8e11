package pitch

import (
	"cmp"
	"math"
	"slices"

	"github.com/google/uuid"

	"fieldtrial/internal/jury"
	"fieldtrial/internal/jury/score"
)

// Sheet is one juror's complete score sheet of one pitch: the total by the pitch's criteria, 0 to 100.
type Sheet struct {
	Seat  uuid.UUID `json:"seat"`
	Total float64   `json:"total"`
}

// Pitched is what one entry of the shortlist came to. Pitch and Total are nil where nobody scored it,
// Spread below two sheets.
type Pitched struct {
	Entry  uuid.UUID `json:"entry"`
	First  float64   `json:"first"` // what decided the first round
	Pitch  *float64  `json:"pitch,omitempty"`
	Spread *float64  `json:"spread,omitempty"` // standard deviation of the totals
	Total  *float64  `json:"total,omitempty"`
	Sheets []Sheet   `json:"sheets"`
}

// pitched takes the mean of the sheets, and both rounds together: share per cent of the pitch, the rest
// of the first round.
func pitched(entry uuid.UUID, first float64, share int, sheets []Sheet) Pitched {
	out := Pitched{Entry: entry, First: first, Sheets: sheets}
	if len(sheets) == 0 {
		return out
	}
	n := float64(len(sheets))
	mean, squares := 0.0, 0.0
	for _, s := range sheets {
		mean += s.Total / n
	}
	for _, s := range sheets {
		squares += (s.Total - mean) * (s.Total - mean)
	}
	out.Pitch = &mean
	if len(sheets) > 1 {
		sd := math.Sqrt(squares / (n - 1))
		out.Spread = &sd
	}
	part := float64(share) / 100
	total := part*mean + (1-part)*first
	out.Total = &total
	return out
}

// Place is where an entry comes in the end. Rank 0: not ranked. Tie: it shares the rank.
type Place struct {
	Rank int
	Tie  bool
}

// finalOrder puts the whole jury's order after the pitches: the shortlist by its totals, to two decimals;
// then those of it whom nobody scored; then everybody else. Where nothing was scored, the first round's
// ranks decide. Equal stays equal: no lottery is drawn.
func finalOrder(rows []jury.StandingRow, of map[uuid.UUID]Pitched) map[uuid.UUID]Place {
	group := func(r jury.StandingRow) int {
		p, listed := of[r.Entry]
		switch {
		case r.Rank == 0:
			return 3
		case !listed:
			return 2
		case p.Total == nil:
			return 1
		}
		return 0
	}
	before := func(a, b jury.StandingRow) int {
		if c := cmp.Compare(group(a), group(b)); c != 0 {
			return c
		}
		if group(a) == 0 {
			return cmp.Compare(score.Round2(*of[b.Entry].Total), score.Round2(*of[a.Entry].Total))
		}
		return cmp.Compare(a.Rank, b.Rank)
	}
	sorted := slices.Clone(rows)
	slices.SortStableFunc(sorted, before)
	out := make(map[uuid.UUID]Place, len(rows))
	for i, r := range sorted {
		here := Place{Rank: i + 1}
		switch {
		case r.Rank == 0:
			here = Place{}
		case i > 0 && before(sorted[i-1], r) == 0:
			here = Place{Rank: out[sorted[i-1].Entry].Rank, Tie: true}
			out[sorted[i-1].Entry] = here
		}
		out[r.Entry] = here
	}
	return out
}
