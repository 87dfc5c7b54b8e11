package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// CreateAdmin makes a confirmed administrator, for the command line. Where the address has an
// account, that account becomes an administrator, and its name and password are set anew.
func CreateAdmin(ctx context.Context, db *database.DB, email, name, password string, language lang.Tag) (uuid.UUID, error) {
	n := NewAccount{Email: email, Name: name, Password: password, Language: language.Or(lang.EN)}
	n.clean()
	if err := n.check(); err != nil {
		return uuid.Nil, err
	}
	hash, err := hashPassword(ctx, defaultArgon, n.Password)
	if err != nil {
		return uuid.Nil, err
	}
	var id uuid.UUID
	err = db.InTx(ctx, func(tx database.Tx) error {
		var err error
		if id, err = upsertConfirmed(tx, n, hash, false); err != nil {
			return err
		}
		if err := endSessions(tx, id, uuid.Nil, "administrator created from the command line"); err != nil {
			return err
		}
		return authz.Give(tx, id, authz.Grant{Role: authz.Admin, Kind: authz.Installation}, uuid.Nil, time.Time{})
	})
	return id, err
}

// CreateDemo makes a confirmed demo account with its roles, for the seed. Demo accounts sign in
// only while the server listens on loopback alone, so their passwords may be common.
func CreateDemo(tx database.Tx, n NewAccount, grants ...authz.Grant) (uuid.UUID, error) {
	n.clean()
	var c fault.Check
	checkEmail(&c, "/email", n.Email)
	checkName(&c, "/name", n.Name)
	checkLanguage(&c, "/language", n.Language)
	checkZone(&c, "/timeZone", n.TimeZone)
	if err := c.Err(); err != nil {
		return uuid.Nil, err
	}
	hash, err := hashPassword(tx.Context(), defaultArgon, n.Password)
	if err != nil {
		return uuid.Nil, err
	}
	id, err := upsertConfirmed(tx, n, hash, true)
	if err != nil {
		return uuid.Nil, err
	}
	for _, g := range grants {
		if err := authz.Give(tx, id, g, uuid.Nil, time.Time{}); err != nil {
			return uuid.Nil, err
		}
	}
	return id, nil
}

// ResetDemo gives every demo account another password and ends their sessions.
func ResetDemo(ctx context.Context, db *database.DB, password string) error {
	hash, err := hashPassword(ctx, defaultArgon, password)
	if err != nil {
		return err
	}
	return db.InTx(ctx, func(tx database.Tx) error {
		_, err := tx.Pgx().Exec(ctx, `with p as (update people set password_hash = $1, version = version + 1 where demo returning id)
			update sessions set revoked_at = clock_timestamp(), revoked_why = 'demo password changed'
			where revoked_at is null and person_id in (select id from p)`, hash)
		return err
	})
}

// upsertConfirmed makes a confirmed account, or takes the existing one over. A real account never
// becomes a demo account, nor the other way round.
func upsertConfirmed(tx database.Tx, n NewAccount, hash string, demo bool) (uuid.UUID, error) {
	var id uuid.UUID
	err := tx.Pgx().QueryRow(tx.Context(), `insert into people (id, email, name, language, time_zone, password_hash, demo, confirmed_at)
		values ($1,$2,$3,$4,$5,$6,$7,clock_timestamp())
		on conflict on constraint people_email do update set name = excluded.name, password_hash = excluded.password_hash,
			confirmed_at = coalesce(people.confirmed_at, excluded.confirmed_at), disabled_at = null, version = people.version + 1
		where people.demo = excluded.demo returning id`,
		uuid.Must(uuid.NewV7()), n.Email, n.Name, string(n.Language), n.TimeZone, hash, demo).Scan(&id)
	if database.NotFound(err) {
		return uuid.Nil, ErrEmailTaken
	}
	return id, err
}
