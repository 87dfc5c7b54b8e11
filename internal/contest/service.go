package contest

import (
	"context"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
)

// Service reads challenges for the world and takes their authors through writing, approval and
// publication.
type Service struct {
	db    *database.DB
	along []Along
}

// Along copies what a later room keeps of a challenge when the challenge is copied.
type Along func(tx database.Tx, source, copied uuid.UUID) error

// NewService works on a database. Copies take along what is given.
func NewService(db *database.DB, along ...Along) *Service { return &Service{db, along} }

// Now reads the database's clock.
func (s *Service) Now(ctx context.Context) (time.Time, error) { return s.db.Now(ctx) }
