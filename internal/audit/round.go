package audit

import (
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/tlog"

	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/record"
)

// Criterion is one line of the rubric as the lock of the scores put it on record, in the published order.
type Criterion struct {
	Key     string `json:"key"`
	Weight  int    `json:"weight"` // per cent
	Lowest  int    `json:"lowest"`
	Highest int    `json:"highest"`
}

// Round is the payload of a round.locked leaf.
type Round struct {
	Challenge string      `json:"challenge"`
	Round     int         `json:"round"`
	Reviews   int64       `json:"reviews"` // how many counted
	Root      string      `json:"root"`    // base64 of the root over their commitments
	Order     string      `json:"order"`   // "raw" or "calibrated": what put the entries in order
	Least     int         `json:"least"`   // reviews that an entry needs to be ranked
	Places    int         `json:"places"`
	Rubric    []Criterion `json:"rubric"`
	Ranking   string      `json:"ranking"` // base64 of the SHA-256 of the ranking as computed with the lock
	Time      string      `json:"time"`
}

// Review is the payload of a review.submitted leaf: one version of one review. Time and author are
// not in it: they would tell who wrote it.
type Review struct {
	Challenge string          `json:"challenge"`
	Entry     string          `json:"entry"`
	Juror     string          `json:"juror"` // differs from entry to entry
	Version   int             `json:"version"`
	Scores    map[string]*int `json:"scores"`  // by criterion; null: does not apply
	Comment   string          `json:"comment"` // base64 of the SHA-256 over both comments' SHA-256
}

// Opening shows what one commitment hides.
type Opening struct {
	Salt    string `json:"salt"` // base64 of 32 bytes
	Payload string `json:"payload"`
}

// open gives the commitment and what it hides.
func (o Opening) open() (record.Commitment, Review, error) {
	var r Review
	salt, err := record.DecodeHash(o.Salt)
	if err != nil {
		return record.Commitment{}, r, malformed("salt: %v", err)
	}
	if err := json.Unmarshal([]byte(o.Payload), &r); err != nil {
		return record.Commitment{}, r, malformed("a review's payload is not what it should be")
	}
	return record.Commit(salt, []byte(o.Payload)), r, nil
}

// locked reads a round.locked receipt.
func locked(receipt json.RawMessage, key string) (record.Result, Round, tlog.Hash, error) {
	var round Round
	proof, err := record.Verify(receipt, record.Options{Key: key})
	if err != nil {
		return proof, round, tlog.Hash{}, err
	}
	if proof.Kind != record.KindRoundLocked {
		return proof, round, tlog.Hash{}, &record.VerifyError{Code: record.CodeUnrelated, Detail: fmt.Sprintf("the receipt is of kind %s, not %s", proof.Kind, record.KindRoundLocked)}
	}
	if err := json.Unmarshal(proof.Payload, &round); err != nil {
		return proof, round, tlog.Hash{}, malformed("the payload of the lock is not what it should be")
	}
	root, err := record.DecodeHash(round.Root)
	if err != nil {
		return proof, round, tlog.Hash{}, malformed("root: %v", err)
	}
	if err := scales(round.Rubric); err != nil {
		return proof, round, tlog.Hash{}, err
	}
	return proof, round, root, nil
}

// space names criteria by their keys; score knows them by id.
var space = uuid.MustParse("5f1f2c52-3d0b-4b8a-9a56-2f6f5a1c7b11")

// scales refuses a rubric that nothing can be computed by.
func scales(rubric []Criterion) error {
	for _, c := range rubric {
		if c.Highest <= c.Lowest || c.Weight < 0 {
			return malformed("criterion %q has no scale", c.Key)
		}
	}
	return nil
}

func criteria(rubric []Criterion) []score.Criterion {
	out := make([]score.Criterion, len(rubric))
	for i, c := range rubric {
		out[i] = score.Criterion{ID: uuid.NewSHA1(space, []byte(c.Key)), Weight: c.Weight, Lowest: c.Lowest, Highest: c.Highest}
	}
	return out
}

func sheet(scores map[string]*int) score.Sheet {
	out := score.Sheet{}
	for key, v := range scores {
		id := uuid.NewSHA1(space, []byte(key))
		out[id] = score.NotApplicable
		if v != nil {
			out[id] = *v
		}
	}
	return out
}

// total is what scores by these criteria come to, 0 to 100.
func total(rubric []Criterion, scores map[string]*int) (float64, error) {
	for _, c := range rubric {
		if s := scores[c.Key]; s != nil && (*s < c.Lowest || *s > c.Highest) {
			return 0, malformed("criterion %q has a score outside its scale", c.Key)
		}
	}
	t, ok := score.Total(criteria(rubric), sheet(scores))
	if !ok {
		return 0, malformed("scores are missing")
	}
	return t, nil
}

// total is the review's total as it is kept: to four decimals.
func (r Review) total(round Round) (float64, error) {
	t, err := total(round.Rubric, r.Scores)
	return round4(t), err
}

func malformed(format string, args ...any) error {
	return &record.VerifyError{Code: CodeMalformed, Detail: fmt.Sprintf(format, args...)}
}

// What can be wrong with a file of this package.
const (
	CodeMalformed   record.Code = "audit.malformed"       // not such a file, or not in its one form
	CodeNotInRound  record.Code = "audit.not_in_round"    // a review was not among those that counted at the lock
	CodeOtherReview record.Code = "audit.other_reviews"   // the reviews are not those of the lock
	CodeOtherTotal  record.Code = "audit.other_total"     // a mean differs from what the reviews give
	CodeOtherRank   record.Code = "audit.other_rank"      // a rank differs from what the rules give
	CodeOtherResult record.Code = "audit.other_ranking"   // the ranking is not the one of the lock
	CodeOtherJuror  record.Code = "audit.other_juror"     // a review is not of the juror that it is counted for
	CodeOtherPitch  record.Code = "audit.other_pitch"     // the pitch round is not the one that was announced, locked and published
	CodeOtherList   record.Code = "audit.other_shortlist" // the shortlist is not the one on record, or departs from the ranks without a reason
)
