package seen

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// Look is one line of the log. Name and Role are those of the reader; File is the name of a file.
type Look struct {
	Entry     uuid.UUID
	Reference string
	Challenge uuid.UUID
	Person    uuid.UUID
	Name      string
	Role      authz.Role
	Kind      Kind
	File      string
	First     time.Time
	Last      time.Time
	Times     int
}

// Filter narrows the log; zero values do not. Person is a part of a reader's name or address, Thing
// of an entry's reference, a team's or a file's name. What was opened at From or later and before
// Until is shown. Sort is one of the orders below; "" is the latest first.
type Filter struct {
	Person, Thing string
	Kind          Kind
	From, Until   *time.Time
	Sort          string
	Cursor        string
	Limit         int
}

// order is one way to sort: by the last time, or by a text.
type order struct{ text, way, next string }

var orders = map[string]order{
	"":          {"", "desc", "<"},
	"latest":    {"", "desc", "<"},
	"earliest":  {"", "asc", ">"},
	"person":    {"lower(p.name)", "asc", ">"},
	"reference": {"e.reference", "asc", ">"},
}

// place is where a page ends: what sorts, and what tells rows apart.
type place struct {
	Last                 time.Time
	Text                 string
	Entry, Person, Thing uuid.UUID
	Kind, Role           string
	Hour                 time.Time
}

// Log lists who saw what, for admins. What the actor is excluded from is not in it.
func (s *Service) Log(ctx context.Context, actor authz.Actor, f Filter) ([]Look, string, error) {
	if err := actor.Require(authz.SeeViews, authz.Scope{}); err != nil {
		return nil, "", err
	}
	o, known := orders[f.Sort]
	if !known {
		return nil, "", fault.ErrInvalid.At("/sort", "not_a_choice", nil)
	}
	var at place
	more, err := database.DecodeCursor(f.Cursor, &at)
	if err != nil {
		return nil, "", err
	}
	by, key := "x.last_at", any(at.Last)
	if o.text != "" {
		by, key = o.text, at.Text
	}
	rows, err := s.db.Pool().Query(ctx, `
		select x.entry_id, e.reference, e.challenge_id, x.person_id, p.name, x.role, x.kind, coalesce(f.name, ''), x.first_at, x.last_at, x.times,
		       x.thing_id, x.hour, (`+by+`)::text
		from seen x join entries e on e.id = x.entry_id join teams t on t.id = e.team_id join people p on p.id = x.person_id
		left join files f on x.kind = 'file' and f.id = x.thing_id
		where ($2 = '' or position($2 in lower(p.name || ' ' || p.email)) > 0)
		  and ($3 = '' or position($3 in lower(e.reference || ' ' || t.name || ' ' || t.latin_name || ' ' || coalesce(f.name, ''))) > 0)
		  and ($4 = '' or x.kind = $4) and ($5::timestamptz is null or x.last_at >= $5) and ($6::timestamptz is null or x.first_at < $6)
		  and (not $7 or (`+by+`, x.entry_id, x.person_id, x.thing_id, x.kind, x.role, x.hour) `+o.next+` ($8, $9, $10, $11, $12, $13, $14))
		  and `+authz.NotExcluded("x.entry_id", "$1")+`
		order by `+strings.Join([]string{by, "x.entry_id", "x.person_id", "x.thing_id", "x.kind", "x.role", "x.hour"}, " "+o.way+", ")+" "+o.way+` limit $15`,
		actor.PersonID, folded(f.Person), folded(f.Thing), string(f.Kind), f.From, f.Until,
		more, key, at.Entry, at.Person, at.Thing, at.Kind, at.Role, at.Hour, f.Limit+1)
	if err != nil {
		return nil, "", err
	}
	ends := []place{}
	list, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (l Look, err error) {
		var e place
		err = r.Scan(&l.Entry, &l.Reference, &l.Challenge, &l.Person, &l.Name, &l.Role, &l.Kind, &l.File, &l.First, &l.Last, &l.Times, &e.Thing, &e.Hour, &e.Text)
		e.Last, e.Entry, e.Person, e.Kind, e.Role = l.Last, l.Entry, l.Person, string(l.Kind), string(l.Role)
		ends = append(ends, e)
		return l, err
	})
	if err != nil || len(list) <= f.Limit {
		return list, "", err
	}
	return list[:f.Limit], database.EncodeCursor(ends[f.Limit-1]), nil
}

// folded is what somebody searches for, as the database compares it.
func folded(s string) string {
	return strings.ToLower(strings.TrimSpace(strings.ReplaceAll(s, "\x00", "")))
}
