package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"

	"github.com/labstack/echo/v4"

	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/httpapi/oapi/common"
)

var statusOf = map[fault.Kind]int{
	fault.Internal:        http.StatusInternalServerError,
	fault.Invalid:         http.StatusUnprocessableEntity,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.Forbidden:       http.StatusForbidden,
	fault.NotFound:        http.StatusNotFound,
	fault.Conflict:        http.StatusConflict,
	fault.Stale:           http.StatusPreconditionFailed,
	fault.TooLarge:        http.StatusRequestEntityTooLarge,
	fault.RateLimited:     http.StatusTooManyRequests,
	fault.Unavailable:     http.StatusServiceUnavailable,
}

// Faults of the transport itself.
var (
	errInternal  = fault.New(fault.Internal, "request.internal", "Something went wrong on our side.")
	errMalformed = fault.New(fault.Invalid, "request.malformed", "The request cannot be read.")
	errMethod    = fault.New(fault.Invalid, "request.method", "This address does not take this method.")
	errTooLarge  = fault.New(fault.TooLarge, "request.too_large", "The request is too large.")
	errMediaType = fault.New(fault.Invalid, "request.media_type", "Send JSON with Content-Type application/json.")
)

// onError is Echo's error handler: every error leaves as an RFC 9457 problem. Unknown errors are
// logged once and never echoed.
func onError(log *slog.Logger) echo.HTTPErrorHandler {
	return func(err error, c echo.Context) {
		if c.Response().Committed {
			return
		}
		f, status := asFault(err)
		if errors.Is(c.Request().Context().Err(), context.Canceled) && status >= 500 {
			status = 499 // the client went away; nobody reads the answer
		} else if status >= 500 && status != http.StatusServiceUnavailable {
			log.Error("request failed", "id", RequestID(c), "method", c.Request().Method, "route", c.Path(), "error", err)
		}
		h := c.Response().Header()
		switch status {
		case http.StatusServiceUnavailable:
			h.Set("Retry-After", "3")
		case http.StatusTooManyRequests:
			h.Set("Retry-After", "30")
		case http.StatusUnauthorized:
			h.Set("WWW-Authenticate", `Bearer realm="fieldtrial"`)
		}
		h.Set("Cache-Control", "no-store")
		h.Set(echo.HeaderContentType, "application/problem+json")
		c.Response().WriteHeader(status)
		if c.Request().Method != http.MethodHead {
			_ = json.NewEncoder(c.Response()).Encode(problemOf(f, status, RequestID(c)))
		}
	}
}

// asFault finds the fault in an error and its status.
func asFault(err error) (*fault.Error, int) {
	var he *echo.HTTPError
	if f, ok := fault.As(err); ok {
		return f, statusOf[f.Kind]
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return errTooLarge, http.StatusRequestEntityTooLarge
	}
	if database.Unavailable(err) {
		return fault.ErrUnavailable, http.StatusServiceUnavailable
	}
	if database.NotFound(err) {
		return fault.ErrNotFound, http.StatusNotFound
	}
	if errors.As(err, &he) {
		switch he.Code {
		case http.StatusNotFound:
			return fault.ErrNotFound, he.Code
		case http.StatusMethodNotAllowed:
			return errMethod, he.Code
		case http.StatusRequestEntityTooLarge:
			return errTooLarge, he.Code
		case http.StatusUnsupportedMediaType:
			return errMediaType, he.Code
		case http.StatusUnauthorized:
			return fault.ErrSignIn, he.Code
		}
		if he.Code >= 400 && he.Code < 500 {
			return errMalformed, he.Code
		}
	}
	return errInternal, http.StatusInternalServerError
}

// problemOf never carries the request id for what is not found: its bytes must not differ between
// what is absent and what is hidden. The id is in the header.
func problemOf(f *fault.Error, status int, id string) common.Problem {
	p := common.Problem{Type: "urn:fieldtrial:" + f.Code, Title: f.Title, Status: status, Code: f.Code}
	if len(f.Params) > 0 {
		p.Params = &f.Params
	}
	if len(f.Fields) > 0 {
		list := make([]common.FieldError, 0, len(f.Fields))
		for _, x := range f.Fields {
			fe := common.FieldError{Pointer: x.Pointer, Code: x.Code}
			if len(x.Params) > 0 {
				params := x.Params
				fe.Params = &params
			}
			list = append(list, fe)
		}
		p.Errors = &list
	}
	if status != http.StatusNotFound {
		p.RequestId = &id
	}
	return p
}
