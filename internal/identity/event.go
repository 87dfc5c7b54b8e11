package identity

import (
	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/notify"
)

// note writes to the security log what was done to a person's ways in, and by whom.
func (s *Service) note(tx database.Tx, person, by uuid.UUID, kind, detail string) error {
	_, err := tx.Pgx().Exec(tx.Context(), `insert into account_events (id, person_id, actor_id, kind, detail) values ($1,$2,$3,$4,$5)`,
		uuid.Must(uuid.NewV7()), person, by, kind, detail)
	return err
}

func mailFactorChanged(tx database.Tx, person uuid.UUID) error {
	to, zone, err := readerOf(tx, person)
	if err != nil {
		return err
	}
	now, err := tx.Now()
	if err != nil {
		return err
	}
	return notify.Send(tx, notify.Notice{Kind: "factor-changed", To: to, Params: notify.Params{
		"at": notify.Moment{At: now, Zone: zone}, "url": notify.Link("/account/security"),
	}})
}

func mailFactorReset(tx database.Tx, person uuid.UUID, admin string) error {
	to, zone, err := readerOf(tx, person)
	if err != nil {
		return err
	}
	now, err := tx.Now()
	if err != nil {
		return err
	}
	return notify.Send(tx, notify.Notice{Kind: "factor-reset", To: to, Params: notify.Params{
		"at": notify.Moment{At: now, Zone: zone}, "admin": admin, "url": notify.Link("/sign-in"),
	}})
}
