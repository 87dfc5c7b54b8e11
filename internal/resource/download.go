package resource

import (
	"context"
	"crypto/rand"
	"crypto/sha256"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/objstore"
	"fieldtrial/internal/outreach"
)

// Visitor is who asks: the client's address and what its program says of itself.
type Visitor struct {
	Address string
	Agent   string
}

// Open gives the address of a file or link of a published challenge and counts it: not for robots, and
// once an hour for one address. Nothing of the address is kept but a hash under the day's salt.
func (s *Service) Open(ctx context.Context, id uuid.UUID, who Visitor) (string, error) {
	r, err := s.byID(ctx, id)
	if err != nil {
		return "", err
	}
	var public bool
	if err := s.db.Pool().QueryRow(ctx, `select published_at is not null from challenges where id = $1`, r.Challenge).Scan(&public); err != nil {
		return "", err
	}
	open := r.State == Ready && (r.Scanned || r.Kind == "link" || s.openUnscanned)
	if !public || !open {
		return "", fault.ErrNotFound
	}
	address := r.URL
	if r.Kind == "file" {
		if address, err = s.store.URL(ctx, r.key, objstore.Link{Filename: r.Name, ContentType: r.Type, Valid: linkLife}); err != nil {
			return "", storeFault(err)
		}
	}
	if outreach.Robot(who.Agent) {
		return address, nil
	}
	return address, s.count(ctx, id, who.Address)
}

func (s *Service) count(ctx context.Context, id uuid.UUID, address string) error {
	fresh := make([]byte, 32)
	if _, err := rand.Read(fresh); err != nil {
		return err
	}
	return s.db.InTx(database.WithIdempotency(ctx, database.Idempotency{}), func(tx database.Tx) error {
		var salt []byte
		if err := tx.Pgx().QueryRow(ctx, `insert into visit_salts (day, salt) values ((clock_timestamp() at time zone 'UTC')::date, $1)
			on conflict (day) do update set day = excluded.day returning salt`, fresh).Scan(&salt); err != nil {
			return err
		}
		visitor := sha256.Sum256(append(salt, address...))
		tag, err := tx.Pgx().Exec(ctx, `insert into resource_visits (resource_id, visitor, counted_at) values ($1, $2, clock_timestamp())
			on conflict (resource_id, visitor) do update set counted_at = excluded.counted_at
			where resource_visits.counted_at < clock_timestamp() - interval '1 hour'`, id, visitor[:])
		if err != nil || tag.RowsAffected() == 0 {
			return err
		}
		_, err = tx.Pgx().Exec(ctx, `insert into resource_downloads (resource_id, day, count) values ($1, (clock_timestamp() at time zone 'UTC')::date, 1)
			on conflict (resource_id, day) do update set count = resource_downloads.count + 1`, id)
		return err
	})
}
