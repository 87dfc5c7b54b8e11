package embedded

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
)

const (
	defaultKeep = 500
	largestMail = 5 << 20 // bytes
)

// MailboxConfig says where the private mailbox lives.
type MailboxConfig struct {
	Dir string
	// Addr is the address to listen on; empty for a free port of 127.0.0.1.
	Addr string
	// Keep is how many messages are kept, the newest; 0 means 500.
	Keep int
	// Log may be nil.
	Log *slog.Logger
}

// Mailbox is an SMTP server that delivers nothing and keeps what it was given,
// in files, so that a message it has accepted survives a crash.
type Mailbox struct {
	dir    string
	keep   int
	lock   *os.File
	server *smtp.Server
	addr   net.Addr

	mu   sync.Mutex
	last int    // number of the newest message
	mail []Mail // oldest first
}

// StartMailbox starts the private mailbox with the messages it had before.
func StartMailbox(_ context.Context, cfg MailboxConfig) (_ *Mailbox, err error) {
	if cfg.Addr == "" {
		cfg.Addr = "127.0.0.1:0"
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	m := &Mailbox{dir: cfg.Dir, keep: cfg.Keep}
	if m.keep <= 0 {
		m.keep = defaultKeep
	}
	if m.lock, err = lockFolder(cfg.Dir); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = m.lock.Close()
		}
	}()
	if err = m.load(); err != nil {
		return nil, err
	}
	ln, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		return nil, fmt.Errorf("embedded: mailbox: %w", err)
	}
	m.addr = ln.Addr()
	m.server = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) {
		return &smtpSession{box: m}, nil
	}))
	m.server.Domain = "localhost"
	m.server.MaxMessageBytes = largestMail
	m.server.MaxRecipients = 100
	m.server.EnableSMTPUTF8 = true
	m.server.ReadTimeout, m.server.WriteTimeout = time.Minute, time.Minute
	m.server.ErrorLog = slog.NewLogLogger(cfg.Log.Handler(), slog.LevelWarn)
	go func() {
		if err := m.server.Serve(ln); err != nil && !errors.Is(err, smtp.ErrServerClosed) {
			cfg.Log.Error("the mailbox stopped", "error", err)
		}
	}()
	return m, nil
}

// load reads the kept messages back.
func (m *Mailbox) load() error {
	files, err := filepath.Glob(filepath.Join(m.dir, "*.eml"))
	if err != nil {
		return err
	}
	slices.Sort(files) // numbered with leading zeros: in order of arrival
	for _, file := range files {
		var n int
		if _, err := fmt.Sscanf(filepath.Base(file), "%d.eml", &n); err != nil {
			continue
		}
		raw, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("embedded: mailbox: %w", err)
		}
		m.last = n
		m.mail = append(m.mail, parseMail(id(n), raw))
	}
	return m.trim()
}

func id(n int) string { return fmt.Sprintf("%09d", n) }

// accept keeps a message; when it returns nil, the message is on disk.
func (m *Mailbox) accept(raw []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.last++
	name := id(m.last)
	if err := writeFileSync(filepath.Join(m.dir, name+".eml"), raw); err != nil {
		return err
	}
	m.mail = append(m.mail, parseMail(name, raw))
	return m.trim()
}

// trim forgets the oldest messages beyond the limit.
func (m *Mailbox) trim() error {
	for len(m.mail) > m.keep {
		if err := os.Remove(filepath.Join(m.dir, m.mail[0].ID+".eml")); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		m.mail = slices.Delete(m.mail, 0, 1)
	}
	return nil
}

// Addr is the address it listens on, host:port.
func (m *Mailbox) Addr() string { return m.addr.String() }

// Messages lists what is kept, newest first.
func (m *Mailbox) Messages() []Mail {
	m.mu.Lock()
	defer m.mu.Unlock()
	list := slices.Clone(m.mail)
	slices.Reverse(list)
	return list
}

// Message gives one message by its id; false when there is none.
func (m *Mailbox) Message(id string) (Mail, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	i := slices.IndexFunc(m.mail, func(mail Mail) bool { return mail.ID == id })
	if i < 0 {
		return Mail{}, false
	}
	return m.mail[i], true
}

// Stop ends the server and releases the folder.
func (m *Mailbox) Stop() {
	_ = m.server.Close()
	_ = m.lock.Close()
}

// smtpSession is one connection's conversation.
type smtpSession struct {
	box  *Mailbox
	from string
	to   []string
}

// Mail begins a message.
func (s *smtpSession) Mail(from string, _ *smtp.MailOptions) error {
	s.from, s.to = from, nil
	return nil
}

// Rcpt adds a recipient.
func (s *smtpSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = append(s.to, to)
	return nil
}

// Data keeps the message, with the envelope as a delivering server writes it.
func (s *smtpSession) Data(r io.Reader) error {
	body, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	var raw bytes.Buffer
	fmt.Fprintf(&raw, "Return-Path: <%s>\r\n", s.from)
	fmt.Fprintf(&raw, "Delivered-To: %s\r\n", strings.Join(s.to, ", "))
	fmt.Fprintf(&raw, "X-Received-At: %s\r\n", time.Now().UTC().Format(time.RFC3339Nano))
	raw.Write(body)
	if err := s.box.accept(raw.Bytes()); err != nil {
		// The client keeps the message and tries again.
		return &smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 3, 1}, Message: "Cannot keep the message now"}
	}
	return nil
}

// Reset forgets a message that was begun.
func (s *smtpSession) Reset() { s.from, s.to = "", nil }

// Logout ends the conversation.
func (s *smtpSession) Logout() error { return nil }
