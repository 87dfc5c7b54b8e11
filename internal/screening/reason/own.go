package reason

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// Limits of a contest's own list.
const (
	Most         = 30
	LongestLabel = 200
)

// Own reads a contest's own list without what is gone; nil where it uses the usual one. The contest's
// row may be held by the caller.
func Own(tx database.Tx, contest uuid.UUID) ([]Reason, error) {
	list, err := stored(tx, contest)
	return Offered(list), err
}

// Set gives a contest a list of its own; an empty one brings the usual list back. A reason without a
// key is new and gets one. A reason that is left out is no longer offered, and verdicts that name it keep
// its words. "Other" is always among them, since an official must be able to say what no list foresaw.
func Set(tx database.Tx, contest uuid.UUID, list []Reason) error {
	if len(list) == 0 {
		return store(tx, contest, nil)
	}
	old, err := stored(tx, contest)
	if err != nil {
		return err
	}
	var v fault.Check
	v.That(len(list) <= Most, "/reasons", "too_many", "max", Most)
	seen := map[string]bool{}
	out := make([]Reason, 0, len(list)+1)
	for i, r := range list {
		at := fmt.Sprintf("/reasons/%d", i)
		if r.Key == "" {
			r.Key = "r" + uuid.NewString()[:8]
		} else {
			v.That(has(old, r.Key) || has(usual, r.Key), at+"/key", "unknown")
		}
		v.That(!seen[r.Key], at+"/key", "taken")
		seen[r.Key] = true
		label := lang.Text{}
		for l, words := range r.Label {
			if words = strings.TrimSpace(words); words != "" {
				label[l] = words
				v.That(lang.Characters(words) <= LongestLabel, at+"/label/"+string(l), "too_long", "max", LongestLabel)
			}
		}
		v.That(len(label) > 0, at+"/label", "required")
		out = append(out, Reason{Key: r.Key, Label: label})
	}
	if err := v.Err(); err != nil {
		return err
	}
	if !seen[Other] {
		out = append(out, usual[slices.IndexFunc(usual, func(r Reason) bool { return r.Key == Other })])
		seen[Other] = true
	}
	for _, r := range old {
		if !seen[r.Key] {
			r.Gone = true
			out = append(out, r)
		}
	}
	return store(tx, contest, out)
}

// Copy gives a contest the list of another one.
func Copy(tx database.Tx, from, to uuid.UUID) error {
	own, err := Own(tx, from)
	if err != nil || len(own) == 0 {
		return err
	}
	return store(tx, to, own)
}

func stored(tx database.Tx, contest uuid.UUID) ([]Reason, error) {
	var raw []byte
	var out []Reason
	if err := tx.Pgx().QueryRow(tx.Context(), `select screening_reasons from contests where id = $1`, contest).Scan(&raw); err != nil || raw == nil {
		return nil, err
	}
	return out, json.Unmarshal(raw, &out)
}

func store(tx database.Tx, contest uuid.UUID, list []Reason) error {
	var raw []byte
	if list != nil {
		var err error
		if raw, err = json.Marshal(list); err != nil {
			return err
		}
	}
	_, err := tx.Pgx().Exec(tx.Context(), `update contests set screening_reasons = $2 where id = $1`, contest, raw)
	return err
}
