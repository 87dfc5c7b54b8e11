package city

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// Testbed is something to try in. Gives has any of the keys place, devices, data and apis.
type Testbed struct {
	ID       uuid.UUID
	Slug     string
	Pilot    string // number of the pilot it comes from, or empty
	UseCase  int    // 0: none
	Provider string // set when a provider, not a city, offers it
	Partner  string // responsible for it
	Name     lang.Text
	Summary  lang.Text // Markdown
	Gives    map[string]lang.Text
	Capacity int  // trials side by side in one slot
	Open     bool // to contests
	Cities   []uuid.UUID
	Slots    []Slot
	Version  int
}

// Slot is a time in which a testbed can be used in one of its cities. Both days belong to it; they
// are days of the city's calendar, at midnight UTC here.
type Slot struct {
	ID       uuid.UUID
	CityID   uuid.UUID
	StartsOn time.Time
	EndsOn   time.Time
}

// Gifts lists the keys of Gives in the order they are shown.
var Gifts = []string{"place", "devices", "data", "apis"}

// ErrTestbedSlug says that a testbed with this short name exists.
var ErrTestbedSlug = database.Constraint("testbeds_slug", fault.New(fault.Conflict, "testbed.exists", "There is a testbed with this short name already."))

// Scope is where the testbed lies: an official of any of its cities may work on it.
func (t Testbed) Scope() authz.Scope { return authz.Scope{Cities: t.Cities} }

const selectTestbed = `
	select b.id, b.slug, b.pilot, coalesce(b.use_case, 0), b.provider, b.partner, b.name, b.summary, b.gives, b.capacity, b.open, b.version,
	       (select array_agg(tc.city_id order by tc.position) from testbed_cities tc where tc.testbed_id = b.id),
	       (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'city', s.city_id, 'starts', s.starts_on, 'ends', s.ends_on)
	               order by s.starts_on, s.ends_on, s.id), '[]') from slots s where s.testbed_id = b.id)
	from testbeds b `

// Testbeds reads the testbeds with these ids, in the order of their pilots and names, by one query.
func Testbeds(ctx context.Context, q database.Queryer, ids []uuid.UUID) ([]Testbed, error) {
	return queryTestbeds(ctx, q, selectTestbed+"where b.id = any($1) order by b.pilot, b.slug", ids)
}

// Testbeds lists all testbeds, or those of the city with a slug.
func (s *Service) Testbeds(ctx context.Context, city string) ([]Testbed, error) {
	return queryTestbeds(ctx, s.db.Pool(), selectTestbed+`where $1 = '' or exists (select from testbed_cities tc
		join cities c on c.id = tc.city_id where tc.testbed_id = b.id and c.slug = $1) order by b.pilot = '', b.pilot, b.slug`, city)
}

// Testbed reads one testbed.
func (s *Service) Testbed(ctx context.Context, id uuid.UUID) (Testbed, error) {
	return testbed(ctx, s.db.Pool(), id)
}

func testbed(ctx context.Context, q database.Queryer, id uuid.UUID) (Testbed, error) {
	found, err := Testbeds(ctx, q, []uuid.UUID{id})
	if err == nil && len(found) == 0 {
		err = fault.ErrNotFound
	}
	if err != nil {
		return Testbed{}, err
	}
	return found[0], nil
}

func queryTestbeds(ctx context.Context, q database.Queryer, sql string, args ...any) ([]Testbed, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (Testbed, error) {
		var t Testbed
		var gives, slots []byte
		if err := r.Scan(&t.ID, &t.Slug, &t.Pilot, &t.UseCase, &t.Provider, &t.Partner, &t.Name, &t.Summary, &gives, &t.Capacity,
			&t.Open, &t.Version, &t.Cities, &slots); err != nil {
			return t, err
		}
		if err := json.Unmarshal(gives, &t.Gives); err != nil {
			return t, err
		}
		return t, json.Unmarshal(slots, &t.Slots)
	})
}

// UnmarshalJSON reads a slot as selectTestbed writes it.
func (s *Slot) UnmarshalJSON(b []byte) error {
	var raw struct {
		ID, City     uuid.UUID
		Starts, Ends string
	}
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	s.ID, s.CityID = raw.ID, raw.City
	var err error
	if s.StartsOn, err = time.Parse(time.DateOnly, raw.Starts); err != nil {
		return err
	}
	s.EndsOn, err = time.Parse(time.DateOnly, raw.Ends)
	return err
}

func (t Testbed) check() error {
	var v fault.Check
	v.That(t.Slug != "", "/slug", "required")
	v.That(t.Slug == "" || slugForm.MatchString(t.Slug), "/slug", "malformed")
	checkText(&v, t.Name, "/name", true, 200)
	checkText(&v, t.Summary, "/summary", false, 4000)
	for _, k := range Gifts {
		checkText(&v, t.Gives[k], "/gives/"+k, false, 1000)
	}
	v.That(t.Capacity >= 1, "/capacity", "too_small", "min", 1)
	v.That(len(t.Cities) > 0, "/cityIds", "required")
	return v.Err()
}
