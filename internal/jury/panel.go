package jury

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
)

// PanelOf numbers the jurors of a challenge as the matrix does, with their names where the actor may
// read them beside scores. entries are those whose reviews count for it.
func PanelOf(ctx context.Context, q database.Queryer, actor authz.Actor, c contest.Challenge, entries []uuid.UUID) ([]MatrixJuror, error) {
	jurors, err := members(ctx, q, c, entries)
	return labelled(jurors, mayName(actor, c)), err
}
