package trust

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"fieldtrial/internal/testkit"
)

// tokens tampers with an honest access token; the keyed forgeries are identity's TestForgedTokens.
func (w *world) tokens(t *testing.T) {
	honest := w.people["admin"].token
	parts := strings.Split(honest, ".")
	if len(parts) != 3 {
		t.Fatalf("not a token: %q", honest)
	}
	b64 := base64.RawURLEncoding
	var head, claims object
	for i, into := range []*object{&head, &claims} {
		raw, err := b64.DecodeString(parts[i])
		must(t, err)
		must(t, json.Unmarshal(raw, into))
	}
	with := func(m object, more object) string {
		c := object{}
		for k, v := range m {
			c[k] = v
		}
		for k, v := range more {
			c[k] = v
		}
		return b64.EncodeToString([]byte(text(c)))
	}
	signed := func(h string, c string, key []byte) string {
		sum, err := jwt.SigningMethodHS256.Sign(h+"."+c, key)
		must(t, err)
		return h + "." + c + "." + b64.EncodeToString(sum)
	}
	key := "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----\n"
	for what, token := range map[string]string{
		"alg none":                with(head, object{"alg": "none"}) + "." + parts[1] + ".",
		"alg None, signed before": with(head, object{"alg": "None"}) + "." + parts[1] + "." + parts[2],
		"no signature":            parts[0] + "." + parts[1] + ".",
		"an empty key":            signed(parts[0], parts[1], nil),
		"a public key as secret":  signed(with(head, object{"alg": "HS256"}), parts[1], []byte(key)),
		"RS256 by name":           with(head, object{"alg": "RS256"}) + "." + parts[1] + "." + parts[2],
		"a kid that is a path":    signed(with(head, object{"kid": "../../../../dev/null"}), parts[1], nil),
		"a kid that is SQL":       signed(with(head, object{"kid": "x' union select 'a'--"}), parts[1], []byte("a")),
		"its own key":             signed(with(head, object{"jwk": object{"kty": "oct", "k": "YQ"}}), parts[1], []byte("a")),
		"a key's address":         signed(with(head, object{"jku": "http://evil.example/keys"}), parts[1], []byte("a")),
		"another person":          parts[0] + "." + with(claims, object{"sub": w.people["manager"].actor.PersonID}) + "." + parts[2],
		"a longer life":           parts[0] + "." + with(claims, object{"exp": time.Now().Add(time.Hour).Unix()}) + "." + parts[2],
		"another issuer":          parts[0] + "." + with(claims, object{"iss": "evil"}) + "." + parts[2],
		"another audience":        parts[0] + "." + with(claims, object{"aud": []string{"evil"}}) + "." + parts[2],
		"another type":            with(head, object{"typ": "JWT"}) + "." + parts[1] + "." + parts[2],
		"twice":                   honest + "." + honest, "cut": honest[:len(honest)-4], "in JSON": `{"payload":"` + parts[1] + `"}`, "empty": "", "a word": "null",
	} {
		if a := (caller{p: w.program, token: token}).get("/me"); a.status != 401 && token != "" {
			t.Errorf("%s: %s", what, a)
		}
	}
	in := w.nobody().post("/auth/sign-in", object{"email": w.people["viewer"].email, "password": password})
	if refresh := cookieOf(in).Value; refresh == "" || (caller{p: w.program, token: refresh}).get("/me").status != 401 {
		t.Error("a refresh token is taken for an access token")
	}
	cookie := cookieOf(in)
	for what, headers := range map[string][]string{
		"an access token as refresh": {"Cookie", cookie.Name + "=" + honest, "X-Fieldtrial", "1"},
		"no header of ours":          {"Cookie", cookie.Name + "=" + cookie.Value},
		"another site":               {"Cookie", cookie.Name + "=" + cookie.Value, "X-Fieldtrial", "1", "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"},
	} {
		if a := w.nobody().do("POST", "/auth/refresh", nil, headers...); a.status < 400 || a.status >= 500 {
			t.Errorf("%s: %s", what, a)
		}
	}
	if a := w.people["admin"].get("/me"); a.status != 200 {
		t.Errorf("the honest token: %s", a)
	}
}

var poisoned = []string{"Host", "evil.example", "X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "https", "X-Forwarded-Prefix", "/evil.example", "X-Host", "evil.example",
	"Forwarded", `host="evil.example";proto=https`, "X-Original-URL", "/evil.example", "X-Rewrite-URL", "/evil.example", "Origin", "https://evil.example", "Referer", "https://evil.example/"}

func (w *world) hosts(t *testing.T) {
	for _, at := range []string{"/", "/es/challenges", "/challenges/stage-open", "/sitemap.xml", "/robots.txt", "/feeds/challenges.es.json", "/feeds/challenges.es.rss", "/feeds/challenges.es.ics", "/embed/challenges",
		"/api/v1/challenges", "/api/v1/challenges/stage-open", "/api/v1/challenges/stage-open/deadline.ics", "/api/v1/open-data", "/c/code1", "/c/none"} {
		if a := w.nobody().at("GET", at, nil, poisoned...); a.has("evil.example") || a.status >= 500 || a.status == 0 {
			t.Errorf("%s: %s %v", at, a, a.header)
		}
	}
	if a := w.nobody().do("POST", "/auth/reset-request", object{"email": w.people["viewer"].email}, poisoned...); a.status != 204 {
		t.Fatalf("asking for a new password: %s", a)
	}
	if mail := w.mailTo(t, w.people["viewer"].email); strings.Contains(mail, "evil.example") || !strings.Contains(mail, "http://localhost:") {
		t.Errorf("the mail says\n%s", mail)
	}
}

// mailTo waits for a mail and gives it as it was sent.
func (p *program) mailTo(t *testing.T, email string) string {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		files, err := filepath.Glob(filepath.Join(p.data, "mailbox", "*.eml"))
		must(t, err)
		for i := len(files) - 1; i >= 0; i-- {
			raw, err := os.ReadFile(files[i])
			if err == nil && strings.Contains(string(raw), "Delivered-To: "+email) {
				return strings.ReplaceAll(strings.ReplaceAll(string(raw), "=\r\n", ""), "=3D", "=")
			}
		}
	}
	t.Fatalf("no mail to %s", email)
	return ""
}

// headers puts line breaks into everything that a mail's head or address is made of.
func (w *world) headers(t *testing.T) {
	evil := "Eve\r\nBcc: victim@evil.example\r\nX-Evil: 1"
	for i, try := range []func(to string) answer{
		func(to string) answer {
			return w.people["admin"].post("/invitations", object{"email": to, "name": evil, "language": "en", "role": "juror", "scopeKind": "contest", "scopeId": w.rows.Contest})
		},
		func(to string) answer { // the team's name stands in the subject
			var v int
			must(t, w.db.Pool().QueryRow(t.Context(), `select version from teams where id = $1`, w.team.Team).Scan(&v))
			if a := w.people["owner"].do("PATCH", "/teams/"+w.team.Team.String(), object{"name": evil}, "If-Match", fmt.Sprintf(`"%d"`, v)); a.status != 200 {
				t.Fatalf("%s", a)
			}
			return w.people["owner"].post("/teams/"+w.team.Team.String()+"/invitations", object{"email": to, "name": "Zoë\nX-Evil: 1", "role": "team_viewer", "language": "ja"})
		},
		func(to string) answer {
			return w.nobody().post("/auth/register", object{"email": to, "name": evil, "language": "es", "password": "an entirely new passphrase"})
		},
	} {
		to := fmt.Sprintf("head%d@example.org", i)
		if a := try(to); a.status >= 400 {
			t.Errorf("%d: %s", i, a)
			continue
		}
		head, _, _ := strings.Cut(w.mailTo(t, to), "\r\n\r\n")
		for line := range strings.Lines(head) {
			if strings.HasPrefix(line, "Bcc:") || strings.HasPrefix(line, "X-Evil:") {
				t.Errorf("%d: the head has %q", i, line)
			}
		}
	}
	for _, email := range []string{"a@example.org\r\nBcc: victim@evil.example", "a@example.org,b@example.org", "<a@example.org>", "a@example.org\x00", "\"a\r\n\"@example.org"} {
		if a := w.nobody().post("/auth/register", object{"email": email, "name": "Eve", "language": "es", "password": "an entirely new passphrase"}); a.status != 422 || !a.has("/email") {
			t.Errorf("%q: %s", email, a)
		}
	}
}

// TestForgedAddressesAgainstTheLimits counts sign-ins by the address that the connection has.
func TestForgedAddressesAgainstTheLimits(t *testing.T) {
	t.Parallel()
	p := serve(t, "TRUSTED_PROXIES=192.0.2.0/24")
	who := p.person(t, "limited")
	try := func(i int) answer {
		from := fmt.Sprintf("198.51.%d.%d", i/250, i%250+1)
		return p.nobody().do("POST", "/auth/sign-in", object{"email": fmt.Sprintf("nobody%d@example.org", i), "password": "wrong words here"},
			"X-Forwarded-For", from+", 192.0.2.1", "X-Real-IP", from, "Forwarded", "for="+from, "True-Client-IP", from, "CF-Connecting-IP", from)
	}
	if a := try(0); a.status != 401 {
		t.Fatalf("the first: %s", a)
	}
	// As if the others of the window had come as well: hashing so many passwords would take a minute.
	testkit.Exec(t, p.db, `insert into attempts (kind, subject) select kind, subject from attempts, generate_series(1, 250) where kind = 'sign-in:address'`)
	if a := try(1); a.status != 429 {
		t.Errorf("another forged address: %s", a)
	}
	if n := p.count(t, `select count(distinct subject) from attempts where kind = 'sign-in:address'`); n != 1 {
		t.Errorf("%d addresses were counted, there is one", n)
	}
	testkit.Exec(t, p.db, `delete from attempts`)
	if a := p.nobody().post("/auth/sign-in", object{"email": who.email, "password": password}); a.status != 200 {
		t.Errorf("afterwards: %s", a)
	}
}
