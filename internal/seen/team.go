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
