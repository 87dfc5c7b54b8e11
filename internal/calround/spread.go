package calround

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/seen"
)

// Spread is how far the jurors are apart about one entry. Nobody's name is in it.
type Spread struct {
	Entry    jury.Candidate
	Sheets   int       // that were handed in
	Totals   []float64 // 0 to 100, ascending
	Median   *float64  // of the totals; nil without any
	Own      *float64  // the reader's own total
	Criteria []CriterionSpread
}

// CriterionSpread is the same for one criterion: how many gave each score, the lowest first.
type CriterionSpread struct {
	Criterion     uuid.UUID
	Counts        []int
	NotApplicable int
	Median        *float64
	Own           *int // score.NotApplicable where the reader said so; nil: the reader handed in nothing
}

// spread reads how far apart the jurors are about these entries. own is the reader's seat, if any: the
// caller has checked that the reader may see it.
func (s *Service) spread(ctx context.Context, actor authz.Actor, c contest.Challenge, r Round, criteria []contest.Criterion, entries []jury.Candidate, own *jury.Place) ([]Spread, error) {
	if err := seen.Note(ctx, s.db.Pool(), actor, c.Scope(), seen.Review, nil, idsOf(entries)...); err != nil {
		return nil, err
	}
	return spreadOf(ctx, s.db.Pool(), r, criteria, entries, own)
}

func spreadOf(ctx context.Context, q database.Queryer, r Round, criteria []contest.Criterion, entries []jury.Candidate, own *jury.Place) ([]Spread, error) {
	sheets, err := handed(ctx, q, r, idsOf(entries))
	if err != nil {
		return nil, err
	}
	out := make([]Spread, len(entries))
	for i, e := range entries {
		out[i] = apart(criteria, e, sheets, own)
	}
	return out, nil
}

// apart counts the sheets of one entry.
func apart(criteria []contest.Criterion, e jury.Candidate, sheets []handedSheet, own *jury.Place) Spread {
	out := Spread{Entry: e, Totals: []float64{}}
	given := make([][]float64, len(criteria))
	for _, c := range criteria {
		out.Criteria = append(out.Criteria, CriterionSpread{Criterion: c.ID, Counts: make([]int, c.Highest-c.Lowest+1)})
	}
	for _, h := range sheets {
		if h.Entry != e.EntryID {
			continue
		}
		out.Sheets++
		mine := own != nil && own.ID == h.ID
		if t := jury.Total(criteria, h.Draft); t != nil {
			out.Totals = append(out.Totals, *t)
			if mine {
				out.Own = t
			}
		}
		for k, c := range criteria {
			v, there := h.Scores[c.ID]
			if !there {
				continue
			}
			x := &out.Criteria[k]
			if mine {
				x.Own = &v
			}
			if v == score.NotApplicable {
				x.NotApplicable++
				continue
			}
			x.Counts[v-c.Lowest]++
			given[k] = append(given[k], float64(v))
		}
	}
	slices.Sort(out.Totals)
	out.Median = median(out.Totals)
	for k := range given {
		out.Criteria[k].Median = median(given[k])
	}
	return out
}

// median is the one in the middle, or the mean of the two there; nil of nothing.
func median(list []float64) *float64 {
	if len(list) == 0 {
		return nil
	}
	sorted := slices.Sorted(slices.Values(list))
	m := (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
	return &m
}
