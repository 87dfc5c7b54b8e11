package identity

import (
	"context"
	"crypto/sha256"
	"slices"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// SecondStep asks for a second factor: one of Ways ("code", "passkey") with the ticket.
type SecondStep struct {
	Ticket string
	Ways   []string
}

type stepTicket struct {
	Person uuid.UUID
	Method string
	Mark   []byte // of the password that was right: a reset meanwhile voids the ticket
}

// openOrAsk opens a session, or asks for the second factor that the person has.
func (s *Service) openOrAsk(tx database.Tx, person uuid.UUID, o opening) (Session, error) {
	var totp, passkey bool
	var hash string
	err := tx.Pgx().QueryRow(tx.Context(), `select exists (select from totp_secrets t where t.person_id = p.id),
		exists (select from passkeys k where k.person_id = p.id), password_hash from people p where id = $1`, person).Scan(&totp, &passkey, &hash)
	if err != nil {
		return Session{}, err
	}
	if o.factor || (!totp && !passkey) {
		return s.open(tx, person, o)
	}
	step := SecondStep{Ways: []string{"code"}}
	if passkey {
		step.Ways = append(step.Ways, "passkey")
	}
	step.Ticket, err = newTicket(tx.Context(), s, "second step", stepTicket{person, o.method, markOf(hash)})
	return Session{Step: &step}, err
}

// FinishSignIn opens the session with a code of the app or a recovery code. A wrong one is a fault
// of /code; a code works once, however many try it at the same moment.
func (s *Service) FinishSignIn(ctx context.Context, ticket, code, from, agent string) (Session, error) {
	ctx = plain(ctx)
	t, err := readTicket[stepTicket](ctx, s, "second step", ticket)
	if err != nil {
		return Session{}, err
	}
	if ok, err := s.take(ctx, codesOfAccount, t.Person.String()); err != nil || !ok {
		return Session{}, orTooMany(err)
	}
	var out Session
	err = s.db.InTx(ctx, func(tx database.Tx) error {
		var hash string
		err := tx.Pgx().QueryRow(ctx, `select password_hash from people where id = $1 and disabled_at is null for share`, t.Person).Scan(&hash)
		if database.NotFound(err) || (err == nil && !slices.Equal(markOf(hash), t.Mark)) {
			return ErrTicket
		}
		if err != nil {
			return err
		}
		if err := s.useCode(tx, t.Person, code); err != nil {
			return err
		}
		out, err = s.open(tx, t.Person, opening{from: from, agent: agent, method: t.Method, factor: true})
		return err
	})
	return out, err
}

// useCode uses a code of the app or a recovery code up.
func (s *Service) useCode(tx database.Tx, person uuid.UUID, code string) error {
	code = plainCode(code)
	ok, err := s.useTOTP(tx, person, code)
	if err == nil && !ok {
		if ok, err = s.useRecoveryCode(tx, person, code); ok {
			err = s.note(tx, person, person, codeUsed, "")
		}
	}
	if err != nil {
		return err
	}
	if !ok {
		return fault.ErrInvalid.At("/code", "wrong_code", nil)
	}
	return forget(tx, codesOfAccount, person.String())
}

func (s *Service) useTOTP(tx database.Tx, person uuid.UUID, code string) (bool, error) {
	if len(code) != totpDigits {
		return false, nil
	}
	var sealed []byte
	var last int64
	err := tx.Pgx().QueryRow(tx.Context(), `select secret, last_step from totp_secrets where person_id = $1 for update`, person).Scan(&sealed, &last)
	if database.NotFound(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	secret, ok := s.seal.open("totp at rest", sealed)
	if !ok {
		return false, ErrSecretLost
	}
	now, err := tx.Now()
	if err != nil {
		return false, err
	}
	step, ok := matchTOTP(secret, code, now, last)
	if !ok {
		return false, nil
	}
	_, err = tx.Pgx().Exec(tx.Context(), `update totp_secrets set last_step = $2 where person_id = $1`, person, step)
	return err == nil, err
}

func markOf(hash string) []byte {
	sum := sha256.Sum256([]byte(hash))
	return sum[:8]
}
