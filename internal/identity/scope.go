package identity

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// scopesOf says where each role can hold.
var scopesOf = map[authz.Role][]authz.Kind{
	authz.Admin:         {authz.Installation},
	authz.Manager:       {authz.Installation},
	authz.Official:      {authz.City},
	authz.Translator:    {authz.City, authz.Contest, authz.Challenge},
	authz.Juror:         {authz.Contest},
	authz.Chair:         {authz.Contest},
	authz.Auditor:       {authz.Contest},
	authz.TeamOwner:     {authz.Team},
	authz.TeamSubmitter: {authz.Team},
	authz.TeamEditor:    {authz.Team},
	authz.TeamViewer:    {authz.Team},
}

// Scope is where a role holds, with the name people know it by. The installation has none.
type Scope struct {
	Kind authz.Kind
	ID   uuid.UUID
	Name lang.Text
}

// Grant is one role of a person.
type Grant struct {
	ID      uuid.UUID
	Role    authz.Role
	Scope   Scope
	Expires *time.Time
}

// scopeName is the SQL of a scope's name as jsonb, for a row whose columns are <t>.scope_kind and
// <t>.scope_id. A team's name is the same in every language.
func scopeName(t string) string {
	return `coalesce(case ` + t + `.scope_kind
		when 'city' then (select name from cities where id = ` + t + `.scope_id)
		when 'contest' then (select title from contests where id = ` + t + `.scope_id)
		when 'challenge' then (select jsonb_object_agg(language, title) from challenge_texts where challenge_id = ` + t + `.scope_id and title <> '')
		when 'team' then (select jsonb_build_object('en', name, 'es', name, 'ja', name) from teams where id = ` + t + `.scope_id)
		end, '{}'::jsonb)`
}

// nameOfScope gives the scope with its name, and fault.ErrNotFound's kind of nothing as false when
// there is no such thing.
func nameOfScope(ctx context.Context, q database.Queryer, kind authz.Kind, id uuid.UUID) (Scope, bool, error) {
	s := Scope{Kind: kind, ID: id}
	if kind == authz.Installation {
		s.ID = uuid.Nil
		return s, true, nil
	}
	err := q.QueryRow(ctx, `select `+scopeName("x")+` from (select $1::text as scope_kind, $2::uuid as scope_id) x`, string(kind), id).Scan(&s.Name)
	return s, len(s.Name) > 0, err
}

// checkScope records whether the role can hold in a scope of this kind.
func checkScope(c *fault.Check, role authz.Role, kind authz.Kind, id uuid.UUID) {
	kinds, known := scopesOf[role]
	c.That(known, "/role", "not_a_choice")
	fits := false
	for _, k := range kinds {
		fits = fits || k == kind
	}
	c.That(!known || fits, "/scopeKind", "not_a_choice")
	c.That((kind == authz.Installation) == (id == uuid.Nil), "/scopeId", "required")
}

// authzScope is the place in terms of the policy table.
func authzScope(kind authz.Kind, id uuid.UUID) authz.Scope {
	switch kind {
	case authz.City:
		return authz.Scope{Cities: []uuid.UUID{id}}
	case authz.Contest:
		return authz.Scope{Contest: id}
	case authz.Challenge:
		return authz.Scope{Challenge: id}
	case authz.Team:
		return authz.Scope{Team: id}
	}
	return authz.Scope{}
}

// actionToGive is what somebody must be allowed to do to give, offer or take away a role.
func actionToGive(role authz.Role) authz.Action {
	if role == authz.Juror {
		return authz.InviteJurors
	}
	return authz.ManagePeople
}

func isTeamRole(r authz.Role) bool {
	return slices.Contains(authz.TeamRoles, r)
}

// grantsOf gives the roles of persons that hold now, with the names of their scopes.
func grantsOf(ctx context.Context, q database.Queryer, people []uuid.UUID) (map[uuid.UUID][]Grant, error) {
	rows, err := q.Query(ctx, `select g.person_id, g.id, g.role, g.scope_kind, g.scope_id, g.expires_at, `+scopeName("g")+`
		from grants g where g.person_id = any($1) and (g.expires_at is null or g.expires_at > clock_timestamp())
		order by g.created_at, g.id`, people)
	if err != nil {
		return nil, err
	}
	out := map[uuid.UUID][]Grant{}
	var person uuid.UUID
	var g Grant
	var scope *uuid.UUID
	_, err = pgx.ForEachRow(rows, []any{&person, &g.ID, &g.Role, &g.Scope.Kind, &scope, &g.Expires, &g.Scope.Name}, func() error {
		g.Scope.ID = uuid.Nil
		if scope != nil {
			g.Scope.ID = *scope
		}
		out[person] = append(out[person], g)
		g = Grant{}
		return nil
	})
	return out, err
}
