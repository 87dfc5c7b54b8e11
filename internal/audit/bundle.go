package audit

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/tlog"

	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/pitch/final"
	"fieldtrial/internal/record"
)

// Bundle is what a named auditor gets after the lock: every review that counted, who of the panel wrote
// which (by seat, not by name), the ranking that the lock committed to, and the order that came of it; after a
// locked pitch round that, too.
type Bundle struct {
	Format  string          `json:"format"`
	Round   json.RawMessage `json:"round"`            // receipt of round.locked, by the first checkpoint that covers it
	Result  json.RawMessage `json:"result,omitempty"` // receipt of result.published, once there is one
	Ranking string          `json:"ranking"`          // as stored with the lock, byte for byte
	Jurors  []Juror         `json:"jurors"`
	Reviews []SeatedReview  `json:"reviews"` // in the order in which the ranking was computed
	Entries []Place         `json:"entries"` // in the order that this lock gave; who withdrew after it is not in it
	Pitch   *Pitch          `json:"pitch,omitempty"`
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
	Pitched    *final.Pitched // what it came to in the pitch round; nil outside of it
	Final      final.Place    // where both rounds put it; where there was no pitch round, its rank
	Won        int            // place of its prize; 0: none, or the results are not out
}

// BundleResult is what a sound bundle shows.
type BundleResult struct {
	Lock    record.Result
	Round   Round
	Jurors  int
	Entries []Placed    // by rank, after a pitch round by final rank
	Pitch   *PitchRound // nil where none was locked
	Left    []uuid.UUID // judged and locked, but not in the published order: withdrawn since, or shut out
	Winners int
	Out     bool // the results are published

	seed []byte // of the lottery
}

// published is the payload of a result.published leaf.
type published struct {
	Pitch   string `json:"pitch"` // base64 of the SHA-256 of the pitch round's result; "" where there was none
	Winners []struct {
		Place int       `json:"place"`
		Entry uuid.UUID `json:"entry"`
	} `json:"winners"`
}

// Mask is how a juror is called in the reviews of one entry.
func Mask(pseudonym string, entry uuid.UUID) string {
	sum := sha256.Sum256([]byte(pseudonym + "\x00" + entry.String()))
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}

// VerifyBundle recomputes every total, mean, calibrated score, tie and rank from the openings, and after a
// pitch round every total of it, both rounds together and the final order, and compares them with what the
// locks committed to and with the order that was published. key may be "".
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
	kept, err := in.ranking(out.Round)
	if err != nil {
		return out, err
	}
	if err = kept.compare(out.Round, reviews); err != nil {
		return out, err
	}
	if err = in.rank(&out, kept); err != nil {
		return out, err
	}
	if in.Pitch != nil {
		if err = in.Pitch.verify(&out, kept); err != nil {
			return out, err
		}
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
		t, err := review.total(round)
		if err != nil {
			return nil, err
		}
		commitments = append(commitments, c)
		out = append(out, score.Review{Entry: entry, Juror: r.Seat, Total: t, Scores: sheet(review.Scores)})
	}
	if int64(len(commitments)) != round.Reviews || record.RoundRoot(commitments) != root {
		return nil, &record.VerifyError{Code: CodeOtherReview, Detail: fmt.Sprintf("%d reviews do not give the root of the %d that were locked", len(commitments), round.Reviews)}
	}
	return out, nil
}

// winners reads who won from the record, once the results are out.
func (b Bundle) winners(out *BundleResult) error {
	if len(b.Result) == 0 {
		return nil
	}
	var said published
	proof, err := act(b.Result, record.KindResultPublished, out, &said)
	if err != nil {
		return err
	}
	if proof.Index <= out.Lock.Index || out.Pitch != nil && proof.Index <= out.Pitch.Lock.Index {
		return &record.VerifyError{Code: record.CodeUnrelated, Detail: "the results stand before the lock"}
	}
	if out.Pitch == nil && said.Pitch != "" || out.Pitch != nil && said.Pitch != out.Pitch.Result {
		return otherPitch("the results were published upon another pitch round, or without one")
	}
	out.Out, out.Winners = true, len(said.Winners)
	for _, w := range said.Winners {
		if slices.Contains(out.Left, w.Entry) {
			continue // won, and left since
		}
		at := slices.IndexFunc(out.Entries, func(p Placed) bool { return p.Entry == w.Entry })
		if at < 0 {
			return &record.VerifyError{Code: CodeOtherRank, Detail: w.Entry.String() + " won and was not judged"}
		}
		out.Entries[at].Won = w.Place
	}
	return nil
}

// act reads the receipt of another act of the challenge whose lock was read.
func act(receipt json.RawMessage, kind record.Kind, out *BundleResult, payload any) (record.Result, error) {
	proof, err := record.Verify(receipt, record.Options{Key: out.Lock.VerifierKey})
	if err != nil {
		return proof, err
	}
	var of struct {
		Challenge string `json:"challenge"`
	}
	if json.Unmarshal(proof.Payload, &of) != nil || json.Unmarshal(proof.Payload, payload) != nil {
		return proof, malformed("the payload of a leaf of kind %s is not what it should be", proof.Kind)
	}
	if proof.Kind != kind || proof.Contest != out.Lock.Contest || of.Challenge != out.Round.Challenge {
		return proof, &record.VerifyError{Code: record.CodeUnrelated, Detail: fmt.Sprintf("there is no %s of this challenge in its place", kind)}
	}
	return proof, nil
}
