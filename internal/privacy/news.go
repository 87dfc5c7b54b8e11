package privacy

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"fieldtrial/internal/database"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/notify"
)

// consenting is SQL that gives the people who agree to a purpose ($1) in the version of its text that
// holds now ($2), with the time since when: person_id, at. Accounts that are closed, unconfirmed or of
// the demonstration are not among them.
const consenting = `select c.person_id, c.at from (select distinct on (person_id) person_id, version, given, at from consents
		where purpose = $1 order by person_id, at desc, id desc) c
	join people p on p.id = c.person_id and p.confirmed_at is not null and p.disabled_at is null
	where c.given and c.version = $2`

// TellNews writes once about each contest that was announced to those who had agreed to such news by
// then. Rehearsals and samples are no news. It gives the number of mails.
func (s *Service) TellNews(ctx context.Context) (int, error) {
	rows, err := s.db.Pool().Query(ctx, `select id from contests where announced_at <= clock_timestamp() and closes_at > clock_timestamp()
		and archived_at is null and not rehearsal and not exists (select from contest_news n where n.contest_id = contests.id)`)
	if err != nil {
		return 0, err
	}
	contests, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return 0, err
	}
	told := 0
	for _, id := range contests {
		n, err := s.tellOf(ctx, id)
		if err != nil {
			return told, err
		}
		told += n
	}
	return told, nil
}

// tellOf writes to everybody about one contest, in one transaction with the mark that it was done.
func (s *Service) tellOf(ctx context.Context, id uuid.UUID) (told int, err error) {
	err = s.db.InTx(ctx, func(tx database.Tx) error {
		told = 0
		tag, err := tx.Pgx().Exec(ctx, `insert into contest_news (contest_id) values ($1) on conflict do nothing`, id)
		if err != nil || tag.RowsAffected() == 0 { // another worker was faster
			return err
		}
		var zone string
		var title lang.Text
		var opens, closes, announced time.Time
		err = tx.Pgx().QueryRow(ctx, `select title, time_zone, opens_at, closes_at, announced_at from contests where id = $1`, id).
			Scan(&title, &zone, &opens, &closes, &announced)
		if err != nil {
			return err
		}
		rows, err := tx.Pgx().Query(ctx, `select person_id from (`+consenting+`) x where at <= $3`, string(News), versions[News], announced)
		if err != nil {
			return err
		}
		people, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
		if err != nil {
			return err
		}
		for _, person := range people {
			to, err := identity.AddressOf(ctx, tx.Pgx(), person)
			if err != nil {
				return err
			}
			if err := notify.Send(tx, notify.Notice{Kind: "contest-news", To: to, Subject: id, Params: notify.Params{
				"contest": title, "opens": notify.Moment{At: opens, Zone: zone}, "closes": notify.Moment{At: closes, Zone: zone},
				"url": notify.Link("/challenges"), "data": notify.Link("/account/data"),
			}}); err != nil {
				return err
			}
			told++
		}
		return nil
	})
	return told, err
}

// NewsArgs is the job that tells of new contests.
type NewsArgs struct{}

// Kind names the job.
func (NewsArgs) Kind() string { return "privacy.news" }

// NewsWorker runs TellNews.
type NewsWorker struct {
	river.WorkerDefaults[NewsArgs]
	Service *Service
}

// Work tells.
func (w *NewsWorker) Work(ctx context.Context, _ *river.Job[NewsArgs]) error {
	_, err := w.Service.TellNews(ctx)
	return err
}
