package identityapi_test

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"fieldtrial/api"
	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/identityapi"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

const password = "rain over two bays"

type client struct {
	t    *testing.T
	h    http.Handler
	db   *database.DB
	host string
}

func serve(t *testing.T, publicURL string) client {
	t.Helper()
	db := testkit.DB(t)
	svc, err := identity.New(db, identity.Config{Secret: []byte(strings.Repeat("k", 32)), DemoAllowed: true})
	if err != nil {
		t.Fatal(err)
	}
	e, err := httpapi.New(httpapi.Config{
		Log: slog.New(slog.DiscardHandler), PublicURL: publicURL, Document: api.Document, Authenticate: svc.Authenticate,
	}, identityapi.Module(svc, publicURL))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := identity.CreateAdmin(t.Context(), db, "admin@example.org", "Admin", password, lang.EN); err != nil {
		t.Fatal(err)
	}
	_, host, _ := strings.Cut(publicURL, "://")
	return client{t, e, db, host}
}

// do sends a request; headers are "Name: value" lines.
func (c client) do(method, path, body string, headers ...string) (*http.Response, string) {
	c.t.Helper()
	r := httptest.NewRequest(method, "/api/v1"+path, strings.NewReader(body))
	r.Host = c.host
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, h := range headers {
		k, v, _ := strings.Cut(h, ": ")
		r.Header.Add(k, v)
	}
	w := httptest.NewRecorder()
	c.h.ServeHTTP(w, r)
	res := w.Result()
	b, _ := io.ReadAll(res.Body)
	return res, string(b)
}

func (c client) signIn() (bearer, cookie string, k *http.Cookie) {
	c.t.Helper()
	res, body := c.do("POST", "/auth/sign-in", `{"email":"admin@example.org","password":"`+password+`"}`)
	var s common.Session
	if err := json.Unmarshal([]byte(body), &s); err != nil || res.StatusCode != 200 || len(res.Cookies()) != 1 {
		c.t.Fatalf("sign in: %d %s", res.StatusCode, body)
	}
	k = res.Cookies()[0]
	return "Authorization: Bearer " + s.AccessToken, "Cookie: " + k.Name + "=" + k.Value, k
}

func TestCookie(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]struct {
		name   string
		secure bool
	}{"https://x.example": {"__Host-fieldtrial", true}, "http://localhost:8080": {"fieldtrial", false}} {
		c := serve(t, url)
		_, cookie, k := c.signIn()
		if k.Name != want.name || k.Secure != want.secure || !k.HttpOnly || k.SameSite != http.SameSiteStrictMode || k.Path != "/" || k.Domain != "" {
			t.Errorf("%s: %+v", url, k)
		}
		res, body := c.do("POST", "/auth/refresh", "", cookie, "X-Fieldtrial: 1", "Origin: "+url, "Sec-Fetch-Site: same-origin")
		if res.StatusCode != 200 || len(res.Cookies()) != 1 || res.Cookies()[0].Value == k.Value {
			t.Errorf("refresh: %d %s", res.StatusCode, body)
		}
	}
}

func TestOtherSitesCannotUseTheCookie(t *testing.T) {
	t.Parallel()
	c := serve(t, "http://localhost:8080")
	bearer, cookie, _ := c.signIn()
	for what, headers := range map[string][]string{
		"no header":      {cookie},
		"other origin":   {cookie, "X-Fieldtrial: 1", "Origin: https://evil.example"},
		"null origin":    {cookie, "X-Fieldtrial: 1", "Origin: null"},
		"cross-site":     {cookie, "X-Fieldtrial: 1", "Sec-Fetch-Site: cross-site"},
		"sibling domain": {cookie, "X-Fieldtrial: 1", "Sec-Fetch-Site: same-site"},
	} {
		for _, path := range []string{"/auth/refresh", "/auth/sign-out"} {
			if res, body := c.do("POST", path, "", headers...); res.StatusCode != 403 || !strings.Contains(body, "session.cross_site") {
				t.Errorf("%s %s: %d %s", path, what, res.StatusCode, body)
			}
		}
	}
	if res, _ := c.do("POST", "/auth/sign-in", `{"email":"admin@example.org","password":"`+password+`"}`, "Origin: https://evil.example"); res.StatusCode != 403 {
		t.Errorf("another site signs somebody in: %d", res.StatusCode)
	}
	if res, _ := c.do("GET", "/me", "", bearer); res.StatusCode != 200 {
		t.Errorf("the session went on: %d", res.StatusCode)
	}
}

func TestSignOutTakesCookieAndToken(t *testing.T) {
	t.Parallel()
	c := serve(t, "http://localhost:8080")
	bearer, cookie, _ := c.signIn()
	res, body := c.do("POST", "/auth/sign-out", `{"everywhere":true}`, cookie, "X-Fieldtrial: 1")
	if res.StatusCode != 204 || len(res.Cookies()) != 1 || res.Cookies()[0].MaxAge >= 0 {
		t.Errorf("%d %s %v", res.StatusCode, body, res.Cookies())
	}
	if res, body := c.do("GET", "/me", "", bearer); res.StatusCode != 401 || !strings.Contains(body, "session.ended") {
		t.Errorf("the access token still works: %d %s", res.StatusCode, body)
	}
	res, _ = c.do("POST", "/auth/refresh", "", cookie, "X-Fieldtrial: 1")
	if res.StatusCode != 401 || len(res.Cookies()) != 1 || res.Cookies()[0].MaxAge >= 0 {
		t.Errorf("refresh after the end: %d %v", res.StatusCode, res.Cookies())
	}
}

func TestAnswersAlike(t *testing.T) {
	t.Parallel()
	c := serve(t, "http://localhost:8080")
	for _, path := range []string{"/auth/reset-request", "/auth/resend"} {
		a, bodyA := c.do("POST", path, `{"email":"admin@example.org"}`)
		b, bodyB := c.do("POST", path, `{"email":"nobody@example.org"}`)
		if a.StatusCode != 204 || b.StatusCode != 204 || bodyA != bodyB {
			t.Errorf("%s: %d %q, %d %q", path, a.StatusCode, bodyA, b.StatusCode, bodyB)
		}
	}
	register := func(email string) (*http.Response, string) {
		return c.do("POST", "/auth/register", `{"email":"`+email+`","name":"N","password":"`+password+`","language":"en"}`, "Idempotency-Key: same")
	}
	for _, email := range []string{"admin@example.org", "new@example.org"} {
		if res, body := register(email); res.StatusCode != 204 || body != "" {
			t.Errorf("%s: %d %s", email, res.StatusCode, body)
		}
	}
	res, body := c.do("POST", "/auth/register", `{"email":"new2@example.org","name":"N","password":"password1","language":"en"}`)
	if res.StatusCode != 422 || !strings.Contains(body, `"/password"`) || !strings.Contains(body, "too_common") {
		t.Errorf("common password: %d %s", res.StatusCode, body)
	}
}

func TestMeAndPeople(t *testing.T) {
	t.Parallel()
	c := serve(t, "http://localhost:8080")
	p := testkit.Programme(t, c.db)
	bearer, _, _ := c.signIn()
	res, body := c.do("GET", "/me", "", bearer)
	if res.StatusCode != 200 || res.Header.Get("ETag") != `"1"` || !strings.Contains(body, `"areas":["entries","manage","kpi","outbox","people","admin"]`) {
		t.Fatalf("me: %d %s %s", res.StatusCode, res.Header.Get("ETag"), body)
	}
	if res, _ := c.do("PATCH", "/me", `{"name":"Boss"}`, bearer, `If-Match: "1"`); res.StatusCode != 200 || res.Header.Get("ETag") != `"2"` {
		t.Errorf("patch: %d %s", res.StatusCode, res.Header.Get("ETag"))
	}
	if res, _ := c.do("PATCH", "/me", `{"name":"Boss"}`, bearer, `If-Match: "1"`); res.StatusCode != 412 {
		t.Errorf("stale patch: %d", res.StatusCode)
	}
	draft := `{"email":"o@example.org","language":"ja","role":"official","scopeKind":"city","scopeId":"` + p.Fujisawa.String() + `"}`
	first, body1 := c.do("POST", "/invitations", draft, bearer, "Idempotency-Key: k1")
	second, body2 := c.do("POST", "/invitations", draft, bearer, "Idempotency-Key: k1")
	if first.StatusCode != 201 || second.StatusCode != 201 || body1 != body2 || !strings.Contains(body1, "藤沢市") {
		t.Errorf("invite: %d %s\n%d %s", first.StatusCode, body1, second.StatusCode, body2)
	}
	if res, body := c.do("GET", "/invitations?state=open", "", bearer); res.StatusCode != 200 || strings.Count(body, `"email"`) != 1 {
		t.Errorf("list: %d %s", res.StatusCode, body)
	}
	if res, body := c.do("GET", "/people?q=adm&role=admin", "", bearer); res.StatusCode != 200 || !strings.Contains(body, "admin@example.org") {
		t.Errorf("people: %d %s", res.StatusCode, body)
	}
	member := testkit.Person(t, c.db, "Member")
	if res, body := c.do("POST", "/people/"+member.PersonID.String()+"/grants", `{"role":"admin","scopeKind":"installation"}`, bearer); res.StatusCode != 200 || !strings.Contains(body, `"role":"admin"`) {
		t.Errorf("grant: %d %s", res.StatusCode, body)
	}
	if res, body := c.do("POST", "/people/"+member.PersonID.String()+"/disable", "", bearer); res.StatusCode != 200 || !strings.Contains(body, `"disabled":true`) {
		t.Errorf("disable: %d %s", res.StatusCode, body)
	}
	if _, open, _ := authz.Load(t.Context(), c.db.Pool(), member.PersonID, member.SessionID); open {
		t.Error("its session is open")
	}
	if res, _ := c.do("GET", "/people", ""); res.StatusCode != 401 {
		t.Errorf("people for nobody: %d", res.StatusCode)
	}
}
