// Package seen is the log of who opened which entry, file or review. Features note what they show to
// people outside an entry's team; admins read it by name, and the team, once its results are out, by
// role and day.
package seen

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// Kind is what was opened.
type Kind string

// The kinds. A review is noted for the entry that it is about.
const (
	Entry  Kind = "entry"
	File   Kind = "file"
	Review Kind = "review"
)

// outside are the roles from which somebody may look into other people's entries, the one that says
// most first.
var outside = []authz.Role{authz.Official, authz.Chair, authz.Juror, authz.Auditor, authz.Admin, authz.Manager}

// Note keeps that the actor was shown something of each entry. It is called before the answer leaves:
// what cannot be noted is not shown. thing is the file, or nil for the entry itself and its reviews.
func Note(ctx context.Context, q database.Queryer, actor authz.Actor, scope authz.Scope, kind Kind, thing *uuid.UUID, entries ...uuid.UUID) error {
	if len(entries) == 0 || !actor.SignedIn() {
		return nil
	}
	role := authz.Role("other")
	for _, r := range outside {
		if actor.Has(r, scope) {
			role = r
			break
		}
	}
	rows, err := q.Query(ctx, `insert into seen (person_id, entry_id, kind, thing_id, role, hour)
		select p.id, e, $2, coalesce($3, e), $4, date_trunc('hour', clock_timestamp()) from people p, unnest($5::uuid[]) e where p.id = $1
		on conflict (entry_id, person_id, kind, thing_id, role, hour) do update set last_at = clock_timestamp(), times = seen.times + 1`,
		actor.PersonID, string(kind), thing, string(role), entries)
	if err != nil {
		return err
	}
	rows.Close()
	return rows.Err()
}

// Service reads the log.
type Service struct{ db *database.DB }

// New opens the room.
func New(db *database.DB) *Service { return &Service{db: db} }

// Look is one line of the log. Name and Role are those of the reader; File is the name of a file.
type Look struct {
	Entry     uuid.UUID
	Reference string
	Person    uuid.UUID
	Name      string
	Role      authz.Role
	Kind      Kind
	File      string
	First     time.Time
	Last      time.Time
	Times     int
}

// Filter narrows the log; zero values do not. Reference is an entry's, Person a part of a name or
// address.
type Filter struct {
	Reference, Person string
	Cursor            string
	Limit             int
}

// Log lists who saw what, the latest first, for admins. What the actor is excluded from is not in it.
func (s *Service) Log(ctx context.Context, actor authz.Actor, f Filter) ([]Look, string, error) {
	if err := actor.Require(authz.SeeViews, authz.Scope{}); err != nil {
		return nil, "", err
	}
	var at time.Time
	var last [3]uuid.UUID
	more, err := database.DecodeCursor(f.Cursor, &at, &last[0], &last[1], &last[2])
	if err != nil {
		return nil, "", err
	}
	rows, err := s.db.Pool().Query(ctx, `
		select x.entry_id, e.reference, x.person_id, p.name, x.role, x.kind, coalesce(f.name, ''), x.first_at, x.last_at, x.times, x.thing_id
		from seen x join entries e on e.id = x.entry_id join people p on p.id = x.person_id
		left join files f on x.kind = 'file' and f.id = x.thing_id
		where ($2 = '' or lower(e.reference) = lower($2)) and ($3 = '' or position(lower($3) in lower(p.name || ' ' || p.email)) > 0)
		  and (not $4 or (x.last_at, x.entry_id, x.person_id, x.thing_id) < ($5, $6, $7, $8)) and `+authz.NotExcluded("x.entry_id", "$1")+`
		order by x.last_at desc, x.entry_id desc, x.person_id desc, x.thing_id desc limit $9`,
		actor.PersonID, f.Reference, f.Person, more, at, last[0], last[1], last[2], f.Limit+1)
	if err != nil {
		return nil, "", err
	}
	things := []uuid.UUID{}
	list, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (l Look, err error) {
		var thing uuid.UUID
		err = r.Scan(&l.Entry, &l.Reference, &l.Person, &l.Name, &l.Role, &l.Kind, &l.File, &l.First, &l.Last, &l.Times, &thing)
		things = append(things, thing)
		return l, err
	})
	if err != nil || len(list) <= f.Limit {
		return list, "", err
	}
	end := list[f.Limit-1]
	return list[:f.Limit], database.EncodeCursor(end.Last, end.Entry, end.Person, things[f.Limit-1]), nil
}

// Glance is what a team learns: that somebody with a role opened something on a day. Readers counts
// the people.
type Glance struct {
	Role    authz.Role
	Kind    Kind
	File    string
	Day     time.Time // in the lead city's zone, at midnight UTC of the same date
	Readers int
}

// ErrNotReleased says that the log opens with the results.
var ErrNotReleased = fault.New(fault.Conflict, "seen.not_released", "Who opened the entry is shown once the results are out.")

// OfEntry lists by role and day who opened an entry, for its team, once the results are out. Names
// and hours are left out: they would tell which juror read what.
func (s *Service) OfEntry(ctx context.Context, actor authz.Actor, id uuid.UUID) ([]Glance, error) {
	q := s.db.Pool()
	var team uuid.UUID
	var released bool
	err := q.QueryRow(ctx, `select e.team_id, c.released_at is not null from entries e join challenges c on c.id = e.challenge_id where e.id = $1`, id).
		Scan(&team, &released)
	if database.NotFound(err) {
		return nil, fault.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	if err := actor.Require(authz.SeeEntry, authz.Scope{Team: team, Entry: id}); err != nil {
		return nil, err
	}
	if !released {
		return nil, ErrNotReleased
	}
	rows, err := q.Query(ctx, `
		select x.role, x.kind, coalesce(f.name, ''), (x.hour at time zone y.time_zone)::date as day, count(distinct x.person_id)
		from seen x join entries e on e.id = x.entry_id join challenges c on c.id = e.challenge_id join cities y on y.id = c.lead_city_id
		left join files f on x.kind = 'file' and f.id = x.thing_id
		where x.entry_id = $1 group by 1, 2, 3, 4 order by day desc, 1, 2, 3`, id)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Glance])
}
