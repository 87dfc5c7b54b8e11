package entry

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"golang.org/x/text/unicode/norm"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
)

// Filter narrows the list of a challenge's entries. Query looks in reference, team and title; Sort
// is reference, team or submitted; State is Submitted or Withdrawn.
type Filter struct {
	Query, Country, Kind, Sort string
	State                      State
	Cursor                     string
	Limit                      int
}

// Numbers count a challenge's entries.
type Numbers struct {
	Started   int // drafts that were never submitted
	Submitted int
	Withdrawn int
	ByCountry []CountryNumber // submitted, most first
}

// CountryNumber counts the submitted entries of teams from one country.
type CountryNumber struct {
	Country   string
	Submitted int
}

// Listed is one submitted entry in the list.
type Listed struct {
	ID          uuid.UUID
	Reference   string
	Team        TeamMark
	Language    string
	State       State
	Title       string
	SubmittedAt time.Time
	Submissions int
	Files       int
}

// Overview is what the people who run a challenge see of its entries. Sealed: only the numbers,
// because the deadline is ahead or because the caller may see no more.
type Overview struct {
	Sealed  bool
	Closes  time.Time
	Numbers Numbers
	Items   []Listed
	Next    string
	Now     time.Time
}

// line brings one line of typed text into its stored form.
func line(s string) string { return lang.OneLine(norm.NFC.String(tidy("", s))) }

// Overview gives the numbers of a challenge's entries and, after the deadline, a page of those that
// were submitted. What the actor is excluded from is in neither.
func (s *Service) Overview(ctx context.Context, actor authz.Actor, challenge uuid.UUID, f Filter) (Overview, error) {
	c, err := contest.Load(ctx, s.db.Pool(), challenge)
	if err != nil {
		return Overview{}, err
	}
	if err := actor.Require(authz.SeeNumbers, c.Scope()); err != nil {
		return Overview{}, err
	}
	now, err := s.db.Now(ctx)
	if err != nil {
		return Overview{}, err
	}
	o := Overview{Closes: c.Dates.Closes, Now: now, Items: []Listed{}}
	if o.Sealed, err = Sealed(ctx, s.db.Pool(), c, now); err != nil {
		return o, err
	}
	o.Sealed = o.Sealed || !actor.May(authz.SeeSubmitted, c.Scope()) || c.BlindTo(actor)
	if o.Numbers, err = Count(ctx, s.db.Pool(), actor, challenge); err != nil || o.Sealed {
		return o, err
	}
	o.Items, o.Next, err = s.listed(ctx, actor, challenge, f)
	return o, err
}

// Count counts a challenge's entries, without those the actor is excluded from. The caller has
// checked that the actor may see the numbers.
func Count(ctx context.Context, q database.Queryer, actor authz.Actor, challenge uuid.UUID) (Numbers, error) {
	n := Numbers{ByCountry: []CountryNumber{}}
	rows, err := q.Query(ctx, `
		select t.country, count(*) filter (where e.state = 'draft'), count(*) filter (where e.state = 'submitted'),
		       count(*) filter (where e.state = 'withdrawn')
		from entries e join teams t on t.id = e.team_id
		where e.challenge_id = $1 and`+authz.NotExcluded("e.id", "$2")+`
		group by t.country order by 3 desc, 1`, challenge, actor.PersonID)
	if err != nil {
		return n, err
	}
	var country string
	var drafts, submitted, withdrawn int
	_, err = pgx.ForEachRow(rows, []any{&country, &drafts, &submitted, &withdrawn}, func() error {
		n.Started += drafts
		n.Submitted += submitted
		n.Withdrawn += withdrawn
		if submitted > 0 {
			n.ByCountry = append(n.ByCountry, CountryNumber{country, submitted})
		}
		return nil
	})
	return n, err
}

// orders are the list's sort keys; the entry's id breaks ties.
var orders = map[string]string{
	"reference": "lpad(substr(e.reference, 4), 12, '0')",
	"team":      "lower(coalesce(nullif(t.latin_name, ''), t.name))",
	"submitted": "to_char(s.submitted_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
}

func (s *Service) listed(ctx context.Context, actor authz.Actor, challenge uuid.UUID, f Filter) ([]Listed, string, error) {
	order := orders[f.Sort]
	if order == "" {
		order = orders["reference"]
	}
	if f.State != StateWithdrawn {
		f.State = StateSubmitted
	}
	var key string
	var after uuid.UUID
	more, err := database.DecodeCursor(f.Cursor, &key, &after)
	if err != nil {
		return nil, "", err
	}
	like := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(line(f.Query)) + "%"
	rows, err := s.db.Pool().Query(ctx, fmt.Sprintf(`
		select e.id, e.reference, e.language, e.state, t.id, t.name, t.latin_name, t.kind, t.country,
		       coalesce(s.answers ->> 'project-title', s.answers ->> 'title', ''), s.submitted_at, s.number,
		       jsonb_array_length(s.files), %[1]s
		from entries e join teams t on t.id = e.team_id join submissions s on s.id = e.last_submission_id
		where e.challenge_id = $1 and e.state = $3
		  and ($4 = '' or t.country = $4) and ($5 = '' or t.kind = $5)
		  and (e.reference ilike $6 or t.name ilike $6 or t.latin_name ilike $6
		       or coalesce(s.answers ->> 'project-title', s.answers ->> 'title', '') ilike $6)
		  and (not $7 or (%[1]s collate "C", e.id) > ($8::text collate "C", $9::uuid))
		  and `+authz.NotExcluded("e.id", "$2")+`
		order by %[1]s collate "C", e.id limit $10`, order),
		challenge, actor.PersonID, string(f.State), f.Country, f.Kind, like, more, key, after, f.Limit+1)
	if err != nil {
		return nil, "", err
	}
	keys := []string{}
	list, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (l Listed, err error) {
		err = r.Scan(&l.ID, &l.Reference, &l.Language, &l.State, &l.Team.ID, &l.Team.Name, &l.Team.LatinName, &l.Team.Kind,
			&l.Team.Country, &l.Title, &l.SubmittedAt, &l.Submissions, &l.Files, &key)
		keys = append(keys, key)
		return l, err
	})
	if err != nil || len(list) <= f.Limit {
		return list, "", err
	}
	last := f.Limit - 1
	return list[:f.Limit], database.EncodeCursor(keys[last], list[last].ID), nil
}
