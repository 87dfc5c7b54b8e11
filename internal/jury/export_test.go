package jury

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
)

// Ready is what a lock would come to, made before it.
type Ready = ready

// Mark changes what was made ready, so that a test sees whether it is what was stored.
func (r *ready) Mark() { r.body = append(r.body, ' ') }

// Body is what was made ready.
func (r *ready) Body() string { return string(r.body) }

// Prepare makes a lock ready.
func (s *Service) Prepare(ctx context.Context, actor authz.Actor, challenge uuid.UUID) (Ready, error) {
	return s.prepare(ctx, actor, challenge)
}

// LockWith locks with what was made ready.
func LockWith(tx database.Tx, actor authz.Actor, challenge uuid.UUID, early Ready) error {
	c, err := contest.LockExclusive(tx, challenge)
	if err != nil {
		return err
	}
	now, err := tx.Now()
	if err != nil {
		return err
	}
	all, err := roster(tx.Context(), tx.Pgx(), c.ID)
	if err != nil {
		return err
	}
	_, err = closeRound(tx, actor, c, idsOf(all), now, early)
	return err
}
