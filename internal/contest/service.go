package contest

import (
	"context"
	"time"

	"fieldtrial/internal/database"
)

// Service reads challenges for the world and takes their authors through writing, approval and
// publication.
type Service struct{ db *database.DB }

// NewService works on a database.
func NewService(db *database.DB) *Service { return &Service{db} }

// Now reads the database's clock.
func (s *Service) Now(ctx context.Context) (time.Time, error) { return s.db.Now(ctx) }
