package jobs_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"fieldtrial/internal/database"
	"fieldtrial/internal/jobs"
	"fieldtrial/internal/testkit"
)

type napWorker struct {
	river.WorkerDefaults[nap]
	done chan string
}

func (w *napWorker) Work(_ context.Context, job *river.Job[nap]) error {
	w.done <- job.Args.Secret
	return nil
}

// A kill leaves a job as running that nobody runs: the next start takes it up at once, but not one
// that has had its last attempt.
func TestWhatWasRunningAtAKillIsTakenUpAtTheNextStart(t *testing.T) {
	t.Parallel()
	db, ctx := testkit.DB(t), t.Context()
	err := db.InTx(ctx, func(tx database.Tx) error {
		if err := jobs.EnqueueWith(tx, nap{"spent"}, &river.InsertOpts{MaxAttempts: 1}); err != nil {
			return err
		}
		return jobs.Enqueue(tx, nap{"left"})
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Pool().Exec(ctx, "update river_job set state = 'running', attempt = 1, attempted_at = now(), attempted_by = '{gone}'"); err != nil {
		t.Fatal(err)
	}
	worker := &napWorker{done: make(chan string, 2)}
	workers := river.NewWorkers()
	river.AddWorker(workers, worker)
	c, err := jobs.New(db, slog.New(slog.DiscardHandler), workers, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Resume(ctx); err != nil {
		t.Fatal(err)
	}
	if err := c.Start(context.WithoutCancel(ctx)); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := c.Stop(context.WithoutCancel(ctx)); err != nil {
			t.Error(err)
		}
	}()
	select {
	case got := <-worker.done:
		if got != "left" {
			t.Errorf("%s runs again", got)
		}
	case <-time.After(time.Minute):
		t.Fatal("nobody takes it up")
	}
	var state string
	if err := db.Pool().QueryRow(ctx, "select state from river_job where args->>'secret' = 'spent'").Scan(&state); err != nil || state != "running" {
		t.Errorf("the one without an attempt left is %s, %v", state, err)
	}
}
