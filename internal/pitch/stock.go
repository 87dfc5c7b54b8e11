package pitch

import (
	"github.com/google/uuid"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
)

// Stock says the rules of a pitch round for a demonstration, whatever the challenge's dates. The caller
// holds the challenge with LockExclusive.
func Stock(tx database.Tx, c contest.Challenge, p Plan) error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	return p.say(tx, c, now)
}

// Copy says for a challenge that was copied from another what was said there of a pitch round. A round whose
// criteria lack the language of the copy waits as a draft: its host adds the texts and says that it is held.
func Copy(tx database.Tx, source, copied uuid.UUID) error {
	p, err := loadPlan(tx.Context(), tx.Pgx(), source)
	if err != nil || p.Version == 0 {
		return err
	}
	c, err := contest.Load(tx.Context(), tx.Pgx(), copied)
	if err != nil {
		return err
	}
	p.Held = p.Held && p.check(c.Language) == nil
	now, err := tx.Now()
	if err != nil {
		return err
	}
	return p.say(tx, c, now)
}
