package contest

import (
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
)

// PublishCopy publishes a copied challenge in a rehearsal without a second approval: what it says was
// approved and published before. The caller has made the copy in this transaction.
func PublishCopy(tx database.Tx, id, by uuid.UUID, at time.Time) error {
	if _, err := tx.Pgx().Exec(tx.Context(), `update challenges set submitted_at = $2, approved_at = $2, published_at = $2, published_by = $3
		where id = $1 and exists (select from contests k where k.id = contest_id and k.rehearsal)`, id, at, person(by)); err != nil {
		return err
	}
	return Freeze(tx, id, at)
}
