package httpapi

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/labstack/echo/v4"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// clientAddress trusts X-Forwarded-For from the configured proxies only; Echo's default would
// trust anybody's.
func clientAddress(trusted []*net.IPNet) echo.IPExtractor {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect()
	}
	opts := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, n := range trusted {
		opts = append(opts, echo.TrustIPRange(n))
	}
	return echo.ExtractIPFromXFFHeader(opts...)
}

// secure sets the headers that every answer carries. Pages add their own policy on top.
func secure(cfg Config) echo.MiddlewareFunc {
	https := strings.HasPrefix(cfg.PublicURL, "https://")
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			h := c.Response().Header()
			h.Set("X-Content-Type-Options", "nosniff")
			h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
			h.Set("X-Frame-Options", "DENY")
			h.Set("Cross-Origin-Opener-Policy", "same-origin")
			h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
			h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
			if https {
				h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
			}
			if strings.HasPrefix(c.Request().URL.Path, Base) {
				h.Set("Cache-Control", "no-store")
			}
			return next(c)
		}
	}
}

func recoverPanic(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			if r := recover(); r != nil {
				if e, ok := r.(error); ok && errors.Is(e, http.ErrAbortHandler) {
					panic(r)
				}
				err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
			}
		}()
		return next(c)
	}
}

// authenticate puts the actor into the context. No token is nobody; a bad one is refused, so that
// a client learns at once that it must refresh.
func authenticate(check func(ctx context.Context, token string) (authz.Actor, error)) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := c.Request()
			token, found := strings.CutPrefix(r.Header.Get(echo.HeaderAuthorization), "Bearer ")
			if found {
				a, err := check(r.Context(), token)
				if err != nil {
					return err
				}
				c.SetRequest(r.WithContext(authz.With(r.Context(), a)))
			}
			return next(c)
		}
	}
}

// permit asks for the least that the operations table demands of the caller. A personal token
// reaches what its scopes name and nothing else, public or not.
func permit(operation string, a authz.Actor, reading bool) error {
	need, listed := authz.Operations[operation]
	switch {
	case !listed:
		return fault.ErrNotFound
	case a.Token != nil && !a.Token.Allow(operation, reading):
		return authz.ErrTokenScope
	case need.Public:
		return nil
	case !a.SignedIn():
		return fault.ErrSignIn
	case need.Confirmed && !a.Confirmed:
		return ErrUnconfirmed
	case a.Withheld && need.Action != "" && !a.Anywhere(need.Action):
		return authz.ErrFactor
	case need.Recent && !a.Recent:
		return authz.ErrProve
	}
	return nil
}

// ErrUnconfirmed asks to confirm the e-mail address first.
var ErrUnconfirmed = fault.New(fault.Forbidden, "account.unconfirmed", "Confirm your e-mail address first.")

// idempotent hands the Idempotency-Key of a POST to database.InTx. The actor is the person, or the
// address of those who have none.
func idempotent(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		key := r.Header.Get("Idempotency-Key")
		if key == "" || r.Method != http.MethodPost {
			return next(c)
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return errMalformed.Wrap(err)
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		actor := authz.From(r.Context())
		who := actor.PersonID.String()
		if !actor.SignedIn() {
			who = c.RealIP()
		}
		sum := sha256.Sum256([]byte(r.Method + " " + r.URL.Path + "\n" + string(body)))
		c.SetRequest(r.WithContext(database.WithIdempotency(r.Context(), database.Idempotency{Actor: who, Key: key, Hash: sum[:]})))
		return next(c)
	}
}
