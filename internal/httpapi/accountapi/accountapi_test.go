package accountapi_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"fieldtrial/api"
	"fieldtrial/internal/database"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/accountapi"
	"fieldtrial/internal/httpapi/identityapi"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

const password = "rain over two bays"

type client struct {
	t  *testing.T
	h  http.Handler
	db *database.DB
}

// serve opens an installation in which admins need a second factor, with one admin.
func serve(t *testing.T) client {
	t.Helper()
	db := testkit.DB(t)
	svc, err := identity.New(db, identity.Config{Secret: []byte(strings.Repeat("k", 32)), SecondFactor: identity.FactorsRoles, PublicURL: "http://localhost:8080"})
	if err != nil {
		t.Fatal(err)
	}
	e, err := httpapi.New(httpapi.Config{
		Log: slog.New(slog.DiscardHandler), PublicURL: "http://localhost:8080", Document: api.Document, Authenticate: svc.Authenticate,
	}, identityapi.Module(svc, "http://localhost:8080"), accountapi.Module(svc))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := identity.CreateAdmin(t.Context(), db, "admin@example.org", "Admin", password, lang.EN); err != nil {
		t.Fatal(err)
	}
	return client{t, e, db}
}

// do sends a request and reads the answer into out, when there is one to read.
func (c client) do(bearer, method, path, body string, want int, out any, headers ...string) string {
	c.t.Helper()
	r := httptest.NewRequest(method, "/api/v1"+path, strings.NewReader(body))
	r.Host = "localhost:8080"
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if bearer != "" {
		r.Header.Set("Authorization", "Bearer "+bearer)
	}
	for _, h := range headers {
		k, v, _ := strings.Cut(h, ": ")
		r.Header.Set(k, v)
	}
	w := httptest.NewRecorder()
	c.h.ServeHTTP(w, r)
	b, _ := io.ReadAll(w.Body)
	if w.Code != want {
		c.t.Errorf("%s %s: %d, want %d: %s", method, path, w.Code, want, b)
	}
	if out != nil && w.Code == want {
		if err := json.Unmarshal(b, out); err != nil {
			c.t.Fatalf("%s %s: %v in %s", method, path, err, b)
		}
	}
	return string(b)
}

func (c client) signIn() string {
	c.t.Helper()
	var s struct{ AccessToken string }
	c.do("", "POST", "/auth/sign-in", `{"email":"admin@example.org","password":"`+password+`"}`, 200, &s)
	return s.AccessToken
}

func code(secret string, ahead int64) string {
	key, _ := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	m := hmac.New(sha1.New, key)
	_ = binary.Write(m, binary.BigEndian, time.Now().Unix()/30+ahead)
	sum := m.Sum(nil)
	at := sum[len(sum)-1] & 15
	return fmt.Sprintf("%06d", binary.BigEndian.Uint32(sum[at:])&0x7fffffff%1_000_000)
}

func (c client) withApp(bearer string) (secret string) {
	c.t.Helper()
	var o struct{ Ticket, Secret string }
	c.do(bearer, "POST", "/me/totp/offer", "", 200, &o)
	var codes struct{ Codes []string }
	c.do(bearer, "POST", "/me/totp", `{"ticket":"`+o.Ticket+`","code":"`+code(o.Secret, -1)+`"}`, 200, &codes)
	if len(codes.Codes) != 10 {
		c.t.Errorf("%d recovery codes", len(codes.Codes))
	}
	return o.Secret
}

func TestAnAdminWithoutAFactorIsNone(t *testing.T) {
	t.Parallel()
	c := serve(t)
	bearer := c.signIn()
	if body := c.do(bearer, "GET", "/people", "", 403, nil); !strings.Contains(body, "account.factor_required") {
		t.Errorf("%s", body)
	}
	var me struct {
		FactorMissing bool
		Areas         []string
	}
	c.do(bearer, "GET", "/me", "", 200, &me)
	if !me.FactorMissing || strings.Contains(strings.Join(me.Areas, " "), "admin") {
		t.Errorf("%+v", me)
	}
	secret := c.withApp(bearer)
	c.do(bearer, "GET", "/people", "", 200, nil)

	var step struct{ Ticket string }
	body := c.do("", "POST", "/auth/sign-in", `{"email":"admin@example.org","password":"`+password+`"}`, 202, &step)
	if strings.Contains(body, "accessToken") {
		t.Errorf("the password opened something: %s", body)
	}
	answer := `{"ticket":"` + step.Ticket + `","code":"` + code(secret, 0) + `"}`
	c.do("", "POST", "/auth/second-step", answer, 403, nil, "Origin: https://evil.example")
	var s struct{ AccessToken string }
	c.do("", "POST", "/auth/second-step", answer, 200, &s)
	c.do("", "POST", "/auth/second-step", answer, 422, nil)
	c.do(s.AccessToken, "GET", "/people", "", 200, nil)
}

func TestSensitiveChangesWantAFreshProof(t *testing.T) {
	t.Parallel()
	c := serve(t)
	bearer := c.signIn()
	c.withApp(bearer)
	testkit.Exec(t, c.db, `update sessions set proved_at = proved_at - interval '16 minutes'`)
	for _, ask := range [][3]string{
		{"POST", "/me/totp/offer", ""}, {"DELETE", "/me/totp", ""}, {"POST", "/me/recovery-codes", ""}, {"POST", "/me/passkeys/ask", ""},
		{"POST", "/me/tokens", `{"name":"x","scopes":["kpi:read"],"days":1}`}, {"POST", "/me/email", `{"email":"new@example.org"}`},
		{"POST", "/people/" + testkit.NewID().String() + "/reset-factors", ""},
		{"POST", "/people/" + testkit.NewID().String() + "/grants", `{"role":"admin","scopeKind":"installation"}`},
		{"POST", "/invitations", `{"email":"b@example.org","language":"en","role":"admin","scopeKind":"installation"}`},
	} {
		if body := c.do(bearer, ask[0], ask[1], ask[2], 403, nil); !strings.Contains(body, "session.prove") {
			t.Errorf("%s %s: %s", ask[0], ask[1], body)
		}
	}
	c.do(bearer, "GET", "/me/sessions", "", 200, nil)
	c.do(bearer, "POST", "/me/prove", `{"password":"wrong"}`, 422, nil)
	c.do(bearer, "POST", "/me/prove", `{"password":"`+password+`"}`, 204, nil)
	c.do(bearer, "POST", "/me/totp/offer", "", 200, nil)
}

func TestATokenStaysWithinItsScopes(t *testing.T) {
	t.Parallel()
	c := serve(t)
	bearer := c.signIn()
	c.withApp(bearer)
	var made struct {
		Text  string
		Token struct{ Id string }
	}
	c.do(bearer, "POST", "/me/tokens", `{"name":"Reader","scopes":["kpi:read"],"days":7}`, 201, &made)
	var list struct {
		Items []struct{ Name, LastUsedAt string }
	}
	if body := c.do(bearer, "GET", "/me/tokens", "", 200, &list); len(list.Items) != 1 || strings.Contains(body, made.Text) {
		t.Errorf("the list shows %s", body)
	}
	for _, ask := range [][3]string{
		{"GET", "/me", ""}, {"PATCH", "/me", `{"name":"Other"}`}, {"GET", "/me/sessions", ""}, {"GET", "/me/tokens", ""}, {"GET", "/people", ""},
		{"POST", "/me/password", `{"current":"` + password + `","password":"another long one"}`}, {"POST", "/me/prove", `{"password":"` + password + `"}`},
		{"POST", "/auth/sign-out", ""}, {"POST", "/invitations/accept", `{"token":"x"}`}, {"DELETE", "/me/totp", ""},
	} {
		if body := c.do(made.Text, ask[0], ask[1], ask[2], 403, nil, "X-Fieldtrial: 1", `If-Match: "1"`); !strings.Contains(body, "token.scope") {
			t.Errorf("%s %s: %s", ask[0], ask[1], body)
		}
	}
	c.do(bearer, "DELETE", "/me/tokens/"+made.Token.Id, "", 204, nil)
	if body := c.do(made.Text, "GET", "/me", "", 401, nil); !strings.Contains(body, "session.ended") {
		t.Errorf("%s", body)
	}
}
