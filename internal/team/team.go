// Package team holds the organisations, groups and people that enter, and who belongs to them with
// which rights.
package team

import (
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
)

// Service is the room's door.
type Service struct{ db *database.DB }

// New opens the room.
func New(db *database.DB) *Service { return &Service{db: db} }

// Team is a team as its members see it.
type Team struct {
	ID          uuid.UUID
	Name        string
	LatinName   string
	Kind        string
	Country     string
	City        string
	Website     string
	Partners    []string // organisations the team works with in what it enters
	Version     int
	CreatedAt   time.Time
	Members     []Member
	Invitations []Invited
	Transfer    *Transfer // shown to owners and to whom it is offered
	Allowed     []authz.Action
}

// Member is one person of a team.
type Member struct {
	PersonID uuid.UUID
	Name     string
	Role     authz.Role
	Since    time.Time
}

// Invited is an invitation that nobody has answered; Expired ones can be sent again.
type Invited struct {
	ID        uuid.UUID
	Email     string
	Role      authz.Role
	SentAt    time.Time
	ExpiresAt time.Time
	Expired   bool
}

// Form is what a team says of itself. Kind is startup, company, university, group or person;
// Country is ISO 3166-1 alpha-2; Source says where it heard of the contest.
type Form struct {
	Name, LatinName, Kind, Country, City, Website, Source string
	Partners                                              []string
}

// Edit changes what is not nil.
type Edit struct {
	Name, LatinName, Kind, Country, City, Website *string
	Partners                                      *[]string
}
