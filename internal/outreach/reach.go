package outreach

import (
	"cmp"
	"context"
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/kpi"
	"fieldtrial/internal/lang"
)

// Numbers are the steps from a look to an entry. Views are an estimate; Drafts are entries begun,
// sent or not; Submitted are those sent at least once and not withdrawn.
type Numbers struct {
	Views, Follows, Drafts, Submitted int
}

func (n *Numbers) add(m Numbers) {
	n.Views += m.Views
	n.Follows += m.Follows
	n.Drafts += m.Drafts
	n.Submitted += m.Submitted
}

// Day is one day in the lead city's zone, at midnight UTC of the same date.
type Day struct {
	Day time.Time
	Numbers
}

// Source is a campaign link; Code is "" for everything else.
type Source struct {
	Code, Label string
	Numbers
}

// Reach are the numbers of a challenge.
type Reach struct {
	Challenge contest.Challenge
	Total     Numbers
	Days      []Day // without gaps, oldest first
	Sources   []Source
	Cells     []Cell
	Allowed   []authz.Action
	Now       time.Time
}

// Cell is one day and one source.
type Cell struct {
	Day           time.Time
	Source, Label string
	Numbers
}

// counted gives one row a day and source. Entries that the actor is excluded from are in no number.
var counted = `
	with zone as (select y.time_zone as z from challenges c join cities y on y.id = c.lead_city_id where c.id = $1),
	steps as (
		select day, source, views, 0 as follows, 0 as drafts, 0 as submitted from challenge_views where challenge_id = $1
		union all
		select (followed_at at time zone z)::date, source, 0, 1, 0, 0 from follows, zone where challenge_id = $1
		union all
		select (e.created_at at time zone z)::date, e.source, 0, 0, 1, 0 from entries e, zone where e.challenge_id = $1 and ` + authz.NotExcluded("e.id", "$2") + `
		union all
		select (s.submitted_at at time zone z)::date, e.source, 0, 0, 0, 1 from zone, entries e join submissions s on s.entry_id = e.id and s.number = 1
		where e.challenge_id = $1 and e.state = 'submitted' and ` + authz.NotExcluded("e.id", "$2") + `)
	select day, steps.source, coalesce(l.label, ''), sum(views)::int, sum(follows)::int, sum(drafts)::int, sum(submitted)::int
	from steps left join campaign_links l on l.challenge_id = $1 and l.code = steps.source
	group by day, steps.source, l.label order by day, l.label nulls first, steps.source`

// Reach reads the numbers. Contents are in none of them, before the deadline or after.
func (s *Service) Reach(ctx context.Context, actor authz.Actor, challenge uuid.UUID) (Reach, error) {
	c, err := s.see(ctx, actor, challenge, authz.SeeReach)
	if err != nil {
		return Reach{}, err
	}
	r := Reach{Challenge: c, Days: []Day{}, Allowed: actor.Allowed(c.Scope(), authz.SeeReach, authz.ManageReach)}
	if r.Now, err = s.db.Now(ctx); err != nil {
		return r, err
	}
	rows, err := s.db.Pool().Query(ctx, counted, challenge, actor.PersonID)
	if err != nil {
		return r, err
	}
	r.Cells, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (x Cell, err error) {
		err = row.Scan(&x.Day, &x.Source, &x.Label, &x.Views, &x.Follows, &x.Drafts, &x.Submitted)
		return x, err
	})
	if err != nil {
		return r, err
	}
	known, err := links(ctx, s.db.Pool(), challenge)
	if err != nil {
		return r, err
	}
	by := map[string]*Source{"": {}}
	order := []*Source{by[""]}
	for _, l := range known { // also those that brought nobody yet
		x := &Source{Code: l.Code, Label: l.Label}
		by[l.Code], order = x, append(order, x)
	}
	for _, x := range r.Cells {
		for len(r.Days) > 0 && r.Days[len(r.Days)-1].Day.AddDate(0, 0, 1).Before(x.Day) {
			r.Days = append(r.Days, Day{Day: r.Days[len(r.Days)-1].Day.AddDate(0, 0, 1)})
		}
		if len(r.Days) == 0 || r.Days[len(r.Days)-1].Day.Before(x.Day) {
			r.Days = append(r.Days, Day{Day: x.Day})
		}
		r.Days[len(r.Days)-1].add(x.Numbers)
		r.Total.add(x.Numbers)
		if by[x.Source] != nil {
			by[x.Source].add(x.Numbers)
		}
	}
	slices.SortStableFunc(order, func(a, b *Source) int { return cmp.Compare(b.Views, a.Views) })
	for _, x := range order {
		r.Sources = append(r.Sources, *x)
	}
	return r, nil
}

// columns are the heads of the export.
var columns = map[lang.Tag][]string{
	lang.EN: {"Day", "Link", "Code", "Views (estimate)", "Follows", "Entries begun", "Entries submitted"},
	lang.ES: {"Día", "Enlace", "Código", "Visitas (estimación)", "Seguimientos", "Candidaturas iniciadas", "Candidaturas enviadas"},
	lang.JA: {"日付", "リンク", "コード", "閲覧数（推計）", "フォロー数", "作成を始めた応募", "提出された応募"},
}

// WriteCSV writes one line a day and source, as UTF-8 with a byte order mark.
func (r Reach) WriteCSV(w io.Writer, l lang.Tag) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(columns[l.Or(lang.EN)]); err != nil {
		return err
	}
	for _, c := range r.Cells {
		line := []string{c.Day.Format(time.DateOnly), kpi.SafeCell(c.Label), kpi.SafeCell(c.Source)}
		for _, n := range []int{c.Views, c.Follows, c.Drafts, c.Submitted} {
			line = append(line, strconv.Itoa(n))
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
