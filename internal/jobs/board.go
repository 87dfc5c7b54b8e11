package jobs

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// Faults of acting on jobs.
var (
	ErrRunning  = fault.New(fault.Conflict, "jobs.running", "The job is running.")
	ErrFinished = fault.New(fault.Conflict, "jobs.finished", "The job is finished.")
)

// Job is one job as an admin sees it. What it works on stays out: arguments may hold private things.
type Job struct {
	ID          int64
	Kind        string
	State       string // of rivertype.JobState
	Attempt     int
	MaxAttempts int
	CreatedAt   time.Time
	ScheduledAt time.Time
	FinishedAt  *time.Time
	LastError   string
}

// MayRetry reports whether the job can be run again: any that is not running, done or about to run.
func (j Job) MayRetry() bool {
	switch rivertype.JobState(j.State) {
	case rivertype.JobStateRunning, rivertype.JobStateCompleted, rivertype.JobStateAvailable:
		return false
	}
	return true
}

// MayCancel reports whether the job can be stopped: any that is not finished.
func (j Job) MayCancel() bool { return j.FinishedAt == nil }

// Filter narrows a list of jobs. Empty strings mean all.
type Filter struct {
	State, Kind, Cursor string
	Limit               int // 0 means 20
}

// Page is a part of a list. Counts has the number of jobs in each state that any is in, Kinds every
// kind there is a job of.
type Page struct {
	Items  []Job
	Next   string
	Counts map[string]int
	Kinds  []string
}

// Board lists jobs and lets an admin act on them. It works in every process, whether it runs jobs
// or not.
type Board struct {
	db    *database.DB
	river *river.Client[pgx.Tx]
}

// NewBoard makes the board.
func NewBoard(db *database.DB) (*Board, error) {
	c, err := river.NewClient(riverpgxv5.New(db.Pool()), &river.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	return &Board{db, c}, nil
}

// List gives jobs, newest first. It needs authz.SeeJobs.
func (b *Board) List(ctx context.Context, actor authz.Actor, f Filter) (Page, error) {
	if err := actor.Require(authz.SeeJobs, authz.Scope{}); err != nil {
		return Page{}, err
	}
	var before int64
	after, err := database.DecodeCursor(f.Cursor, &before)
	if err != nil {
		return Page{}, err
	}
	limit := f.Limit
	if limit == 0 {
		limit = 20
	}
	params := river.NewJobListParams().OrderBy(river.JobListOrderByID, river.SortOrderDesc).First(limit + 1)
	if f.State != "" {
		params = params.States(rivertype.JobState(f.State))
	}
	if f.Kind != "" {
		params = params.Kinds(f.Kind)
	}
	if after {
		params = params.Where("id < @before", river.NamedArgs{"before": before})
	}
	found, err := b.river.JobList(ctx, params)
	if err != nil {
		return Page{}, err
	}
	p := Page{Items: []Job{}}
	for n, row := range found.Jobs {
		if n == limit {
			p.Next = database.EncodeCursor(p.Items[limit-1].ID)
			break
		}
		p.Items = append(p.Items, jobOf(row))
	}
	p.Counts, p.Kinds, err = b.survey(ctx)
	return p, err
}

// survey counts the jobs by state and lists their kinds.
func (b *Board) survey(ctx context.Context) (counts map[string]int, kinds []string, err error) {
	rows, err := b.db.Pool().Query(ctx, `select kind, state::text, count(*) from river_job group by kind, state order by kind`)
	if err != nil {
		return nil, nil, err
	}
	counts, kinds = map[string]int{}, []string{}
	var kind, state string
	var n int
	_, err = pgx.ForEachRow(rows, []any{&kind, &state, &n}, func() error {
		counts[state] += n
		if len(kinds) == 0 || kinds[len(kinds)-1] != kind {
			kinds = append(kinds, kind)
		}
		return nil
	})
	return counts, kinds, err
}

// Retry runs a job again at once. It needs authz.ManageJobs.
func (b *Board) Retry(ctx context.Context, actor authz.Actor, id int64) (Job, error) {
	return b.act(ctx, actor, id, func(j Job) error {
		switch {
		case rivertype.JobState(j.State) == rivertype.JobStateRunning:
			return ErrRunning
		case !j.MayRetry() && j.FinishedAt != nil:
			return ErrFinished
		}
		return nil
	}, b.river.JobRetry)
}

// Cancel stops a job; one that is running is told to stop. It needs authz.ManageJobs.
func (b *Board) Cancel(ctx context.Context, actor authz.Actor, id int64) (Job, error) {
	return b.act(ctx, actor, id, func(j Job) error {
		if !j.MayCancel() {
			return ErrFinished
		}
		return nil
	}, b.river.JobCancel)
}

func (b *Board) act(ctx context.Context, actor authz.Actor, id int64, check func(Job) error, do func(context.Context, int64) (*rivertype.JobRow, error)) (Job, error) {
	if err := actor.Require(authz.ManageJobs, authz.Scope{}); err != nil {
		return Job{}, err
	}
	row, err := b.river.JobGet(ctx, id)
	if err == nil {
		if err := check(jobOf(row)); err != nil {
			return Job{}, err
		}
		row, err = do(ctx, id)
	}
	if errors.Is(err, river.ErrNotFound) {
		return Job{}, fault.ErrNotFound
	}
	if err != nil {
		return Job{}, err
	}
	return jobOf(row), nil
}

func jobOf(r *rivertype.JobRow) Job {
	j := Job{
		ID: r.ID, Kind: r.Kind, State: string(r.State), Attempt: r.Attempt, MaxAttempts: r.MaxAttempts,
		CreatedAt: r.CreatedAt, ScheduledAt: r.ScheduledAt, FinishedAt: r.FinalizedAt,
	}
	if n := len(r.Errors); n > 0 {
		j.LastError = r.Errors[n-1].Error
	}
	return j
}
