package pitch

import (
	"context"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// Invitation is what a team learns: when and where its entry pitches, and by what it is scored. Pitch is
// its mean total, once the results are out.
type Invitation struct {
	At    time.Time
	Place string
	Zone  string
	Plan  Plan
	Pitch *float64
}

// Invitation reads an entry's own invitation for its team. Who is not invited gets nil, as where there is
// no pitch round at all.
func (s *Service) Invitation(ctx context.Context, actor authz.Actor, entry uuid.UUID) (*Invitation, error) {
	q := s.db.Pool()
	var challenge, team uuid.UUID
	err := q.QueryRow(ctx, `select challenge_id, team_id from entries where id = $1`, entry).Scan(&challenge, &team)
	if database.NotFound(err) {
		return nil, fault.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	if err := actor.Require(authz.SeeEntry, authz.Scope{Team: team, Entry: entry}); err != nil {
		return nil, err
	}
	c, err := contest.Load(ctx, q, challenge)
	if err != nil {
		return nil, err
	}
	out := Invitation{Zone: c.Zone}
	err = q.QueryRow(ctx, `select at, place from pitch_entries where entry_id = $1 and invited`, entry).Scan(&out.At, &out.Place)
	if database.NotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if out.Plan, err = loadPlan(ctx, q, challenge); err != nil || c.ReleasedAt == nil {
		return &out, err
	}
	r, err := result(ctx, q, challenge)
	if r != nil {
		out.Pitch = r.ByEntry()[entry].Pitch
	}
	return &out, err
}
