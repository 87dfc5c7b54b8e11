// Package seen is the log of who opened which entry, file or review. Features note what they show to
// people outside an entry's team; admins read it by name, and the team, once its results are out, by
// role and day.
package seen

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
)

// Kind is what was opened.
type Kind string

// The kinds. A review is noted for the entry that it is about; a ranking is the entry's totals and
// place in the jury's order.
const (
	Entry   Kind = "entry"
	File    Kind = "file"
	Review  Kind = "review"
	Ranking Kind = "ranking"
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
		order by e -- two pages that open the same entries at once wait for each other in turn
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
