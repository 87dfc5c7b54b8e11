package jury

import (
	"math"
	"slices"

	"github.com/google/uuid"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/jury/calibrate"
	"fieldtrial/internal/jury/score"
)

// leaveOut finds the jurors without whose reviews other entries would have a place. The variances
// stay as they are. m is nil without a fit; then only raw means can be compared.
func (a *Assessment) leaveOut(m *calibrate.Model, p panel) []Without {
	official := make([]float64, len(a.Entries))
	for i := range a.Entries {
		official[i] = a.Entries[i].Official
	}
	now := a.placed(official)
	out := []Without{}
	for j, seat := range p.seats {
		values, ok := a.officialWithout(m, p, j)
		if !ok {
			continue
		}
		w := Without{Seat: seat, Wins: []uuid.UUID{}, Lose: []uuid.UUID{}}
		for i, then := range a.placed(values) {
			switch {
			case then && !now[i]:
				w.Wins = append(w.Wins, a.Entries[i].Entry)
			case !then && now[i]:
				w.Lose = append(w.Lose, a.Entries[i].Entry)
			}
		}
		if len(w.Wins)+len(w.Lose) > 0 {
			out = append(out, w)
		}
	}
	return out
}

// officialWithout is what would decide without one juror; NaN for entries left without a review.
func (a *Assessment) officialWithout(m *calibrate.Model, p panel, juror int) ([]float64, bool) {
	if a.Order == contest.ByRaw || m == nil {
		return p.Without(juror).Raw(), true
	}
	without, err := m.Without(juror)
	if err != nil {
		return nil, false
	}
	return without.Score, true
}

// placed tells which ranked entries have a place. Entries that tie for the last one all have it: what
// decides between them is not the jurors.
func (a *Assessment) placed(values []float64) []bool {
	order := []float64{}
	for i, v := range values {
		if a.ranked(i) && !math.IsNaN(v) {
			order = append(order, score.Round2(v))
		}
	}
	slices.Sort(order)
	out := make([]bool, len(values))
	if len(order) == 0 {
		return out
	}
	last := order[max(0, len(order)-a.Places)]
	for i, v := range values {
		out[i] = a.ranked(i) && score.Round2(v) >= last
	}
	return out
}
