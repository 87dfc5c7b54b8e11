package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/notify"
)

// emailChangeLife is how long both addresses have to agree.
const emailChangeLife = 48 * time.Hour

// EmailChange is what a mailed link to it shows. Old is true for the link to the present address.
type EmailChange struct {
	Old      bool
	NewEmail string
	Agreed   bool // by this address
	Done     bool // both agreed: the account has the new address
}

// RequestEmailChange mails a link to the present and to the new address; the address changes once
// both agree. The answer does not tell whether the new address has an account.
func (s *Service) RequestEmailChange(ctx context.Context, actor authz.Actor, email string) error {
	if err := actor.RequireRecent(); err != nil {
		return err
	}
	ctx = plain(ctx)
	email = normalEmail(email)
	var c fault.Check
	checkEmail(&c, "/email", email)
	c.That(email != actor.Email, "/email", "taken")
	if err := c.Err(); err != nil {
		return err
	}
	for _, subject := range []string{actor.Email, email} {
		if ok, err := s.take(ctx, mailsOfAccount, subject); err != nil || !ok {
			return orTooMany(err)
		}
	}
	return s.db.InTx(ctx, func(tx database.Tx) error {
		_, err := tx.Pgx().Exec(ctx, `update email_changes set cancelled_at = clock_timestamp()
			where person_id = $1 and done_at is null and cancelled_at is null`, actor.PersonID)
		if err != nil {
			return err
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		oldToken, oldHash := newToken()
		freshToken, freshHash := newToken()
		until := now.Add(emailChangeLife)
		_, err = tx.Pgx().Exec(ctx, `insert into email_changes (id, person_id, old_email, new_email, old_hash, new_hash, expires_at)
			values ($1,$2,$3,$4,$5,$6,$7)`, uuid.Must(uuid.NewV7()), actor.PersonID, actor.Email, email, oldHash, freshHash, until)
		if err != nil {
			return err
		}
		if err := s.note(tx, actor.PersonID, actor.PersonID, addressAsked, email); err != nil {
			return err
		}
		to, zone, err := readerOf(tx, actor.PersonID)
		if err != nil {
			return err
		}
		expires := notify.Moment{At: until, Zone: zone}
		err = notify.Send(tx, notify.Notice{Kind: "email-change-old", To: to, Params: notify.Params{
			"email": email, "url": notify.SecretLink("/change-email#" + oldToken), "expires": expires,
		}})
		if err != nil {
			return err
		}
		var taken bool
		if err := tx.Pgx().QueryRow(ctx, `select exists (select from people where email = $1)`, email).Scan(&taken); err != nil {
			return err
		}
		if taken {
			return mailAccountExists(tx, email)
		}
		return notify.Send(tx, notify.Notice{Kind: "email-change-new", To: notify.Address{Email: email, Language: to.Language}, Params: notify.Params{
			"url": notify.SecretLink("/change-email#" + freshToken), "expires": expires,
		}})
	})
}

// LookAtEmailChange says what a mailed link is for, and changes nothing.
func (s *Service) LookAtEmailChange(ctx context.Context, token, from string) (EmailChange, error) {
	if ok, err := s.take(ctx, tokensOfAddress, from); err != nil || !ok {
		return EmailChange{}, orTooMany(err)
	}
	var e EmailChange
	hash := hashToken(token)
	err := s.db.Pool().QueryRow(ctx, `select old_hash = $1, new_email, (case when old_hash = $1 then old_yes_at else new_yes_at end) is not null, done_at is not null
		from email_changes where (old_hash = $1 or new_hash = $1) and cancelled_at is null and (done_at is not null or expires_at > clock_timestamp())`, hash).
		Scan(&e.Old, &e.NewEmail, &e.Agreed, &e.Done)
	if database.NotFound(err) {
		err = ErrLink
	}
	return e, err
}

// AnswerEmailChange agrees or refuses as the address the token was mailed to. With the second yes
// the address changes, all sessions end and both addresses are told; one no ends it.
func (s *Service) AnswerEmailChange(ctx context.Context, token string, agree bool, from string) (EmailChange, error) {
	ctx = plain(ctx)
	if ok, err := s.take(ctx, tokensOfAddress, from); err != nil || !ok {
		return EmailChange{}, orTooMany(err)
	}
	e := EmailChange{Agreed: agree}
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		var id, person uuid.UUID
		var oldEmail string
		var oldYes, newYes bool
		err := tx.Pgx().QueryRow(ctx, `select id, person_id, old_email, new_email, old_hash = $1, old_yes_at is not null, new_yes_at is not null
			from email_changes where (old_hash = $1 or new_hash = $1) and cancelled_at is null and done_at is null
			and expires_at > clock_timestamp() for update`, hashToken(token)).Scan(&id, &person, &oldEmail, &e.NewEmail, &e.Old, &oldYes, &newYes)
		if database.NotFound(err) {
			return ErrLink
		}
		if err != nil {
			return err
		}
		if !agree {
			_, err = tx.Pgx().Exec(ctx, `update email_changes set cancelled_at = clock_timestamp() where id = $1`, id)
			return err
		}
		column := "new_yes_at"
		if e.Old {
			column = "old_yes_at"
		}
		if _, err := tx.Pgx().Exec(ctx, `update email_changes set `+column+` = coalesce(`+column+`, clock_timestamp()) where id = $1`, id); err != nil {
			return err
		}
		if e.Done = (oldYes || e.Old) && (newYes || !e.Old); !e.Done {
			return nil
		}
		return s.changeEmail(tx, id, person, oldEmail, e.NewEmail)
	})
	return e, err
}

func (s *Service) changeEmail(tx database.Tx, change, person uuid.UUID, from, to string) error {
	ctx := tx.Context()
	tag, err := tx.Pgx().Exec(ctx, `update people set email = $3, confirmed_at = coalesce(confirmed_at, clock_timestamp()), version = version + 1
		where id = $1 and email = $2`, person, from, to)
	if err != nil {
		return err
	}
	if tag.RowsAffected() != 1 {
		return ErrLink // the address has changed since
	}
	if _, err := tx.Pgx().Exec(ctx, `update email_changes set done_at = clock_timestamp() where id = $1`, change); err != nil {
		return err
	}
	if err := endSessions(tx, person, uuid.Nil, "address change"); err != nil {
		return err
	}
	if err := s.note(tx, person, person, addressChanged, ""); err != nil {
		return err
	}
	reader, zone, err := readerOf(tx, person)
	if err != nil {
		return err
	}
	now, err := tx.Now()
	if err != nil {
		return err
	}
	for _, a := range []notify.Address{reader, {Email: from, Language: reader.Language}} {
		err := notify.Send(tx, notify.Notice{Kind: "email-changed", To: a, Params: notify.Params{
			"email": to, "at": notify.Moment{At: now, Zone: zone}, "url": notify.Link("/sign-in"),
		}})
		if err != nil {
			return err
		}
	}
	return nil
}
