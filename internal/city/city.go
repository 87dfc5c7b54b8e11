// Package city holds the cities that host challenges, their testbeds and the slots in which these
// can be used.
package city

import (
	"context"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// City is a host. Position is the order of joining; it decides shape and colour on the page.
type City struct {
	ID       uuid.UUID
	Slug     string
	Name     lang.Text
	Country  string // ISO 3166-1 alpha-2
	Region   string // EU, JP or other
	Zone     string // IANA name
	Language lang.Tag
	Position int
	Version  int
}

// ErrSlugTaken says that a city with this short name exists.
var ErrSlugTaken = database.Constraint("cities_slug", fault.New(fault.Conflict, "city.exists", "There is a city with this short name already."))

const selectCity = `select id, slug, name, country, region, time_zone, language, position, version from cities `

// All lists every city in the order of joining. Hosts that only keep an archive are none.
func All(ctx context.Context, q database.Queryer) ([]City, error) {
	return query(ctx, q, selectCity+"where not archive order by position")
}

// ByID reads one city; fault.ErrNotFound when there is none.
func ByID(ctx context.Context, q database.Queryer, id uuid.UUID) (City, error) {
	found, err := query(ctx, q, selectCity+"where id = $1", id)
	if err == nil && len(found) == 0 {
		err = fault.ErrNotFound
	}
	if err != nil {
		return City{}, err
	}
	return found[0], nil
}

// ByIDs reads several cities, by id. Unknown ids are absent.
func ByIDs(ctx context.Context, q database.Queryer, ids []uuid.UUID) (map[uuid.UUID]City, error) {
	found, err := query(ctx, q, selectCity+"where id = any($1)", ids)
	out := make(map[uuid.UUID]City, len(found))
	for _, c := range found {
		out[c.ID] = c
	}
	return out, err
}

func query(ctx context.Context, q database.Queryer, sql string, args ...any) ([]City, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (City, error) {
		var c City
		err := r.Scan(&c.ID, &c.Slug, &c.Name, &c.Country, &c.Region, &c.Zone, &c.Language, &c.Position, &c.Version)
		return c, err
	})
}

var slugForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,62}$`)

// check is what must hold of every city.
func (c City) check() error {
	var v fault.Check
	v.That(c.Slug != "", "/slug", "required")
	v.That(c.Slug == "" || slugForm.MatchString(c.Slug), "/slug", "malformed")
	checkText(&v, c.Name, "/name", true, 120)
	v.That(len(c.Country) == 2, "/country", "required")
	v.That(c.Region == "EU" || c.Region == "JP" || c.Region == "other", "/region", "required")
	v.That(knownZone(c.Zone), "/timeZone", "not_a_choice")
	v.That(c.Language.Valid(), "/language", "required")
	return v.Err()
}

func checkText(v *fault.Check, t lang.Text, pointer string, required bool, most int) {
	some := false
	for l, s := range t {
		some = some || strings.TrimSpace(s) != ""
		v.That(utf8.RuneCountInString(s) <= most, pointer+"/"+string(l), "too_long", "max", most)
	}
	v.That(some || !required, pointer, "required")
}

func knownZone(name string) bool {
	if name == "" || name == "Local" {
		return false
	}
	_, err := time.LoadLocation(name)
	return err == nil
}
