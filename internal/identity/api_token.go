package identity

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// apiTokenPrefix tells a personal token from an access token, and secret scanners what it is.
const apiTokenPrefix = "fieldtrial_pat_"

// Bounds of a person's tokens.
const (
	maxTokens    = 50
	maxTokenDays = 366
)

// APIToken is a token of a person for their programs. It acts with the person's roles as they are
// at each request, within its scopes, and never on accounts.
type APIToken struct {
	ID       uuid.UUID
	Name     string
	Scopes   authz.TokenScopes
	Created  time.Time
	Expires  time.Time
	LastUsed *time.Time
}

// NewAPIToken is what the person decides on; Days is 1 to 366.
type NewAPIToken struct {
	Name   string
	Scopes authz.TokenScopes
	Days   int
}

// MakeToken makes a token and gives its text, which is shown this once.
func (s *Service) MakeToken(ctx context.Context, actor authz.Actor, n NewAPIToken) (string, APIToken, error) {
	if err := actor.RequireRecent(); err != nil {
		return "", APIToken{}, err
	}
	n.Name = cleanName(n.Name)
	var c fault.Check
	c.That(n.Name != "", "/name", "required")
	c.That(!strings.ContainsFunc(n.Name, hidden), "/name", "control")
	c.That(len([]rune(n.Name)) <= 100, "/name", "too_long", "max", 100)
	c.That(len(n.Scopes) > 0, "/scopes", "required")
	c.That(n.Days >= 1, "/days", "too_small", "min", 1)
	c.That(n.Days <= maxTokenDays, "/days", "too_large", "max", maxTokenDays)
	for _, x := range n.Scopes {
		c.That(slices.Contains(authz.AllTokenScopes(), x), "/scopes", "not_a_choice")
	}
	if err := c.Err(); err != nil {
		return "", APIToken{}, err
	}
	slices.Sort(n.Scopes)
	n.Scopes = slices.Compact(n.Scopes)
	secret, _ := newToken()
	text := apiTokenPrefix + secret
	t := APIToken{ID: uuid.Must(uuid.NewV7()), Name: n.Name, Scopes: n.Scopes}
	err := s.db.InTx(plain(ctx), func(tx database.Tx) error {
		if err := tx.Lock("identity: tokens " + actor.PersonID.String()); err != nil {
			return err
		}
		var have int
		if err := tx.Pgx().QueryRow(ctx, `select count(*) from api_tokens where person_id = $1 and revoked_at is null and expires_at > clock_timestamp()`,
			actor.PersonID).Scan(&have); err != nil {
			return err
		}
		if have >= maxTokens {
			return ErrTokensEnough
		}
		err := tx.Pgx().QueryRow(ctx, `insert into api_tokens (id, person_id, name, hash, scopes, expires_at)
			values ($1,$2,$3,$4,$5, clock_timestamp() + make_interval(days => $6)) returning created_at, expires_at`,
			t.ID, actor.PersonID, t.Name, hashToken(text), t.Scopes, n.Days).Scan(&t.Created, &t.Expires)
		if err != nil {
			return err
		}
		if err := s.note(tx, actor.PersonID, actor.PersonID, tokenMade, t.Name); err != nil {
			return err
		}
		return mailFactorChanged(tx, actor.PersonID)
	})
	return text, t, err
}

// Tokens lists the actor's tokens that work, the newest first.
func (s *Service) Tokens(ctx context.Context, actor authz.Actor) ([]APIToken, error) {
	rows, err := s.db.Pool().Query(ctx, `select id, name, scopes, created_at, expires_at, last_used_at from api_tokens
		where person_id = $1 and revoked_at is null and expires_at > clock_timestamp() order by id desc`, actor.PersonID)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[APIToken])
}

// RevokeToken ends one of the actor's tokens at once.
func (s *Service) RevokeToken(ctx context.Context, actor authz.Actor, id uuid.UUID) error {
	return s.db.InTx(plain(ctx), func(tx database.Tx) error {
		tag, err := tx.Pgx().Exec(ctx, `update api_tokens set revoked_at = clock_timestamp()
			where id = $1 and person_id = $2 and revoked_at is null`, id, actor.PersonID)
		if err != nil {
			return err
		}
		if tag.RowsAffected() != 1 {
			return fault.ErrNotFound
		}
		return s.note(tx, actor.PersonID, actor.PersonID, tokenRevoked, "")
	})
}

// authenticateToken turns a personal token into its person, limited to the scopes. The last use is
// noted once a minute. Where roles need a second factor, they rest for those who have none.
func (s *Service) authenticateToken(ctx context.Context, text string) (authz.Actor, error) {
	var person uuid.UUID
	var scopes authz.TokenScopes
	var factor, stale bool
	hash := hashToken(text)
	err := s.db.Pool().QueryRow(ctx, `select t.person_id, t.scopes,
			exists (select from totp_secrets x where x.person_id = t.person_id) or exists (select from passkeys x where x.person_id = t.person_id),
			coalesce(t.last_used_at < clock_timestamp() - interval '1 minute', true)
		from api_tokens t join people p on p.id = t.person_id
		where t.hash = $1 and t.revoked_at is null and t.expires_at > clock_timestamp() and p.disabled_at is null`, hash).
		Scan(&person, &scopes, &factor, &stale)
	if database.NotFound(err) {
		return authz.Actor{}, ErrSession
	}
	if err != nil {
		return authz.Actor{}, err
	}
	a, _, err := authz.Load(ctx, s.db.Pool(), person, uuid.Nil)
	if err != nil {
		return authz.Actor{}, err
	}
	if a.Demo && !s.demo {
		return authz.Actor{}, ErrSession
	}
	if stale {
		if _, err := s.db.Pool().Exec(ctx, `update api_tokens set last_used_at = clock_timestamp() where hash = $1`, hash); err != nil {
			return authz.Actor{}, err
		}
	}
	a.Token, a.Factor = &scopes, factor
	return s.withhold(a), nil
}
