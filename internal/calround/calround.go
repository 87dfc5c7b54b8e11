// Package calround holds calibration rounds: before the jurors of a challenge score on their own, all of
// them score the same two entries, hand in, and see how far apart they are. What is handed in is no
// review; it becomes one, when the round is closed, only where that was settled before the challenge
// opened.
//
// Nobody sees what others scored before handing in, and nobody ever sees anything of an entry with which
// they are in conflict: entries in authz.Actor.Excluded are left out of every answer.
package calround

import (
	"context"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
)

// Size is how many entries a round has.
const Size = 2

// What the state of a challenge or of its round does not allow.
var (
	ErrOpened  = fault.New(fault.Conflict, "calibration.opened", "The challenge has opened: what was said about calibration scores stays.")
	ErrBegun   = fault.New(fault.Conflict, "calibration.begun", "A review was submitted already. A calibration round comes before the first.")
	ErrExists  = database.Constraint("calibrations_one_live", fault.New(fault.Conflict, "calibration.exists", "There is a calibration round already."))
	ErrNotOpen = fault.New(fault.Conflict, "calibration.not_open", "No calibration round is open.")
	ErrNotYou  = fault.New(fault.Conflict, "calibration.not_asked", "You have nothing to score in this calibration round.")
	ErrHanded  = fault.New(fault.Conflict, "calibration.handed", "You have handed in your scores of this round. They cannot be changed.")
	ErrNoCopy  = fault.New(fault.Conflict, "calibration.no_copy", "There is nothing to copy into a review of this entry.")
)

// State is where a round stands.
type State string

// The states of a round.
const (
	None      State = "none"
	Open      State = "open"
	Closed    State = "closed"
	Cancelled State = "cancelled"
)

// Round is one calibration round of a challenge.
type Round struct {
	ID          uuid.UUID
	Counts      bool // what is handed in becomes the jurors' reviews
	OpenedAt    time.Time
	ClosedAt    *time.Time
	CancelledAt *time.Time
	Reason      string      // why it was cancelled
	Entries     []uuid.UUID // in the order in which they were picked
}

// State follows from what was done.
func (r Round) State() State {
	switch {
	case r.ID == uuid.Nil:
		return None
	case r.CancelledAt != nil:
		return Cancelled
	case r.ClosedAt != nil:
		return Closed
	}
	return Open
}

// Service is calibration rounds on a database.
type Service struct {
	db    *database.DB
	files jury.Files
}

// New makes the service.
func New(db *database.DB, files jury.Files) *Service { return &Service{db: db, files: files} }

// rounds lists a challenge's rounds, the latest first.
func rounds(ctx context.Context, q database.Queryer, challenge uuid.UUID) ([]Round, error) {
	rows, err := q.Query(ctx, `select k.id, k.counts, k.opened_at, k.closed_at, k.cancelled_at, k.cancel_reason,
			(select array_agg(x.entry_id order by x.position) from calibration_entries x where x.calibration_id = k.id)
		from calibrations k where k.challenge_id = $1 order by k.opened_at desc, k.id`, challenge)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Round{}
	for rows.Next() {
		var r Round
		if err := rows.Scan(&r.ID, &r.Counts, &r.OpenedAt, &r.ClosedAt, &r.CancelledAt, &r.Reason, &r.Entries); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// latest is the round that is open or closed, or else the last that was cancelled; without an id where
// there was none.
func latest(ctx context.Context, q database.Queryer, challenge uuid.UUID) (Round, error) {
	all, err := rounds(ctx, q, challenge)
	if err != nil || len(all) == 0 {
		return Round{}, err
	}
	return all[0], nil
}

// begun reports whether a review of the challenge was submitted.
func begun(ctx context.Context, q database.Queryer, c contest.Challenge) (yes bool, err error) {
	err = q.QueryRow(ctx, `select exists (select from reviews r join entries e on e.id = r.entry_id
		where e.challenge_id = $1 and r.submitted_version is not null)`, c.ID).Scan(&yes)
	return yes, err
}
