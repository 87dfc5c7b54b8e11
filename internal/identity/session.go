package identity

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
)

// Session is what opens an account: the access token for the API and the refresh token for the
// cookie. Absolute is when the session ends at the latest. Where Step is set, nothing is open yet:
// a second factor is asked for first.
type Session struct {
	Step          *SecondStep
	Access        string
	AccessExpires time.Time
	Refresh       string
	Absolute      time.Time
}

// SignIn opens a session. Unknown accounts, wrong passwords and accounts without a password answer
// alike and take the same time. from is the client's address, agent its User-Agent.
func (s *Service) SignIn(ctx context.Context, email, password, from, agent string) (Session, error) {
	ctx = plain(ctx)
	email = normalEmail(email)
	for _, l := range []struct {
		limit
		subject string
	}{{signInsOfAccount, email}, {signInsOfAddress, from}} {
		if ok, err := s.take(ctx, l.limit, l.subject); err != nil || !ok {
			return Session{}, orTooMany(err)
		}
	}
	var p struct {
		id             uuid.UUID
		hash           string
		demo, disabled bool
	}
	err := s.db.Pool().QueryRow(ctx, `select id, password_hash, demo, disabled_at is not null from people where email = $1`, email).
		Scan(&p.id, &p.hash, &p.demo, &p.disabled)
	if err != nil && !database.NotFound(err) {
		return Session{}, err
	}
	if p.hash == "" {
		p.hash = s.decoyHash
	}
	right, err := checkPassword(ctx, p.hash, password)
	switch {
	case err != nil:
		return Session{}, err
	case !right:
		return Session{}, ErrCredentials
	case p.disabled:
		return Session{}, ErrDisabled
	case p.demo && !s.demo:
		return Session{}, ErrDemo
	}
	var out Session
	err = s.db.InTx(ctx, func(tx database.Tx) error {
		if err := forget(tx, signInsOfAccount, email); err != nil {
			return err
		}
		// Guarded by the hash that was checked: a reset meanwhile ends what was before it.
		var same bool
		err := tx.Pgx().QueryRow(ctx, `select password_hash = $2 and disabled_at is null from people where id = $1 for share`, p.id, p.hash).Scan(&same)
		if err != nil {
			return err
		}
		if !same {
			return ErrCredentials
		}
		out, err = s.openOrAsk(tx, p.id, opening{from: from, agent: agent, method: byPassword})
		return err
	})
	return out, err
}

// opening is how a session comes about.
type opening struct {
	from, agent string
	method      string
	factor      bool // a second factor was given
}

// The ways in.
const (
	byPassword   = "password"
	byPasskey    = "passkey"
	byOIDC       = "oidc"
	byInvitation = "invitation"
)

// open makes a session of a person.
func (s *Service) open(tx database.Tx, person uuid.UUID, o opening) (Session, error) {
	now, err := tx.Now()
	if err != nil {
		return Session{}, err
	}
	id := uuid.Must(uuid.NewV7())
	_, err = tx.Pgx().Exec(tx.Context(), `insert into sessions (id, person_id, rotated_at, created_at, proved_at, user_agent, address, method, factor)
		values ($1,$2,$3,$3,$3,$4,$5,$6,$7)`, id, person, now, clip(o.agent, 200), clip(o.from, 60), o.method, o.factor)
	if err != nil {
		return Session{}, err
	}
	return s.tokens(person, id, 0, now, now)
}

func (s *Service) tokens(person, session uuid.UUID, counter int, created, now time.Time) (Session, error) {
	out := Session{Refresh: s.refreshToken(session, counter), Absolute: created.Add(s.absolute)}
	out.AccessExpires = now.Add(accessLife)
	if out.AccessExpires.After(out.Absolute) {
		out.AccessExpires = out.Absolute // the session's end is the token's
	}
	var err error
	out.Access, err = s.sign(person, session, now, out.AccessExpires)
	return out, err
}

// Refresh exchanges a refresh token for its successor. Within ten seconds of its use the same
// successor is given again; later the token counts as stolen and the session ends.
func (s *Service) Refresh(ctx context.Context, token string) (Session, error) {
	id, counter, ok := s.readRefresh(token)
	if !ok {
		return Session{}, ErrSession
	}
	ctx = plain(ctx)
	var out Session
	stolen := false
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		var row struct {
			person           uuid.UUID
			counter          int
			rotated, created time.Time
			open, demo       bool
		}
		err := tx.Pgx().QueryRow(ctx, `select s.person_id, s.counter, s.rotated_at, s.created_at,
				s.revoked_at is null and p.disabled_at is null, p.demo
			from sessions s join people p on p.id = s.person_id where s.id = $1 for update of s`, id).
			Scan(&row.person, &row.counter, &row.rotated, &row.created, &row.open, &row.demo)
		if database.NotFound(err) {
			return ErrSession
		}
		if err != nil {
			return err
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		switch {
		case !row.open, now.Sub(row.rotated) > s.idle, now.Sub(row.created) > s.absolute:
			return ErrSession
		case row.demo && !s.demo:
			return ErrDemo
		case counter == row.counter:
			row.counter++
			_, err = tx.Pgx().Exec(ctx, `update sessions set counter = $2, rotated_at = $3 where id = $1`, id, row.counter, now)
		case counter == row.counter-1 && now.Sub(row.rotated) <= rotationGrace:
			// The other tab was faster: the same successor.
		default:
			stolen = true
			_, err = tx.Pgx().Exec(ctx, `update sessions set revoked_at = $2, revoked_why = 'refresh token used again' where id = $1`, id, now)
			if err == nil {
				err = s.note(tx, row.person, row.person, tokenReused, "")
			}
		}
		if err != nil || stolen {
			return err
		}
		out, err = s.tokens(row.person, id, row.counter, row.created, now)
		return err
	})
	if err == nil && stolen {
		err = ErrSession // after the commit, so that the revocation holds
	}
	return out, err
}

// SignOut ends the session of a refresh token, or all sessions of its person. A token that is not
// valid any more ends nothing and is no error.
func (s *Service) SignOut(ctx context.Context, token string, everywhere bool) error {
	id, _, ok := s.readRefresh(token)
	if !ok {
		return nil
	}
	ctx = plain(ctx)
	return s.db.InTx(ctx, func(tx database.Tx) error {
		q := `update sessions set revoked_at = clock_timestamp(), revoked_why = 'signed out' where id = $1 and revoked_at is null`
		if everywhere {
			// A session that has ended must not end the others.
			q = `update sessions set revoked_at = clock_timestamp(), revoked_why = 'signed out everywhere'
				where person_id = (select person_id from sessions where id = $1 and revoked_at is null) and revoked_at is null`
		}
		_, err := tx.Pgx().Exec(ctx, q, id)
		return err
	})
}

// refreshToken is derived: "<session>.<counter>.<mac>". Nothing that opens a session is stored.
func (s *Service) refreshToken(session uuid.UUID, counter int) string {
	body := fmt.Sprintf("%s.%d", session, counter)
	return body + "." + s.macOf(body)
}

func (s *Service) macOf(body string) string {
	m := hmac.New(sha256.New, s.refresh)
	m.Write([]byte(body))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}

func (s *Service) readRefresh(token string) (session uuid.UUID, counter int, ok bool) {
	body, mac, found := cutLast(token, '.')
	if !found || !hmac.Equal([]byte(mac), []byte(s.macOf(body))) {
		return uuid.Nil, 0, false
	}
	id, n, _ := strings.Cut(body, ".")
	session, err1 := uuid.Parse(id)
	counter, err2 := strconv.Atoi(n)
	return session, counter, err1 == nil && err2 == nil
}

func cutLast(s string, sep byte) (before, after string, found bool) {
	if i := strings.LastIndexByte(s, sep); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}

// clip cuts a text of unknown making to at most n bytes of valid UTF-8 without NUL.
func clip(s string, n int) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", "")
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
