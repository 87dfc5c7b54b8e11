package contest

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/notify"
)

// Schedule sets or changes the moment at which an approved challenge publishes itself: in the future,
// before its deadline.
func (s *Service) Schedule(ctx context.Context, actor authz.Actor, id uuid.UUID, at time.Time) error {
	_, err := s.act(ctx, actor, id, authz.PublishChallenge, func(tx database.Tx, d Dossier) error {
		now, err := tx.Now()
		if err != nil {
			return err
		}
		if d.ApprovedAt == nil {
			return ErrNotApproved
		}
		var v fault.Check
		v.That(at.After(now), "/at", "in_the_past")
		v.That(at.Before(d.Dates.Closes), "/at", "order")
		if err := v.Err(); err != nil {
			return err
		}
		_, err = tx.Pgx().Exec(ctx, `update challenges set publish_at = $2, publish_at_by = $3 where id = $1`, id, at, person(actor.PersonID))
		return err
	})
	return err
}

// CancelSchedule takes the moment of publication back. Without one nothing changes.
func (s *Service) CancelSchedule(ctx context.Context, actor authz.Actor, id uuid.UUID) error {
	_, err := s.act(ctx, actor, id, authz.PublishChallenge, func(tx database.Tx, _ Dossier) error {
		return unschedule(tx, id)
	})
	return err
}

func unschedule(tx database.Tx, id uuid.UUID) error {
	_, err := tx.Pgx().Exec(tx.Context(), `update challenges set publish_at = null, publish_at_by = null where id = $1`, id)
	return err
}

// PublishDue publishes every challenge whose moment has come, by the same act as by hand and in the
// name of who set the moment. It gives the number published; it may run twice at once and be repeated
// after any failure. One that cannot be published any more loses its moment, and its officials are told.
func (s *Service) PublishDue(ctx context.Context) (int, error) {
	rows, err := s.db.Pool().Query(ctx, `select id from challenges where publish_at <= clock_timestamp() and published_at is null order by publish_at, id`)
	if err != nil {
		return 0, err
	}
	due, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return 0, err
	}
	published := 0
	var failed error
	for _, id := range due {
		did, err := s.publishDue(ctx, id)
		if did {
			published++
		}
		failed = errors.Join(failed, err) // one that fails must not hold the others up
	}
	return published, failed
}

func (s *Service) publishDue(ctx context.Context, id uuid.UUID) (did bool, err error) {
	err = s.db.InTx(ctx, func(tx database.Tx) error {
		if _, err := LockExclusive(tx, id); err != nil {
			return err
		}
		d, err := readDossier(ctx, tx.Pgx(), id)
		if err != nil {
			return err
		}
		if d.PublishedAt != nil || d.PublishAt == nil || d.PublishAt.After(d.Now) {
			return nil // published, cancelled or put off since it was listed
		}
		var by *uuid.UUID
		if err := tx.Pgx().QueryRow(ctx, `select publish_at_by from challenges where id = $1`, id).Scan(&by); err != nil {
			return err
		}
		if by == nil {
			by = new(uuid.UUID)
		}
		err = s.publish(tx, d, *by)
		if errors.Is(err, ErrContestClosed) || errors.Is(err, ErrNotApproved) {
			if err := unschedule(tx, id); err != nil {
				return err
			}
			return s.tellOfficials(tx, d, uuid.Nil, func(to notify.Address) notify.Notice {
				return d.notice("publication-failed", to, notify.Params{
					"planned": notify.Moment{At: *d.PublishAt, Zone: d.Zone}, "url": manageLink(d),
				})
			})
		}
		if err != nil {
			return err
		}
		did = true
		return touched(tx, id, true)
	})
	return did && err == nil, err
}

// PublishDueArgs asks to publish what is due. It is meant to run every few seconds.
type PublishDueArgs struct{}

// Kind names the job.
func (PublishDueArgs) Kind() string { return "contest.publish_due" }

// PublishDueWorker runs Service.PublishDue.
type PublishDueWorker struct {
	river.WorkerDefaults[PublishDueArgs]
	Service *Service
}

// Work publishes what is due.
func (w *PublishDueWorker) Work(ctx context.Context, _ *river.Job[PublishDueArgs]) error {
	_, err := w.Service.PublishDue(ctx)
	return err
}
