package calround

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/record"
)

// Settle says whether what is handed in in a calibration round counts. It can be said until the challenge
// opens, by the database's clock, and is on public record; after that it stays.
func (s *Service) Settle(ctx context.Context, actor authz.Actor, challenge uuid.UUID, counts bool) error {
	return s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := contest.LockExclusive(tx, challenge)
		if err != nil {
			return err
		}
		if err := actor.Require(authz.SettleCalibration, c.Scope()); err != nil {
			return err
		}
		now, err := tx.Now()
		switch {
		case err != nil:
			return err
		case !now.Before(c.Dates.Opens):
			return ErrOpened
		case c.CalibrationCounts == counts:
			return nil
		}
		if err := contest.MarkCalibration(tx, c.ID, counts); err != nil {
			return err
		}
		_, err = record.Put(tx, record.KindCalibrationRule, c.RecordScope, c.ID, map[string]any{"challenge": c.ID, "counts": counts, "time": record.Stamp(now)})
		return err
	})
}
