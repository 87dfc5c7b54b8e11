package identity

import (
	"context"
	"crypto/hmac"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/google/uuid"
	"golang.org/x/oauth2"

	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
)

// OIDCConfig names the city's own sign-in. Domains, when there are any, are those of the addresses
// that it may vouch for. The redirect address to register there is <public URL>/sign-in/city.
type OIDCConfig struct {
	Issuer, ClientID, ClientSecret string
	Name                           string // on the button
	Domains                        []string
}

// OIDCReturn is the page that the provider sends people back to.
const OIDCReturn = "/sign-in/city"

type oidcClient struct {
	cfg      OIDCConfig
	redirect string
	http     *http.Client

	mu       sync.Mutex
	provider *oidc.Provider
}

func newOIDC(cfg OIDCConfig, publicURL string) (*oidcClient, error) {
	if cfg.Issuer == "" {
		return nil, nil
	}
	return &oidcClient{cfg: cfg, redirect: publicURL + OIDCReturn, http: &http.Client{Timeout: 10 * time.Second}}, nil
}

// connect reads the provider's document once it is needed, so that the program starts without it.
func (c *oidcClient) connect(ctx context.Context) (*oidc.Provider, *oauth2.Config, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.provider == nil {
		// The keys are fetched later with the same client: its context must outlive this request.
		p, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), c.http), c.cfg.Issuer)
		if err != nil {
			return nil, nil, ErrOIDC.Wrap(err)
		}
		c.provider = p
	}
	return c.provider, &oauth2.Config{
		ClientID: c.cfg.ClientID, ClientSecret: c.cfg.ClientSecret, Endpoint: c.provider.Endpoint(),
		RedirectURL: c.redirect, Scopes: []string{oidc.ScopeOpenID, "email", "profile"},
	}, nil
}

// OIDCName is the name of the city's own sign-in, "" when none is configured.
func (s *Service) OIDCName() string {
	if s.oidc == nil {
		return ""
	}
	return s.oidc.cfg.Name
}

type oidcTicket struct{ State, Nonce, Verifier string }

// StartOIDC gives the address to send the browser to, and what it must keep until it comes back.
func (s *Service) StartOIDC(ctx context.Context) (address, keep string, err error) {
	if s.oidc == nil {
		return "", "", ErrNoOIDC
	}
	_, flow, err := s.oidc.connect(ctx)
	if err != nil {
		return "", "", err
	}
	state, _ := newToken()
	nonce, _ := newToken()
	t := oidcTicket{state, nonce, oauth2.GenerateVerifier()}
	if keep, err = newTicket(ctx, s, "oidc", t); err != nil {
		return "", "", err
	}
	return flow.AuthCodeURL(t.State, oidc.Nonce(t.Nonce), oauth2.S256ChallengeOption(t.Verifier)), keep, nil
}

type oidcClaims struct {
	Email    string   `json:"email"`
	Verified bool     `json:"email_verified"`
	Name     string   `json:"name"`
	Methods  []string `json:"amr"`
}

// FinishOIDC opens a session for whom the provider vouches. keep is what StartOIDC gave this
// browser; code and state are what the provider sent it back with. A person who has a second factor
// here is asked for it, unless the provider says that it asked for one.
func (s *Service) FinishOIDC(ctx context.Context, keep, code, state, from, agent string) (Session, error) {
	if s.oidc == nil {
		return Session{}, ErrNoOIDC
	}
	ctx = plain(ctx)
	if ok, err := s.take(ctx, signInsOfAddress, from); err != nil || !ok {
		return Session{}, orTooMany(err)
	}
	t, err := readTicket[oidcTicket](ctx, s, "oidc", keep)
	if err != nil {
		return Session{}, err
	}
	if !hmac.Equal([]byte(t.State), []byte(state)) {
		return Session{}, ErrTicket
	}
	if err := s.db.InTx(ctx, func(tx database.Tx) error { return spend(tx, keep) }); err != nil {
		return Session{}, err
	}
	token, claims, err := s.oidc.redeem(ctx, t, code)
	if err != nil {
		return Session{}, err
	}
	var out Session
	err = s.db.InTx(ctx, func(tx database.Tx) error {
		person, err := s.linked(tx, token.Issuer, token.Subject, claims)
		if err != nil {
			return err
		}
		var demo, disabled bool
		if err := tx.Pgx().QueryRow(ctx, `select demo, disabled_at is not null from people where id = $1 for share`, person).Scan(&demo, &disabled); err != nil {
			return err
		}
		switch {
		case disabled:
			return ErrDisabled
		case demo && !s.demo:
			return ErrDemo
		}
		out, err = s.openOrAsk(tx, person, opening{from: from, agent: agent, method: byOIDC, factor: slices.Contains(claims.Methods, "mfa")})
		return err
	})
	return out, err
}

// redeem exchanges the code and checks signature, issuer, audience, expiry and nonce of what comes.
func (c *oidcClient) redeem(ctx context.Context, t oidcTicket, code string) (*oidc.IDToken, oidcClaims, error) {
	var claims oidcClaims
	provider, flow, err := c.connect(ctx)
	if err != nil {
		return nil, claims, err
	}
	answer, err := flow.Exchange(oidc.ClientContext(ctx, c.http), code, oauth2.VerifierOption(t.Verifier))
	if err != nil {
		return nil, claims, ErrOIDC.Wrap(err)
	}
	raw, _ := answer.Extra("id_token").(string)
	token, err := provider.Verifier(&oidc.Config{ClientID: c.cfg.ClientID}).Verify(oidc.ClientContext(ctx, c.http), raw)
	if err != nil {
		return nil, claims, ErrOIDC.Wrap(err)
	}
	if !hmac.Equal([]byte(token.Nonce), []byte(t.Nonce)) {
		return nil, claims, ErrOIDC
	}
	if err := token.Claims(&claims); err != nil {
		return nil, claims, ErrOIDC.Wrap(err)
	}
	if claims.Email == "" {
		if err := c.ask(ctx, provider, answer, token.Subject, &claims); err != nil {
			return nil, claims, err
		}
	}
	claims.Email = normalEmail(claims.Email)
	return token, claims, nil
}

// ask reads address and name where the provider gives them: many put into the token who it is, and
// tell the rest at their UserInfo endpoint alone. What it says of another subject does not count.
func (c *oidcClient) ask(ctx context.Context, provider *oidc.Provider, answer *oauth2.Token, subject string, claims *oidcClaims) error {
	info, err := provider.UserInfo(oidc.ClientContext(ctx, c.http), oauth2.StaticTokenSource(answer))
	if err != nil {
		return ErrOIDC.Wrap(err)
	}
	if info.Subject != subject {
		return ErrOIDC
	}
	var told struct {
		Name string `json:"name"`
	}
	if err := info.Claims(&told); err != nil {
		return ErrOIDC.Wrap(err)
	}
	claims.Email, claims.Verified, claims.Name = info.Email, info.EmailVerified, told.Name
	return nil
}

// linked gives the person of a subject. The first time it is tied to the confirmed account of the
// verified address, or to a new account when that address has been invited; nobody else gets in.
func (s *Service) linked(tx database.Tx, issuer, subject string, c oidcClaims) (uuid.UUID, error) {
	ctx := tx.Context()
	var person uuid.UUID
	err := tx.Pgx().QueryRow(ctx, `select person_id from oidc_links where issuer = $1 and subject = $2`, issuer, subject).Scan(&person)
	if !database.NotFound(err) {
		return person, err
	}
	_, domain, _ := strings.Cut(c.Email, "@")
	if !c.Verified || !validEmail(c.Email) || (len(s.oidc.cfg.Domains) > 0 && !slices.Contains(s.oidc.cfg.Domains, domain)) {
		return uuid.Nil, ErrNotInvited
	}
	err = tx.Pgx().QueryRow(ctx, `select id from people where email = $1 and confirmed_at is not null`, c.Email).Scan(&person)
	if database.NotFound(err) {
		person, err = s.personOfInvitation(tx, c)
	}
	if err != nil {
		return uuid.Nil, err
	}
	if _, err := tx.Pgx().Exec(ctx, `insert into oidc_links (issuer, subject, person_id) values ($1,$2,$3)`, issuer, subject, person); err != nil {
		return uuid.Nil, err
	}
	return person, s.note(tx, person, person, oidcLinked, issuer)
}

// personOfInvitation makes an account without a password for somebody who was invited. The role
// itself comes by accepting, which stays an act of its own.
func (s *Service) personOfInvitation(tx database.Tx, c oidcClaims) (uuid.UUID, error) {
	ctx := tx.Context()
	var name string
	var language lang.Tag
	err := tx.Pgx().QueryRow(ctx, `select name, language from invitations where email = $1 and accepted_at is null
		and declined_at is null and revoked_at is null and expires_at > clock_timestamp() order by created_at desc limit 1`, c.Email).Scan(&name, &language)
	if database.NotFound(err) {
		return uuid.Nil, ErrNotInvited
	}
	if err != nil {
		return uuid.Nil, err
	}
	for _, n := range []string{c.Name, name, c.Email} {
		if name = clip(strings.Map(visible, cleanName(n)), 200); name != "" {
			break
		}
	}
	id, fresh, err := insertPerson(tx, NewAccount{Email: c.Email, Name: name, Language: language, TimeZone: "UTC"}, "")
	if err == nil && !fresh {
		err = ErrNotInvited // an account of this address is not confirmed: its maker may be somebody else
	}
	if err != nil {
		return uuid.Nil, err
	}
	return id, confirm(tx, id)
}
