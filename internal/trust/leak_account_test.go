package trust

import (
	"strings"

	"fieldtrial/internal/testkit"
)

func accounts(l *leaks, try func(string, func())) {
	try("registering an address that has an account answers as for one that has none", func() {
		form := func(email string) map[string]any {
			return map[string]any{"email": email, "name": "Somebody", "password": "an entirely new passphrase", "language": "en"}
		}
		l.same(l.nobody().post("/auth/register", form(l.as("member").email)), l.nobody().post("/auth/register", form("nobody.yet@example.org")))
	})
	try("asking for a new password answers alike with and without an account", func() {
		l.same(l.nobody().post("/auth/reset-request", map[string]any{"email": l.as("member").email}), l.nobody().post("/auth/reset-request", map[string]any{"email": "nobody@example.org"}))
	})
	try("a wrong password and an unknown address answer alike", func() {
		l.same(l.nobody().post("/auth/sign-in", map[string]any{"email": l.as("member").email, "password": "not the password"}),
			l.nobody().post("/auth/sign-in", map[string]any{"email": "nobodi@example.org", "password": "not the password"}))
	})
	try("no password and no token stands in the log", func() {
		log := l.log.all()
		for _, secret := range []string{password, l.as("member").token, "an entirely new passphrase"} {
			if strings.Contains(log, secret) {
				l.t.Errorf("the log has %s", secret)
			}
		}
	})
	try("a security log is one's own, and tells of others only that they did it", func() {
		who := l.person(l.t, "logged", testkit.Juror(l.other))
		if a := l.as("admin").post("/people/"+who.actor.PersonID.String()+"/disable", nil); a.status != 204 && a.status != 200 {
			l.t.Fatalf("close: %s", a)
		}
		l.as("admin").post("/people/"+who.actor.PersonID.String()+"/enable", nil)
		a := who.signedIn(l.t).get("/me/security-log")
		l.shows(a, "account_closed", `"byOther":true`)
		l.lacks(a, l.as("admin").actor.PersonID.String(), l.as("admin").email)
		l.lacks(l.as("member").get("/me/security-log"), "account_closed")
	})
	try("an error tells no SQL, no path and no stack", func() {
		for _, a := range []answer{l.nobody().get("/challenges?cursor=zzz"), l.nobody().get("/challenges/%00"), l.nobody().post("/auth/sign-in", "{"), l.nobody().get("/challenges?sort=title;drop")} {
			for _, w := range []string{"SQLSTATE", "goroutine", ".go:", "select ", "fieldtrial/internal", "pgx"} {
				if a.has(w) {
					l.t.Errorf("%s", a)
				}
			}
		}
	})
	try("a demotion takes effect at the next request", func() {
		who := l.person(l.t, "demoted", testkit.Juror(l.other))
		l.exec(`delete from grants where person_id = $1`, who.actor.PersonID)
		l.lacks(who.get("/jury"), "elsewhere")
		l.hidden(who.get(desk(l.stages["closed"], "/entries")))
	})
}
