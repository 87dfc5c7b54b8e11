// Package meeting holds the jury's meeting on a challenge: who is there and who leaves for which
// entry, what was said and voted, and what the jury recommends. Everything stays pending until the
// meeting is closed; then, in one act, the minutes go on record and the host gets the recommendation.
// The host decides (package award).
package meeting

import (
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// What the state of a meeting does not allow.
var (
	ErrNotOpen     = fault.New(fault.Conflict, "meeting.not_open", "The meeting is not open.")
	ErrClosed      = fault.New(fault.Conflict, "meeting.closed", "The meeting is closed. Its minutes do not change any more.")
	ErrNoQuorum    = fault.New(fault.Conflict, "meeting.no_quorum", "There is no quorum.")
	ErrMustLeave   = fault.New(fault.Conflict, "meeting.must_leave", "Somebody who is recused from this entry is still in the room.")
	ErrNotPlanned  = fault.New(fault.Conflict, "meeting.not_planned", "Keep first who is there.")
	ErrRankingNew  = fault.New(fault.Conflict, "meeting.ranking_changed", "The ranking changed since the agenda was made. Take the new one over first.")
	ErrNotInAgenda = fault.New(fault.Conflict, "meeting.not_in_agenda", "This entry is not on the agenda.")
	_              = database.Constraint("meetings_once", fault.ErrStale)
)

// Service is the room's door.
type Service struct{ db *database.DB }

// New makes the service.
func New(db *database.DB) *Service { return &Service{db: db} }
