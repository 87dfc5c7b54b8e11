package authz

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// ErrGranted says that the person already has this role there.
var ErrGranted = database.Constraint("grants_once", fault.New(fault.Conflict, "grant.exists", "This person already has this role."))

// Load reads a person's grants and exclusions as they are now. It reports false when the person
// does not exist, is disabled, or the session is not open any more.
func Load(ctx context.Context, pool *pgxpool.Pool, person, session uuid.UUID) (Actor, bool, error) {
	a := Actor{PersonID: person, SessionID: session, Excluded: map[uuid.UUID]bool{}}
	var open bool
	rows, err := pool.Query(ctx, `
		select p.name, p.email, p.language, p.confirmed_at is not null, p.demo,
		       p.disabled_at is null and s.id is not null, coalesce(s.factor, false),
		       coalesce(s.proved_at > clock_timestamp() - interval '15 minutes', false),
		       coalesce(g.role, ''), coalesce(g.scope_kind, ''), g.scope_id, null::uuid
		from people p left join sessions s on s.id = $2 and s.person_id = p.id and s.revoked_at is null
		left join grants g on g.person_id = p.id and (g.expires_at is null or g.expires_at > clock_timestamp())
		  and not (g.role in ('juror', 'chair') and g.scope_kind = 'contest' and contest_ended(g.scope_id))
		where p.id = $1
		union all
		select '', '', '', false, false, false, false, false, '', '', null, entry_id from exclusions where person_id = $1`, person, session)
	if err != nil {
		return Actor{}, false, err
	}
	defer rows.Close()
	found := false
	for rows.Next() {
		var name, email, language, role, kind string
		var confirmed, demo, live, factor, recent bool
		var scope, excluded *uuid.UUID
		if err := rows.Scan(&name, &email, &language, &confirmed, &demo, &live, &factor, &recent, &role, &kind, &scope, &excluded); err != nil {
			return Actor{}, false, err
		}
		if excluded != nil {
			a.Excluded[*excluded] = true
			continue
		}
		found, open = true, live
		a.Name, a.Email, a.Language, a.Confirmed, a.Demo = name, email, language, confirmed, demo
		a.Factor, a.Recent = factor, recent
		if role != "" {
			g := Grant{Role: Role(role), Kind: Kind(kind)}
			if scope != nil {
				g.ID = *scope
			}
			a.Grants = append(a.Grants, g)
		}
	}
	if err := rows.Err(); err != nil {
		return Actor{}, false, err
	}
	return a, found && open, nil
}

// Give grants a role. expires may be zero. Granting twice changes nothing.
func Give(tx database.Tx, person uuid.UUID, g Grant, by uuid.UUID, expires time.Time) error {
	var scope, granter any
	if g.Kind != Installation {
		scope = g.ID
	}
	if by != uuid.Nil {
		granter = by
	}
	var until any
	if !expires.IsZero() {
		until = expires
	}
	_, err := tx.Pgx().Exec(tx.Context(), `insert into grants (id, person_id, role, scope_kind, scope_id, granted_by, expires_at)
		values ($1,$2,$3,$4,$5,$6,$7) on conflict on constraint grants_once do nothing`,
		uuid.Must(uuid.NewV7()), person, string(g.Role), string(g.Kind), scope, granter, until)
	return err
}

// Exclude makes the person blind for an entry everywhere: kind is "conflict" or "recusal".
func Exclude(tx database.Tx, person, entry uuid.UUID, kind, reason string) error {
	_, err := tx.Pgx().Exec(tx.Context(), `insert into exclusions (person_id, entry_id, kind, reason)
		values ($1,$2,$3,$4) on conflict (person_id, entry_id) do nothing`, person, entry, kind, reason)
	return err
}

// NotExcluded is the condition that every list of entries ends with, for SQL in which the entry's
// id is the given column and the actor's id is the given placeholder.
func NotExcluded(entryColumn, actorPlaceholder string) string {
	// The alias is one that no query around it has: a column of the same name would mean this one.
	return " not exists (select from exclusions no_look where no_look.entry_id = " + entryColumn + " and no_look.person_id = " + actorPlaceholder + ") "
}
