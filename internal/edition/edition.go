// Package edition makes contests and takes care of them as a whole: their settings, prizes and
// mails, copies of past ones, and rehearsals, which run on a short clock and can be wiped in one act.
package edition

import (
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/screening/reason"
)

// What cannot be done with a contest.
var (
	ErrSlugTaken    = database.Constraint("contests_slug", fault.New(fault.Conflict, "contest.slug_taken", "Another contest has this address already."))
	ErrNotRehearsal = database.Constraint("contests_rehearsal_only", fault.New(fault.Conflict, "contest.not_rehearsal", "Only a rehearsal can be wiped."))
	ErrOpened       = fault.New(fault.Conflict, "contest.opened", "Challenges of this contest are published. Their dates change by a new version of their rules.")
	ErrAnnounced    = fault.New(fault.Conflict, "contest.announced", "The contest is announced already.")
	ErrArchived     = fault.New(fault.Conflict, "contest.archived", "The contest is archived.")
	ErrNotArchived  = fault.New(fault.Conflict, "contest.not_archived", "The contest is not archived.")
	ErrOtherName    = fault.New(fault.Conflict, "contest.other_name", "This is not the address of the contest.")
)

// Service works on contests as a whole.
type Service struct {
	db    *database.DB
	along []contest.Along
}

// NewService works on a database. Copies of challenges take along what is given.
func NewService(db *database.DB, along ...contest.Along) *Service { return &Service{db, along} }

// State is where a contest stands as a whole; its challenges have phases of their own.
type State string

// The states of a contest, in order.
const (
	Draft     State = "draft"     // not announced
	Announced State = "announced" // public, not open yet
	Open      State = "open"
	Closed    State = "closed" // the deadline has passed
	Archived  State = "archived"
)

// Settings are what an admin sets of a contest.
type Settings struct {
	Slug            string // of its address, unique
	Title           lang.Text
	Focus           lang.Text
	HowToApply      lang.Text
	Month           int // of the programme, 1 and up; 0: none
	Zone            string
	Dates           contest.Dates
	StandstillDays  int
	EntryLanguages  []lang.Tag
	Blind           bool
	PanelHidden     bool // teams do not see who judges, and can name no juror in conflict
	BytesGraceHours int  // for which promised bytes may follow the deadline
	GraceMinutes    int  // after the deadline in which an entry is still taken, marked as late; 0: none
	ReviewsPerEntry int
	Order           contest.Order // what puts entries in order; "" in an update: as it is
	Prizes          []contest.Prize
}

// Contest is a contest as its admins see it.
type Contest struct {
	ID uuid.UUID
	Settings
	Rehearsal   bool
	AnnouncedAt *time.Time
	ArchivedAt  *time.Time
	Challenges  int
	Published   int
	Entries     int // submitted and not withdrawn
	Mails       map[string]lang.Text
	Reasons     []reason.Reason // why an entry can fail the check of eligibility
	OwnReasons  bool            // they are the contest's own and not the usual ones
	Version     int
	Now         time.Time
	name        string // that the list goes by
}

// State says where the contest stands at the moment it was read.
func (c Contest) State() State {
	switch {
	case c.ArchivedAt != nil:
		return Archived
	case c.AnnouncedAt == nil:
		return Draft
	case c.Now.Before(c.Dates.Opens):
		return Announced
	case c.Now.Before(c.Dates.Closes):
		return Open
	}
	return Closed
}
