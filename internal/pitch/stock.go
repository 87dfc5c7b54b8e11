package pitch

import (
	"github.com/google/uuid"

	"fieldtrial/internal/database"
)

// Stock says the rules of a pitch round for a demonstration, whatever the challenge's dates. The caller
// holds the challenge with LockExclusive.
func Stock(tx database.Tx, challenge uuid.UUID, p Plan) error { return p.store(tx, challenge) }
