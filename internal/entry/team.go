package entry

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"golang.org/x/text/unicode/norm"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/lang"
)

// Team is a team as its members see it.
type Team struct {
	ID          uuid.UUID
	Name        string
	LatinName   string
	Kind        string
	Country     string
	City        string
	Website     string
	Version     int
	CreatedAt   time.Time
	Members     []Member
	Invitations []Invited
	Allowed     []authz.Action
}

// Member is one person of a team.
type Member struct {
	PersonID uuid.UUID
	Name     string
	Role     authz.Role
}

// Invited is an invitation that is still open.
type Invited struct {
	Email     string
	Role      authz.Role
	ExpiresAt time.Time
}

// TeamForm is what a team says of itself. Kind is startup, company, university, group or person;
// Country is ISO 3166-1 alpha-2; Source says where it heard of the contest.
type TeamForm struct {
	Name, LatinName, Kind, Country, City, Website, Source string
}

// TeamEdit changes what is not nil.
type TeamEdit struct {
	Name, LatinName, Kind, Country, City, Website *string
}

var teamRoles = []authz.Role{authz.TeamOwner, authz.TeamEditor, authz.TeamViewer}

// CreateTeam makes a team that the actor owns.
func (s *Service) CreateTeam(ctx context.Context, actor authz.Actor, f TeamForm) (Team, error) {
	if err := actor.Require(authz.CreateTeam, authz.Scope{}); err != nil {
		return Team{}, err
	}
	if err := f.tidy(); err != nil {
		return Team{}, err
	}
	id := uuid.Must(uuid.NewV7())
	own := authz.Grant{Role: authz.TeamOwner, Kind: authz.Team, ID: id}
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		tx.Remember(id.String())
		if _, err := tx.Pgx().Exec(ctx, `insert into teams (id, name, latin_name, kind, country, city, website, source, created_by)
			values ($1,$2,$3,$4,$5,$6,$7,$8,$9)`, id, f.Name, f.LatinName, f.Kind, f.Country, f.City, f.Website, f.Source, actor.PersonID); err != nil {
			return err
		}
		return authz.Give(tx, actor.PersonID, own, actor.PersonID, time.Time{})
	})
	if first, again := database.Replayed(err); again {
		if id, err = uuid.Parse(first); err != nil {
			return Team{}, fault.ErrNotFound
		}
		// A repeat that raced the first was let in before the team was there: the roles are read anew.
		if actor, _, err = authz.Load(ctx, s.db.Pool(), actor.PersonID, actor.SessionID); err != nil {
			return Team{}, err
		}
		return s.Team(ctx, actor, id)
	}
	if err != nil {
		return Team{}, err
	}
	actor.Grants = append(actor.Grants[:len(actor.Grants):len(actor.Grants)], own)
	return s.Team(ctx, actor, id)
}

func (f *TeamForm) tidy() error {
	for _, p := range []*string{&f.Name, &f.LatinName, &f.City, &f.Website, &f.Source} {
		*p = line(*p)
	}
	var c fault.Check
	c.That(f.Name != "", "/name", "required")
	c.That(Chars(f.Name) <= 200, "/name", "too_long", "max", 200)
	c.That(Chars(f.LatinName) <= 200, "/latinName", "too_long", "max", 200)
	c.That(f.Website == "" || isWebAddress(f.Website), "/website", "malformed")
	c.That(isCountry(f.Country), "/country", "not_a_choice")
	return c.Err()
}

// line brings one line of typed text into its stored form.
func line(s string) string { return strings.Join(strings.Fields(norm.NFC.String(tidy("", s))), " ") }

// Team reads a team of the actor's.
func (s *Service) Team(ctx context.Context, actor authz.Actor, id uuid.UUID) (Team, error) {
	if err := actor.Require(authz.SeeTeam, authz.Scope{Team: id}); err != nil {
		return Team{}, err
	}
	list, err := s.teams(ctx, actor, []uuid.UUID{id}, nil, 1)
	if err != nil {
		return Team{}, err
	}
	if len(list) == 0 {
		return Team{}, fault.ErrNotFound
	}
	return list[0], nil
}

// ListTeams lists the actor's teams, newest first, in three queries however many there are.
func (s *Service) ListTeams(ctx context.Context, actor authz.Actor, cursor string, limit int) ([]Team, string, error) {
	var before *uuid.UUID
	var at uuid.UUID
	more, err := database.DecodeCursor(cursor, &at)
	if err != nil {
		return nil, "", err
	}
	if more {
		before = &at
	}
	list, err := s.teams(ctx, actor, actor.IDs(authz.Team, teamRoles...), before, limit+1)
	if err != nil || len(list) <= limit {
		return list, "", err
	}
	return list[:limit], database.EncodeCursor(list[limit-1].ID), nil
}

func (s *Service) teams(ctx context.Context, actor authz.Actor, ids []uuid.UUID, before *uuid.UUID, limit int) ([]Team, error) {
	q := s.db.Pool()
	rows, err := q.Query(ctx, `select id, name, latin_name, kind, country, city, website, version, created_at
		from teams where id = any($1) and ($2::uuid is null or id < $2) order by id desc limit $3`, ids, before, limit)
	if err != nil {
		return nil, err
	}
	list, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (Team, error) {
		t := Team{Members: []Member{}, Invitations: []Invited{}}
		err := r.Scan(&t.ID, &t.Name, &t.LatinName, &t.Kind, &t.Country, &t.City, &t.Website, &t.Version, &t.CreatedAt)
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
	members, err := q.Query(ctx, `select g.scope_id, p.id, p.name, g.role from grants g join people p on p.id = g.person_id
		where g.scope_kind = 'team' and g.scope_id = any($1) and (g.expires_at is null or g.expires_at > clock_timestamp())
		order by g.created_at, p.id`, ids)
	if err != nil {
		return nil, err
	}
	var team uuid.UUID
	var m Member
	if _, err := pgx.ForEachRow(members, []any{&team, &m.PersonID, &m.Name, &m.Role}, func() error {
		if t := at[team]; t != nil {
			t.Members = append(t.Members, m)
		}
		return nil
	}); err != nil {
		return nil, err
	}
	open, err := q.Query(ctx, `select scope_id, email, role, expires_at from invitations
		where scope_kind = 'team' and scope_id = any($1) and accepted_at is null and declined_at is null and revoked_at is null
		  and expires_at > clock_timestamp() order by created_at`, ids)
	if err != nil {
		return nil, err
	}
	var i Invited
	_, err = pgx.ForEachRow(open, []any{&team, &i.Email, &i.Role, &i.ExpiresAt}, func() error {
		if t := at[team]; t != nil && actor.May(authz.EditTeam, authz.Scope{Team: team}) { // addresses are the owners' business
			t.Invitations = append(t.Invitations, i)
		}
		return nil
	})
	return list, err
}

// EditTeam changes a team at the version that was read; fault.ErrStale when somebody was faster.
func (s *Service) EditTeam(ctx context.Context, actor authz.Actor, id uuid.UUID, version int, e TeamEdit) (Team, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		if err := actor.Require(authz.EditTeam, authz.Scope{Team: id}); err != nil {
			return err
		}
		var f TeamForm
		var now int
		err := tx.Pgx().QueryRow(ctx, `select name, latin_name, kind, country, city, website, version from teams where id = $1 for update`, id).
			Scan(&f.Name, &f.LatinName, &f.Kind, &f.Country, &f.City, &f.Website, &now)
		if database.NotFound(err) {
			return fault.ErrNotFound
		}
		if err != nil {
			return err
		}
		if now != version {
			return fault.ErrStale
		}
		for to, from := range map[*string]*string{&f.Name: e.Name, &f.LatinName: e.LatinName, &f.Kind: e.Kind,
			&f.Country: e.Country, &f.City: e.City, &f.Website: e.Website} {
			if from != nil {
				*to = *from
			}
		}
		if err := f.tidy(); err != nil {
			return err
		}
		_, err = tx.Pgx().Exec(ctx, `update teams set name = $2, latin_name = $3, kind = $4, country = $5, city = $6, website = $7,
			version = version + 1 where id = $1`, id, f.Name, f.LatinName, f.Kind, f.Country, f.City, f.Website)
		return err
	})
	if err != nil {
		return Team{}, err
	}
	return s.Team(ctx, actor, id)
}

// InviteMember writes to somebody and offers a role in the team: team_viewer, team_editor or
// team_owner. An empty language is the inviter's.
func (s *Service) InviteMember(ctx context.Context, actor authz.Actor, id uuid.UUID, n identity.NewInvitation) (Team, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		if err := actor.Require(authz.EditTeam, authz.Scope{Team: id}); err != nil {
			return err
		}
		n.Kind, n.ScopeID = authz.Team, id
		n.Language = n.Language.Or(lang.Tag(actor.Language))
		if !slices.Contains(teamRoles, n.Role) {
			return fault.ErrInvalid.At("/role", "not_a_choice", nil)
		}
		tx.Remember(id.String())
		_, err := identity.Invite(tx, n, actor.PersonID)
		return err
	})
	if err := done(err); err != nil {
		return Team{}, err
	}
	return s.Team(ctx, actor, id)
}
