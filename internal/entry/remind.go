package entry

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/notify"
)

// dueReminders are entries whose team should hear, at the moment $1, that something is not submitted:
// drafts, and changes after the last submission. The moments are seven days, two days and three hours
// before the deadline as it is now, for a team with more time its own; only the latest of them is due,
// so that nobody gets three mails after an outage. Whoever is at work at this minute is left alone.
const dueReminders = `
	select e.id, d.closes, m.moment
	from entries e
	join challenges c on c.id = e.challenge_id join contests k on k.id = c.contest_id
	left join submissions s on s.id = e.last_submission_id
	cross join lateral (select greatest(coalesce(c.closes_at, k.closes_at),
		(select max(x.until) from extensions x where x.challenge_id = c.id and x.team_id = e.team_id)) as closes) d
	cross join lateral (select case when d.closes - $1 <= interval '3 hours' then '3h'
		when d.closes - $1 <= interval '2 days' then '2d' when d.closes - $1 <= interval '7 days' then '7d' end as moment) m
	where c.published_at is not null and c.released_at is null and coalesce(c.opens_at, k.opens_at) <= $1
	  and d.closes > $1 and m.moment is not null
	  and (e.state = 'draft' or (e.state = 'submitted' and e.changed_at > s.submitted_at))
	  and e.changed_at < $1 - case m.moment when '3h' then interval '15 minutes' else interval '1 hour' end
	  and not exists (select from entry_reminders r where r.entry_id = e.id and r.moment = m.moment and r.closes_at = d.closes)`

type reminder struct {
	Entry  uuid.UUID
	Closes time.Time
	Moment string
}

// Remind writes to the teams whose entries are not submitted as they stand, once a person, entry,
// moment and deadline. at is the moment to think of as now; the zero time is the database's clock. It
// gives the number of entries it wrote about, may run twice at once and be repeated.
func Remind(ctx context.Context, db *database.DB, at time.Time) (int, error) {
	if at.IsZero() {
		var err error
		if at, err = db.Now(ctx); err != nil {
			return 0, err
		}
	}
	rows, err := db.Pool().Query(ctx, dueReminders+` order by d.closes, e.id limit 500`, at)
	if err != nil {
		return 0, err
	}
	due, err := pgx.CollectRows(rows, pgx.RowToStructByPos[reminder])
	if err != nil {
		return 0, err
	}
	told := 0
	var failed error
	for _, each := range due {
		wrote := false
		err := db.InTx(ctx, func(tx database.Tx) (err error) {
			wrote, err = remind(tx, each, at)
			return err
		})
		switch {
		case err == nil && wrote:
			told++
		case err != nil && !errors.Is(err, fault.ErrNotFound):
			failed = errors.Join(failed, err) // one that fails must not keep the others from hearing
		}
	}
	return told, failed
}

// remind looks again under the entry's lock: it may have been submitted or withdrawn, or another run
// was faster.
func remind(tx database.Tx, due reminder, at time.Time) (bool, error) {
	c, r, _, err := lock(tx, due.Entry)
	if err != nil {
		return false, err
	}
	var still bool
	if err := tx.Pgx().QueryRow(tx.Context(), `select exists (select from (`+dueReminders+` and e.id = $2) x
		where x.closes = $3 and x.moment = $4)`, at, due.Entry, due.Closes, due.Moment).Scan(&still); err != nil || !still {
		return false, err
	}
	to, err := addresses(tx.Context(), tx.Pgx(), r.Team.ID, uuid.Nil)
	if err != nil {
		return false, err
	}
	kind := "entry-draft-reminder"
	if r.State == StateSubmitted {
		kind = "entry-changes-reminder"
	}
	list := make([]notify.Notice, 0, len(to))
	for _, a := range to {
		tag, err := tx.Pgx().Exec(tx.Context(), `insert into entry_reminders (entry_id, person_id, moment, closes_at)
			values ($1,$2,$3,$4) on conflict do nothing`, r.ID, a.Person, due.Moment, due.Closes)
		if err != nil {
			return false, err
		}
		if tag.RowsAffected() == 0 {
			continue
		}
		list = append(list, notify.Notice{Kind: kind, To: a, Subject: r.ID, Params: notify.Params{
			"team": r.Team.Name, "challenge": c.Title, "reference": r.Reference,
			"url":    notify.Link("/my/entries/" + r.ID.String()),
			"closes": notify.Moment{At: due.Closes, Zone: c.Zone},
		}})
	}
	return len(list) > 0, notify.Send(tx, list...)
}

// RemindDraftsArgs asks to remind. It is meant to run every quarter of an hour.
type RemindDraftsArgs struct{}

// Kind names the job.
func (RemindDraftsArgs) Kind() string { return "entry.remind_drafts" }

// RemindDraftsWorker runs Remind.
type RemindDraftsWorker struct {
	river.WorkerDefaults[RemindDraftsArgs]
	DB *database.DB
}

// Work reminds once.
func (w *RemindDraftsWorker) Work(ctx context.Context, _ *river.Job[RemindDraftsArgs]) error {
	_, err := Remind(ctx, w.DB, time.Time{})
	return err
}
