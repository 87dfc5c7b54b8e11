package notify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"fieldtrial/internal/database"
	"fieldtrial/internal/jobs"
	"fieldtrial/internal/mail"
)

// Mailer hands one message to a mail server. Its error is a *mail.Error.
type Mailer interface {
	Send(ctx context.Context, m mail.Message) error
}

// claimTime is longer than any one try may take: until then nobody else sends the notice.
const (
	claimTime   = 2 * time.Minute
	sendTimeout = time.Minute
	maxTries    = 20
	longestWait = time.Hour
)

// InsertOpts limits the tries. With waits that double from five seconds to an hour they last for
// about ten hours.
func (DeliverArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: maxTries} }

// DeliverWorker sends notices. PublicURL is what links begin with; Wait is the first pause after a
// failure that may pass, five seconds when zero.
type DeliverWorker struct {
	river.WorkerDefaults[DeliverArgs]
	DB        *database.DB
	Mailer    Mailer
	PublicURL string
	Wait      time.Duration
}

// NextRetry doubles the pause with each try, up to an hour.
func (w *DeliverWorker) NextRetry(job *river.Job[DeliverArgs]) time.Time {
	wait := w.Wait
	if wait <= 0 {
		wait = 5 * time.Second
	}
	for i := 1; i < job.Attempt && wait < longestWait; i++ {
		wait *= 2
	}
	return time.Now().Add(min(wait, longestWait))
}

// Work sends one notice unless it was sent, cancelled or is being sent by another. The message
// carries the same Message-ID at every try, so that a mail server can tell a repeat.
func (w *DeliverWorker) Work(ctx context.Context, job *river.Job[DeliverArgs]) error {
	n, err := w.claim(ctx, job.Args.Notice)
	if err != nil || n == nil {
		return err
	}
	content, err := Render(n.Row, w.PublicURL)
	if err == nil {
		sending, cancel := context.WithTimeout(ctx, sendTimeout)
		defer cancel()
		err = w.Mailer.Send(sending, mail.Message{
			To: n.email, Subject: content.Subject, Text: content.Text, HTML: content.HTML,
			MessageID: MessageID(job.Args.Notice, w.PublicURL), Language: string(n.Language),
		})
	}
	// What has happened must be kept even when the server is stopping.
	keep, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err == nil {
		return w.sent(keep, job.Args.Notice, n.Params)
	}
	if passes(err) && job.Attempt < job.MaxAttempts {
		if kept := w.settle(keep, job.Args.Notice, "queued", err); kept != nil {
			return kept
		}
		return err
	}
	return w.settle(keep, job.Args.Notice, "failed", err)
}

type claimed struct {
	Row
	email string
}

// claim takes the notice for this try; nil when there is nothing to send.
func (w *DeliverWorker) claim(ctx context.Context, id uuid.UUID) (*claimed, error) {
	var n *claimed
	err := w.DB.InTx(ctx, func(tx database.Tx) error {
		var c claimed
		var state string
		var busy bool
		err := tx.Pgx().QueryRow(ctx, `select kind, language, params, email, state, coalesce(claimed_until > clock_timestamp(), false)
			from notices where id = $1 for update`, id).Scan(&c.Kind, &c.Language, &c.Params, &c.email, &state, &busy)
		switch {
		case database.NotFound(err), err == nil && state != "queued":
			return nil
		case err != nil:
			return err
		case busy:
			return river.JobSnooze(30 * time.Second)
		}
		if c.Contest, err = settingOf(ctx, tx.Pgx(), id); err != nil {
			return err
		}
		n = &c
		_, err = tx.Pgx().Exec(ctx, `update notices set attempts = attempts + 1, claimed_until = clock_timestamp() + $2::interval where id = $1`, id, claimTime)
		return err
	})
	return n, err
}

// sent keeps that the mail server has taken the message, and forgets the secret links.
func (w *DeliverWorker) sent(ctx context.Context, id uuid.UUID, params json.RawMessage) error {
	rest, err := spend(params)
	if err != nil {
		return err
	}
	return w.DB.InTx(ctx, func(tx database.Tx) error {
		_, err := tx.Pgx().Exec(ctx, `update notices set state = 'sent', sent_at = clock_timestamp(), claimed_until = null,
			last_error = '', params = $2 where id = $1`, id, rest)
		return err
	})
}

func (w *DeliverWorker) settle(ctx context.Context, id uuid.UUID, state string, cause error) error {
	return w.DB.InTx(ctx, func(tx database.Tx) error {
		_, err := tx.Pgx().Exec(ctx, `update notices set state = $2, last_error = $3, claimed_until = null where id = $1 and state = 'queued'`,
			id, state, clip(cause.Error(), 1000))
		return err
	})
}

// spend empties the secret links but keeps their page.
func spend(params json.RawMessage) (json.RawMessage, error) {
	all := map[string]param{}
	if err := json.Unmarshal(params, &all); err != nil {
		return nil, err
	}
	for k, p := range all {
		if p.Secret != "" {
			path, _, _ := strings.Cut(p.Secret, "#")
			all[k] = param{Secret: path, Spent: true}
		}
	}
	return json.Marshal(all) //nolint:gosec // the outbox keeps a link until it is sent, then spends it
}

// passes reports whether trying again may help: everything but the word of the server, or of the
// mail room, against this very message.
func passes(err error) bool {
	var e *mail.Error
	return errors.As(err, &e) && e.Temporary || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
}

// MessageID is the Message-ID of a notice, the same at every try.
func MessageID(notice uuid.UUID, publicURL string) string {
	host := "fieldtrial.invalid"
	if u, err := url.Parse(publicURL); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	return fmt.Sprintf("%s@%s", notice, host)
}

// SweepArgs asks to queue delivery again for notices whose job was lost with its worker.
type SweepArgs struct{}

// Kind names the job.
func (SweepArgs) Kind() string { return "notify.sweep" }

// SweepWorker is run every minute or so. A second job for the same notice does no harm: the first
// to claim it sends it.
type SweepWorker struct {
	river.WorkerDefaults[SweepArgs]
	DB *database.DB
}

// Work queues what a killed worker left claimed.
func (w *SweepWorker) Work(ctx context.Context, _ *river.Job[SweepArgs]) error {
	return w.DB.InTx(ctx, func(tx database.Tx) error {
		ids, err := collectIDs(tx, `update notices set claimed_until = null where state = 'queued' and claimed_until < clock_timestamp() returning id`)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := jobs.Enqueue(tx, DeliverArgs{id}); err != nil {
				return err
			}
		}
		return nil
	})
}
