// Package final is the arithmetic of a pitch round: what a pitch comes to, both rounds together, the final
// order, and which entries of a shortlist depart from the order of rank. It knows no database: the lock
// computes with it, and an auditor's check computes the same again.
package final

import (
	"cmp"
	"math"
	"slices"

	"github.com/google/uuid"

	"fieldtrial/internal/jury/score"
)

// Sheet is one juror's complete score sheet of one pitch: the scores by criterion, nil where it does not
// apply, and the total that they give, 0 to 100.
type Sheet struct {
	Seat   uuid.UUID       `json:"seat"`
	Scores map[string]*int `json:"scores"`
	Total  float64         `json:"total"`
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

// Result is what a locked round came to, as it is stored.
type Result struct {
	Challenge uuid.UUID `json:"challenge"`
	Share     int       `json:"share"`
	Order     string    `json:"order"` // what decided the first round: "raw" or "calibrated"
	Entries   []Pitched `json:"entries"`
}

// ByEntry finds what an entry came to.
func (r Result) ByEntry() map[uuid.UUID]Pitched {
	out := make(map[uuid.UUID]Pitched, len(r.Entries))
	for _, p := range r.Entries {
		out[p.Entry] = p
	}
	return out
}

// Of takes the mean of the sheets' totals, and both rounds together: share per cent of the pitch, the rest
// of the first round.
func Of(entry uuid.UUID, first float64, share int, sheets []Sheet) Pitched {
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

// Ranked is an entry's rank by the reviews; 0: too few to be ranked.
type Ranked struct {
	Entry uuid.UUID
	Rank  int
}

// Place is where an entry comes in the end. Rank 0: not ranked. Tie: it shares the rank.
type Place struct {
	Rank int
	Tie  bool
}

// Order puts the jury's order after the pitches: the shortlist by its totals, to two decimals; then those
// of it whom nobody scored; then everybody else. Where nothing was scored, the first round's ranks decide.
// Equal stays equal: no lottery is drawn.
func Order(rows []Ranked, of map[uuid.UUID]Pitched) map[uuid.UUID]Place {
	group := func(r Ranked) int {
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
	before := func(a, b Ranked) int {
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

// Departures are the entries that are invited beyond the first n, n being how many are invited, or passed
// over among them for one behind. Entries that share a rank may stand for each other. rows are by rank,
// those without one at the end.
func Departures(rows []Ranked, invited map[uuid.UUID]bool, n int) map[uuid.UUID]bool {
	out := map[uuid.UUID]bool{}
	if n == 0 || n > len(rows) {
		return out
	}
	cut, worst := rows[n-1].Rank, 0
	for _, r := range rows {
		if invited[r.Entry] {
			worst = max(worst, r.Rank)
		}
	}
	for _, r := range rows {
		beyond := cut > 0 && r.Rank > cut
		if in := invited[r.Entry]; r.Rank > 0 && (in && beyond || !in && !beyond && r.Rank < worst) {
			out[r.Entry] = true
		}
	}
	return out
}
