package screening

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/screening/reason"
)

// Filter narrows the list. Query looks in reference, team and title. State is submitted (also where
// it is empty) or withdrawn; Screening is one of the states below or empty; Sort is reference, team,
// country or submitted.
type Filter struct {
	Query, State, Screening, Country, Kind, Language, Sort string
}

// The states of screening. Correcting: the team has fields open; Corrected: it sent them again.
const (
	Unscreened = "unscreened"
	Passed     = "passed"
	Failed     = "failed"
	Correcting = "correcting"
	Corrected  = "corrected"
)

// Item is one submitted entry in the list. Screening is its state; Told says that the team knows of
// a failure.
type Item struct {
	ID          uuid.UUID
	Reference   string
	Team        entry.TeamMark
	Language    string
	State       string
	Title       string
	SubmittedAt time.Time
	Files       int
	Screening   string
	Reasons     []string
	Told        bool
	Until       *time.Time // of the open correction
}

// Counts are the numbers of a challenge's entries by their screening; Untold are failed ones whose
// teams were not written to.
type Counts struct {
	Passed, Failed, Unscreened, Correcting, Untold int
}

// Overview is a challenge's entries as its officials check them. Sealed: Items and Counts are empty.
type Overview struct {
	Challenge contest.Challenge
	Sealed    bool
	Early     *entry.EarlyOpening
	Proposal  *Proposal // to open the entries early, until it is confirmed; to those who may
	Numbers   entry.Numbers
	Counts    Counts
	Items     []Item
	Total     int // that match the filter
	Next      string
	Reasons   []reason.Reason
	Fields    []contest.Field
	Allowed   []authz.Action
	Now       time.Time
}

// Overview reads a page of a challenge's entries, with the numbers beside it.
func (s *Service) Overview(ctx context.Context, actor authz.Actor, challenge uuid.UUID, f Filter, cursor string, limit int) (Overview, error) {
	q := s.db.Pool()
	c, err := contest.Load(ctx, q, challenge)
	if err != nil {
		return Overview{}, err
	}
	if err := actor.Require(authz.SeeNumbers, c.Scope()); err != nil {
		return Overview{}, err
	}
	o := Overview{Challenge: c, Items: []Item{}}
	if o.Now, err = s.db.Now(ctx); err != nil {
		return o, err
	}
	if o.Early, err = entry.OpenedEarly(ctx, q, c.ID); err != nil {
		return o, err
	}
	o.Sealed = !actor.May(authz.SeeSubmitted, c.Scope()) || c.BlindTo(actor) || (!c.AfterDeadline(o.Now) && o.Early == nil)
	if o.Numbers, err = entry.Count(ctx, q, actor, c.ID); err != nil {
		return o, err
	}
	if o.Reasons, err = reason.List(ctx, q, c.ContestID); err != nil {
		return o, err
	}
	o.Allowed = s.allowed(actor, c, o.Now, o.Early != nil)
	if slices.Contains(o.Allowed, authz.OpenEarly) {
		if o.Proposal, err = proposal(ctx, q, c.ID); err != nil {
			return o, err
		}
	}
	if o.Sealed {
		return o, nil
	}
	if o.Fields, err = contest.Form(ctx, q, c.ID); err != nil {
		return o, err
	}
	if o.Counts, err = counts(ctx, q, actor, c.ID); err != nil {
		return o, err
	}
	o.Items, o.Total, o.Next, err = items(ctx, q, actor, c.ID, f, cursor, limit)
	return o, err
}

func (s *Service) allowed(actor authz.Actor, c contest.Challenge, now time.Time, early bool) []authz.Action {
	list := []authz.Action{}
	if c.AfterDeadline(now) && c.ReleasedAt == nil {
		list = append(list, authz.ScreenEntries)
	}
	if c.Phase(now) == contest.Open && !early {
		list = append(list, authz.OpenEarly)
	}
	return actor.Allowed(c.Scope(), list...)
}

// selected is the condition of a filter, for SQL with entries e, teams t, submissions s, the open
// correction x. $1 is the challenge, $2 the actor, $3 to $9 the filter.
var selected = `e.challenge_id = $1 and e.state = coalesce(nullif($3, ''), 'submitted')
	and ($4 = '' or t.country = $4) and ($5 = '' or t.kind = $5) and ($6 = '' or e.language = $6)
	and (e.reference ilike $7 or t.name ilike $7 or t.latin_name ilike $7 or ` + title + ` ilike $7)
	and ($8 = '' or ` + state + ` = $8 or ($8 = 'unscreened' and e.eligible is null)) and ` + authz.NotExcluded("e.id", "$2")

const (
	title = `coalesce(s.answers ->> 'project-title', s.answers ->> 'title', '')`
	state = `(case when e.eligible then 'passed' when not e.eligible then 'failed'
		when s.correction_id is not null then 'corrected' when x.id is not null then 'correcting' else 'unscreened' end)`
	from = ` from entries e join teams t on t.id = e.team_id join submissions s on s.id = e.last_submission_id
	left join corrections x on x.entry_id = e.id and x.closed_at is null and x.until > clock_timestamp()
	left join screenings v on v.entry_id = e.id and v.undone_at is null `
)

func (f Filter) args(actor authz.Actor, challenge uuid.UUID) []any {
	like := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(strings.Join(strings.Fields(f.Query), " ")) + "%"
	return []any{challenge, actor.PersonID, f.State, f.Country, f.Kind, f.Language, like, f.Screening}
}

// orders are the sort keys; the entry's id breaks ties.
var orders = map[string]string{
	"reference": "lpad(substr(e.reference, 4), 12, '0')",
	"team":      "lower(coalesce(nullif(t.latin_name, ''), t.name))",
	"country":   "t.country",
	"submitted": "to_char(s.submitted_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
}

func items(ctx context.Context, q database.Queryer, actor authz.Actor, challenge uuid.UUID, f Filter, cursor string, limit int) ([]Item, int, string, error) {
	order := orders[f.Sort]
	if order == "" {
		order = orders["reference"]
	}
	var key string
	var after uuid.UUID
	more, err := database.DecodeCursor(cursor, &key, &after)
	if err != nil {
		return nil, 0, "", err
	}
	args := f.args(actor, challenge)
	var total int
	if err := q.QueryRow(ctx, `select count(*)`+from+`where `+selected, args...).Scan(&total); err != nil {
		return nil, 0, "", err
	}
	rows, err := q.Query(ctx, fmt.Sprintf(`
		select e.id, e.reference, e.language, e.state, t.id, t.name, t.latin_name, t.kind, t.country, %s, s.submitted_at,
		       jsonb_array_length(s.files), %s, coalesce(v.reasons, '[]'), v.told_at is not null, x.until, %[3]s %[4]s
		where %[5]s and (not $9 or (%[3]s collate "C", e.id) > ($10::text collate "C", $11::uuid))
		order by %[3]s collate "C", e.id limit $12`, title, state, order, from, selected),
		append(args, more, key, after, limit+1)...)
	if err != nil {
		return nil, 0, "", err
	}
	keys := []string{}
	list, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (i Item, err error) {
		err = r.Scan(&i.ID, &i.Reference, &i.Language, &i.State, &i.Team.ID, &i.Team.Name, &i.Team.LatinName, &i.Team.Kind,
			&i.Team.Country, &i.Title, &i.SubmittedAt, &i.Files, &i.Screening, &i.Reasons, &i.Told, &i.Until, &key)
		keys = append(keys, key)
		return i, err
	})
	if err != nil || len(list) <= limit {
		return list, total, "", err
	}
	return list[:limit], total, database.EncodeCursor(keys[limit-1], list[limit-1].ID), nil
}

func counts(ctx context.Context, q database.Queryer, actor authz.Actor, challenge uuid.UUID) (Counts, error) {
	var n Counts
	err := q.QueryRow(ctx, `select count(*) filter (where e.eligible), count(*) filter (where not e.eligible),
		count(*) filter (where e.eligible is null), count(*) filter (where `+state+` = 'correcting'),
		count(*) filter (where not e.eligible and v.told_at is null)`+from+`
		where e.challenge_id = $1 and e.state = 'submitted' and `+authz.NotExcluded("e.id", "$2"), challenge, actor.PersonID).
		Scan(&n.Passed, &n.Failed, &n.Unscreened, &n.Correcting, &n.Untold)
	return n, err
}

// languageOf is the language a text was written in.
func languageOf(actor authz.Actor, l lang.Tag) lang.Tag {
	return l.Or(lang.Tag(actor.Language).Or(lang.EN))
}
