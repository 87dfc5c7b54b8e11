package kpi

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
)

// Query narrows the rows behind a number. Limit 0 means 20.
type Query struct {
	Verdict Verdict // "": all
	Cursor  string
	Limit   int
}

// Row is one entry behind the number.
type Row struct {
	Entry          uuid.UUID
	Reference      string
	Contest        string // slug
	Challenge      string // slug
	ChallengeTitle lang.Text
	Team           string // "" for those who may not see who enters before the deadline
	Kind, Country  string
	SubmittedAt    time.Time
	Verdict        Verdict
	Final          bool // the deadline has passed
}

// VerdictCount is how many entries have a verdict.
type VerdictCount struct {
	Verdict Verdict
	Count   int
}

// Detail is one indicator down to its rows.
type Detail struct {
	Programme    Programme
	AsOf         time.Time
	Group        lang.Text
	Indicator    Indicator
	Measurements []Measurement
	Verdicts     []VerdictCount
	Rows         []Row
	Next         string
	Allowed      []authz.Action
}

// Indicator gives one indicator with all its measurements and, where the platform counts it, a page
// of the entries behind the number. The figures are the programme's and the same for everyone; the
// rows leave out what the actor must not see: entries of contests that are not the actor's, and
// those the actor is excluded from.
func (s *Service) Indicator(ctx context.Context, actor authz.Actor, slug string, q Query) (Detail, error) {
	p, err := s.programme(ctx)
	if err != nil {
		return Detail{}, err
	}
	if err := p.require(actor, authz.SeeKPI); err != nil {
		return Detail{}, err
	}
	i, err := s.one(ctx, p, slug)
	if err != nil {
		return Detail{}, err
	}
	groups, err := s.groups(ctx, p.ID)
	if err != nil {
		return Detail{}, err
	}
	all, verdicts, err := s.count(ctx, s.db, p, i)
	if err != nil {
		return Detail{}, err
	}
	filled := []Indicator{i}
	if err := s.fill(ctx, p, filled, all, verdicts); err != nil {
		return Detail{}, err
	}
	d := Detail{
		Programme: p, AsOf: p.now, Group: groups[i.group].Name, Indicator: filled[0], Measurements: filled[0].measurements,
		Verdicts: tally(verdicts), Allowed: p.allowed(actor, authz.EnterKPI),
	}
	d.Rows, d.Next, err = s.rows(ctx, p, actor, all, verdicts, q)
	return d, err
}

func tally(verdicts map[uuid.UUID]Verdict) []VerdictCount {
	n := map[Verdict]int{}
	for _, v := range verdicts {
		n[v]++
	}
	out := []VerdictCount{}
	for _, v := range Verdicts {
		if n[v] > 0 {
			out = append(out, VerdictCount{v, n[v]})
		}
	}
	return out
}

// rows gives one page in the order of the verdicts, then of the references.
func (s *Service) rows(ctx context.Context, p Programme, actor authz.Actor, all []Participation, verdicts map[uuid.UUID]Verdict, q Query) ([]Row, string, error) {
	var lastVerdict int
	var lastReference string
	after, err := database.DecodeCursor(q.Cursor, &lastVerdict, &lastReference)
	if err != nil {
		return nil, "", err
	}
	place := func(x Participation) int { return slices.Index(Verdicts, verdicts[x.Entry]) }
	all = slices.DeleteFunc(slices.Clone(all), func(x Participation) bool {
		return actor.Excluded[x.Entry] || !actor.May(authz.SeeKPI, authz.Scope{Contest: x.Contest}) ||
			(q.Verdict != "" && verdicts[x.Entry] != q.Verdict) ||
			(after && (place(x) < lastVerdict || (place(x) == lastVerdict && x.Reference <= lastReference)))
	})
	slices.SortFunc(all, func(a, b Participation) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a.Reference, b.Reference))
	})
	limit := cmp.Or(q.Limit, 20)
	next := ""
	if len(all) > limit {
		all = all[:limit]
		last := all[limit-1]
		next = database.EncodeCursor(place(last), last.Reference)
	}
	out, err := s.describe(ctx, all)
	if err != nil {
		return nil, "", err
	}
	for n, x := range all {
		r := &out[n]
		r.Verdict, r.Final = verdicts[x.Entry], !p.now.Before(x.Closes)
		if !r.Final && !actor.May(authz.ExportData, authz.Scope{Contest: x.Contest}) {
			r.Team = ""
		}
	}
	return out, next, nil
}

// describe reads what a row shows beyond what was judged, in the order given.
func (s *Service) describe(ctx context.Context, page []Participation) ([]Row, error) {
	ids := make([]uuid.UUID, len(page))
	for n, x := range page {
		ids[n] = x.Entry
	}
	rows, err := s.db.Pool().Query(ctx, `
		select entry_id, reference, contest, challenge, coalesce(challenge_title, '{}'), team_name, kind, country, submitted_at
		from kpi_entries where entry_id = any($1) order by array_position($1, entry_id)`, ids)
	if err != nil {
		return nil, err
	}
	out, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (r Row, err error) {
		err = row.Scan(&r.Entry, &r.Reference, &r.Contest, &r.Challenge, &r.ChallengeTitle, &r.Team, &r.Kind, &r.Country, &r.SubmittedAt)
		return r, err
	})
	if err == nil && len(out) != len(page) {
		return nil, errMoved
	}
	return out, err
}
