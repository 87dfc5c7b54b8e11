package audit

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"github.com/google/uuid"

	"fieldtrial/internal/jury/calibrate"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/pitch/final"
	"fieldtrial/internal/record"
)

// stored is what the check needs of a ranking as kept.
type stored struct {
	Order   string     `json:"order"`
	Places  int        `json:"places"`
	Least   int        `json:"least"`
	Entries []assessed `json:"entries"`
}

// assessed is one entry of it.
type assessed struct {
	Entry      uuid.UUID `json:"entry"`
	Reviews    int       `json:"reviews"`
	Mean       float64   `json:"mean"`
	Criteria   []float64 `json:"criteria"`
	Calibrated *float64  `json:"calibrated"`
}

// official is the number that puts an entry in order.
func (s stored) official(e assessed) float64 {
	if s.Order == "calibrated" && e.Calibrated != nil {
		return *e.Calibrated
	}
	return e.Mean
}

// ranking reads the ranking that the lock committed to.
func (b Bundle) ranking(round Round) (stored, error) {
	var kept stored
	sum := sha256.Sum256([]byte(b.Ranking))
	if base64.StdEncoding.EncodeToString(sum[:]) != round.Ranking {
		return kept, &record.VerifyError{Code: CodeOtherResult, Detail: "the ranking is not the one that the lock committed to"}
	}
	if err := json.Unmarshal([]byte(b.Ranking), &kept); err != nil {
		return kept, malformed("the ranking is not what it should be")
	}
	if kept.Order != round.Order || kept.Least != round.Least || kept.Places != round.Places {
		return kept, &record.VerifyError{Code: CodeOtherResult, Detail: "the ranking was not computed by the rules of the lock"}
	}
	return kept, nil
}

// compare recomputes what the ranking holds of each entry. The ranks follow from what is stored, to the last
// digit.
func (s stored) compare(round Round, reviews []score.Review) error {
	entries := make([]uuid.UUID, len(s.Entries))
	for i, e := range s.Entries {
		entries[i] = e.Entry
	}
	for _, r := range reviews {
		if !slices.Contains(entries, r.Entry) {
			return &record.VerifyError{Code: CodeOtherResult, Detail: "the ranking lacks " + r.Entry.String() + ", which was reviewed"}
		}
	}
	summary := score.Summarise(criteria(round.Rubric), entries, reviews)
	fit := calibrated(entries, reviews)
	for i, e := range s.Entries {
		now := summary.Rows[i]
		same := now.Reviews == e.Reviews && near(now.Mean, e.Mean, 1e-6) && len(now.Criteria) == len(e.Criteria) && (e.Calibrated == nil) == (fit == nil || now.Reviews == 0)
		for k := range min(len(now.Criteria), len(e.Criteria)) {
			same = same && near(now.Criteria[k], e.Criteria[k], 1e-6)
		}
		if e.Calibrated != nil && fit != nil {
			same = same && near(fit[i], *e.Calibrated, 1e-3) // the search for the variances ends within its tolerance
		}
		if !same {
			return &record.VerifyError{Code: CodeOtherTotal, Detail: "the reviews of " + e.Entry.String() + " give other numbers than the ranking"}
		}
	}
	return nil
}

func near(a, b, most float64) bool { return math.Abs(a-b) <= most }

// calibrated fits the panel as the lock does: jurors by seat. nil where nothing can be fitted.
func calibrated(entries []uuid.UUID, reviews []score.Review) []float64 {
	seats := []uuid.UUID{}
	for _, r := range reviews {
		seats = append(seats, r.Juror)
	}
	slices.SortFunc(seats, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	seats = slices.Compact(seats)
	p := calibrate.Panel{Pools: 1, Pool: make([]int, len(entries)), Jurors: len(seats)}
	for _, r := range reviews {
		p.Reviews = append(p.Reviews, calibrate.Review{Entry: slices.Index(entries, r.Entry), Juror: slices.Index(seats, r.Juror), Score: r.Total})
	}
	m, err := calibrate.Fit(p)
	if err != nil {
		return nil
	}
	return m.Score
}

// ordered puts those entries that count in order by the rules. Without a seed the lottery is not drawn.
func (s stored) ordered(counts func(uuid.UUID) bool, seed []byte) []score.Row {
	rows := []score.Row{}
	for _, e := range s.Entries {
		if counts(e.Entry) {
			rows = append(rows, score.Row{Entry: e.Entry, Reviews: e.Reviews, Mean: e.Mean, Criteria: e.Criteria, Official: s.official(e)})
		}
	}
	score.Rank(rows, s.Least, seed)
	return rows
}

// rank puts the entries in order by the rules and compares the ranks with those that were published.
func (b Bundle) rank(out *BundleResult, kept stored) error {
	root, err := record.DecodeHash(out.Round.Root)
	if err != nil {
		return malformed("root: %v", err)
	}
	drawn := sha256.Sum256(append(slices.Clone(root[:]), out.Lock.Root[:]...))
	out.seed = drawn[:]
	said := map[uuid.UUID]Place{}
	for _, p := range b.Entries {
		said[p.Entry] = p
	}
	here := func(e uuid.UUID) bool { _, ok := said[e]; return ok }
	by := map[uuid.UUID]assessed{}
	for _, e := range kept.Entries {
		if by[e.Entry] = e; !here(e.Entry) {
			out.Left = append(out.Left, e.Entry)
		}
	}
	for _, p := range b.Entries {
		if _, judged := by[p.Entry]; !judged && p.Rank != 0 {
			return otherRank(p.Entry, 0, p.Rank)
		}
	}
	for _, r := range kept.ordered(here, out.seed) {
		if said[r.Entry].Rank != r.Rank {
			return otherRank(r.Entry, r.Rank, said[r.Entry].Rank)
		}
		e := by[r.Entry]
		out.Entries = append(out.Entries, Placed{Place: said[r.Entry], Reviews: e.Reviews, Mean: e.Mean, Calibrated: e.Calibrated, Tie: r.Tie, Final: final.Place{Rank: r.Rank}})
	}
	return nil
}

func otherRank(entry uuid.UUID, rules, published int) error {
	return &record.VerifyError{Code: CodeOtherRank, Detail: fmt.Sprintf("%s has rank %d by the rules, %d as published", entry, rules, published)}
}
