package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/embedded"
)

// mail waits for a message to somebody that holds a text.
func (w *world) mail(to, has string) embedded.Mail {
	w.t.Helper()
	var found embedded.Mail
	w.until("a mail to "+to+" with "+has, time.Minute, func() bool {
		for _, m := range w.app.parts.mailbox.Messages() {
			if slices.Contains(m.To, to) && (strings.Contains(m.Subject, has) || strings.Contains(m.Text, has)) {
				found = m
				return true
			}
		}
		return false
	})
	return found
}

// secretIn finds the secret of a link in a mail.
func (w *world) secretIn(m embedded.Mail) string {
	w.t.Helper()
	for _, word := range strings.Fields(m.Text) {
		if _, secret, ok := strings.Cut(word, "#"); ok && strings.HasPrefix(word, w.url) {
			return secret
		}
	}
	w.t.Fatalf("no link with a secret in %q", m.Text)
	return ""
}

func (w *world) until(what string, patience time.Duration, done func() bool) {
	w.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if done() {
			return
		}
	}
	w.t.Fatalf("waited %v for %s", patience, what)
}

// owner runs SQL as the database's owner: what a clock would do.
func (w *world) owner(sql string, args ...any) {
	w.t.Helper()
	c, err := pgx.Connect(w.t.Context(), w.app.parts.ownerURL)
	must(w.t, err)
	defer func() { _ = c.Close(context.Background()) }()
	if _, err = c.Exec(w.t.Context(), sql, args...); err != nil {
		w.t.Fatal(err)
	}
}
