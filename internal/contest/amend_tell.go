package contest

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/notify"
)

// TellVersionArgs asks to tell every team with an entry, and every follower, of a new version.
type TellVersionArgs struct {
	Challenge uuid.UUID `json:"challenge"`
	Number    int       `json:"number"`
}

// Kind names the job.
func (TellVersionArgs) Kind() string { return "contest.tell_version" }

// TellVersionWorker runs TellVersion. It works apart from the act itself, so that nobody who
// submits waits for the mails of thousands of others to be written.
type TellVersionWorker struct {
	river.WorkerDefaults[TellVersionArgs]
	DB *database.DB
	// Followers gives who follows a challenge without an entry; nil where nobody can.
	Followers Followers
}

// Followers finds where to write to those who follow a challenge.
type Followers func(ctx context.Context, q database.Queryer, challenge uuid.UUID) ([]notify.Address, error)

// Work tells everybody who was not told yet.
func (w *TellVersionWorker) Work(ctx context.Context, job *river.Job[TellVersionArgs]) error {
	_, err := TellVersion(ctx, w.DB, w.Followers, job.Args.Challenge, job.Args.Number)
	return err
}

type told struct {
	to    notify.Address
	entry uuid.UUID // uuid.Nil for followers
}

// TellVersion writes to the members of every team with a draft or submitted entry, and once to each
// follower besides. It gives the number of notices and may be repeated: nobody is told twice.
func TellVersion(ctx context.Context, db *database.DB, followers Followers, challenge uuid.UUID, number int) (int, error) {
	sent := 0
	err := db.InTx(ctx, func(tx database.Tx) error {
		batch := fmt.Sprintf("rules/%s/%d", challenge, number)
		if err := tx.Lock(batch); err != nil {
			return err
		}
		d, err := readDossier(ctx, tx.Pgx(), challenge)
		if err != nil {
			return err
		}
		filed, _, err := versions(ctx, tx.Pgx(), d)
		if err != nil || number < 2 || number > len(filed) {
			return err
		}
		v, before := filed[number-1], filed[number-2]
		list, err := untold(tx, d.ID, batch)
		if err != nil {
			return err
		}
		if followers != nil {
			more, err := followers(ctx, tx.Pgx(), challenge)
			if err != nil {
				return err
			}
			if list, err = besides(tx, list, more, d.ID, batch); err != nil {
				return err
			}
		}
		for _, t := range list {
			if err := notify.Send(tx, d.versionNotice(v, before, t, batch)); err != nil {
				return err
			}
			sent++
		}
		return nil
	})
	return sent, err
}

// untold finds the confirmed members of the teams with an entry that stands, entry by entry.
func untold(tx database.Tx, challenge uuid.UUID, batch string) ([]told, error) {
	rows, err := tx.Pgx().Query(tx.Context(), `
		select distinct e.id, p.id, p.email, p.language
		from entries e join grants g on g.scope_kind = 'team' and g.scope_id = e.team_id and (g.expires_at is null or g.expires_at > clock_timestamp())
		join people p on p.id = g.person_id and p.confirmed_at is not null and p.disabled_at is null
		where e.challenge_id = $1 and e.state <> 'withdrawn'
		  and not exists (select from notices n where n.batch = $2 and n.person_id = p.id and n.subject_id = e.id)
		order by e.id, p.id`, challenge, batch)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (told, error) {
		var t told
		err := r.Scan(&t.entry, &t.to.Person, &t.to.Email, &t.to.Language)
		return t, err
	})
}

// besides adds the followers that are told of no entry of their own.
func besides(tx database.Tx, list []told, followers []notify.Address, challenge uuid.UUID, batch string) ([]told, error) {
	rows, err := tx.Pgx().Query(tx.Context(), `select email from notices where batch = $1`, batch)
	if err != nil {
		return nil, err
	}
	mails, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, m := range mails {
		known[m] = true
	}
	for _, t := range list {
		known[t.to.Email] = true
	}
	for _, f := range followers {
		if !known[f.Email] {
			known[f.Email] = true
			list = append(list, told{to: f})
		}
	}
	return list, nil
}

func (d Dossier) versionNotice(v, before Version, t told, batch string) notify.Notice {
	moment := func(at time.Time) notify.Moment { return notify.Moment{At: at, Zone: d.Zone} }
	kind, url, subject := "rules-changed", notify.Link("/challenges/"+d.Slug+"/versions"), d.ID
	if t.entry != uuid.Nil {
		url, subject = notify.Link("/my/entries/"+t.entry.String()), t.entry
	}
	p := notify.Params{"number": v.Number, "reason": everyLanguage(v.Reason, d.Language), "closes": moment(v.Rules.Dates.ClosesAt), "url": url}
	if v.Kind == VersionExtended {
		kind = "deadline-extended"
		p["before"] = moment(before.Rules.Dates.ClosesAt)
	}
	n := d.notice(kind, t.to, p)
	n.Subject, n.Batch = subject, batch
	return n
}

// everyLanguage fills the languages without words with the authoritative ones.
func everyLanguage(t lang.Text, authoritative lang.Tag) lang.Text {
	out := lang.Text{}
	for _, l := range lang.All {
		if out[l] = t[l]; out[l] == "" {
			out[l] = t[authoritative]
		}
	}
	return out
}

// Interested lists, each once, the confirmed members of teams with an entry that stands, and the
// followers.
func Interested(tx database.Tx, challenge uuid.UUID, followers Followers) ([]notify.Address, error) {
	rows, err := tx.Pgx().Query(tx.Context(), `
		select distinct p.id, p.email, p.language
		from entries e join grants g on g.scope_kind = 'team' and g.scope_id = e.team_id and (g.expires_at is null or g.expires_at > clock_timestamp())
		join people p on p.id = g.person_id and p.confirmed_at is not null and p.disabled_at is null
		where e.challenge_id = $1 and e.state <> 'withdrawn' order by p.id`, challenge)
	if err != nil {
		return nil, err
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[notify.Address])
	if err != nil || followers == nil {
		return list, err
	}
	more, err := followers(tx.Context(), tx.Pgx(), challenge)
	known := map[string]bool{}
	for _, a := range list {
		known[a.Email] = true
	}
	for _, a := range more {
		if !known[a.Email] {
			known[a.Email] = true
			list = append(list, a)
		}
	}
	return list, err
}

// FollowersOf is Followers: everybody who follows the challenge with a confirmed address.
func FollowersOf(ctx context.Context, q database.Queryer, challenge uuid.UUID) ([]notify.Address, error) {
	rows, err := q.Query(ctx, `select p.id, p.email, p.language from follows f join people p on p.id = f.person_id
		where f.challenge_id = $1 and p.confirmed_at is not null and p.disabled_at is null order by p.id`, challenge)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[notify.Address])
}
