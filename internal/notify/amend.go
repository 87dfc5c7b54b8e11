package notify

import (
	"encoding/json"
	"fmt"

	"fieldtrial/internal/database"
)

// Amend sets parameters of the held notices of a batch: what is known only when they are released,
// such as a date that counts from then.
func Amend(tx database.Tx, batch string, params Params) error {
	typed := make(map[string]param, len(params))
	for k, v := range params {
		p, err := paramOf(v)
		if err != nil {
			return fmt.Errorf("notify: amend %s: %s: %w", batch, k, err)
		}
		typed[k] = p
	}
	b, err := json.Marshal(typed) //nolint:gosec // the outbox keeps a link until it is sent, then spends it
	if err != nil {
		return err
	}
	_, err = tx.Pgx().Exec(tx.Context(), `update notices set params = params || $2::jsonb where batch = $1 and state = 'held'`, batch, b)
	return err
}
