package calround

import (
	"context"
	"encoding/json"
	"time"

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
		_, err = keep(tx, c, record.KindCalibrationRule, map[string]any{"challenge": c.ID, "counts": counts, "time": stamp(now)})
		return err
	})
}

// keep puts a payload on record; its keys come out in alphabetical order.
func keep(tx database.Tx, c contest.Challenge, kind record.Kind, payload map[string]any) (int64, error) {
	b, err := json.Marshal(payload)
	if err != nil {
		return 0, err
	}
	return record.Append(tx, record.Leaf{Kind: kind, Scope: c.RecordScope, Subject: c.ID.String(), Payload: b})
}

func stamp(t time.Time) string { return t.UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano) }
