package team

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// Get reads a team of the actor's.
func (s *Service) Get(ctx context.Context, actor authz.Actor, id uuid.UUID) (Team, error) {
	if err := actor.Require(authz.SeeTeam, authz.Scope{Team: id}); err != nil {
		return Team{}, err
	}
	list, err := s.read(ctx, actor, []uuid.UUID{id}, nil, 1)
	if err != nil {
		return Team{}, err
	}
	if len(list) == 0 {
		return Team{}, fault.ErrNotFound
	}
	return list[0], nil
}

// List lists the actor's teams, newest first, in four queries however many there are.
func (s *Service) List(ctx context.Context, actor authz.Actor, cursor string, limit int) ([]Team, string, error) {
	var before *uuid.UUID
	var at uuid.UUID
	more, err := database.DecodeCursor(cursor, &at)
	if err != nil {
		return nil, "", err
	}
	if more {
		before = &at
	}
	list, err := s.read(ctx, actor, actor.IDs(authz.Team, authz.TeamRoles...), before, limit+1)
	if err != nil || len(list) <= limit {
		return list, "", err
	}
	return list[:limit], database.EncodeCursor(list[limit-1].ID), nil
}

func (s *Service) read(ctx context.Context, actor authz.Actor, ids []uuid.UUID, before *uuid.UUID, limit int) ([]Team, error) {
	q := s.db.Pool()
	rows, err := q.Query(ctx, `select id, name, latin_name, kind, country, city, website, partners, version, created_at
		from teams where id = any($1) and ($2::uuid is null or id < $2) order by id desc limit $3`, ids, before, limit)
	if err != nil {
		return nil, err
	}
	list, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (Team, error) {
		t := Team{Members: []Member{}, Invitations: []Invited{}}
		err := r.Scan(&t.ID, &t.Name, &t.LatinName, &t.Kind, &t.Country, &t.City, &t.Website, &t.Partners, &t.Version, &t.CreatedAt)
		t.Allowed = actor.Allowed(authz.Scope{Team: t.ID}, authz.SeeTeam, authz.EditTeam, authz.CreateEntry)
		return t, err
	})
	if err != nil {
		return nil, err
	}
	at := map[uuid.UUID]*Team{}
	for i := range list {
		at[list[i].ID] = &list[i]
	}
	members, err := q.Query(ctx, `select g.scope_id, p.id, p.name, g.role, g.created_at from grants g join people p on p.id = g.person_id
		where g.scope_kind = 'team' and g.scope_id = any($1) and (g.expires_at is null or g.expires_at > clock_timestamp())
		order by g.created_at, p.id`, ids)
	if err != nil {
		return nil, err
	}
	var team uuid.UUID
	var m Member
	if _, err := pgx.ForEachRow(members, []any{&team, &m.PersonID, &m.Name, &m.Role, &m.Since}, func() error {
		if t := at[team]; t != nil {
			t.Members = append(t.Members, m)
		}
		return nil
	}); err != nil {
		return nil, err
	}
	open, err := q.Query(ctx, `select scope_id, id, email, role, sent_at, expires_at, expires_at <= clock_timestamp() from invitations
		where scope_kind = 'team' and scope_id = any($1) and accepted_at is null and declined_at is null and revoked_at is null
		order by created_at`, ids)
	if err != nil {
		return nil, err
	}
	var i Invited
	_, err = pgx.ForEachRow(open, []any{&team, &i.ID, &i.Email, &i.Role, &i.SentAt, &i.ExpiresAt, &i.Expired}, func() error {
		if t := at[team]; t != nil && actor.May(authz.EditTeam, authz.Scope{Team: team}) { // addresses are the owners' business
			t.Invitations = append(t.Invitations, i)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return list, transfers(ctx, q, actor, ids, at)
}

// transfers puts open offers of ownership where owners and the one who is asked see them.
func transfers(ctx context.Context, q database.Queryer, actor authz.Actor, ids []uuid.UUID, at map[uuid.UUID]*Team) error {
	rows, err := q.Query(ctx, `select x.team_id, x.from_id, x.to_id, f.name, t.name, x.expires_at
		from team_transfers x join people f on f.id = x.from_id join people t on t.id = x.to_id
		where x.team_id = any($1) and x.outcome is null and x.expires_at > clock_timestamp()`, ids)
	if err != nil {
		return err
	}
	var team uuid.UUID
	var x Transfer
	_, err = pgx.ForEachRow(rows, []any{&team, &x.From, &x.To, &x.FromName, &x.ToName, &x.Expires}, func() error {
		if t := at[team]; t != nil && (x.To == actor.PersonID || actor.May(authz.EditTeam, authz.Scope{Team: team})) {
			offer := x
			t.Transfer = &offer
		}
		return nil
	})
	return err
}
