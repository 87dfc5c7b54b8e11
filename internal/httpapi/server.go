// Package httpapi is the only room that knows Echo. It checks every request against the contract
// and the operations table, and turns faults into problems; the rooms below it hold the handlers.
package httpapi

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"fieldtrial/internal/authz"
)

// Base is the prefix of the API.
const Base = "/api/v1"

// Config is what the spine needs to know.
type Config struct {
	Log            *slog.Logger
	PublicURL      string       // scheme and host under which people reach the product
	TrustedProxies []*net.IPNet // X-Forwarded-For is believed from these only
	StoreOrigin    string       // origin of the object store when the browser goes straight to it, else ""
	Document       []byte       // the bundled contract
	// Authenticate turns an access token into its actor as the database knows it now. An unknown,
	// expired or revoked token is fault.ErrSignIn.
	Authenticate func(ctx context.Context, token string) (authz.Actor, error)
}

// Module registers one room's handlers on the router, under Base.
type Module func(r Router)

// Router is what modules register on.
type Router interface {
	CONNECT(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route
	DELETE(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route
	GET(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route
	HEAD(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route
	OPTIONS(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route
	PATCH(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route
	POST(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route
	PUT(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route
	TRACE(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route
}

// New builds the router with the spine's middleware and the given modules.
func New(cfg Config, modules ...Module) (*echo.Echo, error) {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = onError(cfg.Log)
	e.IPExtractor = clientAddress(cfg.TrustedProxies)
	e.Use(requestID, recoverPanic, secure(cfg), takeBody)
	check, err := validator(cfg.Document)
	if err != nil {
		return nil, err
	}
	// Not the group's own Use: that answers 404 where Echo itself would say 405.
	for _, m := range []echo.MiddlewareFunc{compress, authenticate(cfg.Authenticate), plain, check, idempotent} {
		e.Use(underBase(m))
	}
	g := e.Group(Base)
	for _, m := range modules {
		m(g)
	}
	e.GET(Base+"/openapi.json", func(c echo.Context) error {
		c.Response().Header().Set("Cache-Control", "public, max-age=300")
		return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, cfg.Document)
	})
	return e, nil
}

// underBase applies a middleware to the API alone.
func underBase(m echo.MiddlewareFunc) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		with := m(next)
		return func(c echo.Context) error {
			if strings.HasPrefix(c.Request().URL.Path, Base+"/") {
				return with(c)
			}
			return next(c)
		}
	}
}

// Server gives an http.Server with limits against slow clients and large headers; takeBody limits
// how long bodies take. Downloads have no deadline: who reads slowly still reads.
func Server(h http.Handler) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
}

// RequestID is the id under which the log knows the request.
func RequestID(c echo.Context) string { return c.Response().Header().Get(echo.HeaderXRequestID) }

func requestID(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set(echo.HeaderXRequestID, uuid.Must(uuid.NewV7()).String())
		return next(c)
	}
}
