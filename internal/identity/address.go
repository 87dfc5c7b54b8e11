package identity

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/notify"
)

// AddressOf gives where to write to a person, whether or not the address is confirmed. An unknown
// person is fault.ErrNotFound at the boundary (pgx.ErrNoRows here).
func AddressOf(ctx context.Context, q database.Queryer, person uuid.UUID) (notify.Address, error) {
	a := notify.Address{Person: person}
	err := q.QueryRow(ctx, `select email, language from people where id = $1`, person).Scan(&a.Email, (*string)(&a.Language))
	return a, err
}

// Holders gives the addresses of those who hold one of the roles in exactly this scope: confirmed
// and not disabled, in the order of their accounts. id is ignored for the installation.
func Holders(ctx context.Context, q database.Queryer, kind authz.Kind, id uuid.UUID, roles ...authz.Role) ([]notify.Address, error) {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = string(r)
	}
	var scope any
	if kind != authz.Installation {
		scope = id
	}
	rows, err := q.Query(ctx, `
		select p.id, p.email, p.language from people p
		where p.confirmed_at is not null and p.disabled_at is null and exists (
			select from grants g where g.person_id = p.id and g.role = any($1) and g.scope_kind = $2
			and g.scope_id is not distinct from $3::uuid and (g.expires_at is null or g.expires_at > clock_timestamp()))
		order by p.id`, names, string(kind), scope)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (notify.Address, error) {
		var a notify.Address
		var l string
		err := r.Scan(&a.Person, &a.Email, &l)
		a.Language = lang.Tag(l)
		return a, err
	})
}
