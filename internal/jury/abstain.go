package jury

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/record"
)

// endedAbstained is an assignment that its juror gave back without a conflict. It is not given to the same juror again.
const endedAbstained = "abstained"

// Abstain gives an assigned entry back that the actor cannot judge, without being in conflict with it: the seat is
// free for somebody else, and nothing of the review counts. The actor still sees the entry where the jury does, and
// votes on it in the meeting.
func (s *Service) Abstain(ctx context.Context, actor authz.Actor, assignment uuid.UUID) error {
	return s.db.InTx(ctx, func(tx database.Tx) error {
		d, err := lockDesk(tx, actor, assignment)
		if err != nil {
			return err
		}
		if d.challenge.LockedAt != nil {
			return ErrLocked
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		if _, err := tx.Pgx().Exec(ctx, `update assignments set ended_at = $2, ended_why = $3 where id = $1 and ended_at is null`, d.assignment, now, endedAbstained); err != nil {
			return err
		}
		_, err = record.Put(tx, record.KindRecusal, d.challenge.RecordScope, d.entry, map[string]any{"challenge": d.challenge.ID, "entry": d.entry,
			"juror": mask(d.seat.Pseudonym, d.entry), "kind": "abstention", "time": record.Stamp(now)})
		return err
	})
}
