// Package score is the arithmetic of judging: a review's total, an entry's mean and how sure it
// is, and the order. It knows no database.
package score

import (
	"encoding/json"
	"math"

	"github.com/google/uuid"
)

// Criterion is what the arithmetic needs of one criterion of the rubric, in the published order.
type Criterion struct {
	ID              uuid.UUID
	Weight          int // per cent
	Lowest, Highest int
}

// NotApplicable stands in a sheet for a criterion that a juror marked so, where the rubric allows it.
const NotApplicable = math.MinInt32

// Sheet holds one juror's scores of one entry by criterion. As JSON a criterion that does not apply
// is null.
type Sheet map[uuid.UUID]int

// MarshalJSON writes the sheet as stored.
func (s Sheet) MarshalJSON() ([]byte, error) {
	out := make(map[uuid.UUID]*int, len(s))
	for id, v := range s {
		out[id] = nil
		if v != NotApplicable {
			out[id] = &v
		}
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (s *Sheet) UnmarshalJSON(b []byte) error {
	in := map[uuid.UUID]*int{}
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	*s = make(Sheet, len(in))
	for id, v := range in {
		(*s)[id] = NotApplicable
		if v != nil {
			(*s)[id] = *v
		}
	}
	return nil
}

// Share is a score as a part of its scale, 0 to 1.
func (c Criterion) Share(score int) float64 {
	return float64(score-c.Lowest) / float64(c.Highest-c.Lowest)
}

// Total is the review's total, 0 to 100: 100 · Σ w (s − lo)/(hi − lo) / Σ w over the criteria that
// apply. It reports false while a criterion is missing, or where none applies: nothing is imputed.
// Criteria without any weight count alike.
func Total(criteria []Criterion, s Sheet) (float64, bool) {
	var sum, weights, plain, applied float64
	for _, c := range criteria {
		v, given := s[c.ID]
		if !given {
			return 0, false
		}
		if v == NotApplicable {
			continue
		}
		sum += float64(c.Weight) * c.Share(v)
		weights += float64(c.Weight)
		plain += c.Share(v)
		applied++
	}
	if applied == 0 {
		return 0, false
	}
	if weights == 0 {
		return 100 * plain / applied, true
	}
	return 100 * sum / weights, true
}

// Round2 is what counts as equal: two decimals.
func Round2(x float64) float64 { return math.Round(x*100) / 100 }
