// Package score is the arithmetic of judging: a review's total, an entry's mean and how sure it
// is, and the order. It knows no database.
package score

import (
	"math"

	"github.com/google/uuid"
)

// Criterion is what the arithmetic needs of one criterion of the rubric, in the published order.
type Criterion struct {
	ID              uuid.UUID
	Weight          int // per cent
	Lowest, Highest int
}

// Sheet holds one juror's scores of one entry by criterion.
type Sheet map[uuid.UUID]int

// Share is a score as a part of its scale, 0 to 1.
func (c Criterion) Share(score int) float64 {
	return float64(score-c.Lowest) / float64(c.Highest-c.Lowest)
}

// Total is the review's total, 0 to 100: 100 · Σ w (s − lo)/(hi − lo) / Σ w. It reports false
// while a criterion is missing: nothing is imputed. A rubric without weight counts its criteria
// alike.
func Total(criteria []Criterion, s Sheet) (float64, bool) {
	var sum, weights, plain float64
	for _, c := range criteria {
		v, given := s[c.ID]
		if !given {
			return 0, false
		}
		sum += float64(c.Weight) * c.Share(v)
		weights += float64(c.Weight)
		plain += c.Share(v)
	}
	if len(criteria) == 0 {
		return 0, false
	}
	if weights == 0 {
		return 100 * plain / float64(len(criteria)), true
	}
	return 100 * sum / weights, true
}

// round2 is what counts as equal: two decimals.
func round2(x float64) float64 { return math.Round(x*100) / 100 }
