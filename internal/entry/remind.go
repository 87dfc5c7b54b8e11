package entry

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// forgotten are drafts of challenges that close within two days, whose teams were not reminded yet.
const forgotten = `select e.id from entries e
	join challenges c on c.id = e.challenge_id join contests k on k.id = c.contest_id
	where e.state = 'draft' and c.published_at is not null
	  and coalesce(c.closes_at, k.closes_at) between clock_timestamp() and clock_timestamp() + interval '48 hours'
	  and e.created_at < clock_timestamp() - interval '1 hour'
	  and not exists (select from notices n where n.kind = 'entry-draft-reminder' and n.subject_id = e.id)`

// RemindDrafts writes once to each team whose entry is still a draft two days before the deadline.
// It gives the number of entries it wrote about.
func RemindDrafts(ctx context.Context, db *database.DB) (int, error) {
	rows, err := db.Pool().Query(ctx, forgotten+` order by e.id limit 500`)
	if err != nil {
		return 0, err
	}
	due, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return 0, err
	}
	told := 0
	var failed error
	for _, id := range due {
		err := db.InTx(ctx, func(tx database.Tx) error {
			c, r, _, err := lock(tx, id)
			if err != nil {
				return err
			}
			var still bool // under the lock: it may have been submitted, or another reminder was faster
			if err := tx.Pgx().QueryRow(ctx, `select exists (`+forgotten+` and e.id = $1)`, id).Scan(&still); err != nil || !still {
				return err
			}
			return tell(tx, "entry-draft-reminder", authz.Actor{}, c, r)
		})
		switch {
		case err == nil:
			told++
		case !errors.Is(err, fault.ErrNotFound):
			failed = errors.Join(failed, err)
		}
	}
	return told, failed
}

// RemindDraftsArgs asks to remind. It is meant to run every quarter of an hour.
type RemindDraftsArgs struct{}

// Kind names the job.
func (RemindDraftsArgs) Kind() string { return "entry.remind_drafts" }

// RemindDraftsWorker runs RemindDrafts.
type RemindDraftsWorker struct {
	river.WorkerDefaults[RemindDraftsArgs]
	DB *database.DB
}

// Work reminds once.
func (w *RemindDraftsWorker) Work(ctx context.Context, _ *river.Job[RemindDraftsArgs]) error {
	_, err := RemindDrafts(ctx, w.DB)
	return err
}
