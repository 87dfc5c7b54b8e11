package city

import (
	"context"
	"maps"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// Service adds and changes cities, testbeds and slots.
type Service struct{ db *database.DB }

// NewService works on a database.
func NewService(db *database.DB) *Service { return &Service{db} }

// Candidate is a city that could join, with the settings it would get.
type Candidate struct {
	Slug        string
	Name        lang.Text
	Country     string
	Region      string
	Zone        string
	Language    lang.Tag
	Via         string // the body through which it is known
	LocalIssues lang.Text
}

// New is a city to add. What is empty is taken from the candidate, then from the country.
type New struct {
	Candidate string // slug of a candidate, or empty
	Slug      string
	Name      lang.Text
	Country   string
	Region    string
	Zone      string
	Language  lang.Tag
}

// Change is what may change of a city; nil and empty leave a thing as it is.
type Change struct {
	Name     lang.Text
	Region   string
	Zone     string
	Language lang.Tag
}

// Cities lists every city.
func (s *Service) Cities(ctx context.Context) ([]City, error) { return All(ctx, s.db.Pool()) }

// City reads one city.
func (s *Service) City(ctx context.Context, id uuid.UUID) (City, error) {
	return ByID(ctx, s.db.Pool(), id)
}

// Candidates lists the cities that could join and have not.
func (s *Service) Candidates(ctx context.Context, actor authz.Actor) ([]Candidate, error) {
	if err := actor.Require(authz.ManageCities, authz.Scope{}); err != nil {
		return nil, err
	}
	return candidates(ctx, s.db.Pool(), "where not exists (select from cities c where c.slug = k.slug) order by slug")
}

func candidates(ctx context.Context, q database.Queryer, where string, args ...any) ([]Candidate, error) {
	rows, err := q.Query(ctx, `select slug, name, country, via, local_issues from city_candidates k `+where, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (Candidate, error) {
		var c Candidate
		err := r.Scan(&c.Slug, &c.Name, &c.Country, &c.Via, &c.LocalIssues)
		set := settingsOf(c.Country)
		c.Region, c.Zone, c.Language = set.region, set.zone, set.language
		return c, err
	})
}

// Join adds a city. Its position, and so its mark, is the next free one.
func (s *Service) Join(ctx context.Context, actor authz.Actor, n New) (City, error) {
	if err := actor.Require(authz.ManageCities, authz.Scope{}); err != nil {
		return City{}, err
	}
	var id uuid.UUID
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := n.fill(tx)
		if err != nil {
			return err
		}
		if err := Insert(tx, &c); err != nil {
			return err
		}
		id = c.ID
		tx.Remember(id.String())
		return nil
	})
	if was, replay := database.Replayed(err); replay {
		id, err = uuid.Parse(was)
	}
	if err != nil {
		return City{}, err
	}
	return s.City(ctx, id)
}

// fill completes what was not said from the candidate and the country.
func (n New) fill(tx database.Tx) (City, error) {
	c := City{Slug: n.Slug, Name: lang.Text{}, Country: n.Country, Region: n.Region, Zone: n.Zone, Language: n.Language}
	if n.Candidate != "" {
		found, err := candidates(tx.Context(), tx.Pgx(), "where slug = $1", n.Candidate)
		if err != nil {
			return c, err
		}
		if len(found) == 0 {
			return c, fault.ErrInvalid.At("/candidate", "unknown", nil)
		}
		maps.Copy(c.Name, found[0].Name)
		if c.Slug == "" {
			c.Slug = found[0].Slug
		}
		if c.Country == "" {
			c.Country = found[0].Country
		}
	}
	maps.Copy(c.Name, n.Name)
	set := settingsOf(c.Country)
	if c.Region == "" {
		c.Region = set.region
	}
	if c.Zone == "" {
		c.Zone = set.zone
	}
	c.Language = c.Language.Or(set.language)
	if c.Slug == "" {
		c.Slug = slugOf(c.Name)
	}
	return c, c.check()
}

// Insert writes a checked city at the next position and fills in ID, Position and Version.
func Insert(tx database.Tx, c *City) error {
	if err := tx.Lock("cities.position"); err != nil {
		return err
	}
	c.ID, c.Version = uuid.Must(uuid.NewV7()), 1
	return tx.Pgx().QueryRow(tx.Context(), `insert into cities (id, slug, name, country, region, time_zone, language, position)
		values ($1,$2,$3,$4,$5,$6,$7,(select coalesce(max(position) + 1, 0) from cities where not archive)) returning position`,
		c.ID, c.Slug, c.Name, c.Country, c.Region, c.Zone, string(c.Language)).Scan(&c.Position)
}

// Update changes a city that was read at a version; fault.ErrStale when it changed meanwhile.
func (s *Service) Update(ctx context.Context, actor authz.Actor, id uuid.UUID, version int, change Change) (City, error) {
	if err := actor.Require(authz.ManageCities, authz.Scope{}); err != nil {
		return City{}, err
	}
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := ByID(tx.Context(), tx.Pgx(), id)
		if err != nil {
			return err
		}
		if change.Name != nil {
			c.Name = change.Name
		}
		if change.Region != "" {
			c.Region = change.Region
		}
		if change.Zone != "" {
			c.Zone = change.Zone
		}
		c.Language = change.Language.Or(c.Language)
		if err := c.check(); err != nil {
			return err
		}
		tag, err := tx.Pgx().Exec(tx.Context(), `update cities set name = $3, region = $4, time_zone = $5, language = $6, version = version + 1
			where id = $1 and version = $2`, id, version, c.Name, c.Region, c.Zone, string(c.Language))
		if err == nil && tag.RowsAffected() != 1 {
			err = fault.ErrStale
		}
		return err
	})
	if err != nil {
		return City{}, err
	}
	return s.City(ctx, id)
}

// slugOf makes a short name from the name in Latin letters; empty when there is none.
func slugOf(name lang.Text) string {
	for _, l := range []lang.Tag{lang.EN, lang.ES} {
		if s := Slug(name[l]); s != "" {
			return s
		}
	}
	return ""
}

// Slug makes a short name for an address from Latin letters and digits, at most 63 long.
func Slug(name string) string {
	var b strings.Builder
	for _, r := range unaccented(strings.ToLower(name)) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	s := b.String()
	if len(s) > 63 {
		s = s[:63]
	}
	return strings.Trim(s, "-")
}
