package entry

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/record"
)

// CloseDue puts on record, for every challenge whose deadline has passed, that it is closed. What
// has a lower place on record was in time, and nothing else was. It gives the number closed; it
// may run twice at once and be repeated after any failure.
func CloseDue(ctx context.Context, db *database.DB) (int, error) {
	rows, err := db.Pool().Query(ctx, `
		select c.id from challenges c join contests k on k.id = c.contest_id
		where c.published_at is not null and c.deadline_leaf is null and k.archived_at is null
		  and coalesce(c.closes_at, k.closes_at) <= clock_timestamp()
		order by coalesce(c.closes_at, k.closes_at), c.id`)
	if err != nil {
		return 0, err
	}
	due, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return 0, err
	}
	closed := 0
	var failed error
	for _, id := range due {
		err := db.InTx(ctx, func(tx database.Tx) error {
			c, err := contest.LockExclusive(tx, id)
			if err != nil {
				return err
			}
			leaf, err := record.AppendDeadline(tx, c.RecordScope, c.ID.String(), c.Dates.Closes)
			if err != nil {
				return err
			}
			return contest.MarkClosed(tx, id, leaf)
		})
		switch {
		case err == nil:
			closed++
		case errors.Is(err, record.ErrDeadlineAhead): // extended since it was listed
		default:
			failed = errors.Join(failed, err) // one that fails must not keep the others open
		}
	}
	return closed, failed
}

// CloseDueArgs asks to close what is due. It is meant to run every few seconds.
type CloseDueArgs struct{}

// Kind names the job.
func (CloseDueArgs) Kind() string { return "entry.close_due" }

// CloseDueWorker runs CloseDue.
type CloseDueWorker struct {
	river.WorkerDefaults[CloseDueArgs]
	DB *database.DB
}

// Work closes what is due.
func (w *CloseDueWorker) Work(ctx context.Context, _ *river.Job[CloseDueArgs]) error {
	_, err := CloseDue(ctx, w.DB)
	return err
}
