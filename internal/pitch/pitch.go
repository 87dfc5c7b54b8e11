// Package pitch holds the optional pitch round: before the challenge opens the host says that there is
// one and by what rules; after the jury's lock the chair names a shortlist; jurors score the pitches on
// criteria of their own; the chair locks, and both rounds together give the final order.
//
// Somebody who is recused from an entry never meets it here: every list leaves it out, and ranks count
// without it.
package pitch

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// What the state of a pitch round does not allow.
var (
	ErrFixed    = fault.New(fault.Conflict, "pitch.fixed", "The challenge has opened. The rules of its pitch round do not change any more.")
	ErrNotHeld  = fault.New(fault.Conflict, "pitch.not_held", "No pitch round was announced before the challenge opened.")
	ErrNamed    = database.Constraint("pitch_rounds_pkey", fault.New(fault.Conflict, "pitch.named", "The shortlist is named already."))
	ErrNotNamed = fault.New(fault.Conflict, "pitch.not_named", "The shortlist is not named yet.")
	ErrLocked   = database.Constraint("pitch_locked", fault.New(fault.Conflict, "pitch.locked", "The pitch round is locked. Its scores cannot be changed."))
	ErrOpen     = fault.New(fault.Conflict, "pitch.open", "The pitch round is not locked yet.")
	ErrMissing  = fault.New(fault.Conflict, "pitch.missing", "Some pitches have no scores, or score sheets are incomplete.")
	ErrReview   = fault.New(fault.Conflict, "pitch.review_open", "A review was opened again. Lock the scores of the jury first.")
	ErrRecused  = fault.New(fault.Forbidden, "pitch.recused", "You are recused from an entry of this challenge. Another chair names the shortlist.")
	_           = database.Constraint("pitch_keeps_reviews", fault.New(fault.Conflict, "pitch.keeps_reviews", "A shortlist was named from these reviews. They are not opened again."))
	_           = database.Constraint("pitch_plans_pkey", fault.ErrStale)
	_           = database.Constraint("pitch_scores_pkey", fault.ErrStale)
)

// MaxComment is the greatest length of a juror's comment, in characters.
const MaxComment = 4000

// Service is the room's door.
type Service struct{ db *database.DB }

// New makes the service.
func New(db *database.DB) *Service { return &Service{db: db} }

// textHash stands for what somebody wrote in a payload; "" for nothing.
func textHash(text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(text))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// rubric is what a leaf says of the criteria.
func rubric(criteria []contest.Criterion) []map[string]any {
	out := make([]map[string]any, len(criteria))
	for i, k := range criteria {
		out[i] = map[string]any{"key": k.Key, "weight": k.Weight, "lowest": k.Lowest, "highest": k.Highest}
	}
	return out
}
