package entry

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"fieldtrial/internal/database"
)

// swept are the files that no entry needs any more: uploads given up two days ago, and files taken
// out or refused an hour ago that no submission carries.
const swept = `from files f where
	((f.state = 'uploading' and f.created_at < clock_timestamp() - interval '48 hours')
	 or (f.removed_at < clock_timestamp() - interval '1 hour')
	 or (f.state = 'refused' and f.created_at < clock_timestamp() - interval '48 hours'))
	and not exists (select from submissions s where s.entry_id = f.entry_id
	                and s.files @> jsonb_build_array(jsonb_build_object('id', f.id)))`

// Sweep deletes what no entry needs: the object first and then its row, so that a failure between
// the two is mended by the next sweep. It gives the number of files deleted.
func (s *Service) Sweep(ctx context.Context) (int, error) {
	rows, err := s.db.Pool().Query(ctx, selectFile+`where id in (select f.id `+swept+` order by f.id limit 500)`)
	if err != nil {
		return 0, err
	}
	files, err := pgx.CollectRows(rows, scanFile)
	if err != nil {
		return 0, err
	}
	gone := 0
	var failed error
	for _, f := range files {
		if err := s.discard(ctx, f); err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		gone++
	}
	return gone, failed
}

func (s *Service) discard(ctx context.Context, f File) error {
	if f.upload != "" {
		if err := s.store.Abort(ctx, f.Key, f.upload); err != nil {
			return err
		}
	}
	if err := s.store.Delete(ctx, f.Key); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx database.Tx) error {
		_, err := tx.Pgx().Exec(ctx, `delete from files where id = $1`, f.ID)
		return err
	})
}

// SweepArgs asks to sweep. It is meant to run every hour.
type SweepArgs struct{}

// Kind names the job.
func (SweepArgs) Kind() string { return "entry.sweep_files" }

// SweepWorker runs Service.Sweep.
type SweepWorker struct {
	river.WorkerDefaults[SweepArgs]
	Service *Service
}

// Work sweeps once.
func (w *SweepWorker) Work(ctx context.Context, _ *river.Job[SweepArgs]) error {
	_, err := w.Service.Sweep(ctx)
	return err
}
