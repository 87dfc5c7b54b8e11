package audit

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/tlog"

	"fieldtrial/internal/jury/calibrate"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/record"
)

// Bundle is what a named auditor gets after the lock: every review that counted, who of the panel wrote
// which (by seat, not by name), the ranking that the lock committed to, and the order that was published.
type Bundle struct {
	Format  string          `json:"format"`
	Round   json.RawMessage `json:"round"`            // receipt of round.locked, by the first checkpoint that covers it
	Result  json.RawMessage `json:"result,omitempty"` // receipt of result.published, once there is one
	Ranking string          `json:"ranking"`          // as stored with the lock, byte for byte
	Jurors  []Juror         `json:"jurors"`
	Reviews []SeatedReview  `json:"reviews"` // in the order in which the ranking was computed
	Entries []Place         `json:"entries"` // in the published order; who withdrew after the lock is not in it
}

// Juror ties the pseudonyms that one seat has in its reviews together.
type Juror struct {
	Seat      uuid.UUID `json:"seat"`
	Pseudonym string    `json:"pseudonym"`
}

// SeatedReview is an opening and the seat that it is counted for.
type SeatedReview struct {
	Seat uuid.UUID `json:"seat"`
	Opening
}

// Place is where an entry was ranked; rank 0 for too few reviews.
type Place struct {
	Entry     uuid.UUID `json:"entry"`
	Reference string    `json:"reference"`
	Rank      int       `json:"rank"`
}

// Placed is one entry as recomputed.
type Placed struct {
	Place
	Reviews    int
	Mean       float64
	Calibrated *float64
	Tie        score.Tie
	Won        int // place of its prize; 0: none, or the results are not out
}

// BundleResult is what a sound bundle shows.
type BundleResult struct {
	Lock    record.Result
	Round   Round
	Jurors  int
	Entries []Placed
	Left    []uuid.UUID // judged and locked, but not in the published order: withdrawn since, or shut out
	Winners int
	Out     bool // the results are published
}

// stored is what the check needs of a ranking as kept.
type stored struct {
	Order   string `json:"order"`
	Places  int    `json:"places"`
	Least   int    `json:"least"`
	Entries []struct {
		Entry      uuid.UUID `json:"entry"`
		Reviews    int       `json:"reviews"`
		Mean       float64   `json:"mean"`
		Criteria   []float64 `json:"criteria"`
		Calibrated *float64  `json:"calibrated"`
	} `json:"entries"`
}

// published is the payload of a result.published leaf.
type published struct {
	Challenge string `json:"challenge"`
	Winners   []struct {
		Place int       `json:"place"`
		Entry uuid.UUID `json:"entry"`
	} `json:"winners"`
}

// Mask is how a juror is called in the reviews of one entry.
func Mask(pseudonym string, entry uuid.UUID) string {
	sum := sha256.Sum256([]byte(pseudonym + "\x00" + entry.String()))
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}

// VerifyBundle recomputes every total, mean, calibrated score, tie and rank from the openings, and
// compares them with what the lock committed to and with the order that was published. key may be "".
// The error is a *record.VerifyError.
func VerifyBundle(file []byte, key string) (BundleResult, error) {
	var out BundleResult
	var in Bundle
	if err := unmarshal(file, &in); err != nil {
		return out, err
	}
	if in.Format != BundleFormat {
		return out, malformed("format is %q", in.Format)
	}
	var root tlog.Hash
	var err error
	if out.Lock, out.Round, root, err = locked(in.Round, key); err != nil {
		return out, err
	}
	reviews, err := in.reviews(out.Round, root)
	if err != nil {
		return out, err
	}
	out.Jurors = len(in.Jurors)
	rows, err := in.rows(out.Round, reviews)
	if err != nil {
		return out, err
	}
	if err = in.rank(&out, rows); err != nil {
		return out, err
	}
	return out, in.winners(&out)
}

// reviews opens all reviews and holds them against the lock.
func (b Bundle) reviews(round Round, root tlog.Hash) ([]score.Review, error) {
	pseudonyms := map[uuid.UUID]string{}
	for _, j := range b.Jurors {
		pseudonyms[j.Seat] = j.Pseudonym
	}
	var commitments []record.Commitment
	var out []score.Review
	for _, r := range b.Reviews {
		c, review, err := r.open()
		if err != nil {
			return nil, err
		}
		entry, err := uuid.Parse(review.Entry)
		if err != nil || review.Challenge != round.Challenge {
			return nil, &record.VerifyError{Code: record.CodeUnrelated, Detail: "a review is of another challenge"}
		}
		if name, known := pseudonyms[r.Seat]; !known || Mask(name, entry) != review.Juror {
			return nil, &record.VerifyError{Code: CodeOtherJuror, Detail: "a review of " + review.Entry + " is counted for another juror"}
		}
		t, err := total(round, review)
		if err != nil {
			return nil, err
		}
		commitments = append(commitments, c)
		out = append(out, score.Review{Entry: entry, Juror: r.Seat, Total: t, Scores: review.sheet()})
	}
	if int64(len(commitments)) != round.Reviews || record.RoundRoot(commitments) != root {
		return nil, &record.VerifyError{Code: CodeOtherReview, Detail: fmt.Sprintf("%d reviews do not give the root of the %d that were locked", len(commitments), round.Reviews)}
	}
	return out, nil
}

// rows recomputes what the ranking holds of each entry and compares it with what is stored. What comes
// back is what was stored: it is what the ranks follow from, to the last digit.
func (b Bundle) rows(round Round, reviews []score.Review) (map[uuid.UUID]Placed, error) {
	var kept stored
	sum := sha256.Sum256([]byte(b.Ranking))
	if base64.StdEncoding.EncodeToString(sum[:]) != round.Ranking {
		return nil, &record.VerifyError{Code: CodeOtherResult, Detail: "the ranking is not the one that the lock committed to"}
	}
	if err := json.Unmarshal([]byte(b.Ranking), &kept); err != nil {
		return nil, malformed("the ranking is not what it should be")
	}
	if kept.Order != round.Order || kept.Least != round.Least || kept.Places != round.Places {
		return nil, &record.VerifyError{Code: CodeOtherResult, Detail: "the ranking was not computed by the rules of the lock"}
	}
	entries := make([]uuid.UUID, len(kept.Entries))
	for i, e := range kept.Entries {
		entries[i] = e.Entry
	}
	summary := score.Summarise(round.criteria(), entries, reviews)
	fit := calibrated(entries, reviews)
	out := map[uuid.UUID]Placed{}
	for i, e := range kept.Entries {
		now := summary.Rows[i]
		same := now.Reviews == e.Reviews && near(now.Mean, e.Mean, 1e-6) && len(now.Criteria) == len(e.Criteria) && (e.Calibrated == nil) == (fit == nil || now.Reviews == 0)
		for k := range min(len(now.Criteria), len(e.Criteria)) {
			same = same && near(now.Criteria[k], e.Criteria[k], 1e-6)
		}
		if e.Calibrated != nil && fit != nil {
			same = same && near(fit[i], *e.Calibrated, 1e-3) // the search for the variances ends within its tolerance
		}
		if !same {
			return nil, &record.VerifyError{Code: CodeOtherTotal, Detail: "the reviews of " + e.Entry.String() + " give other numbers than the ranking"}
		}
		out[e.Entry] = Placed{Place: Place{Entry: e.Entry}, Reviews: e.Reviews, Mean: e.Mean, Calibrated: e.Calibrated}
	}
	return out, nil
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

// rank puts the entries in order by the rules and compares the ranks with those that were published.
func (b Bundle) rank(out *BundleResult, by map[uuid.UUID]Placed) error {
	var kept stored
	if err := json.Unmarshal([]byte(b.Ranking), &kept); err != nil {
		return malformed("the ranking is not what it should be")
	}
	root, err := record.DecodeHash(out.Round.Root)
	if err != nil {
		return malformed("root: %v", err)
	}
	drawn := sha256.Sum256(append(slices.Clone(root[:]), out.Lock.Root[:]...))
	said := map[uuid.UUID]Place{}
	for _, p := range b.Entries {
		said[p.Entry] = p
		if _, judged := by[p.Entry]; !judged && p.Rank != 0 {
			return otherRank(p.Entry, 0, p.Rank)
		}
	}
	rows := []score.Row{}
	for _, e := range kept.Entries {
		if _, here := said[e.Entry]; !here {
			out.Left = append(out.Left, e.Entry)
			continue
		}
		row := score.Row{Entry: e.Entry, Reviews: e.Reviews, Mean: e.Mean, Criteria: e.Criteria, Official: e.Mean}
		if kept.Order == "calibrated" && e.Calibrated != nil {
			row.Official = *e.Calibrated
		}
		rows = append(rows, row)
	}
	score.Rank(rows, kept.Least, drawn[:])
	for _, r := range rows {
		if said[r.Entry].Rank != r.Rank {
			return otherRank(r.Entry, r.Rank, said[r.Entry].Rank)
		}
		x := by[r.Entry]
		x.Place, x.Tie = said[r.Entry], r.Tie
		out.Entries = append(out.Entries, x)
	}
	return nil
}

func otherRank(entry uuid.UUID, rules, published int) error {
	return &record.VerifyError{Code: CodeOtherRank, Detail: fmt.Sprintf("%s has rank %d by the rules, %d as published", entry, rules, published)}
}

// winners reads who won from the record, once the results are out.
func (b Bundle) winners(out *BundleResult) error {
	if len(b.Result) == 0 {
		return nil
	}
	proof, err := record.Verify(b.Result, record.Options{Key: out.Lock.VerifierKey})
	if err != nil {
		return err
	}
	var said published
	if err := json.Unmarshal(proof.Payload, &said); err != nil {
		return malformed("the payload of the results is not what it should be")
	}
	if proof.Kind != record.KindResultPublished || proof.Contest != out.Lock.Contest || said.Challenge != out.Round.Challenge {
		return &record.VerifyError{Code: record.CodeUnrelated, Detail: "the results are of another challenge"}
	}
	if proof.Index <= out.Lock.Index {
		return &record.VerifyError{Code: record.CodeUnrelated, Detail: "the results stand before the lock"}
	}
	out.Out, out.Winners = true, len(said.Winners)
	slices.SortFunc(said.Winners, func(a, b struct {
		Place int       `json:"place"`
		Entry uuid.UUID `json:"entry"`
	}) int {
		return cmp.Compare(a.Place, b.Place)
	})
	for _, w := range said.Winners {
		at := slices.IndexFunc(out.Entries, func(p Placed) bool { return p.Entry == w.Entry })
		if at < 0 {
			return &record.VerifyError{Code: CodeOtherRank, Detail: w.Entry.String() + " won and was not judged"}
		}
		out.Entries[at].Won = w.Place
	}
	return nil
}
