package embedded

import (
	"errors"
	"fmt"
	"net/smtp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func startMailbox(t *testing.T, cfg MailboxConfig) *Mailbox {
	t.Helper()
	m, err := StartMailbox(t.Context(), cfg)
	must(t, err)
	t.Cleanup(m.Stop)
	return m
}

const sample = "From: =?utf-8?q?Santander_=F0=9F=8C=8A?= <city@example.org>\r\n" +
	"To: team@example.org\r\nSubject: =?utf-8?b?6YCa55+l?= 1\r\nMessage-ID: <a.1@example.org>\r\n" +
	"Date: Mon, 02 Mar 2020 10:00:00 +0900\r\nMIME-Version: 1.0\r\n" +
	"Content-Type: multipart/mixed; boundary=m\r\n\r\n" +
	"--m\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n" +
	"--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nA=C3=B1o =3D 1\r\n" +
	"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+5pel5pysPC9w\r\nPg==\r\n--b--\r\n" +
	"--m\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=\"a.csv\"\r\n\r\n1;2\r\n--m--\r\n"

func TestMailbox(t *testing.T) {
	dir := t.TempDir()
	m := startMailbox(t, MailboxConfig{Dir: dir, Keep: 3})
	must(t, smtp.SendMail(m.Addr(), nil, "bounce@example.org", []string{"a@example.org", "b@example.org"}, []byte(sample)))

	got := m.Messages()
	if len(got) != 1 {
		t.Fatalf("%d messages", len(got))
	}
	check := func(mail Mail) {
		t.Helper()
		want := map[string]string{
			mail.From: "Santander 🌊 <city@example.org>", mail.Subject: "通知 1", mail.Text: "Año = 1", mail.HTML: "<p>日本</p>",
			mail.MessageID: "<a.1@example.org>", mail.Headers.Get("Return-Path"): "<bounce@example.org>",
			strings.Join(mail.To, " "): "a@example.org b@example.org", fmt.Sprint(mail.Attachments): "[a.csv]",
			mail.Date.UTC().Format("2006-01-02 15:04"): "2020-03-02 01:00",
		}
		for got, want := range want {
			if got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		}
		if mail.Received.IsZero() {
			t.Error("no time of arrival")
		}
	}
	check(got[0])
	if mail, ok := m.Message(got[0].ID); !ok || mail.Subject != "通知 1" {
		t.Error("Message does not find it")
	}
	if _, ok := m.Message("../1"); ok {
		t.Error("Message finds what is not there")
	}

	if _, err := StartMailbox(t.Context(), MailboxConfig{Dir: dir}); !errors.Is(err, ErrInUse) {
		t.Errorf("a second instance got %v, not ErrInUse", err)
	}

	// What was accepted is on disk: a mailbox over a copy of the folder has it,
	// without the first one being stopped.
	copied := filepath.Join(t.TempDir(), "copy")
	must(t, os.CopyFS(copied, os.DirFS(dir)))
	check(startMailbox(t, MailboxConfig{Dir: copied}).Messages()[0])

	for n := range 4 {
		must(t, smtp.SendMail(m.Addr(), nil, "x@example.org", []string{"a@example.org"}, fmt.Appendf(nil, "Subject: %d\r\n\r\nx\r\n", n)))
	}
	subjects := func(m *Mailbox) (s []string) {
		for _, mail := range m.Messages() {
			s = append(s, mail.Subject)
		}
		return s
	}
	if s := subjects(m); !slices.Equal(s, []string{"3", "2", "1"}) {
		t.Errorf("kept %v", s)
	}
	m.Stop()
	m = startMailbox(t, MailboxConfig{Dir: dir, Keep: 3})
	must(t, smtp.SendMail(m.Addr(), nil, "x@example.org", []string{"a@example.org"}, []byte("Subject: 4\r\n\r\nx\r\n")))
	if s := subjects(m); !slices.Equal(s, []string{"4", "3", "2"}) {
		t.Errorf("kept %v after a restart", s)
	}
	if files, _ := filepath.Glob(filepath.Join(dir, "*.eml")); len(files) != 3 {
		t.Errorf("%d files", len(files))
	}
}

// A message that cannot be kept is not acknowledged.
func TestMailboxRefusesWhatItCannotKeep(t *testing.T) {
	dir := t.TempDir()
	m := startMailbox(t, MailboxConfig{Dir: dir})
	must(t, os.RemoveAll(dir))
	err := smtp.SendMail(m.Addr(), nil, "x@example.org", []string{"a@example.org"}, []byte("Subject: 1\r\n\r\nx\r\n"))
	wantError(t, err, "452")
}

func TestParseMailTakesAnything(t *testing.T) {
	for _, raw := range []string{"", "no header", "A: b\r\n\r\n", "Content-Type: multipart/mixed\r\n\r\nx", "Content-Type: ///\r\n\r\nx"} {
		if m := parseMail("1", []byte(raw)); string(m.Raw) != raw {
			t.Errorf("%q was lost", raw)
		}
	}
}
