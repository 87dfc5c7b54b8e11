package identity

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// Person is an account as an admin sees it.
type Person struct {
	ID        uuid.UUID
	Email     string
	Name      string
	Language  lang.Tag
	Confirmed bool
	Disabled  bool
	Demo      bool
	Created   time.Time
	Grants    []Grant
}

// PeopleFilter narrows the list; zero values do not. Query is looked for in name and address.
type PeopleFilter struct {
	Query  string
	Role   authz.Role
	Cursor string
	Limit  int
}

const personColumns = `p.id, p.email, p.name, p.language, p.confirmed_at is not null, p.disabled_at is not null, p.demo, p.created_at`

func scanPerson(r pgx.CollectableRow) (Person, error) {
	var p Person
	err := r.Scan(&p.ID, &p.Email, &p.Name, &p.Language, &p.Confirmed, &p.Disabled, &p.Demo, &p.Created)
	return p, err
}

// People lists accounts by name.
func (s *Service) People(ctx context.Context, actor authz.Actor, f PeopleFilter) ([]Person, string, error) {
	if err := actor.Require(authz.ManagePeople, authz.Scope{}); err != nil {
		return nil, "", err
	}
	var name string
	var last uuid.UUID
	more, err := database.DecodeCursor(f.Cursor, &name, &last)
	if err != nil {
		return nil, "", err
	}
	pattern := ""
	if q := strings.TrimSpace(strings.ReplaceAll(f.Query, "\x00", "")); q != "" {
		pattern = "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(q)) + "%"
	}
	rows, err := s.db.Pool().Query(ctx, `select `+personColumns+` from people p
		where ($1 = '' or lower(p.name) like $1 or p.email like $1)
		and ($2 = '' or exists (select from grants g where g.person_id = p.id and g.role = $2 and (g.expires_at is null or g.expires_at > clock_timestamp())))
		and (not $3 or (lower(p.name), p.id) > ($4, $5))
		order by lower(p.name), p.id limit $6`, pattern, string(f.Role), more, name, last, f.Limit+1)
	if err != nil {
		return nil, "", err
	}
	list, err := pgx.CollectRows(rows, scanPerson)
	if err != nil {
		return nil, "", err
	}
	next := ""
	if len(list) > f.Limit {
		list = list[:f.Limit]
		end := list[len(list)-1]
		var key string // as the database folds it, which is not always as Go does
		if err := s.db.Pool().QueryRow(ctx, `select lower($1)`, end.Name).Scan(&key); err != nil {
			return nil, "", err
		}
		next = database.EncodeCursor(key, end.ID)
	}
	ids := make([]uuid.UUID, len(list))
	for i, p := range list {
		ids[i] = p.ID
	}
	grants, err := grantsOf(ctx, s.db.Pool(), ids)
	for i := range list {
		list[i].Grants = grants[list[i].ID]
	}
	return list, next, err
}

// Person reads one account.
func (s *Service) Person(ctx context.Context, actor authz.Actor, id uuid.UUID) (Person, error) {
	if err := actor.Require(authz.ManagePeople, authz.Scope{}); err != nil {
		return Person{}, err
	}
	rows, err := s.db.Pool().Query(ctx, `select `+personColumns+` from people p where p.id = $1`, id)
	if err != nil {
		return Person{}, err
	}
	p, err := pgx.CollectExactlyOneRow(rows, scanPerson)
	if database.NotFound(err) {
		return Person{}, fault.ErrNotFound
	}
	if err != nil {
		return Person{}, err
	}
	grants, err := grantsOf(ctx, s.db.Pool(), []uuid.UUID{id})
	p.Grants = grants[id]
	return p, err
}

// Ungrant takes a role outside teams away. The last admin keeps theirs.
func (s *Service) Ungrant(ctx context.Context, actor authz.Actor, grant uuid.UUID) error {
	if err := actor.Require(authz.ManagePeople, authz.Scope{}); err != nil {
		return err
	}
	return s.db.InTx(plain(ctx), func(tx database.Tx) error {
		if err := tx.Lock("identity: admins"); err != nil {
			return err
		}
		var role authz.Role
		var person uuid.UUID
		err := tx.Pgx().QueryRow(ctx, `delete from grants where id = $1 returning role, person_id`, grant).Scan(&role, &person)
		if database.NotFound(err) {
			return fault.ErrNotFound
		}
		if err != nil {
			return err
		}
		if isTeamRole(role) {
			return ErrTeamRole
		}
		if role == authz.Admin {
			if err := actor.RequireRecent(); err != nil {
				return err
			}
		}
		if err := s.note(tx, person, actor.PersonID, roleTaken, string(role)); err != nil {
			return err
		}
		return adminLeft(tx)
	})
}

// Disable closes an account and ends its sessions. The last admin's stays open.
func (s *Service) Disable(ctx context.Context, actor authz.Actor, person uuid.UUID) error {
	return s.setDisabled(ctx, actor, person, accountClosed, `update people set disabled_at = coalesce(disabled_at, clock_timestamp()) where id = $1`)
}

// Enable opens a closed account again; its sessions stay ended.
func (s *Service) Enable(ctx context.Context, actor authz.Actor, person uuid.UUID) error {
	return s.setDisabled(ctx, actor, person, accountOpened, `update people set disabled_at = null where id = $1`)
}

func (s *Service) setDisabled(ctx context.Context, actor authz.Actor, person uuid.UUID, what happening, update string) error {
	if err := actor.Require(authz.ManagePeople, authz.Scope{}); err != nil {
		return err
	}
	return s.db.InTx(plain(ctx), func(tx database.Tx) error {
		if err := tx.Lock("identity: admins"); err != nil {
			return err
		}
		tag, err := tx.Pgx().Exec(ctx, update, person)
		if err != nil {
			return err
		}
		if tag.RowsAffected() != 1 {
			return fault.ErrNotFound
		}
		if err := endSessions(tx, person, uuid.Nil, "account closed or opened"); err != nil {
			return err
		}
		if err := s.note(tx, person, actor.PersonID, what, ""); err != nil {
			return err
		}
		return adminLeft(tx)
	})
}

// adminLeft is ErrLastAdmin when the transaction would leave nobody who can sign in as an admin.
func adminLeft(tx database.Tx) error {
	var left bool
	err := tx.Pgx().QueryRow(tx.Context(), `select exists (select from grants g join people p on p.id = g.person_id
		where g.role = 'admin' and g.scope_kind = 'installation' and (g.expires_at is null or g.expires_at > clock_timestamp())
		and p.disabled_at is null and p.confirmed_at is not null)`).Scan(&left)
	if err == nil && !left {
		return ErrLastAdmin
	}
	return err
}
