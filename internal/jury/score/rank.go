package score

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"math"
	"slices"

	"github.com/google/uuid"
)

// Review is one submitted review. Juror is the seat it was written from.
type Review struct {
	Entry  uuid.UUID
	Juror  uuid.UUID
	Total  float64
	Scores Sheet
}

// Tie says what decided between entries with the same mean.
type Tie string

// The rungs of the ladder: nothing to decide, the published order of criteria, the published
// lottery, and a lottery that is not drawn yet.
const (
	NoTie      Tie = "none"
	ByCriteria Tie = "criteria"
	ByLottery  Tie = "lottery"
	Open       Tie = "open"
)

// Row is where one entry stands.
type Row struct {
	Entry    uuid.UUID `json:"entry"`
	Reviews  int       `json:"reviews"`
	Mean     float64   `json:"mean"`               // of the totals, 0 to 100; meaningless without reviews
	SD       *float64  `json:"sd,omitempty"`       // of this entry's own totals; nil below two reviews
	SE       *float64  `json:"se,omitempty"`       // pooled SD / √n; nil where no entry has two reviews
	Criteria []float64 `json:"criteria,omitempty"` // mean of each criterion, 0 to 100, in the rubric's order; nil without reviews
	Official float64   `json:"-"`                  // what decides: the mean, unless Rank is told otherwise
	Rank     int       `json:"-"`                  // 0: not rankable yet
	Tie      Tie       `json:"-"`
}

// Summary is the entries' means and spread, in no order yet.
type Summary struct {
	PooledSD *float64 // of totals within entries; nil where no entry has two
	Rows     []Row
}

// Summarise takes the mean of each entry's totals and of each criterion. A criterion that does not
// apply in a review counts in no mean.
func Summarise(criteria []Criterion, entries []uuid.UUID, reviews []Review) Summary {
	byEntry := map[uuid.UUID][]Review{}
	for _, r := range reviews {
		byEntry[r.Entry] = append(byEntry[r.Entry], r)
	}
	out := Summary{Rows: make([]Row, 0, len(entries))}
	var squares float64
	freedom := 0
	for _, id := range entries {
		row, ss := summarise(criteria, id, byEntry[id])
		squares += ss
		freedom += max(0, row.Reviews-1)
		out.Rows = append(out.Rows, row)
	}
	if freedom > 0 {
		sd := math.Sqrt(squares / float64(freedom))
		out.PooledSD = &sd
		for i := range out.Rows {
			if n := out.Rows[i].Reviews; n > 0 {
				se := sd / math.Sqrt(float64(n))
				out.Rows[i].SE = &se
			}
		}
	}
	return out
}

// Pool sets the pooled spread and the rows' standard errors by the rows' own spreads: of some rows alone it tells
// nothing of others that they were summarised with.
func (s *Summary) Pool() {
	squares, freedom := 0.0, 0
	for _, r := range s.Rows {
		if r.SD != nil {
			squares += *r.SD * *r.SD * float64(r.Reviews-1)
			freedom += r.Reviews - 1
		}
	}
	s.PooledSD = nil
	if freedom > 0 {
		sd := math.Sqrt(squares / float64(freedom))
		s.PooledSD = &sd
	}
	for i := range s.Rows {
		s.Rows[i].SE = nil
		if n := s.Rows[i].Reviews; n > 0 && s.PooledSD != nil {
			se := *s.PooledSD / math.Sqrt(float64(n))
			s.Rows[i].SE = &se
		}
	}
}

// summarise gives an entry's row and the sum of squares around its mean.
func summarise(criteria []Criterion, id uuid.UUID, rs []Review) (Row, float64) {
	row := Row{Entry: id, Reviews: len(rs)}
	if len(rs) == 0 {
		return row, 0
	}
	n := float64(len(rs))
	for _, r := range rs {
		row.Mean += r.Total / n
	}
	row.Official = row.Mean
	ss := 0.0
	for _, r := range rs {
		ss += (r.Total - row.Mean) * (r.Total - row.Mean)
	}
	row.Criteria = make([]float64, len(criteria))
	for i, c := range criteria {
		scored := 0.0
		for _, r := range rs {
			if s, given := r.Scores[c.ID]; given && s != NotApplicable {
				row.Criteria[i] += 100 * c.Share(s)
				scored++
			}
		}
		row.Criteria[i] /= max(1, scored)
	}
	if len(rs) > 1 {
		sd := math.Sqrt(ss / (n - 1))
		row.SD = &sd
	}
	return row, ss
}

// Rank puts rows in order, rankable ones first, by what is official. Values that agree to two
// decimals are a tie: the means of the criteria decide in their published order, then the lottery
// SHA-256(seed ‖ entry id). Without a seed such entries share a rank. An entry with fewer than
// minReviews reviews has no rank.
func Rank(rows []Row, minReviews int, seed []byte) {
	rankable := func(r Row) bool { return r.Reviews > 0 && r.Reviews >= minReviews }
	slices.SortStableFunc(rows, func(a, b Row) int {
		if ra, rb := rankable(a), rankable(b); ra != rb {
			if ra {
				return -1
			}
			return 1
		} else if !ra {
			return 0
		}
		if c := merit(a, b); c != 0 {
			return c
		}
		if len(seed) == 0 {
			return 0
		}
		return bytes.Compare(ticket(seed, a.Entry), ticket(seed, b.Entry))
	})
	for i := range rows {
		rows[i].Rank, rows[i].Tie = 0, NoTie
		if !rankable(rows[i]) {
			continue
		}
		rows[i].Rank = i + 1
		if i == 0 || Round2(rows[i].Official) != Round2(rows[i-1].Official) {
			continue
		}
		how := ByCriteria
		if merit(rows[i-1], rows[i]) == 0 {
			how = ByLottery
			if len(seed) == 0 {
				how = Open
				rows[i].Rank = rows[i-1].Rank
			}
		}
		rows[i].Tie = how
		if rows[i-1].Tie == NoTie || how != ByCriteria {
			rows[i-1].Tie = how
		}
	}
}

// merit compares by what is official, then by the criteria in their published order; the better one first.
func merit(a, b Row) int {
	if c := cmp.Compare(Round2(b.Official), Round2(a.Official)); c != 0 {
		return c
	}
	for i := range min(len(a.Criteria), len(b.Criteria)) {
		if c := cmp.Compare(Round2(b.Criteria[i]), Round2(a.Criteria[i])); c != 0 {
			return c
		}
	}
	return 0
}

func ticket(seed []byte, entry uuid.UUID) []byte {
	sum := sha256.Sum256(append(slices.Clone(seed), entry.String()...))
	return sum[:]
}
