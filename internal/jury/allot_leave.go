package jury

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury/assign"
	"fieldtrial/internal/record"
)

// Left says what a drop-out freed, and how many reviews that were begun stay with the juror.
type Left struct{ Freed, Begun int }

// DropOut takes a juror out of the jury of one challenge: nothing more is given to that seat, and
// what it has not begun is free for others. Submitted reviews stay and count. With drafts, reviews
// that were begun and never submitted are freed too. Nothing else moves.
func (s *Service) DropOut(ctx context.Context, actor authz.Actor, challenge, seatID uuid.UUID, drafts bool) (Left, error) {
	var out Left
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, now, err := heldSeat(tx, actor, challenge, seatID)
		if err != nil {
			return err
		}
		if _, err := tx.Pgx().Exec(ctx, `insert into dropouts (seat_id, challenge_id, set_by) values ($1, $2, $3) on conflict do nothing`,
			seatID, c.ID, actor.PersonID); err != nil {
			return err
		}
		freed, err := free(tx, c, seatID, drafts, now)
		if err != nil {
			return err
		}
		out.Freed = len(freed)
		if err := tx.Pgx().QueryRow(ctx, `select count(*) from assignments a join entries e on e.id = a.entry_id join reviews r on r.assignment_id = a.id
			where a.seat_id = $1 and e.challenge_id = $2 and a.ended_at is null and r.submitted_version is null`, seatID, c.ID).Scan(&out.Begun); err != nil {
			return err
		}
		if len(freed) == 0 {
			return nil
		}
		all, err := members(ctx, tx.Pgx(), c, nil)
		if err != nil {
			return err
		}
		_, err = record.Put(tx, record.KindAssignment, c.RecordScope, c.ID, map[string]any{"challenge": c.ID, "mode": "drop-out",
			"removed": len(freed), "removedPairs": digest(all, freed), "time": record.Stamp(now)})
		return err
	})
	return out, err
}

// Rejoin takes a drop-out back. What was freed is not given back by it; the next assignment may.
func (s *Service) Rejoin(ctx context.Context, actor authz.Actor, challenge, seatID uuid.UUID) error {
	return s.db.InTx(ctx, func(tx database.Tx) error {
		if _, _, err := heldSeat(tx, actor, challenge, seatID); err != nil {
			return err
		}
		_, err := tx.Pgx().Exec(ctx, `delete from dropouts where seat_id = $1 and challenge_id = $2`, seatID, challenge)
		return err
	})
}

// heldSeat locks a challenge for an act of the chair on one of its seats.
func heldSeat(tx database.Tx, actor authz.Actor, challenge, seatID uuid.UUID) (c contest.Challenge, now time.Time, err error) {
	if c, err = contest.LockExclusive(tx, challenge); err != nil {
		return c, now, err
	}
	if err = mayAssign(tx.Context(), tx.Pgx(), actor, c); err != nil {
		return c, now, err
	}
	var known bool
	if err = tx.Pgx().QueryRow(tx.Context(), `select exists (select from seats where id = $1 and contest_id = $2)`, seatID, c.ContestID).Scan(&known); err != nil {
		return c, now, err
	}
	if !known {
		return c, now, fault.ErrNotFound
	}
	now, err = tx.Now()
	return c, now, err
}

// free ends what a seat has not begun, or has not submitted.
func free(tx database.Tx, c contest.Challenge, seatID uuid.UUID, drafts bool, now time.Time) ([]assign.Pair, error) {
	rows, err := tx.Pgx().Query(tx.Context(), `update assignments a set ended_at = $4, ended_why = $5 from entries e
		where e.id = a.entry_id and a.seat_id = $1 and e.challenge_id = $2 and a.ended_at is null
		  and not exists (select from reviews r where r.assignment_id = a.id and (r.submitted_version is not null or not $3))
		returning a.entry_id, a.seat_id`, seatID, c.ID, drafts, now, endedDropped)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (x assign.Pair, err error) {
		err = row.Scan(&x.Entry, &x.Juror)
		return x, err
	})
}

func dropped(ctx context.Context, q database.Queryer, challenge uuid.UUID) (map[uuid.UUID]bool, error) {
	rows, err := q.Query(ctx, `select seat_id from dropouts where challenge_id = $1`, challenge)
	if err != nil {
		return nil, err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	out := map[uuid.UUID]bool{}
	for _, id := range ids {
		out[id] = true
	}
	return out, err
}
