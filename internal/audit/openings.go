package audit

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"math"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"fieldtrial/internal/record"
)

// The first member of each file says what it is.
const (
	OpeningsFormat = "fieldtrial.v1/openings"
	BundleFormat   = "fieldtrial.v1/audit"
)

// maxFile bounds a file of openings or a bundle, in bytes.
const maxFile = 256 << 20

// Openings is what a team gets of its own reviews: the lock of the round, and what its own leaves hide.
type Openings struct {
	Format    string          `json:"format"`
	Entry     string          `json:"entry"`
	Reference string          `json:"reference"`
	Round     json.RawMessage `json:"round"` // receipt of round.locked
	Mean      float64         `json:"mean"`  // of the totals in their order here, to four decimals
	Reviews   []OpenedReview  `json:"reviews"`
}

// OpenedReview is one opening and the path from it to the round's root.
type OpenedReview struct {
	Opening
	Place int64    `json:"place"` // among the round's commitments, from 0
	Path  []string `json:"path"`  // base64, from the sibling up
}

// Marshal writes a file of this package in its one form.
func Marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return b.Bytes(), err
}

// unmarshal reads a file that is exactly as Marshal writes it, but for space at its ends.
func unmarshal(file []byte, v any) error {
	if err := json.Unmarshal(file, v); err != nil {
		return malformed("not JSON of this form")
	}
	again, err := Marshal(v)
	if err != nil || !bytes.Equal(bytes.TrimSpace(again), bytes.TrimSpace(file)) {
		return malformed("not in the form in which it was given out")
	}
	return nil
}

// Total is one review recomputed from its scores.
type Total struct {
	Juror string
	Total float64
	Round int64 // place among the round's commitments
}

// OpeningsResult is what a sound file of openings shows.
type OpeningsResult struct {
	Lock      record.Result
	Round     Round
	Entry     string
	Reference string
	Totals    []Total
	Mean      float64
}

// VerifyOpenings checks a team's file: each review was among those that counted when the scores were
// locked, is of this entry, and their totals give the mean that the team was told. key may be "". The
// error is a *record.VerifyError.
func VerifyOpenings(file []byte, key string) (OpeningsResult, error) {
	var out OpeningsResult
	var in Openings
	if err := unmarshal(file, &in); err != nil {
		return out, err
	}
	if in.Format != OpeningsFormat {
		return out, malformed("format is %q", in.Format)
	}
	var root tlog.Hash
	var err error
	if out.Lock, out.Round, root, err = locked(in.Round, key); err != nil {
		return out, err
	}
	out.Entry, out.Reference = in.Entry, in.Reference
	seen := map[int64]bool{}
	for _, r := range in.Reviews {
		t, err := r.verify(in.Entry, out.Round, root)
		if err != nil {
			return out, err
		}
		if seen[r.Place] {
			return out, malformed("a review stands there twice")
		}
		seen[r.Place] = true
		out.Totals = append(out.Totals, t)
		out.Mean += t.Total / float64(len(in.Reviews))
	}
	out.Mean = round4(out.Mean)
	if out.Mean != in.Mean {
		return out, &record.VerifyError{Code: CodeOtherTotal, Detail: "the reviews give another mean"}
	}
	return out, nil
}

func (r OpenedReview) verify(entry string, round Round, root tlog.Hash) (Total, error) {
	c, review, err := r.open()
	if err != nil {
		return Total{}, err
	}
	path := make([]tlog.Hash, len(r.Path))
	for i, p := range r.Path {
		if path[i], err = record.DecodeHash(p); err != nil {
			return Total{}, malformed("path: %v", err)
		}
	}
	if !record.CheckRound(root, round.Reviews, r.Place, path, c) {
		return Total{}, &record.VerifyError{Code: CodeNotInRound, Detail: "a review was not among those that counted at the lock"}
	}
	if review.Entry != entry || review.Challenge != round.Challenge {
		return Total{}, &record.VerifyError{Code: record.CodeUnrelated, Detail: "a review is of another entry"}
	}
	t, err := review.total(round)
	return Total{Juror: review.Juror, Total: t, Round: r.Place}, err
}

// Mean computes the mean of what is opened.
func Mean(o Openings) (float64, error) {
	_, round, _, err := locked(o.Round, "")
	if err != nil {
		return 0, err
	}
	mean := 0.0
	for _, r := range o.Reviews {
		_, review, err := r.open()
		if err != nil {
			return 0, err
		}
		t, err := review.total(round)
		if err != nil {
			return 0, err
		}
		mean += t / float64(len(o.Reviews))
	}
	return round4(mean), nil
}

func round4(x float64) float64 { return math.Round(x*1e4) / 1e4 }

// Path writes hashes as files carry them.
func Path(hashes []tlog.Hash) []string {
	out := make([]string, len(hashes))
	for i, h := range hashes {
		out[i] = base64.StdEncoding.EncodeToString(h[:])
	}
	return out
}

// formatOf reads the first member, which says what a file is; "" for any other file.
func formatOf(head []byte) string {
	s := strings.TrimLeft(string(head), " \t\r\n")
	for _, f := range []string{OpeningsFormat, BundleFormat} {
		if strings.HasPrefix(s, `{"format":"`+f+`"`) {
			return f
		}
	}
	return ""
}
