package contest

import (
	"github.com/google/uuid"

	"fieldtrial/internal/database"
)

// AcceptMany is AcceptBySending for many new entries of one challenge, in nobody's name. It gives
// the number of the version in force.
func AcceptMany(tx database.Tx, challenge uuid.UUID, entries []uuid.UUID) (int, error) {
	version, err := RulesVersion(tx.Context(), tx.Pgx(), challenge)
	if err != nil {
		return 0, err
	}
	_, err = tx.Pgx().Exec(tx.Context(), `insert into rules_acceptances (entry_id, number) select e, $2 from unnest($1::uuid[]) e on conflict do nothing`, entries, version)
	return version, err
}
