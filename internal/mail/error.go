package mail

import (
	"errors"

	gomail "github.com/wneessen/go-mail"
)

var (
	// ErrInjection means a line break or control character where a header would break.
	ErrInjection = errors.New("a header must be one line without control characters")
	// ErrAddress means that it is not an e-mail address.
	ErrAddress = errors.New("not an e-mail address")
)

// Error says what became of a message that was not delivered.
type Error struct {
	// Temporary: trying again later may help. Otherwise the server, or this
	// package, has refused this very message for good.
	Temporary bool
	// Uncertain: the connection broke after the message was sent and before the
	// server's answer. It may have been accepted; sending it again may deliver it
	// twice.
	Uncertain bool
	// Code is the server's reply code, 0 where there was none.
	Code int
	Err  error
}

// Error tells the cause.
func (e *Error) Error() string { return "mail: " + e.Err.Error() }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// classify reads from go-mail's error whether to try again. Only the server's
// word against this message is final: whatever is wrong with the network, the
// login or the set-up is repaired some day, and the message must still be there.
func classify(err error) error {
	if err == nil {
		return nil
	}
	e := &Error{Temporary: true, Err: err}
	var failed *gomail.SendError
	if !errors.As(err, &failed) {
		return e
	}
	e.Code = failed.ErrorCode()
	switch e.Code {
	case 530, 534, 535, 538: // log in first: not about the message
	case 0:
		e.Uncertain = failed.Reason == gomail.ErrSMTPDataClose
	default:
		e.Temporary = e.Code < 500
	}
	return e
}
