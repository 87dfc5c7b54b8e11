// Package award holds what the host decides on the jury's order, and what is given for it: a draft
// that officials share, the decision that is made once, its release, and what each team and the
// public then see.
package award

import (
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// What the state of a decision does not allow.
var (
	ErrSlotTaken   = database.Constraint("awards_slot_free", fault.New(fault.Conflict, "award.slot_taken", "This slot is taken."))
	ErrLotteryOpen = fault.New(fault.Conflict, "award.lottery_open", "Entries are tied and the lottery is not drawn yet. It takes up to a minute.")
	ErrReviewOpen  = fault.New(fault.Conflict, "award.review_open", "A review was opened again. The chair must lock the scores first.")
	ErrRecused     = fault.New(fault.Forbidden, "award.recused", "You declared a conflict of interest in this challenge. Another official decides.")
	ErrNotReleased = fault.New(fault.Conflict, "award.not_released", "The results are not out yet.")
	ErrNoEntries   = fault.New(fault.Conflict, "award.no_entries", "There is no entry to decide on.")
)

// Service is the room's door.
type Service struct{ db *database.DB }

// New makes the service.
func New(db *database.DB) *Service { return &Service{db: db} }

// batchOf names the notices that wait for a challenge's release.
func batchOf(challenge interface{ String() string }) string { return "results:" + challenge.String() }
