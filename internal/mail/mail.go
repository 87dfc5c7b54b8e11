// Package mail hands messages to an SMTP server. It decides nothing about them:
// what is said, to whom and how often is the caller's.
package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Security says how the connection is protected.
type Security string

const (
	// StartTLS begins in the clear and refuses to go on without TLS (port 587).
	StartTLS Security = "starttls"
	// TLS is encrypted from the first byte (port 465).
	TLS Security = "tls"
	// Plain is for a server on the same machine.
	Plain Security = "none"
)

// Config says which server to use and who the sender is.
type Config struct {
	Host           string
	Port           int
	User, Password string // both empty: no login
	Security       Security
	From           string // "Name <address>" or an address
	ReplyTo        string // may be empty
	// TLS may be nil; it is for servers with a certificate of a private authority.
	TLS *tls.Config
	// Timeout bounds one delivery; 0 means 30 s.
	Timeout time.Duration
}

// Sender sends messages, each on a connection of its own. It is safe for
// concurrent use.
type Sender struct {
	cfg           Config
	from, replyTo *netmail.Address
}

// Open checks the configuration; it does not connect.
func Open(cfg Config) (*Sender, error) {
	s := &Sender{cfg: cfg}
	if cfg.Host == "" || cfg.Port < 1 || cfg.Port > 65535 {
		return nil, errors.New("mail: host and port of the server are needed")
	}
	switch cfg.Security {
	case StartTLS, TLS, Plain:
	default:
		return nil, fmt.Errorf("mail: unknown security %q: starttls, tls or none", cfg.Security)
	}
	if cfg.Timeout == 0 {
		s.cfg.Timeout = 30 * time.Second
	}
	var err error
	if s.from, err = address(cfg.From); err != nil {
		return nil, fmt.Errorf("mail: sender: %w", err)
	}
	if cfg.ReplyTo != "" {
		if s.replyTo, err = address(cfg.ReplyTo); err != nil {
			return nil, fmt.Errorf("mail: reply address: %w", err)
		}
	}
	return s, nil
}

// Send delivers one message to the server. The error is an *Error. Sent again
// with the same MessageID, a message is the same message to whoever receives it.
func (s *Sender) Send(ctx context.Context, m Message) error {
	msg, err := s.compose(m)
	if err != nil {
		return &Error{Err: err}
	}
	return s.connect(ctx, func(c *gomail.Client) error {
		conn, err := c.DialToSMTPClientWithContext(ctx)
		if err != nil {
			return &Error{Temporary: true, Err: err} // whatever it is, it is not the message
		}
		err = c.SendWithSMTPClient(conn, msg)
		if msg.IsDelivered() {
			// Accepted: a farewell that fails must not make anybody send it again.
			_ = c.CloseWithSMTPClient(conn)
			return nil
		}
		return classify(err)
	})
}

// Check connects, logs in and says goodbye.
func (s *Sender) Check(ctx context.Context) error {
	return s.connect(ctx, func(c *gomail.Client) error {
		conn, err := c.DialToSMTPClientWithContext(ctx)
		if err == nil {
			err = conn.Noop()
		}
		if err != nil {
			return &Error{Temporary: true, Err: err}
		}
		_ = c.CloseWithSMTPClient(conn)
		return nil
	})
}

// connect makes a client for one connection, which ends with do or with ctx.
func (s *Sender) connect(ctx context.Context, do func(*gomail.Client) error) error {
	var conn net.Conn // go-mail leaves it open when the greeting or the login fails
	defer func() {
		if conn != nil {
			_ = conn.Close()
		}
	}()
	secure := s.cfg.TLS.Clone()
	if secure == nil {
		secure = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	if secure.ServerName == "" {
		secure.ServerName = s.cfg.Host
	}
	var stop func() bool
	dial := func(ctx context.Context, network, addr string) (net.Conn, error) {
		d := &net.Dialer{Timeout: s.cfg.Timeout}
		var err error
		if s.cfg.Security == TLS {
			conn, err = (&tls.Dialer{NetDialer: d, Config: secure}).DialContext(ctx, network, addr)
		} else {
			conn, err = d.DialContext(ctx, network, addr)
		}
		return conn, err
	}
	opts := []gomail.Option{
		gomail.WithPort(s.cfg.Port), gomail.WithTimeout(s.cfg.Timeout), gomail.WithTLSConfig(secure),
		gomail.WithDialContextFunc(func(dctx context.Context, network, addr string) (net.Conn, error) {
			c, err := dial(dctx, network, addr)
			if err == nil {
				stop = context.AfterFunc(ctx, func() { _ = c.Close() })
			}
			return c, err
		}),
	}
	switch s.cfg.Security {
	case TLS:
		opts = append(opts, gomail.WithSSL()) // so that logging in knows of it; dial does it
	case StartTLS:
		opts = append(opts, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case Plain:
		opts = append(opts, gomail.WithTLSPolicy(gomail.NoTLS))
	}
	if s.cfg.User != "" {
		// go-mail does not see that a connection made here is encrypted, and would
		// then choose no password login by itself.
		choice := gomail.WithOpportunisticSMTPAuth(gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin)
		if s.cfg.Security == Plain {
			choice = gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover) // no password in the clear
		}
		opts = append(opts, choice, gomail.WithUsername(s.cfg.User), gomail.WithPassword(s.cfg.Password))
	}
	c, err := gomail.NewClient(s.cfg.Host, opts...)
	if err != nil {
		return &Error{Temporary: true, Err: err}
	}
	defer func() {
		if stop != nil {
			stop()
		}
	}()
	return do(c)
}

// Addr is the server's address, for messages to the operator.
func (s *Sender) Addr() string { return net.JoinHostPort(s.cfg.Host, strconv.Itoa(s.cfg.Port)) }
