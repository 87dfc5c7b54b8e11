package identity

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// Device is one open session as its person sees it. Seen is at most a quarter of an hour old;
// Address is "" once thirty days have passed.
type Device struct {
	ID      uuid.UUID
	Agent   string
	Address string
	Method  string
	Factor  bool
	Opened  time.Time
	Seen    time.Time
	Current bool
}

// Devices lists the actor's open sessions, the newest use first.
func (s *Service) Devices(ctx context.Context, actor authz.Actor) ([]Device, error) {
	rows, err := s.db.Pool().Query(ctx, `select id, user_agent, address, method, factor, created_at, rotated_at, id = $2
		from sessions where person_id = $1 and revoked_at is null
		and rotated_at > clock_timestamp() - $3::interval and created_at > clock_timestamp() - $4::interval
		order by id = $2 desc, rotated_at desc, id`, actor.PersonID, actor.SessionID, s.idle, s.absolute)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (Device, error) {
		var d Device
		err := r.Scan(&d.ID, &d.Agent, &d.Address, &d.Method, &d.Factor, &d.Opened, &d.Seen, &d.Current)
		return d, err
	})
}

// EndDevice ends one of the actor's sessions.
func (s *Service) EndDevice(ctx context.Context, actor authz.Actor, session uuid.UUID) error {
	return s.db.InTx(plain(ctx), func(tx database.Tx) error {
		tag, err := tx.Pgx().Exec(ctx, `update sessions set revoked_at = clock_timestamp(), revoked_why = 'ended from the list'
			where id = $1 and person_id = $2 and revoked_at is null`, session, actor.PersonID)
		if err == nil && tag.RowsAffected() != 1 {
			return fault.ErrNotFound
		}
		return err
	})
}

// EndOtherDevices ends all of the actor's sessions but this one.
func (s *Service) EndOtherDevices(ctx context.Context, actor authz.Actor) error {
	return s.db.InTx(plain(ctx), func(tx database.Tx) error {
		return endSessions(tx, actor.PersonID, actor.SessionID, "ended from the list")
	})
}
