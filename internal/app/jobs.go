package app

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/edition"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/jobs"
	"fieldtrial/internal/notify"
	"fieldtrial/internal/outreach"
	"fieldtrial/internal/privacy"
	"fieldtrial/internal/question"
	"fieldtrial/internal/record"
	"fieldtrial/internal/resource"
	"fieldtrial/internal/screening"
)

// jobs is the table of everything that runs behind the page: who does it, and what comes by itself.
func (s *services) jobs(db *database.DB, log *slog.Logger) (*jobs.Client, error) {
	w := river.NewWorkers()
	river.AddWorker(w, &notify.DeliverWorker{
		DB: db, Mailer: s.mailer, PublicURL: s.cfg.PublicURL, Wait: time.Duration(s.cfg.SMTP.Retry) * time.Second,
	})
	river.AddWorker(w, &notify.SweepWorker{DB: db})
	river.AddWorker(w, &contest.PublishDueWorker{Service: s.contests})
	river.AddWorker(w, &entry.CheckWorker{Service: s.entries})
	river.AddWorker(w, &entry.CloseDueWorker{DB: db})
	river.AddWorker(w, &entry.SweepWorker{Service: s.entries})
	river.AddWorker(w, &entry.RemindDraftsWorker{DB: db})
	river.AddWorker(w, &entry.BytesDueWorker{DB: db})
	river.AddWorker(w, &resource.CheckWorker{Service: s.resources})
	river.AddWorker(w, &resource.SweepWorker{Service: s.resources})
	river.AddWorker(w, &edition.DiscardWorker{Store: s.store})
	river.AddWorker(w, &contest.TellVersionWorker{DB: db, Followers: contest.FollowersOf})
	river.AddWorker(w, &question.TellAnswersWorker{DB: db, Followers: contest.FollowersOf})
	river.AddWorker(w, &screening.RunWorker{DB: db})
	river.AddWorker(w, &outreach.TellWorker{DB: db})
	river.AddWorker(w, &privacy.CopyWorker{DB: db})
	river.AddWorker(w, &privacy.NewsWorker{Service: s.privacy})
	river.AddWorker(w, &privacy.RetentionWorker{Service: s.privacy})
	river.AddWorker(w, &sequenceWorker{db: db, signer: s.signer})
	river.AddWorker(w, &tidyWorker{db: db, people: s.identity})
	return jobs.New(db, log, w, []*river.PeriodicJob{
		every(5*time.Second, contest.PublishDueArgs{}),
		every(5*time.Second, entry.CloseDueArgs{}),
		every(10*time.Second, sequenceArgs{}),
		every(time.Minute, notify.SweepArgs{}),
		every(time.Minute, entry.BytesDueArgs{}),
		every(2*time.Minute, question.TellAnswersArgs{}),
		every(15*time.Minute, outreach.TellArgs{}),
		every(15*time.Minute, entry.RemindDraftsArgs{}),
		every(15*time.Minute, privacy.NewsArgs{}),
		every(time.Hour, entry.SweepArgs{}),
		every(time.Hour, resource.SweepArgs{}),
		every(time.Hour, tidyArgs{}),
		every(24*time.Hour, privacy.RetentionArgs{}),
	})
}

// every runs a job at start and then at an interval, never twice at once.
func every(d time.Duration, args river.JobArgs) *river.PeriodicJob {
	return river.NewPeriodicJob(river.PeriodicInterval(d), func() (river.JobArgs, *river.InsertOpts) {
		return args, &river.InsertOpts{MaxAttempts: 1, UniqueOpts: river.UniqueOpts{ByPeriod: d}}
	}, &river.PeriodicJobOpts{RunOnStart: true})
}

type sequenceArgs struct{}

func (sequenceArgs) Kind() string { return "record.sequence" }

// sequenceWorker places pending leaves and signs a checkpoint.
type sequenceWorker struct {
	river.WorkerDefaults[sequenceArgs]
	db     *database.DB
	signer *record.Signer
}

func (w *sequenceWorker) Work(ctx context.Context, _ *river.Job[sequenceArgs]) error {
	_, err := record.Sequence(ctx, w.db, w.signer)
	return err
}

type tidyArgs struct{}

func (tidyArgs) Kind() string { return "database.tidy" }

// tidyWorker forgets what only had to be remembered for a while: idempotency keys for two days,
// failed attempts for one, mailed links for thirty.
type tidyWorker struct {
	river.WorkerDefaults[tidyArgs]
	db     *database.DB
	people *identity.Service
}

func (w *tidyWorker) Work(ctx context.Context, _ *river.Job[tidyArgs]) error {
	_, err := w.db.Pool().Exec(ctx, "delete from idempotency_keys where created_at < clock_timestamp() - interval '2 days'")
	return errors.Join(err, w.people.SweepAttempts(ctx))
}
