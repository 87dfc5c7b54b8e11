package kpi

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// Indicator is one indicator with its value as known now.
type Indicator struct {
	ID               uuid.UUID
	Slug             string
	Parent           string
	Name             lang.Text
	Definition       lang.Text
	Unit             map[lang.Tag]map[string]string
	Op               string
	Target           float64
	CountedBy        string
	Value            *float64
	Counted          *int
	Measured         *Measurement
	Status           Status
	ProvisionalUntil *time.Time // set while a deadline is to come: the count is so far
	Series           []MonthValue

	group        int
	measurements []Measurement
}

// TargetGroup is a target group with its indicators.
type TargetGroup struct {
	Slug       string
	Name       lang.Text
	Indicators []Indicator
}

// Board is the whole ledger at one moment.
type Board struct {
	Programme Programme
	AsOf      time.Time
	Groups    []TargetGroup
	Exports   []Contest // whose participation the actor may export
	Allowed   []authz.Action
}

// Board gives every indicator of the programme. The actor needs authz.SeeKPI.
func (s *Service) Board(ctx context.Context, actor authz.Actor) (Board, error) {
	p, err := s.programme(ctx)
	if err != nil {
		return Board{}, err
	}
	if err := p.require(actor, authz.SeeKPI); err != nil {
		return Board{}, err
	}
	b := Board{Programme: p, AsOf: p.now, Exports: p.within(actor, authz.ExportData), Allowed: p.allowed(actor, authz.EnterKPI, authz.ExportData)}
	groups, err := s.groups(ctx, p.ID)
	if err != nil {
		return Board{}, err
	}
	indicators, err := s.indicators(ctx, p.ID)
	if err != nil {
		return Board{}, err
	}
	all, err := participations(ctx, s.db, p.ID)
	if err != nil {
		return Board{}, err
	}
	if err := s.fill(ctx, p, indicators, all, Judge(all)); err != nil {
		return Board{}, err
	}
	for _, i := range indicators {
		groups[i.group].Indicators = append(groups[i.group].Indicators, i)
	}
	b.Groups = groups
	return b, nil
}

func (s *Service) groups(ctx context.Context, programme uuid.UUID) ([]TargetGroup, error) {
	rows, err := s.db.Pool().Query(ctx, `select slug, name from target_groups where programme_id = $1 order by position, slug`, programme)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (g TargetGroup, err error) {
		err = row.Scan(&g.Slug, &g.Name)
		return g, err
	})
}

func (s *Service) indicators(ctx context.Context, programme uuid.UUID) ([]Indicator, error) {
	rows, err := s.db.Pool().Query(ctx, `
		select i.id, i.slug, coalesce(p.slug, ''), i.name, i.definition, i.unit, i.op, i.target::float8, i.counted_by,
		       (select count(*) from target_groups o where o.programme_id = i.programme_id and (o.position, o.slug) < (g.position, g.slug))
		from indicators i join target_groups g on g.id = i.target_group_id left join indicators p on p.id = i.parent_id
		where i.programme_id = $1 order by i.position, i.slug`, programme)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (i Indicator, err error) {
		err = row.Scan(&i.ID, &i.Slug, &i.Parent, &i.Name, &i.Definition, &i.Unit, &i.Op, &i.Target, &i.CountedBy, &i.group)
		return i, err
	})
}

// fill works out what each indicator is worth now and was worth at the end of each month.
func (s *Service) fill(ctx context.Context, p Programme, indicators []Indicator, all []Participation, verdicts map[uuid.UUID]Verdict) error {
	entered, err := measurements(ctx, s.db, p)
	if err != nil {
		return err
	}
	until, err := lastDeadline(ctx, s.db, p.ID)
	if err != nil {
		return err
	}
	var times []time.Time
	for _, x := range all {
		if verdicts[x.Entry] == Counted {
			times = append(times, x.FirstSubmitted)
		}
	}
	since := p.firstOpening()
	today := dateIn(p.now, p.zone)
	for n := range indicators {
		i := &indicators[n]
		i.measurements = entered[i.ID]
		i.Measured = Latest(i.measurements, today)
		var measured *float64
		if i.Measured != nil {
			measured = &i.Measured.Value
		}
		if i.CountedBy == ContestStartups {
			count := len(times)
			i.Counted, i.ProvisionalUntil = &count, until
			i.Series = Series(p.StartsOn, today, p.zone, i.measurements, since, times)
		} else {
			i.Series = Series(p.StartsOn, today, p.zone, i.measurements, nil, nil)
		}
		i.Value = Sum(i.Counted, measured)
		i.Status = StatusOf(i.Op, i.Target, i.Value)
	}
	return nil
}

// firstOpening is the moment from which on the platform counts participants: when the first contest
// opened. Nil before that.
func (p Programme) firstOpening() *time.Time {
	for _, c := range p.Contests { // in the order of their opening
		if !c.Rehearsal && c.OpensAt.Before(p.now) {
			return &c.OpensAt
		}
	}
	return nil
}

// one finds an indicator by its slug in the programme.
func (s *Service) one(ctx context.Context, p Programme, slug string) (Indicator, error) {
	all, err := s.indicators(ctx, p.ID)
	if err != nil {
		return Indicator{}, err
	}
	for _, i := range all {
		if i.Slug == slug {
			return i, nil
		}
	}
	return Indicator{}, fault.ErrNotFound
}

// count reads and judges what takes part, for an indicator that is counted.
func (s *Service) count(ctx context.Context, db *database.DB, p Programme, i Indicator) ([]Participation, map[uuid.UUID]Verdict, error) {
	if i.CountedBy != ContestStartups {
		return nil, map[uuid.UUID]Verdict{}, nil
	}
	all, err := participations(ctx, db, p.ID)
	return all, Judge(all), err
}
