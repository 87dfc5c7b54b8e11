package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/httpapi/oapi/common"
)

const contract = `{"openapi":"3.0.3","info":{"title":"t","version":"1"},"paths":{
 "/things":{"post":{"operationId":"createThing","requestBody":{"required":true,"content":{"application/json":{"schema":{
  "type":"object","required":["name"],"additionalProperties":false,"properties":{"name":{"type":"string","maxLength":5},"size":{"type":"integer","minimum":1}}}}}},"responses":{"200":{"description":"ok"}}}},
 "/things/{id}":{"get":{"operationId":"getThing","parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string","format":"uuid","pattern":"^[0-9a-f-]{36}$"}}],"responses":{"200":{"description":"ok"}}}},
 "/secret":{"get":{"operationId":"unlisted","responses":{"200":{"description":"ok"}}}},
 "/mine":{"get":{"operationId":"mine","responses":{"200":{"description":"ok"}}}},
 "/boom":{"get":{"operationId":"boom","responses":{"200":{"description":"ok"}}}}}}`

func server(t *testing.T, proxies ...string) *echo.Echo {
	t.Helper()
	for op, n := range map[string]authz.Need{"createThing": {Public: true}, "getThing": {Public: true}, "boom": {Public: true}, "mine": {Confirmed: true}} {
		authz.Operations[op] = n
		t.Cleanup(func() { delete(authz.Operations, op) })
	}
	cfg := Config{Log: slog.New(slog.DiscardHandler), PublicURL: "https://x.example", Document: []byte(contract),
		Authenticate: func(_ context.Context, token string) (authz.Actor, error) {
			switch token {
			case "good":
				return authz.Actor{PersonID: uuid.New(), Confirmed: true}, nil
			case "new":
				return authz.Actor{PersonID: uuid.New()}, nil
			}
			return authz.Actor{}, fault.ErrSignIn
		}}
	for _, p := range proxies {
		_, n, err := net.ParseCIDR(p)
		if err != nil {
			t.Fatal(err)
		}
		cfg.TrustedProxies = append(cfg.TrustedProxies, n)
	}
	ok := func(c echo.Context) error { return c.String(200, c.RealIP()) }
	e, err := New(cfg, func(r Router) {
		r.POST("/things", ok)
		r.GET("/things/:id", ok)
		r.GET("/secret", ok)
		r.GET("/mine", ok)
		r.GET("/boom", func(c echo.Context) error {
			if c.QueryParam("panic") != "" {
				panic("secret words")
			}
			return errors.New("secret words")
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func ask(e *echo.Echo, method, path, body string, headers ...string) *httptest.ResponseRecorder {
	var r io.Reader
	if body != "" {
		r = strings.NewReader(body)
	}
	req := httptest.NewRequest(method, "/api/v1"+path, r)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	e.ServeHTTP(w, req)
	return w
}

func problem(t *testing.T, w *httptest.ResponseRecorder) common.Problem {
	t.Helper()
	var p common.Problem
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Fatalf("%d %s: %v", w.Code, w.Body, err)
	}
	if got := w.Header().Get("Content-Type"); got != "application/problem+json" {
		t.Errorf("content type %q", got)
	}
	return p
}

func TestRequestsAreCheckedAgainstTheContract(t *testing.T) {
	e := server(t)
	for _, c := range []struct {
		name, method, path, body string
		status                   int
		code                     string
		fields                   []string // pointer:code
	}{
		{"good", "POST", "/things", `{"name":"abc"}`, 200, "", nil},
		{"missing", "POST", "/things", `{}`, 422, "request.invalid", []string{"/name:required"}},
		{"two wrong at once", "POST", "/things", `{"name":"abcdef","size":0}`, 422, "request.invalid", []string{"/name:too_long", "/size:too_small"}},
		{"mass assignment", "POST", "/things", `{"name":"a","TITLE":"x"}`, 422, "request.invalid", []string{"/TITLE:unknown"}},
		{"not JSON", "POST", "/things", `{`, 422, "request.invalid", []string{":malformed"}},
		{"a path that names nothing", "GET", "/things/zzz", "", 404, "request.not_found", nil},
		{"wrong method", "DELETE", "/things", "", 405, "request.method", nil},
		{"no such address", "GET", "/nothing", "", 404, "request.not_found", nil},
		{"no line in the table", "GET", "/secret", "", 404, "request.not_found", nil},
		{"nobody", "GET", "/mine", "", 401, "request.sign_in", nil},
	} {
		w := ask(e, c.method, c.path, c.body)
		if w.Code != c.status {
			t.Errorf("%s: status %d, want %d: %s", c.name, w.Code, c.status, w.Body)
			continue
		}
		if c.code == "" {
			continue
		}
		p := problem(t, w)
		var got []string
		if p.Errors != nil {
			for _, f := range *p.Errors {
				got = append(got, f.Pointer+":"+f.Code)
			}
		}
		if p.Code != c.code || strings.Join(got, " ") != strings.Join(c.fields, " ") {
			t.Errorf("%s: %s %v, want %s %v", c.name, p.Code, got, c.code, c.fields)
		}
	}
}

func TestConfirmedMeansConfirmed(t *testing.T) {
	e := server(t)
	for token, want := range map[string]int{"good": 200, "new": 403, "stolen": 401} {
		if w := ask(e, "GET", "/mine", "", "Authorization", "Bearer "+token); w.Code != want {
			t.Errorf("%s: %d, want %d", token, w.Code, want)
		}
	}
}

func TestOtherMediaTypesAndLargeBodiesAreRefused(t *testing.T) {
	e := server(t)
	if w := ask(e, "POST", "/things", "name=abc", "Content-Type", "application/x-www-form-urlencoded"); problem(t, w).Code != "request.media_type" {
		t.Errorf("a form was taken: %d", w.Code)
	}
	large := `{"name":"` + strings.Repeat("a", bodyLimit) + `"}`
	if w := ask(e, "POST", "/things", large); w.Code != 413 {
		t.Errorf("large body: %d", w.Code)
	}
	req := httptest.NewRequest("POST", "/api/v1/things", io.MultiReader(strings.NewReader(large))) // no length told
	req.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	e.ServeHTTP(w, req)
	if w.Code != 413 && w.Code != 422 {
		t.Errorf("large body without a length: %d", w.Code)
	}
}

func TestUnknownErrorsAndPanicsAreNotEchoed(t *testing.T) {
	e := server(t)
	for _, path := range []string{"/boom", "/boom?panic=1"} {
		w := ask(e, "GET", path, "")
		if w.Code != 500 || strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
		if p := problem(t, w); p.RequestId == nil || *p.RequestId != w.Header().Get("X-Request-Id") {
			t.Errorf("%s: the problem does not carry the request id", path)
		}
	}
}

func TestWhatIsHiddenAndWhatIsAbsentAreTheSameBytes(t *testing.T) {
	e := server(t)
	a, b := ask(e, "GET", "/secret", ""), ask(e, "GET", "/nothing", "")
	if a.Body.String() != b.Body.String() || a.Code != b.Code {
		t.Errorf("%s\n%s", a.Body, b.Body)
	}
}

func TestForwardedForIsBelievedFromConfiguredProxiesOnly(t *testing.T) {
	spoof := func(e *echo.Echo) string {
		return ask(e, "POST", "/things", `{"name":"a"}`, "X-Forwarded-For", "1.2.3.4").Body.String()
	}
	if got := spoof(server(t)); got == "1.2.3.4" {
		t.Error("a stranger set the client address")
	}
	if got := spoof(server(t, "192.0.2.0/24")); got != "1.2.3.4" { // httptest's client
		t.Errorf("the proxy's word was not taken: %s", got)
	}
}

func TestEveryAnswerCarriesTheSecurityHeaders(t *testing.T) {
	h := ask(server(t), "GET", "/nothing", "").Header()
	for k, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
		"X-Frame-Options": "DENY", "Strict-Transport-Security": "max-age=63072000; includeSubDomains"} {
		if got := h.Get(k); got != want {
			t.Errorf("%s = %q, want %q", k, got, want)
		}
	}
	if !strings.Contains(h.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Error("an API answer has no closed policy")
	}
}

func TestEveryKindHasAStatus(t *testing.T) {
	for code, kind := range fault.Codes() {
		if statusOf[kind] < 400 {
			t.Errorf("%s has no status", code)
		}
	}
	if http.StatusText(statusOf[fault.Stale]) != "Precondition Failed" {
		t.Error("a stale edit must be 412")
	}
}
