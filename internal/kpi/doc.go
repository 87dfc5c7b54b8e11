// Package kpi holds the programme's indicators: what the platform counts of itself, what is entered
// by hand with its evidence, both against the target, and the export of who takes part.
//
// An indicator's value is what the platform counts now plus the latest measurement. A measurement
// is the total reached outside the platform by its day, so a new one replaces the one before; the
// older ones stay and make the course over the programme's months.
//
// The room reads views (kpi_*) that the migrations define and imports no feature.
package kpi

import (
	"fieldtrial/internal/database"
)

// ContestStartups is the name, in Definition.CountedBy, of the count of startups and solo
// entrepreneurs that take part. See Judge for its rule.
const ContestStartups = "contest-startups"

// Service answers for the ledger of the one programme of an installation.
type Service struct{ db *database.DB }

// New makes the service.
func New(db *database.DB) *Service { return &Service{db: db} }
