package edition

import (
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
)

// Stage makes a rehearsal that stands somewhere in its life already: for demonstrations. Its dates
// may lie in the past. announced and archived may be nil.
func Stage(tx database.Tx, s Settings, announced, archived *time.Time) (uuid.UUID, error) {
	s.Title = marked(s.Title)
	if err := s.check(); err != nil {
		return uuid.Nil, err
	}
	id, err := insert(tx, s, true, announced)
	if err != nil || archived == nil {
		return id, err
	}
	_, err = tx.Pgx().Exec(tx.Context(), `update contests set archived_at = $2 where id = $1`, id, archived)
	return id, err
}
