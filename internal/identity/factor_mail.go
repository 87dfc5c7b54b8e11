package identity

import (
	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/notify"
)

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
