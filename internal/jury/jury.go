// Package jury holds the jurors of a contest and their work: conflicts declared before content,
// assignments, reviews with their versions, the lock, and the ranking that follows. What is
// computed lies in score and assign, which know no database.
//
// Somebody who is in conflict with an entry never meets it here: every list and every count that
// an actor gets leaves out the entries in authz.Actor.Excluded.
package jury

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/fault"
)

// What the state of the jury's work does not allow.
var (
	ErrDeclareFirst = fault.New(fault.Conflict, "jury.declare_first", "Declare your conflicts of interest first.")
	ErrLocked       = database.Constraint("reviews_locked", fault.New(fault.Conflict, "jury.locked", "The scores are locked and cannot be changed."))
	ErrSealed       = fault.New(fault.Conflict, "jury.sealed", "The scores are sealed until the chair locks them.")
	ErrMissing      = fault.New(fault.Conflict, "jury.missing_reviews", "Some assigned reviews are not submitted.")
	ErrNoReviews    = fault.New(fault.Conflict, "jury.no_reviews", "There is no submitted review to lock.")
	ErrNoEntries    = fault.New(fault.Conflict, "jury.no_entries", "There are no submitted entries to assign.")
	ErrNoJurors     = fault.New(fault.Conflict, "jury.no_jurors", "There are no jurors to assign entries to.")
	ErrReviewOpen   = fault.New(fault.Conflict, "jury.review_open", "This review is open already.")
	_               = database.Constraint("reviews_one_per_assignment", fault.ErrStale)
)

// MinComment is the least length of the comment to the team, in characters.
const MinComment = 20

// MaxComment is the greatest length of either comment, in characters.
const MaxComment = 4000

// Files gives short-lived addresses of entries' files. The caller has checked who asks.
type Files interface {
	FileLink(ctx context.Context, file uuid.UUID, d entry.Disposition) (entry.FileLink, error)
}

// Service is the jury's work on a database.
type Service struct {
	db    *database.DB
	files Files
}

// New makes the service.
func New(db *database.DB, files Files) *Service { return &Service{db: db, files: files} }
