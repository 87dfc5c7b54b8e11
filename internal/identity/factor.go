package identity

import (
	"context"
	"crypto/rand"
	"net/url"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// FactorRule says who must have a second factor.
type FactorRule string

// The rules: nobody; admins, officials, jurors and chairs; everybody.
const (
	FactorsOff   FactorRule = "off"
	FactorsRoles FactorRule = "roles"
	FactorsAll   FactorRule = "all"
)

// Factors is what a person has set up beside the password. TOTP is when the app was set up, nil
// without one; Recovery how many codes are left. Required says that their roles need one.
type Factors struct {
	Required bool
	Missing  bool // the roles rest in this session until one is given
	TOTP     *time.Time
	Recovery int
	Passkeys []Passkey
}

// TOTPOffer is a secret to be typed or scanned into an app; nothing is kept until it is confirmed.
type TOTPOffer struct {
	Ticket, Secret, URL string
}

type totpTicket struct {
	Person uuid.UUID
	Secret []byte
}

// withhold lets the roles rest that need a second factor, in a session that was opened without one.
// Demo accounts, which work on this computer alone, are free of it.
func (s *Service) withhold(a authz.Actor) authz.Actor {
	switch {
	case a.Factor || a.Demo:
		return a
	case s.factors == FactorsAll:
		a.Grants, a.Withheld = nil, true
		return a
	case s.factors == FactorsRoles:
		return a.Withhold()
	}
	return a
}

// Factors reads the actor's own.
func (s *Service) Factors(ctx context.Context, actor authz.Actor) (Factors, error) {
	f := Factors{Missing: actor.Withheld}
	now, open, err := authz.Load(ctx, s.db.Pool(), actor.PersonID, actor.SessionID)
	if err != nil || !open {
		return f, err
	}
	f.Required = !actor.Demo && (s.factors == FactorsAll || s.factors == FactorsRoles && authz.NeedsFactor(now.Grants))
	err = s.db.Pool().QueryRow(ctx, `select (select created_at from totp_secrets where person_id = $1),
		(select count(*) from recovery_codes where person_id = $1 and used_at is null)`, actor.PersonID).Scan(&f.TOTP, &f.Recovery)
	if err != nil {
		return f, err
	}
	f.Passkeys, err = passkeysOf(ctx, s.db.Pool(), actor.PersonID)
	return f, err
}

// OfferTOTP makes a secret for an authenticator app.
func (s *Service) OfferTOTP(ctx context.Context, actor authz.Actor) (TOTPOffer, error) {
	if err := actor.RequireRecent(); err != nil {
		return TOTPOffer{}, err
	}
	secret := make([]byte, totpSecret)
	_, _ = rand.Read(secret)
	text := base32Plain.EncodeToString(secret)
	ticket, err := newTicket(ctx, s, "totp", totpTicket{actor.PersonID, secret})
	link := url.URL{Scheme: "otpauth", Host: "totp", Path: "/Fieldtrial:" + actor.Email,
		RawQuery: url.Values{"secret": {text}, "issuer": {"Fieldtrial"}}.Encode()}
	return TOTPOffer{ticket, text, link.String()}, err
}

// ConfirmTOTP keeps an offered secret once a code shows that the app has it. It replaces an earlier
// app, ends all other sessions, and gives recovery codes when there were none.
func (s *Service) ConfirmTOTP(ctx context.Context, actor authz.Actor, ticket, code string) ([]string, error) {
	if err := actor.RequireRecent(); err != nil {
		return nil, err
	}
	ctx = plain(ctx)
	offer, err := readTicket[totpTicket](ctx, s, "totp", ticket)
	if err != nil || offer.Person != actor.PersonID {
		return nil, ErrTicket
	}
	if ok, err := s.take(ctx, codesOfAccount, actor.PersonID.String()); err != nil || !ok {
		return nil, orTooMany(err)
	}
	var codes []string
	err = s.db.InTx(ctx, func(tx database.Tx) error {
		now, err := tx.Now()
		if err != nil {
			return err
		}
		step, ok := matchTOTP(offer.Secret, plainCode(code), now, 0)
		if !ok {
			return fault.ErrInvalid.At("/code", "wrong_code", nil)
		}
		if err := spend(tx, ticket); err != nil {
			return err
		}
		_, err = tx.Pgx().Exec(ctx, `insert into totp_secrets (person_id, secret, last_step) values ($1, $2, $3)
			on conflict (person_id) do update set secret = excluded.secret, last_step = excluded.last_step, created_at = clock_timestamp()`,
			actor.PersonID, s.seal.close("totp at rest", offer.Secret), step)
		if err != nil {
			return err
		}
		codes, err = s.factorAdded(tx, actor, totpAdded)
		return err
	})
	return codes, err
}

// factorAdded is what follows every new factor: this session counts as opened with it, the others
// end, the person is told, and recovery codes are made when there are none.
func (s *Service) factorAdded(tx database.Tx, actor authz.Actor, kind happening) ([]string, error) {
	ctx := tx.Context()
	if _, err := tx.Pgx().Exec(ctx, `update sessions set factor = true, proved_at = clock_timestamp() where id = $1`, actor.SessionID); err != nil {
		return nil, err
	}
	if err := endSessions(tx, actor.PersonID, actor.SessionID, string(kind)); err != nil {
		return nil, err
	}
	if err := forget(tx, codesOfAccount, actor.PersonID.String()); err != nil {
		return nil, err
	}
	if err := s.note(tx, actor.PersonID, actor.PersonID, kind, ""); err != nil {
		return nil, err
	}
	if err := mailFactorChanged(tx, actor.PersonID); err != nil {
		return nil, err
	}
	var left int
	if err := tx.Pgx().QueryRow(ctx, `select count(*) from recovery_codes where person_id = $1 and used_at is null`, actor.PersonID).Scan(&left); err != nil || left > 0 {
		return nil, err
	}
	return s.newRecoveryCodes(tx, actor.PersonID)
}

// RemoveTOTP forgets the actor's authenticator app.
func (s *Service) RemoveTOTP(ctx context.Context, actor authz.Actor) error {
	if err := actor.RequireRecent(); err != nil {
		return err
	}
	return s.db.InTx(plain(ctx), func(tx database.Tx) error {
		tag, err := tx.Pgx().Exec(ctx, `delete from totp_secrets where person_id = $1`, actor.PersonID)
		if err != nil {
			return err
		}
		if tag.RowsAffected() != 1 {
			return fault.ErrNotFound
		}
		return s.factorGone(tx, actor.PersonID, totpRemoved)
	})
}

// factorGone is what follows every removed factor. With the last one the recovery codes go, and no
// session counts as opened with a factor any more.
func (s *Service) factorGone(tx database.Tx, person uuid.UUID, kind happening) error {
	has, err := hasFactor(tx, person)
	if err != nil {
		return err
	}
	if !has {
		if _, err := tx.Pgx().Exec(tx.Context(), `delete from recovery_codes where person_id = $1`, person); err != nil {
			return err
		}
		if _, err := tx.Pgx().Exec(tx.Context(), `update sessions set factor = false where person_id = $1`, person); err != nil {
			return err
		}
	}
	if err := s.note(tx, person, person, kind, ""); err != nil {
		return err
	}
	return mailFactorChanged(tx, person)
}

// RenewRecoveryCodes makes a new set; the old one stops working.
func (s *Service) RenewRecoveryCodes(ctx context.Context, actor authz.Actor) ([]string, error) {
	if err := actor.RequireRecent(); err != nil {
		return nil, err
	}
	var codes []string
	err := s.db.InTx(plain(ctx), func(tx database.Tx) error {
		has, err := hasFactor(tx, actor.PersonID)
		if err != nil {
			return err
		}
		if !has {
			return fault.ErrNotFound
		}
		if err := s.note(tx, actor.PersonID, actor.PersonID, codesRenewed, ""); err != nil {
			return err
		}
		codes, err = s.newRecoveryCodes(tx, actor.PersonID)
		return err
	})
	return codes, err
}

// ResetFactors is the way back for somebody without phone and codes: another admin takes their
// factors away. The person is told by mail and signs in with the password alone, once.
func (s *Service) ResetFactors(ctx context.Context, actor authz.Actor, person uuid.UUID) error {
	if err := actor.Require(authz.ManagePeople, authz.Scope{}); err != nil {
		return err
	}
	if err := actor.RequireRecent(); err != nil {
		return err
	}
	if person == actor.PersonID {
		return ErrOwnFactors
	}
	return s.db.InTx(plain(ctx), func(tx database.Tx) error {
		has, err := hasFactor(tx, person)
		if err != nil {
			return err
		}
		if !has {
			return ErrNoFactors
		}
		for _, table := range []string{"totp_secrets", "passkeys", "recovery_codes"} {
			if _, err := tx.Pgx().Exec(ctx, `delete from `+table+` where person_id = $1`, person); err != nil {
				return err
			}
		}
		if err := endSessions(tx, person, uuid.Nil, "factors reset"); err != nil {
			return err
		}
		if err := s.note(tx, person, actor.PersonID, factorsReset, ""); err != nil {
			return err
		}
		return mailFactorReset(tx, person, actor.Name)
	})
}

// hasFactor reports whether the person has an app or a passkey.
func hasFactor(tx database.Tx, person uuid.UUID) (bool, error) {
	var has bool
	err := tx.Pgx().QueryRow(tx.Context(), `select exists (select from totp_secrets where person_id = $1)
		or exists (select from passkeys where person_id = $1)`, person).Scan(&has)
	return has, err
}
