package kpi

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// Programme is what the ledger needs to know of the programme.
type Programme struct {
	ID       uuid.UUID
	Name     string
	StartsOn time.Time // first day of Month 1, a date
	Month    int       // of today
	Months   int
	Assessed []int // months at whose end the programme is assessed
	Shifted  bool  // Month 1 was set so that the first start lay in the contest's month
	TimeZone string
	Contests []Contest

	zone *time.Location
	now  time.Time // the database's clock
}

// Contest is one contest of the programme.
type Contest struct {
	ID        uuid.UUID
	Slug      string
	Title     lang.Text
	Rehearsal bool
	OpensAt   time.Time
}

// programme reads the one programme of the installation; fault.ErrNotFound before it is there.
func (s *Service) programme(ctx context.Context) (Programme, error) { return readProgramme(ctx, s.db) }

func readProgramme(ctx context.Context, db *database.DB) (Programme, error) {
	var p Programme
	err := db.Pool().QueryRow(ctx, `select id, name, starts_on, months, assessed_in_months, shifted, time_zone, clock_timestamp()
		from programmes order by created_at, id limit 1`).
		Scan(&p.ID, &p.Name, &p.StartsOn, &p.Months, &p.Assessed, &p.Shifted, &p.TimeZone, &p.now)
	if database.NotFound(err) {
		return p, fault.ErrNotFound
	}
	if err != nil {
		return p, err
	}
	if p.zone, err = time.LoadLocation(p.TimeZone); err != nil {
		return p, err
	}
	p.Month = MonthOf(p.StartsOn, dateIn(p.now, p.zone))
	rows, err := db.Pool().Query(ctx, `select id, slug, title, rehearsal, opens_at from contests where programme_id = $1 order by opens_at, slug`, p.ID)
	if err != nil {
		return p, err
	}
	p.Contests, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (c Contest, err error) {
		err = row.Scan(&c.ID, &c.Slug, &c.Title, &c.Rehearsal, &c.OpensAt)
		return c, err
	})
	return p, err
}

// require asks for an action on the whole programme: it is given by a role for the installation, or
// for any of its contests.
func (p Programme) require(actor authz.Actor, action authz.Action) error {
	err := actor.Require(action, authz.Scope{})
	for _, c := range p.Contests {
		switch there := actor.Require(action, authz.Scope{Contest: c.ID}); {
		case there == nil:
			return nil
		case errors.Is(there, fault.ErrForbidden): // the actor sees the ledger, so it is no secret
			err = there
		}
	}
	return err
}

// allowed filters the actions that the actor may take somewhere in the programme.
func (p Programme) allowed(actor authz.Actor, actions ...authz.Action) []authz.Action {
	out := []authz.Action{}
	for _, a := range actions {
		if p.require(actor, a) == nil {
			out = append(out, a)
		}
	}
	return out
}

// within lists the contests in which the actor may do something.
func (p Programme) within(actor authz.Actor, action authz.Action) []Contest {
	out := []Contest{}
	for _, c := range p.Contests {
		if actor.May(action, authz.Scope{Contest: c.ID}) {
			out = append(out, c)
		}
	}
	return out
}

// participations reads what Judge decides on. submitted_at is that of the submission that counts.
func participations(ctx context.Context, db *database.DB, programme uuid.UUID) ([]Participation, error) {
	rows, err := db.Pool().Query(ctx, `
		select entry_id, reference, contest_id, team_id, team_name, kind, country, eligible, coalesce(first_submitted_at, submitted_at), closes_at
		from kpi_entries
		where programme_id = $1 and state = 'submitted' and submitted_at is not null and not rehearsal and not test`, programme)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (p Participation, err error) {
		err = row.Scan(&p.Entry, &p.Reference, &p.Contest, &p.Team, &p.Name, &p.Kind, &p.Country, &p.Eligible, &p.FirstSubmitted, &p.Closes)
		return p, err
	})
}

// lastDeadline is the latest deadline still to come of a published challenge that counts, nil when
// there is none: until then the count is so far.
func lastDeadline(ctx context.Context, db *database.DB, programme uuid.UUID) (*time.Time, error) {
	var at *time.Time
	err := db.Pool().QueryRow(ctx, `
		select max(coalesce(ch.closes_at, c.closes_at)) from challenges ch join contests c on c.id = ch.contest_id
		where c.programme_id = $1 and not c.rehearsal and ch.published_at is not null
		  and coalesce(ch.closes_at, c.closes_at) > clock_timestamp()`, programme).Scan(&at)
	return at, err
}

const selectMeasurement = `
	select m.indicator_id, m.id, m.measured_on, m.value::float8, m.note, m.evidence, coalesce(p.name, ''), m.created_at, m.withdrawn_at
	from measurements m left join people p on p.id = m.entered_by `

// measurements reads those of all indicators of the programme, latest day first.
func measurements(ctx context.Context, db *database.DB, p Programme) (map[uuid.UUID][]Measurement, error) {
	rows, err := db.Pool().Query(ctx, selectMeasurement+`
		join indicators i on i.id = m.indicator_id where i.programme_id = $1
		order by m.measured_on desc, m.created_at desc`, p.ID)
	if err != nil {
		return nil, err
	}
	out := map[uuid.UUID][]Measurement{}
	var of uuid.UUID
	var m Measurement
	_, err = pgx.ForEachRow(rows, []any{&of, &m.ID, &m.On, &m.Value, &m.Note, &m.Evidence, &m.EnteredBy, &m.CreatedAt, &m.WithdrawnAt}, func() error {
		m.Month = MonthOf(p.StartsOn, m.On)
		out[of] = append(out[of], m)
		return nil
	})
	return out, err
}

func (s *Service) measurement(ctx context.Context, p Programme, id uuid.UUID) (m Measurement, err error) {
	var of uuid.UUID
	err = s.db.Pool().QueryRow(ctx, selectMeasurement+`where m.id = $1`, id).
		Scan(&of, &m.ID, &m.On, &m.Value, &m.Note, &m.Evidence, &m.EnteredBy, &m.CreatedAt, &m.WithdrawnAt)
	m.Month = MonthOf(p.StartsOn, m.On)
	return m, err
}

// errMoved says that entries vanished between two reads of one request.
var errMoved = fault.New(fault.Unavailable, "kpi.moved", "The entries changed meanwhile. Try again.")
