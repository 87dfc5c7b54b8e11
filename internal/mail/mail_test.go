package mail

import (
	"context"
	"errors"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	"fieldtrial/internal/embedded"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// sender talks to addr; change may alter the configuration.
func sender(t *testing.T, addr string, change ...func(*Config)) *Sender {
	t.Helper()
	host, port, err := net.SplitHostPort(addr)
	must(t, err)
	n, err := strconv.Atoi(port)
	must(t, err)
	cfg := Config{Host: host, Port: n, Security: Plain, From: "Santander Innova <no-reply@example.org>",
		ReplyTo: "ayuda@example.org", Timeout: 5 * time.Second}
	for _, c := range change {
		c(&cfg)
	}
	s, err := Open(cfg)
	must(t, err)
	return s
}

func mailbox(t *testing.T) *embedded.Mailbox {
	t.Helper()
	m, err := embedded.StartMailbox(t.Context(), embedded.MailboxConfig{Dir: t.TempDir()})
	must(t, err)
	t.Cleanup(m.Stop)
	return m
}

func letter() Message {
	return Message{
		To: "Équipe <team@example.org>", Subject: "応募を受け付けました — «Año» " + strings.Repeat("largo ", 30),
		Text: "Línea 1\n\nhttps://example.org/x?a=b&c=d\n", HTML: "<p>日本語</p>",
		MessageID: "entry.42@example.org", Language: "ja", Headers: map[string]string{"List-Unsubscribe": "<https://example.org/u/1>"},
	}
}

func TestSend(t *testing.T) {
	box := mailbox(t)
	s := sender(t, box.Addr())
	m := letter()
	must(t, s.Check(t.Context()))
	must(t, s.Send(t.Context(), m))
	must(t, s.Send(t.Context(), m)) // a retry is the same message
	got := box.Messages()
	if len(got) != 2 {
		t.Fatalf("%d messages", len(got))
	}
	for _, g := range got {
		for what, pair := range map[string][2]string{
			"from": {g.From, `"Santander Innova" <no-reply@example.org>`}, "to": {strings.Join(g.To, ","), "team@example.org"},
			"subject": {g.Subject, strings.TrimSpace(m.Subject)}, "id": {g.MessageID, "<entry.42@example.org>"},
			"text": {strings.TrimRight(g.Text, "\n"), strings.TrimRight(m.Text, "\n")}, "html": {g.HTML, m.HTML},
			"language": {g.Headers.Get("Content-Language"), "ja"}, "auto": {g.Headers.Get("Auto-Submitted"), "auto-generated"},
			"list": {g.Headers.Get("List-Unsubscribe"), "<https://example.org/u/1>"}, "reply": {g.Headers.Get("Reply-To"), "<ayuda@example.org>"},
			"agent": {g.Headers.Get("User-Agent") + g.Headers.Get("X-Mailer"), ""},
		} {
			if strings.TrimSpace(pair[0]) != pair[1] {
				t.Errorf("%s is %q, not %q", what, pair[0], pair[1])
			}
		}
		if time.Since(g.Date) > time.Minute {
			t.Errorf("date %v", g.Date)
		}
		for line := range strings.SplitSeq(string(g.Raw), "\r\n") {
			if len(line) > 998 {
				t.Errorf("a line of %d bytes", len(line))
			}
		}
	}
}

func TestInjectionIsRefused(t *testing.T) {
	box := mailbox(t)
	s := sender(t, box.Addr())
	for name, change := range map[string]func(*Message){
		"subject LF":        func(m *Message) { m.Subject = "a\nBcc: x@example.org" },
		"subject CR":        func(m *Message) { m.Subject = "a\rBcc: x@example.org" },
		"subject NUL":       func(m *Message) { m.Subject = "a\x00" },
		"subject separator": func(m *Message) { m.Subject = "a\u2028b" },
		"recipient":         func(m *Message) { m.To = "a@example.org\r\nBcc: x@example.org" },
		"recipient hidden":  func(m *Message) { m.To = "=?utf-8?q?a=0D=0ABcc:_x?= <a@example.org>" },
		"two recipients":    func(m *Message) { m.To = "a@example.org, b@example.org" },
		"no recipient":      func(m *Message) { m.To = "" },
		"id":                func(m *Message) { m.MessageID = "a@b>\r\nX: y" },
		"id missing":        func(m *Message) { m.MessageID = "" },
		"id without domain": func(m *Message) { m.MessageID = "abc" },
		"language":          func(m *Message) { m.Language = "es\r\nX: y" },
		"header value":      func(m *Message) { m.Headers = map[string]string{"X-A": "b\r\nX: y"} },
		"header name":       func(m *Message) { m.Headers = map[string]string{"X-A: b\r\nX": "y"} },
		"header reserved":   func(m *Message) { m.Headers = map[string]string{"bcc": "x@example.org"} },
	} {
		m := letter()
		change(&m)
		err := s.Send(t.Context(), m)
		var failed *Error
		if !errors.As(err, &failed) || failed.Temporary || failed.Uncertain ||
			(!errors.Is(err, ErrInjection) && !errors.Is(err, ErrAddress)) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := len(box.Messages()); n != 0 {
		t.Errorf("%d messages were sent", n)
	}
}

// What looks like commands or headers in a text stays text.
func TestHostileTextStaysText(t *testing.T) {
	box := mailbox(t)
	m := letter()
	m.Text = "a\r\n.\r\nMAIL FROM:<x@example.org>\r\n\n.b\n" + strings.Repeat("x", 3000)
	must(t, sender(t, box.Addr()).Send(t.Context(), m))
	got := box.Messages()
	if len(got) != 1 || strings.TrimRight(got[0].Text, "\n") != strings.ReplaceAll(m.Text, "\r\n", "\n") {
		t.Errorf("%d messages, %q", len(got), got[0].Text)
	}
}

func TestServerDown(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	addr := ln.Addr().String()
	must(t, ln.Close())
	s := sender(t, addr)
	wantKind(t, s.Send(t.Context(), letter()), Error{Temporary: true})
	wantKind(t, s.Check(t.Context()), Error{Temporary: true})
}

// A server that takes the connection and says nothing ends with the context.
func TestSilentServer(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer ln.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	begin := time.Now()
	wantKind(t, sender(t, ln.Addr().String()).Send(ctx, letter()), Error{Temporary: true})
	if took := time.Since(begin); took > 3*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestOpenRefusesHalfAConfiguration(t *testing.T) {
	good := Config{Host: "h", Port: 25, Security: Plain, From: "a@example.org"}
	for name, change := range map[string]func(*Config){
		"host": func(c *Config) { c.Host = "" }, "port": func(c *Config) { c.Port = 0 },
		"security": func(c *Config) { c.Security = "" }, "from": func(c *Config) { c.From = "" },
		"from injected": func(c *Config) { c.From = "a@example.org\nBcc: b@example.org" },
		"reply":         func(c *Config) { c.ReplyTo = "nobody" },
	} {
		c := good
		change(&c)
		if _, err := Open(c); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	_, err := Open(good)
	must(t, err)
}

func wantKind(t *testing.T, err error, want Error) {
	t.Helper()
	var got *Error
	if !errors.As(err, &got) {
		t.Errorf("%v is no *Error", err)
		return
	}
	if got.Temporary != want.Temporary || got.Uncertain != want.Uncertain || got.Code != want.Code {
		t.Errorf("temporary %v, uncertain %v, code %d: %v", got.Temporary, got.Uncertain, got.Code, err)
	}
}
