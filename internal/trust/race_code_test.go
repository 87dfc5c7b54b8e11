package trust

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"fieldtrial/internal/testkit"
)

// oneUse tries mailed codes from many sides at once.
func (p *program) oneUse(t *testing.T, rows testkit.ProgrammeRows) {
	for name, code := range map[string]struct {
		prepare string
		path    string
		body    map[string]any
		effect  string
	}{
		"a password reset": {
			`insert into mail_tokens (hash, person_id, purpose, expires_at) values (sha256($1), $2, 'reset', clock_timestamp() + interval '1 hour')`,
			"/auth/reset", map[string]any{"password": "an entirely new passphrase"}, `select count(*) from notices where person_id = $1 and kind = 'password-changed'`,
		},
		"a confirmation": {
			`insert into mail_tokens (hash, person_id, purpose, expires_at) values (sha256($1), $2, 'confirm', clock_timestamp() + interval '1 hour')`,
			"/auth/confirm", map[string]any{}, `select count(*) from mail_tokens where person_id = $1 and used_at is not null`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			who := p.person(t, "Code "+strings.Fields(name)[1])
			token := "tok" + strings.ReplaceAll(who.actor.PersonID.String(), "-", "")
			testkit.Exec(t, p.db, code.prepare, []byte(token), who.actor.PersonID)
			code.body["token"] = token
			_, by := together(50, func(int) answer { return p.nobody().post(code.path, code.body) })
			if worked := by[200] + by[204]; worked != 1 || by[500] != 0 || by[0] != 0 {
				t.Errorf("%d of 50 worked: %v", worked, by)
			}
			if n := p.count(t, code.effect, who.actor.PersonID); n != 1 {
				t.Errorf("it had its effect %d times", n)
			}
		})
	}
	t.Run("an invitation", func(t *testing.T) {
		testkit.Exec(t, p.db, `delete from attempts`)
		testkit.Exec(t, p.db, `insert into invitations (id, email, language, role, scope_kind, scope_id, token_hash, expires_at)
			values (gen_random_uuid(), 'new.juror@example.org', 'en', 'juror', 'contest', $1, sha256('invitationtoken1'), clock_timestamp() + interval '9 days')`, rows.Contest)
		body := map[string]any{"token": "invitationtoken1", "name": "New Juror", "password": "an entirely new passphrase", "language": "en"}
		answers, by := together(50, func(int) answer { return p.nobody().post("/invitations/accept", body) })
		people := p.count(t, `select count(*) from people where email = 'new.juror@example.org'`)
		seats := p.count(t, `select count(*) from seats s join people p on p.id = s.person_id where p.email = 'new.juror@example.org'`)
		if by[200]+by[201] != 1 || people != 1 || seats != 1 {
			t.Errorf("answers %v (%s), %d accounts, %d seats", by, answers[0], people, seats)
		}
	})
}

// twoTabs refreshes a session from two tabs, and replays a used token later.
func (p *program) twoTabs(t *testing.T) {
	who := p.person(t, "Two tabs")
	in := p.nobody().post("/auth/sign-in", map[string]any{"email": who.email, "password": password})
	cookie := cookieOf(in)
	refresh := func(k *http.Cookie) answer {
		return p.nobody().do("POST", "/auth/refresh", nil, "Cookie", k.Name+"="+k.Value, "X-Fieldtrial", "1")
	}
	answers, by := together(20, func(int) answer { return refresh(cookie) })
	if by[200] != 20 {
		t.Fatalf("answers %v: %s", by, answers[0])
	}
	next := cookieOf(answers[0])
	for _, a := range answers {
		if cookieOf(a).Value != next.Value {
			t.Fatal("two tabs hold two successors of one token")
		}
	}
	if next.Value == cookie.Value {
		t.Fatal("the token did not rotate")
	}
	testkit.Exec(t, p.db, `update sessions set rotated_at = rotated_at - interval '11 seconds' where person_id = $1`, who.actor.PersonID)
	if a := refresh(cookie); a.status != 401 {
		t.Errorf("a token that was used before: %s", a)
	}
	if a := refresh(next); a.status != 401 {
		t.Errorf("the session goes on after its token was replayed: %s", a)
	}
	var s struct{ AccessToken string }
	_ = json.Unmarshal(answers[0].body, &s)
	if a := (caller{p: p, token: s.AccessToken}).get("/me"); a.status != 401 {
		t.Errorf("the access token of a session that ended: %s", a)
	}
}

func cookieOf(a answer) *http.Cookie {
	for _, k := range (&http.Response{Header: a.header}).Cookies() {
		if strings.Contains(k.Name, "fieldtrial") {
			return k
		}
	}
	return &http.Cookie{Name: "fieldtrial"}
}
