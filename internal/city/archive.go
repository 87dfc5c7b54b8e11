package city

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// firstArchive is the position of the first host that only keeps an archive: far from those of the
// cities, whose marks it leaves alone; it has that of the third city.
const firstArchive = 1_000_004

// KeepHost adds a host that only keeps an archive: its challenges are read under its name, and no
// list of cities shows it. One that is there already stays as it is.
func KeepHost(tx database.Tx, c City) error {
	if err := c.check(); err != nil {
		return err
	}
	if err := tx.Lock("cities.position"); err != nil {
		return err
	}
	_, err := tx.Pgx().Exec(tx.Context(), `insert into cities (id, slug, name, country, region, time_zone, language, archive, position)
		values ($1,$2,$3,$4,$5,$6,$7, true, (select coalesce(max(position) + 1, $8) from cities where archive))
		on conflict on constraint cities_slug do nothing`,
		uuid.Must(uuid.NewV7()), c.Slug, c.Name, c.Country, c.Region, c.Zone, string(c.Language), firstArchive)
	return err
}

// HostBySlug reads a host, a city or one that keeps an archive; fault.ErrNotFound when there is none.
func HostBySlug(ctx context.Context, q database.Queryer, slug string) (City, error) {
	found, err := query(ctx, q, selectCity+"where slug = $1", slug)
	if err == nil && len(found) == 0 {
		err = fault.ErrNotFound
	}
	if err != nil {
		return City{}, err
	}
	return found[0], nil
}
