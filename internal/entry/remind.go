package entry

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/notify"
)

// dueReminders are the people who should hear, at the moment $1, that entries of their teams are not
// submitted as they stand: drafts, and changes after the last submission. The moments are seven days,
// two days and three hours before the deadline as it is now, for a team with more time its own; only
// the latest of them is due, so that nobody gets three mails after an outage. Whoever is at work at
// this minute is left alone. $2 are a team's roles, $3 one person or null for all.
const dueReminders = `
	select distinct p.id as person, p.email, p.language, e.id as entry, e.reference, e.state, t.name as team, y.time_zone,
	       (select coalesce(jsonb_object_agg(x.language, x.title), '{}') from challenge_texts x where x.challenge_id = c.id and x.title <> '') as title,
	       k.id as contest, d.closes, m.moment
	from entries e
	join teams t on t.id = e.team_id
	join challenges c on c.id = e.challenge_id join contests k on k.id = c.contest_id join cities y on y.id = c.lead_city_id
	join grants g on g.scope_kind = 'team' and g.scope_id = e.team_id and g.role = any($2) and (g.expires_at is null or g.expires_at > clock_timestamp())
	join people p on p.id = g.person_id and p.confirmed_at is not null and p.disabled_at is null and ($3::uuid is null or p.id = $3)
	left join submissions s on s.id = e.last_submission_id
	cross join lateral (select greatest(coalesce(c.closes_at, k.closes_at),
		(select max(x.until) from extensions x where x.challenge_id = c.id and x.team_id = e.team_id)) as closes) d
	cross join lateral (select case when d.closes - $1 <= interval '3 hours' then '3h'
		when d.closes - $1 <= interval '2 days' then '2d' when d.closes - $1 <= interval '7 days' then '7d' end as moment) m
	where c.published_at is not null and c.released_at is null and coalesce(c.opens_at, k.opens_at) <= $1
	  and d.closes > $1 and m.moment is not null
	  and (e.state = 'draft' or (e.state = 'submitted' and e.changed_at > s.submitted_at))
	  and e.changed_at < $1 - case m.moment when '3h' then interval '15 minutes' else interval '1 hour' end
	  and not exists (select from entry_reminders r where r.entry_id = e.id and r.person_id = p.id and r.moment = m.moment and r.closes_at = d.closes)`

var teamRoles = func() (names []string) {
	for _, r := range authz.TeamRoles {
		names = append(names, string(r))
	}
	return names
}()

// reminder is one entry that one person should hear of.
type reminder struct {
	To        notify.Address
	Entry     uuid.UUID
	Reference string
	State     State
	Team      string
	Zone      string
	Title     lang.Text
	Contest   uuid.UUID
	Closes    time.Time
	Moment    string
}

func scanReminder(row pgx.CollectableRow) (r reminder, err error) {
	err = row.Scan(&r.To.Person, &r.To.Email, &r.To.Language, &r.Entry, &r.Reference, &r.State, &r.Team, &r.Zone, &r.Title, &r.Contest, &r.Closes, &r.Moment)
	return r, err
}

// Remind writes to everybody whose entries are not submitted as they stand: one mail a person, contest
// and moment, about all of them, and none twice for the same entry, moment and deadline. at is the moment
// to think of as now; the zero time is the database's clock. It gives the number of mails, may run
// twice at once and be repeated.
func Remind(ctx context.Context, db *database.DB, at time.Time) (int, error) {
	if at.IsZero() {
		var err error
		if at, err = db.Now(ctx); err != nil {
			return 0, err
		}
	}
	rows, err := db.Pool().Query(ctx, `select person from (`+dueReminders+`) x group by person order by min(closes), person limit 500`, at, teamRoles, nil)
	if err != nil {
		return 0, err
	}
	people, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return 0, err
	}
	mails := 0
	var failed error
	for _, person := range people {
		wrote := 0
		err := db.InTx(ctx, func(tx database.Tx) (err error) {
			wrote, err = remind(tx, person, at)
			return err
		})
		if err == nil {
			mails += wrote
		}
		failed = errors.Join(failed, err) // one that fails must not keep the others from hearing
	}
	return mails, failed
}

// remind looks again with the entries held: they may have been submitted or withdrawn, or another run
// was faster. Each contest has a mail of its own, with its own paragraph; a rehearsal says that it is one.
func remind(tx database.Tx, person uuid.UUID, at time.Time) (int, error) {
	if _, err := tx.Pgx().Exec(tx.Context(), `select from entries where id in (select entry from (`+dueReminders+`) x) order by id for share`,
		at, teamRoles, person); err != nil {
		return 0, err
	}
	rows, err := tx.Pgx().Query(tx.Context(), `select * from (`+dueReminders+`) x order by closes, entry`, at, teamRoles, person)
	if err != nil {
		return 0, err
	}
	due, err := pgx.CollectRows(rows, scanReminder)
	if err != nil {
		return 0, err
	}
	wrote := 0
	for _, contest := range contestsOf(due) {
		list := []reminder{}
		for _, r := range due {
			if r.Contest != contest {
				continue
			}
			tag, err := tx.Pgx().Exec(tx.Context(), `insert into entry_reminders (entry_id, person_id, moment, closes_at)
				values ($1,$2,$3,$4) on conflict do nothing`, r.Entry, person, r.Moment, r.Closes)
			if err != nil {
				return 0, err
			}
			if tag.RowsAffected() == 1 {
				list = append(list, r)
			}
		}
		if len(list) == 0 {
			continue
		}
		if err := notify.Send(tx, reminding(list)); err != nil {
			return 0, err
		}
		wrote++
	}
	return wrote, nil
}

// contestsOf lists the contests in the order in which their first entry closes.
func contestsOf(due []reminder) (out []uuid.UUID) {
	for _, r := range due {
		if !slices.Contains(out, r.Contest) {
			out = append(out, r.Contest)
		}
	}
	return out
}

// What is not submitted of an entry, in a mail about several.
var (
	saysDraft   = lang.Text{lang.EN: "not submitted yet", lang.ES: "sin enviar", lang.JA: "未提出"}
	saysChanges = lang.Text{lang.EN: "changes not submitted", lang.ES: "cambios sin enviar", lang.JA: "変更が未提出"}
)

// reminding is the mail about some entries, the first of which closes first.
func reminding(list []reminder) notify.Notice {
	first := list[0]
	closes := notify.Moment{At: first.Closes, Zone: first.Zone}
	if len(list) == 1 {
		kind := "entry-draft-reminder"
		if first.State == StateSubmitted {
			kind = "entry-changes-reminder"
		}
		return notify.Notice{Kind: kind, To: first.To, Subject: first.Entry, Params: notify.Params{
			"team": first.Team, "challenge": first.Title, "reference": first.Reference,
			"url": notify.Link("/my/entries/" + first.Entry.String()), "closes": closes,
		}}
	}
	lines := make([]string, 0, len(list))
	for _, r := range list {
		state := saysDraft
		if r.State == StateSubmitted {
			state = saysChanges
		}
		title, _ := r.Title.In(first.To.Language)
		word, _ := state.In(first.To.Language)
		lines = append(lines, title+"\n"+strings.Join([]string{r.Team, r.Reference, word, notify.FormatMoment(notify.Moment{At: r.Closes, Zone: r.Zone}, first.To.Language)}, " · "))
	}
	return notify.Notice{Kind: "entries-reminder", To: first.To, Subject: first.Entry, Params: notify.Params{
		"n": len(list), "closes": closes, "entries": strings.Join(lines, "\n\n"), "url": notify.Link("/my/entries"),
	}}
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
