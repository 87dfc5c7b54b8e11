// Package jobs runs work after the transaction that asked for it: River on the same pool. The job
// joins the transaction, so that it exists exactly when the change does.
package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"fieldtrial/internal/database"
)

// inserter only inserts; it needs no pool of its own.
var inserter = func() *river.Client[pgx.Tx] {
	c, err := river.NewClient(riverpgxv5.New(nil), &river.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		panic(err)
	}
	return c
}()

// Enqueue adds a job to the transaction. It runs once the transaction has committed.
func Enqueue(tx database.Tx, args river.JobArgs) error { return EnqueueWith(tx, args, nil) }

// EnqueueAt adds a job that runs at a time, not before.
func EnqueueAt(tx database.Tx, args river.JobArgs, at time.Time) error {
	return EnqueueWith(tx, args, &river.InsertOpts{ScheduledAt: at})
}

// EnqueueWith adds a job with River's own options, such as uniqueness.
func EnqueueWith(tx database.Tx, args river.JobArgs, opts *river.InsertOpts) error {
	if _, err := inserter.InsertTx(tx.Context(), tx.Pgx(), args, opts); err != nil {
		return fmt.Errorf("jobs: enqueue %s: %w", args.Kind(), err)
	}
	return nil
}

// Client works jobs off until stopped.
type Client struct {
	river *river.Client[pgx.Tx]
	db    *database.DB
}

// New prepares a client for the workers and the periodic jobs of the job table in app.
func New(db *database.DB, log *slog.Logger, workers *river.Workers, periodic []*river.PeriodicJob) (*Client, error) {
	c, err := river.NewClient(riverpgxv5.New(db.Pool()), &river.Config{
		Logger:               log,
		Workers:              workers,
		PeriodicJobs:         periodic,
		Queues:               map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 20}},
		FetchCooldown:        20 * time.Millisecond,
		JobTimeout:           10 * time.Minute,
		RescueStuckJobsAfter: 15 * time.Minute,
	})
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	return &Client{river: c, db: db}, nil
}

// Resume puts jobs back in line that were running when the program was killed, so that a mail or the check of a
// file does not wait for RescueStuckJobsAfter. To be called before Start, and only by the one program that works on
// this database: it would take the jobs of another one. A job that has no attempt left stays for River to end.
func (c *Client) Resume(ctx context.Context) error {
	_, err := c.db.Pool().Exec(ctx, "update river_job set state = 'available' where state = 'running' and attempt < max_attempts")
	if err != nil {
		return fmt.Errorf("jobs: resume: %w", err)
	}
	return nil
}

// Start begins to work.
func (c *Client) Start(ctx context.Context) error { return c.river.Start(ctx) }

// Stop waits for running jobs until ctx ends, then cancels them; they run again later.
func (c *Client) Stop(ctx context.Context) error {
	if err := c.river.Stop(ctx); err == nil {
		return nil
	}
	last, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return c.river.StopAndCancel(last)
}

// River gives River's client for the jobs page: list, retry, cancel.
func (c *Client) River() *river.Client[pgx.Tx] { return c.river }
