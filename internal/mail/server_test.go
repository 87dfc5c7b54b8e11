package mail

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"log"
	"math/big"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// moody is a server whose answers a test chooses.
type moody struct {
	mail, rcpt, data error
	drop             string // "data": closes after the message; "after": after accepting it
	accepted         atomic.Int32
	users            map[string]string
}

func (m *moody) NewSession(c *smtp.Conn) (smtp.Session, error) { return &mood{m, c}, nil }

type mood struct {
	*moody
	conn *smtp.Conn
}

func (m *mood) Mail(string, *smtp.MailOptions) error { return m.mail }
func (m *mood) Rcpt(string, *smtp.RcptOptions) error { return m.rcpt }
func (m *mood) Reset() {
	if m.drop == "after" && m.accepted.Load() > 0 {
		_ = m.conn.Conn().Close()
	}
}
func (m *mood) Logout() error { return nil }
func (m *mood) Data(r io.Reader) error {
	if _, err := io.Copy(io.Discard, r); err != nil {
		return err
	}
	if m.data != nil {
		return m.data
	}
	m.accepted.Add(1)
	if m.drop == "data" {
		_ = m.conn.Conn().Close()
	}
	return nil
}

func (m *mood) AuthMechanisms() []string {
	if m.users == nil {
		return nil
	}
	return []string{sasl.Plain}
}

func (m *mood) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if p, ok := m.users[user]; !ok || p != password {
			return smtp.ErrAuthFailed
		}
		return nil
	}), nil
}

// serve starts the server and returns its address; implicit means TLS at once.
func (m *moody) serve(t *testing.T, cert *tls.Config, implicit bool) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	srv := smtp.NewServer(m)
	srv.Domain, srv.TLSConfig = "localhost", cert
	srv.ErrorLog = log.New(io.Discard, "", 0)
	if implicit {
		ln = tls.NewListener(ln, cert)
	}
	go func() { _ = srv.Serve(ln) }()
	t.Cleanup(func() { _ = srv.Close() })
	return ln.Addr().String()
}

func reply(code int) error { return &smtp.SMTPError{Code: code, Message: "no"} }

func TestRepliesAreClassified(t *testing.T) {
	for name, c := range map[string]struct {
		*moody
		want Error
	}{
		"unknown recipient":   {&moody{rcpt: reply(550)}, Error{Code: 550}},
		"mailbox full":        {&moody{rcpt: reply(452)}, Error{Code: 452, Temporary: true}},
		"greylisted":          {&moody{rcpt: reply(451)}, Error{Code: 451, Temporary: true}},
		"message refused":     {&moody{data: reply(554)}, Error{Code: 554}},
		"message not now":     {&moody{data: reply(451)}, Error{Code: 451, Temporary: true}},
		"sender refused":      {&moody{mail: reply(553)}, Error{Code: 553}},
		"log in first":        {&moody{mail: reply(530)}, Error{Code: 530, Temporary: true}},
		"dropped before word": {&moody{drop: "data"}, Error{Temporary: true, Uncertain: true}},
	} {
		t.Run(name, func(t *testing.T) {
			wantKind(t, sender(t, c.serve(t, nil, false)).Send(t.Context(), letter()), c.want)
		})
	}
}

// Accepted is accepted, whatever becomes of the connection afterwards.
func TestAcceptedThenDropped(t *testing.T) {
	m := &moody{drop: "after"}
	must(t, sender(t, m.serve(t, nil, false)).Send(t.Context(), letter()))
	if m.accepted.Load() != 1 {
		t.Error("not accepted")
	}
}

func TestSecurityAndLogin(t *testing.T) {
	server, client := certificate(t)
	m := &moody{users: map[string]string{"city": "right"}}
	start, implicit, plain := m.serve(t, server, false), m.serve(t, server, true), m.serve(t, nil, false)
	with := func(sec Security, password string, trust *tls.Config) func(*Config) {
		return func(c *Config) {
			c.Security, c.User, c.Password, c.TLS = sec, "city", password, trust
			c.Host = "localhost"
		}
	}
	for name, c := range map[string]struct {
		addr string
		how  func(*Config)
		ok   bool
	}{
		"starttls":                   {start, with(StartTLS, "right", client), true},
		"tls":                        {implicit, with(TLS, "right", client), true},
		"wrong password":             {start, with(StartTLS, "wrong", client), false},
		"unknown authority":          {start, with(StartTLS, "right", nil), false},
		"unknown authority, tls":     {implicit, with(TLS, "right", nil), false},
		"server without tls":         {plain, with(StartTLS, "right", client), false},
		"password in the clear":      {plain, with(Plain, "right", client), false},
		"plain talk to a tls server": {implicit, with(StartTLS, "right", client), false},
	} {
		t.Run(name, func(t *testing.T) {
			s := sender(t, c.addr, c.how, func(c *Config) { c.Timeout = 2 * time.Second })
			before := m.accepted.Load()
			for _, err := range []error{s.Check(t.Context()), s.Send(t.Context(), letter())} {
				if (err == nil) != c.ok {
					t.Errorf("got %v", err)
				}
				if err != nil {
					wantKind(t, err, Error{Temporary: true}) // the set-up can be repaired
				}
			}
			if sent := m.accepted.Load() > before; sent != c.ok {
				t.Errorf("sent: %v", sent)
			}
		})
	}
}

// certificate makes a private authority's certificate for localhost.
func certificate(t *testing.T) (server, client *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	must(t, err)
	parsed, err := x509.ParseCertificate(der)
	must(t, err)
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12},
		&tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
}
