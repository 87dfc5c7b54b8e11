// Package contest holds contests and their challenges: the texts, dates, rubric and form, and the
// acts by which a challenge is sent for approval, approved, published, judged and released. Its
// phase is never stored; it follows from the dates and those acts.
package contest

import (
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// Challenge is one challenge as the other rooms need it. Dates, languages and settings are already
// resolved: where the challenge does not override its contest's, they are the contest's.
type Challenge struct {
	ID              uuid.UUID
	ContestID       uuid.UUID
	Slug            string
	RecordScope     string // the contest's
	LeadCity        uuid.UUID
	Cities          []uuid.UUID // all hosts, the lead first
	Zone            string      // IANA name, the lead city's
	Language        lang.Tag    // of the authoritative version
	Title           lang.Text
	Dates           Dates
	EntryLanguages  []lang.Tag
	Blind           bool
	BytesGrace      time.Duration // how long promised file bytes may follow the deadline
	Grace           time.Duration // how long after the deadline entries are still taken, marked as late; 0: not at all
	ReviewsPerEntry int
	Order           Order // what puts the entries in order; chosen before opening, on record
	// CalibrationCounts says that what jurors hand in in a calibration round becomes their reviews; settled
	// before opening.
	CalibrationCounts bool
	Rehearsal         bool
	Sample            bool

	ExtendedFrom *time.Time // the deadline as first published, once it was extended

	SubmittedAt *time.Time // sent for approval
	ApprovedAt  *time.Time
	PublishedAt *time.Time
	AssignedAt  *time.Time
	LockedAt    *time.Time // the scores
	DecidedAt   *time.Time
	ReleasedAt  *time.Time // the results
	ArchivedAt  *time.Time // the contest's
	Version     int
}

// MaxGrace bounds the grace, in minutes: it forgives a slow line, it is no second deadline.
const MaxGrace = 1440

// LongestGrace is how many minutes of grace fit between these dates: it ends while the jury still reads.
func LongestGrace(d Dates) int {
	return max(0, min(MaxGrace, int(d.JudgingEnds.Sub(d.Closes)/time.Minute)))
}

// BlindTo reports whether somebody must not learn whose entries these are: while judging is blind and
// until the results are out, everybody but its officials, auditors and admins. The chair is of the jury.
func (c Challenge) BlindTo(a authz.Actor) bool {
	s := c.Scope()
	return c.Blind && c.ReleasedAt == nil && !a.Has(authz.Official, s) && !a.Has(authz.Auditor, s) && !a.Has(authz.Admin, s)
}

// Scope is where the challenge lies, for permissions.
func (c Challenge) Scope() authz.Scope {
	return authz.Scope{Cities: c.Cities, Contest: c.ContestID, Challenge: c.ID}
}

// What a challenge's state does not allow.
var (
	ErrNotPublished = fault.New(fault.Conflict, "challenge.not_published", "The challenge is not published.")
	ErrScoresLocked = fault.New(fault.Conflict, "challenge.scores_locked", "The scores are locked already.")
	ErrScoresOpen   = fault.New(fault.Conflict, "challenge.scores_open", "The scores are not locked yet.")
	ErrDecided      = fault.New(fault.Conflict, "challenge.decided", "The decision was made already.")
	ErrUndecided    = fault.New(fault.Conflict, "challenge.undecided", "There is no decision yet.")
	ErrReleased     = fault.New(fault.Conflict, "challenge.released", "The results are out already.")
	ErrStillOpen    = fault.New(fault.Conflict, "challenge.still_open", "The deadline has not passed yet.")
)
