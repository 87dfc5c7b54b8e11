// Package fault is the one error type that crosses rooms. A feature declares each thing that can
// go wrong once, as a sentinel with a stable code; httpapi turns it into an RFC 9457 problem and
// the page and the mails put it in the reader's language.
package fault

import (
	"errors"
	"fmt"
	"maps"
)

// Kind says what sort of thing went wrong, and so which HTTP status it becomes.
type Kind int

// The kinds, from the reader's own mistake to ours.
const (
	Internal        Kind = iota // 500: unexpected; never echoed
	Invalid                     // 422: a field is wrong, see Fields
	Unauthenticated             // 401
	Forbidden                   // 403
	NotFound                    // 404: absent, or not to be seen
	Conflict                    // 409: the state does not allow it
	Stale                       // 412: If-Match does not match
	TooLarge                    // 413
	RateLimited                 // 429
	Unavailable                 // 503: try again later
)

// Field points at one wrong input: Pointer is a JSON pointer into the request body ("/title") or
// a parameter name; Code is stable ("required", "too_long"); Params fill the translated sentence.
type Field struct {
	Pointer string
	Code    string
	Params  map[string]any
}

// Error is a sentinel or a copy of one with details. Compare with errors.Is: copies made by With,
// Wrap and At match their sentinel.
type Error struct {
	Kind   Kind
	Code   string // stable, "module.reason"
	Title  string // English, one sentence, for logs and as a fallback
	Params map[string]any
	Fields []Field
	cause  error
	base   *Error
}

var registry = map[string]*Error{}

// New declares a sentinel. Codes are unique; declaring one twice panics at start.
func New(kind Kind, code, title string) *Error {
	if _, twice := registry[code]; twice {
		panic("fault: code declared twice: " + code)
	}
	e := &Error{Kind: kind, Code: code, Title: title}
	registry[code] = e
	return e
}

// Codes lists every declared code with its kind, for the test that finds each one translated.
func Codes() map[string]Kind {
	out := make(map[string]Kind, len(registry))
	for code, e := range registry {
		out[code] = e.Kind
	}
	return out
}

// Error gives the English sentence and the cause.
func (e *Error) Error() string {
	if e.cause != nil {
		return fmt.Sprintf("%s: %s: %v", e.Code, e.Title, e.cause)
	}
	return e.Code + ": " + e.Title
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.cause }

// Is matches the sentinel that e was made from.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && e.root() == t.root()
}

func (e *Error) root() *Error {
	if e.base != nil {
		return e.base
	}
	return e
}

func (e *Error) copy() *Error {
	c := *e
	c.base = e.root()
	c.Params = maps.Clone(e.Params)
	c.Fields = append([]Field(nil), e.Fields...)
	return &c
}

// With returns a copy that carries one more parameter.
func (e *Error) With(key string, value any) *Error {
	c := e.copy()
	if c.Params == nil {
		c.Params = map[string]any{}
	}
	c.Params[key] = value
	return c
}

// Wrap returns a copy that remembers its cause, for the log only.
func (e *Error) Wrap(cause error) *Error {
	c := e.copy()
	c.cause = cause
	return c
}

// At returns a copy that points at a field.
func (e *Error) At(pointer, code string, params map[string]any) *Error {
	c := e.copy()
	c.Fields = append(c.Fields, Field{pointer, code, params})
	return c
}

// ErrInvalid is the problem of one or more wrong fields.
var ErrInvalid = New(Invalid, "request.invalid", "Some fields need attention.")

// ErrNotFound is the one answer for what is absent and for what the actor may not see.
var ErrNotFound = New(NotFound, "request.not_found", "There is nothing here.")

// ErrForbidden is the answer where the actor sees the thing but may not do this to it.
var ErrForbidden = New(Forbidden, "request.forbidden", "You may not do this.")

// ErrSignIn asks for authentication.
var ErrSignIn = New(Unauthenticated, "request.sign_in", "Sign in first.")

// ErrStale says that somebody else changed the thing since it was read.
var ErrStale = New(Stale, "request.stale", "This was changed meanwhile. Load it again.")

// ErrUnavailable says that a part the request needs is not there for now.
var ErrUnavailable = New(Unavailable, "request.unavailable", "This is not available for the moment. Try again shortly.")

// Check collects field errors of one request and becomes ErrInvalid when any was found.
type Check struct{ fields []Field }

// That records a field error when ok is false.
func (c *Check) That(ok bool, pointer, code string, params ...any) {
	if ok {
		return
	}
	f := Field{Pointer: pointer, Code: code}
	for i := 0; i+1 < len(params); i += 2 {
		if f.Params == nil {
			f.Params = map[string]any{}
		}
		f.Params[fmt.Sprint(params[i])] = params[i+1]
	}
	c.fields = append(c.fields, f)
}

// Err is nil when every check held.
func (c *Check) Err() error {
	if len(c.fields) == 0 {
		return nil
	}
	e := ErrInvalid.copy()
	e.Fields = c.fields
	return e
}

// As finds the fault inside an error.
func As(err error) (*Error, bool) {
	var e *Error
	ok := errors.As(err, &e)
	return e, ok
}
