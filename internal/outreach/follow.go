package outreach

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/notify"
)

// Following reports whether the actor follows a published challenge.
func (s *Service) Following(ctx context.Context, actor authz.Actor, slug string) (bool, error) {
	id, err := published(ctx, s.db.Pool(), slug)
	if err != nil {
		return false, err
	}
	var yes bool
	err = s.db.Pool().QueryRow(ctx, `select exists (select from follows where person_id = $1 and challenge_id = $2)`, actor.PersonID, id).Scan(&yes)
	return yes, err
}

// Follow makes the actor follow a challenge. from is the code of the campaign link that led here;
// one that is none, or of another challenge, is no source.
func (s *Service) Follow(ctx context.Context, actor authz.Actor, slug, from string) error {
	if !actor.SignedIn() {
		return fault.ErrSignIn
	}
	id, err := published(ctx, s.db.Pool(), slug)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx database.Tx) error {
		_, err := tx.Pgx().Exec(ctx, `
			insert into follows (person_id, challenge_id, source, opened_told)
			select $1, c.id, coalesce((select l.code from campaign_links l where l.challenge_id = c.id and l.code = $3 and l.retired_at is null), ''),
			       coalesce(c.opens_at, k.opens_at) <= clock_timestamp()
			from challenges c join contests k on k.id = c.contest_id where c.id = $2
			on conflict (person_id, challenge_id) do nothing`, actor.PersonID, id, from)
		return err
	})
}

// Unfollow ends it.
func (s *Service) Unfollow(ctx context.Context, actor authz.Actor, slug string) error {
	if !actor.SignedIn() {
		return fault.ErrSignIn
	}
	id, err := published(ctx, s.db.Pool(), slug)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx database.Tx) error {
		_, err := tx.Pgx().Exec(ctx, `delete from follows where person_id = $1 and challenge_id = $2`, actor.PersonID, id)
		return err
	})
}

// What followers are written to about, with the column that remembers it. Whoever has submitted
// needs no word about the deadline.
var occasions = []struct{ kind, column, due string }{
	{"follow-opened", "opened_told", `f.opened_told = false and coalesce(c.opens_at, k.opens_at) <= clock_timestamp()
		and coalesce(c.closes_at, k.closes_at) > clock_timestamp()`},
	{"follow-closing", "closing_told", `f.closing_told = false and coalesce(c.opens_at, k.opens_at) <= clock_timestamp()
		and coalesce(c.closes_at, k.closes_at) between clock_timestamp() and clock_timestamp() + interval '3 days'
		and f.followed_at < clock_timestamp() - interval '1 day'
		and not exists (select from entries e join grants g on g.scope_kind = 'team' and g.scope_id = e.team_id
			where e.challenge_id = f.challenge_id and e.state = 'submitted' and g.person_id = f.person_id)`},
}

// TellFollowers writes to those who follow a challenge that has opened, or that closes within three
// days: once each. It gives the number of mails.
func TellFollowers(ctx context.Context, db *database.DB) (int, error) {
	told := 0
	var failed error
	for _, o := range occasions {
		rows, err := db.Pool().Query(ctx, `select f.person_id, f.challenge_id from follows f
			join challenges c on c.id = f.challenge_id join contests k on k.id = c.contest_id
			join people p on p.id = f.person_id and p.confirmed_at is not null and p.disabled_at is null
			where c.published_at is not null and `+o.due+` limit 1000`)
		if err != nil {
			return told, err
		}
		type due struct{ Person, Challenge uuid.UUID }
		list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[due])
		if err != nil {
			return told, err
		}
		for _, x := range list {
			err := db.InTx(ctx, func(tx database.Tx) error {
				tag, err := tx.Pgx().Exec(ctx, `update follows set `+o.column+` = true where person_id = $1 and challenge_id = $2 and not `+o.column, x.Person, x.Challenge)
				if err != nil || tag.RowsAffected() == 0 { // another worker was faster, or it was unfollowed
					return err
				}
				c, err := contest.Load(ctx, tx.Pgx(), x.Challenge)
				if err != nil {
					return err
				}
				to, err := identity.AddressOf(ctx, tx.Pgx(), x.Person)
				if err != nil {
					return err
				}
				told++
				return notify.Send(tx, notify.Notice{Kind: o.kind, To: to, Subject: c.ID, Params: notify.Params{
					"challenge": c.Title, "closes": notify.Moment{At: c.Dates.Closes, Zone: c.Zone}, "url": notify.Link("/challenges/" + c.Slug)}})
			})
			failed = errors.Join(failed, err)
		}
	}
	return told, failed
}

// TellArgs asks to write to followers. It is meant to run every quarter of an hour.
type TellArgs struct{}

// Kind names the job.
func (TellArgs) Kind() string { return "outreach.tell_followers" }

// TellWorker runs TellFollowers.
type TellWorker struct {
	river.WorkerDefaults[TellArgs]
	DB *database.DB
}

// Work tells once.
func (w *TellWorker) Work(ctx context.Context, _ *river.Job[TellArgs]) error {
	_, err := TellFollowers(ctx, w.DB)
	return err
}
