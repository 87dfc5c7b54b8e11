package identity

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// Proof is one of: the password, a code, or the answer of a passkey to a ticket.
type Proof struct {
	Password, Code string
	Ticket         string
	Credential     []byte
}

// Prove notes that the actor showed once more who they are; sensitive changes ask for it when the
// last time is more than a quarter of an hour ago.
func (s *Service) Prove(ctx context.Context, actor authz.Actor, p Proof) error {
	ctx = plain(ctx)
	switch {
	case p.Password != "":
		if err := s.provePassword(ctx, actor, p.Password); err != nil {
			return err
		}
		return s.db.InTx(ctx, func(tx database.Tx) error {
			if err := forget(tx, signInsOfAccount, actor.Email); err != nil {
				return err
			}
			return proved(tx, actor)
		})
	case p.Code != "":
		if ok, err := s.take(ctx, codesOfAccount, actor.PersonID.String()); err != nil || !ok {
			return orTooMany(err)
		}
		return s.db.InTx(ctx, func(tx database.Tx) error {
			if err := s.useCode(tx, actor.PersonID, p.Code); err != nil {
				return err
			}
			return proved(tx, actor)
		})
	case p.Ticket != "":
		return s.provePasskey(ctx, actor, p.Ticket, p.Credential)
	}
	return fault.ErrInvalid.At("/password", "required", nil)
}

func (s *Service) provePassword(ctx context.Context, actor authz.Actor, password string) error {
	if ok, err := s.take(ctx, signInsOfAccount, actor.Email); err != nil || !ok {
		return orTooMany(err)
	}
	var hash string
	if err := s.db.Pool().QueryRow(ctx, `select password_hash from people where id = $1`, actor.PersonID).Scan(&hash); err != nil {
		return err
	}
	right, err := checkPassword(ctx, hash, password)
	if err == nil && !right {
		return fault.ErrInvalid.At("/password", "wrong_password", nil)
	}
	return err
}

func proved(tx database.Tx, actor authz.Actor) error {
	_, err := tx.Pgx().Exec(tx.Context(), `update sessions set proved_at = clock_timestamp() where id = $1 and person_id = $2`, actor.SessionID, actor.PersonID)
	return err
}
