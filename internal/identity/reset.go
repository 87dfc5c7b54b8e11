package identity

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/notify"
)

// RequestReset mails a link to set a new password when the address has an account. The answer and
// its time are the same in every case.
func (s *Service) RequestReset(ctx context.Context, email, from string) error {
	return s.mailQuietly(ctx, email, from, func(tx database.Tx, p mailedPerson) error {
		token, until, err := issue(tx, p.id, "reset", resetLife)
		if err != nil {
			return err
		}
		to, zone, err := readerOf(tx, p.id)
		if err != nil {
			return err
		}
		return notify.Send(tx, notify.Notice{Kind: "password-reset", To: to, Params: notify.Params{
			"url": notify.SecretLink("/reset#" + token), "expires": notify.Moment{At: until, Zone: zone},
		}})
	})
}

// ResetPassword sets a new password with a mailed token, ends all sessions, and counts the address
// as confirmed: the token proved it.
func (s *Service) ResetPassword(ctx context.Context, token, password, from string) error {
	ctx = plain(ctx)
	if ok, err := s.take(ctx, tokensOfAddress, from); err != nil || !ok {
		return orTooMany(err)
	}
	email, err := s.emailOfToken(ctx, token)
	if err != nil {
		return err
	}
	var c fault.Check
	checkPasswordRules(&c, "/password", password, email)
	if err := c.Err(); err != nil {
		return err
	}
	hash, err := hashPassword(ctx, s.hashParams, password)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx database.Tx) error {
		person, err := redeem(tx, token, "reset")
		if err != nil {
			return err
		}
		if err := setPassword(tx, person, hash); err != nil {
			return err
		}
		if err := confirm(tx, person); err != nil {
			return err
		}
		if err := endSessions(tx, person, uuid.Nil, "password reset"); err != nil {
			return err
		}
		if err := forget(tx, signInsOfAccount, email); err != nil {
			return err
		}
		if err := s.note(tx, person, person, passwordReset, ""); err != nil {
			return err
		}
		return mailPasswordChanged(tx, person)
	})
}

// emailOfToken looks whose token it is without using it up, so that a refused password does not
// cost the link.
func (s *Service) emailOfToken(ctx context.Context, token string) (string, error) {
	var email string
	err := s.db.Pool().QueryRow(ctx, `select p.email from mail_tokens t join people p on p.id = t.person_id
		where t.hash = $1 and t.purpose = 'reset' and t.used_at is null and t.expires_at > clock_timestamp()`,
		hashToken(token)).Scan(&email)
	if database.NotFound(err) {
		return "", ErrLink
	}
	return email, err
}

// ChangePassword sets a new password for the actor, who gives the current one, and ends all their
// other sessions.
func (s *Service) ChangePassword(ctx context.Context, actor authz.Actor, current, password string) error {
	ctx = plain(ctx)
	if ok, err := s.take(ctx, signInsOfAccount, actor.Email); err != nil || !ok {
		return orTooMany(err)
	}
	var hash string
	if err := s.db.Pool().QueryRow(ctx, `select password_hash from people where id = $1`, actor.PersonID).Scan(&hash); err != nil {
		return err
	}
	right, err := checkPassword(ctx, hash, current)
	if err != nil {
		return err
	}
	var c fault.Check
	c.That(right, "/current", "wrong_password")
	checkPasswordRules(&c, "/password", password, actor.Email)
	if err := c.Err(); err != nil {
		return err
	}
	fresh, err := hashPassword(ctx, s.hashParams, password)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx database.Tx) error {
		// Guarded by the hash that was checked: a reset meanwhile wins.
		tag, err := tx.Pgx().Exec(ctx, `update people set password_hash = $3 where id = $1 and password_hash = $2`, actor.PersonID, hash, fresh)
		if err != nil {
			return err
		}
		if tag.RowsAffected() != 1 {
			return fault.ErrStale
		}
		if err := forget(tx, signInsOfAccount, actor.Email); err != nil {
			return err
		}
		if err := endSessions(tx, actor.PersonID, actor.SessionID, "password change"); err != nil {
			return err
		}
		if err := s.note(tx, actor.PersonID, actor.PersonID, passwordSet, ""); err != nil {
			return err
		}
		return mailPasswordChanged(tx, actor.PersonID)
	})
}

func setPassword(tx database.Tx, person uuid.UUID, hash string) error {
	_, err := tx.Pgx().Exec(tx.Context(), `update people set password_hash = $2 where id = $1`, person, hash)
	return err
}

// endSessions revokes all open sessions of a person but one; keep may be uuid.Nil.
func endSessions(tx database.Tx, person, keep uuid.UUID, why string) error {
	_, err := tx.Pgx().Exec(tx.Context(), `update sessions set revoked_at = clock_timestamp(), revoked_why = $3
		where person_id = $1 and id <> $2 and revoked_at is null`, person, keep, why)
	return err
}
