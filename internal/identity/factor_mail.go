package identity

import (
	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/notify"
)

func mailFactorChanged(tx database.Tx, person uuid.UUID) error {
	return mailHappened(tx, person, "factor-changed", notify.Params{"url": notify.Link("/account/security")})
}

func mailFactorReset(tx database.Tx, person uuid.UUID, admin string) error {
	return mailHappened(tx, person, "factor-reset", notify.Params{"admin": admin, "url": notify.Link("/sign-in")})
}

func mailPasswordChanged(tx database.Tx, person uuid.UUID) error {
	return mailHappened(tx, person, "password-changed", notify.Params{"url": notify.Link("/reset")})
}

// mailHappened tells a person what has just happened to the account, at the moment in their own zone.
func mailHappened(tx database.Tx, person uuid.UUID, kind string, params notify.Params) error {
	to, zone, err := readerOf(tx, person)
	if err != nil {
		return err
	}
	now, err := tx.Now()
	if err != nil {
		return err
	}
	params["at"] = notify.Moment{At: now, Zone: zone}
	return notify.Send(tx, notify.Notice{Kind: kind, To: to, Params: params})
}
