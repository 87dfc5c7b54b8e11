package question

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/notify"
)

// TellAnswers writes one mail to each member of a team with an entry, and to each follower, about
// the public answers that nobody was told of yet. It waits ten minutes after the first of them, so
// that an afternoon of answering is one mail or two. It gives the number of mails.
func TellAnswers(ctx context.Context, db *database.DB, followers contest.Followers) (int, error) {
	rows, err := db.Pool().Query(ctx, `select challenge_id from questions where public and told_at is null and hidden_at is null
		group by challenge_id having min(published_at) < clock_timestamp() - interval '10 minutes'`)
	if err != nil {
		return 0, err
	}
	due, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return 0, err
	}
	sent := 0
	var failed error
	for _, id := range due {
		n := 0
		err := db.InTx(ctx, func(tx database.Tx) (err error) {
			n, err = tellOf(tx, followers, id)
			return err
		})
		if err == nil {
			sent += n
		}
		failed = errors.Join(failed, err)
	}
	return sent, failed
}

func tellOf(tx database.Tx, followers contest.Followers, challenge uuid.UUID) (int, error) {
	if err := tx.Lock("question.tell " + challenge.String()); err != nil {
		return 0, err
	}
	rows, err := tx.Pgx().Query(tx.Context(), `update questions set told_at = clock_timestamp()
		where challenge_id = $1 and public and told_at is null and hidden_at is null returning asked_by`, challenge)
	if err != nil {
		return 0, err
	}
	askers, err := pgx.CollectRows(rows, pgx.RowTo[*uuid.UUID])
	if err != nil || len(askers) == 0 { // another run was faster
		return 0, err
	}
	c, err := contest.Load(tx.Context(), tx.Pgx(), challenge)
	if err != nil {
		return 0, err
	}
	city, err := cityName(tx, c)
	if err != nil {
		return 0, err
	}
	list, err := contest.Interested(tx, challenge, followers)
	if err != nil {
		return 0, err
	}
	sent := 0
	for _, to := range list {
		fresh := len(askers)
		for _, asker := range askers { // of their own question they were told at once
			if asker != nil && *asker == to.Person {
				fresh--
			}
		}
		if fresh == 0 {
			continue
		}
		sent++
		if err := notify.Send(tx, notify.Notice{Kind: "answers-published", To: to, Subject: challenge, Params: notify.Params{
			"challenge": titleOf(c), "city": city, "n": fresh, "url": notify.Link("/challenges/" + c.Slug + "/questions"),
		}}); err != nil {
			return 0, err
		}
	}
	return sent, nil
}

// TellAnswersArgs asks to tell of public answers. It is meant to run every few minutes.
type TellAnswersArgs struct{}

// Kind names the job.
func (TellAnswersArgs) Kind() string { return "question.tell_answers" }

// TellAnswersWorker runs TellAnswers.
type TellAnswersWorker struct {
	river.WorkerDefaults[TellAnswersArgs]
	DB        *database.DB
	Followers contest.Followers // nil where nobody can follow
}

// Work tells once.
func (w *TellAnswersWorker) Work(ctx context.Context, _ *river.Job[TellAnswersArgs]) error {
	_, err := TellAnswers(ctx, w.DB, w.Followers)
	return err
}
