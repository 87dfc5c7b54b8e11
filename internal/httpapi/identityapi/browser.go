package identityapi

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"fieldtrial/internal/fault"
	oapi "fieldtrial/internal/httpapi/oapi/identity"
	"fieldtrial/internal/identity"
)

// errCrossSite refuses requests that another site's page made with our cookie.
var errCrossSite = fault.New(fault.Forbidden, "session.cross_site", "This request did not come from this site's own pages.")

// cookieNames of the refresh token: the prefix makes browsers insist on Secure, on Path=/ and on
// this very host. Plain http exists on loopback only.
const (
	secureCookie = "__Host-fieldtrial"
	plainCookie  = "fieldtrial"
)

// byCookie are the operations that act on what the cookie says; setCookie those that may plant one.
var (
	byCookie  = map[string]bool{"RefreshSession": true, "SignOut": true}
	setCookie = map[string]bool{
		"SignIn": true, "AcceptInvitation": true, "FinishSignIn": true, "SignInWithPasskey": true,
		"StartCitySignIn": true, "FinishCitySignIn": true,
	}
)

type browserConfig struct {
	secure bool
	host   string
}

// browser is what a handler needs of the client beside the request body.
type browser struct {
	cfg browserConfig
	c   echo.Context
}

type browserKey struct{}

func browserOf(ctx context.Context) browser { return ctx.Value(browserKey{}).(browser) }

// guard keeps other sites from using or planting the cookie, and hands the browser to the handler.
func (b browserConfig) guard(next oapi.StrictHandlerFunc, operation string) oapi.StrictHandlerFunc {
	return func(c echo.Context, request any) (any, error) {
		r := c.Request()
		if (byCookie[operation] || setCookie[operation]) && !b.sameSite(r) {
			return nil, errCrossSite
		}
		// A header that forms cannot set and other sites may not.
		if byCookie[operation] && r.Header.Get("X-Fieldtrial") != "1" {
			return nil, errCrossSite
		}
		c.SetRequest(r.WithContext(context.WithValue(r.Context(), browserKey{}, browser{b, c})))
		return next(c, request)
	}
}

// sameSite looks at what browsers say about where a request comes from. Programs that are no
// browsers say nothing, and hold no one's cookie.
func (b browserConfig) sameSite(r *http.Request) bool {
	if s := r.Header.Get("Sec-Fetch-Site"); s != "" && s != "same-origin" && s != "none" {
		return false
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host != "" && (u.Host == r.Host || u.Host == b.host)
}

func (b browser) address() string { return b.c.RealIP() }
func (b browser) agent() string   { return b.c.Request().UserAgent() }

func (b browser) token() string {
	k, err := b.c.Cookie(b.cookieName())
	if err != nil {
		return ""
	}
	return k.Value
}

func (b browser) keep(s identity.Session) {
	b.c.SetCookie(b.cookie(s.Refresh, s.Absolute))
}

func (b browser) forget() {
	k := b.cookie("", time.Unix(1, 0)) //nolint:gosec // its attributes are set below
	k.MaxAge = -1
	b.c.SetCookie(k)
}

func (b browser) cookieName() string {
	if b.cfg.secure {
		return secureCookie
	}
	return plainCookie
}

func (b browser) cookie(value string, expires time.Time) *http.Cookie {
	return &http.Cookie{ //nolint:gosec // Secure wherever the product is served by https; loopback has none
		Name: b.cookieName(), Value: value, Path: "/", Expires: expires,
		HttpOnly: true, Secure: b.cfg.secure, SameSite: http.SameSiteStrictMode,
	}
}
