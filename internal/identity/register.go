package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/notify"
)

// NewAccount is what somebody types to register. TimeZone is an IANA name or "" for UTC.
type NewAccount struct {
	Email    string
	Name     string
	Password string
	Language lang.Tag
	TimeZone string
}

func (n *NewAccount) clean() {
	n.Email, n.Name = normalEmail(n.Email), cleanName(n.Name)
	if n.TimeZone == "" {
		n.TimeZone = "UTC"
	}
}

func (n *NewAccount) check() error {
	var c fault.Check
	checkEmail(&c, "/email", n.Email)
	checkName(&c, "/name", n.Name)
	checkLanguage(&c, "/language", n.Language)
	checkZone(&c, "/timeZone", n.TimeZone)
	checkPasswordRules(&c, "/password", n.Password, n.Email)
	return c.Err()
}

// Register makes an unconfirmed account and mails a link to confirm it. Where the address has an
// account, that account's holder is told instead; the answer and its time are the same. from is
// the client's address.
func (s *Service) Register(ctx context.Context, n NewAccount, from string) error {
	ctx, start := plain(ctx), time.Now()
	n.clean()
	if err := n.check(); err != nil {
		return err
	}
	if ok, err := s.take(ctx, newOfAddress, from); err != nil || !ok {
		return orTooMany(err)
	}
	mayMail, err := s.take(ctx, mailsOfAccount, n.Email)
	if err != nil {
		return err
	}
	hash, err := hashPassword(ctx, s.hashParams, n.Password)
	if err != nil {
		return err
	}
	err = s.db.InTx(ctx, func(tx database.Tx) error {
		id, fresh, err := insertPerson(tx, n, hash)
		if err != nil || !mayMail {
			return err
		}
		if fresh {
			return mailConfirmation(tx, id)
		}
		return mailAccountExists(tx, n.Email)
	})
	atLeast(ctx, start, s.floor)
	return err
}

// Confirm marks the address confirmed to which the token was mailed.
func (s *Service) Confirm(ctx context.Context, token, from string) error {
	ctx = plain(ctx)
	if ok, err := s.take(ctx, tokensOfAddress, from); err != nil || !ok {
		return orTooMany(err)
	}
	return s.db.InTx(ctx, func(tx database.Tx) error {
		person, err := redeem(tx, token, "confirm")
		if err != nil {
			return err
		}
		return confirm(tx, person)
	})
}

// ResendConfirmation mails the link to confirm once more when the account is there and not yet
// confirmed. The answer and its time are the same in every case.
func (s *Service) ResendConfirmation(ctx context.Context, email, from string) error {
	return s.mailQuietly(ctx, email, from, func(tx database.Tx, p mailedPerson) error {
		if p.confirmed {
			return nil
		}
		return mailConfirmation(tx, p.id)
	})
}

type mailedPerson struct {
	id        uuid.UUID
	confirmed bool
}

// mailQuietly runs send for the account of an address when there is an open one and it was not
// written to too often; else it does nothing and looks the same.
func (s *Service) mailQuietly(ctx context.Context, email, from string, send func(database.Tx, mailedPerson) error) error {
	ctx, start := plain(ctx), time.Now()
	email = normalEmail(email)
	var c fault.Check
	checkEmail(&c, "/email", email)
	if err := c.Err(); err != nil {
		return err
	}
	if ok, err := s.take(ctx, mailsOfAddress, from); err != nil || !ok {
		return orTooMany(err)
	}
	mayMail, err := s.take(ctx, mailsOfAccount, email)
	if err != nil {
		return err
	}
	err = s.db.InTx(ctx, func(tx database.Tx) error {
		var p mailedPerson
		err := tx.Pgx().QueryRow(ctx, `select id, confirmed_at is not null from people
			where email = $1 and disabled_at is null`, email).Scan(&p.id, &p.confirmed)
		if database.NotFound(err) || (err == nil && !mayMail) {
			return nil
		}
		if err != nil {
			return err
		}
		return send(tx, p)
	})
	atLeast(ctx, start, s.floor)
	return err
}

// insertPerson makes the account, or reports false when the address has one.
func insertPerson(tx database.Tx, n NewAccount, hash string) (uuid.UUID, bool, error) {
	id := uuid.Must(uuid.NewV7())
	tag, err := tx.Pgx().Exec(tx.Context(), `insert into people (id, email, name, language, time_zone, password_hash)
		values ($1,$2,$3,$4,$5,$6) on conflict on constraint people_email do nothing`,
		id, n.Email, n.Name, string(n.Language), n.TimeZone, hash)
	return id, err == nil && tag.RowsAffected() == 1, err
}

func confirm(tx database.Tx, person uuid.UUID) error {
	_, err := tx.Pgx().Exec(tx.Context(), `update people set confirmed_at = coalesce(confirmed_at, clock_timestamp()) where id = $1`, person)
	return err
}

func mailConfirmation(tx database.Tx, person uuid.UUID) error {
	token, until, err := issue(tx, person, "confirm", confirmLife)
	if err != nil {
		return err
	}
	to, zone, err := readerOf(tx, person)
	if err != nil {
		return err
	}
	return notify.Send(tx, notify.Notice{Kind: "account-confirm", To: to, Params: notify.Params{
		"url": notify.SecretLink("/confirm-email#" + token), "expires": notify.Moment{At: until, Zone: zone},
	}})
}

func mailAccountExists(tx database.Tx, email string) error {
	var to notify.Address
	err := tx.Pgx().QueryRow(tx.Context(), `select id, email, language from people where email = $1 and disabled_at is null`, email).
		Scan(&to.Person, &to.Email, (*string)(&to.Language))
	if database.NotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return notify.Send(tx, notify.Notice{Kind: "account-exists", To: to, Params: notify.Params{"url": notify.Link("/sign-in")}})
}

// readerOf gives where to write to a person and the zone their dates are written in.
func readerOf(tx database.Tx, person uuid.UUID) (notify.Address, string, error) {
	to := notify.Address{Person: person}
	var zone string
	err := tx.Pgx().QueryRow(tx.Context(), `select email, language, time_zone from people where id = $1`, person).
		Scan(&to.Email, (*string)(&to.Language), &zone)
	return to, zone, err
}

// orTooMany is the error of take that did not succeed.
func orTooMany(err error) error {
	if err != nil {
		return err
	}
	return ErrTooMany
}
