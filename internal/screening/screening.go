// Package screening holds what officials do between the deadline and the jury: they check whether
// each submitted entry is eligible, with reasons, and ask for corrections of named fields. Acts on
// many entries say beforehand how many they will touch. It also holds the one way to look into
// sealed entries before the deadline, which is an act on record.
//
// What an actor is excluded from is in no list, no count and no act here.
package screening

import (
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// What the state of a challenge does not allow.
var (
	ErrStillOpen   = fault.New(fault.Conflict, "screening.still_open", "Entries are checked after the deadline.")
	ErrAssigned    = fault.New(fault.Conflict, "screening.assigned", "The entries are with the jury: verdicts can no longer be changed.")
	ErrNothing     = fault.New(fault.Conflict, "screening.nothing", "No entry matches.")
	ErrTooMany     = fault.New(fault.Conflict, "screening.changed", "The number of matching entries has changed. Look at the preview again.")
	ErrOpenedEarly = database.Constraint("early_openings_pkey", fault.New(fault.Conflict, "screening.opened_early", "The entries were opened early already."))
	ErrPast        = fault.New(fault.Conflict, "screening.past_deadline", "The deadline has passed: the entries are open.")
	ErrProposed    = database.Constraint("early_proposals_standing", fault.New(fault.Conflict, "screening.early_proposed", "It is proposed already and waits for a second person."))
	ErrNoProposal  = fault.New(fault.Conflict, "screening.no_proposal", "There is no proposal to open the entries early.")
	ErrOwnProposal = fault.New(fault.Conflict, "screening.own_proposal", "A proposal is confirmed by somebody else than who made it.")
	ErrNotOpenYet  = fault.New(fault.Conflict, "screening.not_open_yet", "This challenge does not take entries yet.")
)

// Service is the room's door.
type Service struct{ db *database.DB }

// New opens the room.
func New(db *database.DB) *Service { return &Service{db: db} }

// done turns a replayed request into a plain success: the answer is read again.
func done(err error) error {
	if _, again := database.Replayed(err); again {
		return nil
	}
	return err
}
