package identity

import (
	"context"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
)

// What an access token says about itself; a token that differs in any of it is refused.
const (
	tokenIssuer   = "fieldtrial"
	tokenAudience = "fieldtrial-api"
	tokenType     = "at+jwt"
)

type claims struct {
	Session string `json:"sid"`
	jwt.RegisteredClaims
}

func (s *Service) sign(person, session uuid.UUID, now, until time.Time) (string, error) {
	t := jwt.NewWithClaims(jwt.SigningMethodHS256, claims{
		Session: session.String(),
		RegisteredClaims: jwt.RegisteredClaims{
			Issuer: tokenIssuer, Audience: jwt.ClaimStrings{tokenAudience}, Subject: person.String(),
			IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(until),
		},
	})
	t.Header["typ"], t.Header["kid"] = tokenType, s.keyID
	return t.SignedString(s.access)
}

// Authenticate turns an access token into its actor as the database knows them now. A token that
// is not valid, a closed account or an ended session is ErrSession.
func (s *Service) Authenticate(ctx context.Context, token string) (authz.Actor, error) {
	if strings.HasPrefix(token, apiTokenPrefix) {
		return s.authenticateToken(ctx, token)
	}
	now, err := s.clock.now(ctx)
	if err != nil {
		return authz.Actor{}, err
	}
	var c claims
	_, err = jwt.ParseWithClaims(token, &c, s.keyOf,
		jwt.WithValidMethods([]string{"HS256"}), jwt.WithIssuer(tokenIssuer), jwt.WithAudience(tokenAudience),
		jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithLeeway(2*time.Second),
		jwt.WithTimeFunc(func() time.Time { return now }))
	if err != nil {
		return authz.Actor{}, ErrSession.Wrap(err)
	}
	person, err1 := uuid.Parse(c.Subject)
	session, err2 := uuid.Parse(c.Session)
	if err1 != nil || err2 != nil {
		return authz.Actor{}, ErrSession
	}
	a, open, err := authz.Load(ctx, s.db.Pool(), person, session)
	if err != nil {
		return authz.Actor{}, err
	}
	if !open || (a.Demo && !s.demo) {
		return authz.Actor{}, ErrSession
	}
	return s.withhold(a), nil
}

func (s *Service) keyOf(t *jwt.Token) (any, error) {
	if t.Header["typ"] != tokenType || t.Header["kid"] != s.keyID {
		return nil, fault.ErrSignIn
	}
	return s.access, nil
}
