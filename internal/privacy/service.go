// Package privacy keeps what people may ask of us: consents, a copy of their data, erasure, and that
// nothing is kept for longer than it is needed; and the log of breaches with its clocks.
package privacy

import (
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// Service holds the rules.
type Service struct {
	db   *database.DB
	keep Periods
}

// New prepares the service.
func New(db *database.DB, keep Periods) *Service { return &Service{db, keep} }

// What can go wrong.
var (
	ErrLastAdmin = fault.New(fault.Conflict, "privacy.last_admin", "The last administrator cannot be erased. Name another one first.")
	ErrOwnsTeam  = fault.New(fault.Conflict, "privacy.owns_team", "You are the only owner of a team with other members. Hand it over first.")
	ErrJudging   = fault.New(fault.Conflict, "privacy.decided_soon", "An entry of yours is being judged. Withdraw it first, or wait for the results.")
	ErrNotReady  = fault.New(fault.NotFound, "privacy.copy_not_ready", "This copy is not ready, or has gone.")
	ErrCopying   = fault.New(fault.Conflict, "privacy.copying", "A copy is being made already.")
)
