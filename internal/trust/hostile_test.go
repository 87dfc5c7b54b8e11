package trust

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestHostileRequests sends what no page of ours sends.
func TestHostileRequests(t *testing.T) {
	t.Parallel() // the slow clients of one take long, and no time of the machine
	w := newWorld(t, serve(t))
	w.unlimited()
	slow := w.slowClients()
	t.Run("foreign, repeated and otherwise written properties are refused by every operation", w.massAssignment)
	t.Run("no parameter of a list breaks it", w.queries)
	t.Run("deep, wide and huge requests are refused in time", w.bombs)
	t.Run("encoded paths lead nowhere", w.paths)
	t.Run("nothing redirects to another site", w.redirects)
	t.Run("tokens that were tampered with are refused", w.tokens)
	t.Run("no host of a request stands in an answer or a mail", w.hosts)
	t.Run("no name or subject adds a header to a mail", w.headers)
	t.Run("no cell of an export is a formula", w.formulas)
	t.Run("slow clients are left, slow uploads are not", slow)
}

func (w *world) massAssignment(t *testing.T) {
	s, tried := w.stages["open"], 0
	for _, o := range operations(t) {
		if o.body == nil {
			continue
		}
		who := w.people["admin"]
		path, raw, headers := w.request(o, s)
		var body object
		must(t, json.Unmarshal([]byte(fmt.Sprint(raw)), &body))
		refused := func(what, sent, at, code string) {
			tried++
			a := who.do(o.method, path, sent, headers...)
			var p struct {
				Errors []struct{ Pointer, Code string }
			}
			_ = json.Unmarshal(a.body, &p)
			for _, e := range p.Errors {
				if a.status == 422 && e.Pointer == at && e.Code == code {
					return
				}
			}
			t.Errorf("%s with %s: %s", o.id, what, a)
		}
		for _, foreign := range []string{"role", "state", "version", "id", "isAdmin", "confirmedAt", "__proto__"} {
			if o.body.Properties[foreign] == nil {
				more := maps.Clone(body)
				more[foreign] = "admin"
				refused(foreign, text(more), "/"+foreign, "unknown")
			}
		}
		for _, name := range slices.Sorted(maps.Keys(o.body.Properties)) {
			more := maps.Clone(body)
			more[strings.ToUpper(name)] = body[name]
			refused(strings.ToUpper(name), text(more), "/"+strings.ToUpper(name), "unknown")
			if v, ok := body[name]; ok {
				twice := strings.TrimSuffix(text(body), "}") + fmt.Sprintf(",%q:%s}", name, text(v))
				refused(name+" twice", twice, "/"+name, "repeated")
			}
		}
	}
	if tried < 800 {
		t.Errorf("only %d tries", tried)
	}
}

func text(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(raw)
}

// queries sends to every reading operation what its parameters should not be.
func (w *world) queries(t *testing.T) {
	s := w.stages["open"]
	bad := []string{"'", "' or 1=1--", "1;drop table teams", "\x00", "\xff", "%", "_", "\\", "-1", "99999999999999999999", "../..", "title desc", "asc", "null", "true",
		"W10", "W251bGwsbnVsbF0", "WzFlNDAwXQ", "WyJhIiwiYiJd", "WyJhIiwiYiIsImMiXQ", "e30", "WyIyMDIwLTAxLTAxVDAwOjAwOjAwWiIsIngiXQ", "WyJpbmZpbml0eSIsIngiXQ", "WyIwMDAxLTAxLTAxVDAwOjAwOjAwWiIsIjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMCJd",
		"WyJcdTAwMDAiLCJcdTAwMDAiXQ", "WyJcdTAwMDAiLCIwMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDAiXQ"}
	for _, o := range operations(t) {
		if o.method != http.MethodGet {
			continue
		}
		path, _, _ := w.request(o, s)
		path, _, _ = strings.Cut(path, "?")
		for _, name := range o.queries {
			for _, v := range bad {
				for _, who := range []string{"nobody", "admin"} {
					if who == "nobody" && !o.public {
						continue
					}
					if a := w.people[who].get(path + "?" + name + "=" + percent(v)); a.status == 0 || a.status >= 500 {
						t.Errorf("%s as %s with %s=%q: %s %s", o.id, who, name, v, a, w.log.of(a.header.Get("X-Request-Id")))
					}
				}
			}
		}
	}
}

// percent encodes every byte.
func percent(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		fmt.Fprintf(&b, "%%%02X", c)
	}
	return b.String()
}

// bombs are refused within two seconds, and leave the memory as it was.
func (w *world) bombs(t *testing.T) {
	before := w.rss(t)
	who := w.people["member"]
	deep := func(n int, open, shut string) string { return strings.Repeat(open, n) + "1" + strings.Repeat(shut, n) }
	for name, body := range map[string]string{
		"lists in lists":     `{"text":` + deep(400_000, "[", "]") + `}`,
		"objects in objects": `{"text":` + deep(150_000, `{"a":`, "}") + `}`,
		"an open nest":       strings.Repeat("[", 1_000_000),
		"many keys":          `{"text":"a"` + wide(60_000) + `}`,
		"a long number":      `{"text":` + strings.Repeat("9", 1_000_000) + `}`,
		"a large exponent":   `{"text":1e999999999}`,
		"two megabytes":      `{"text":"` + strings.Repeat("a", 2<<20) + `"}`,
	} {
		for _, path := range []string{"/markdown", "/auth/sign-in", "/me/passkeys"} {
			begin := time.Now()
			if a := who.post(path, body); a.status < 400 || a.status >= 500 || time.Since(begin) > 2*time.Second {
				t.Errorf("%s to %s in %v: %s", name, path, time.Since(begin), a)
			}
		}
	}
	begin := time.Now()
	for _, kind := range []string{"one", "many"} {
		req, err := http.NewRequest(http.MethodGet, w.url+"/api/v1/challenges", nil)
		must(t, err)
		for i := range 1000 {
			if kind == "many" {
				req.Header.Set(fmt.Sprintf("X-%d", i), strings.Repeat("a", 1000))
			}
		}
		if kind == "one" {
			req.Header.Set("Cookie", strings.Repeat("a", 1<<20))
		}
		if a := w.send(req); a.status != 431 && a.status != 0 { // or the connection is closed while it is still sent
			t.Errorf("a megabyte in %s headers: %s", kind, a)
		}
	}
	if took := time.Since(begin); took > 4*time.Second {
		t.Errorf("large headers took %v", took)
	}
	// Patterns that a careless search would take minutes for.
	for _, q := range []string{strings.Repeat("a", 200), strings.Repeat("%_", 100), strings.Repeat("(a+)+", 40), strings.Repeat("あ", 200)} {
		if a := w.nobody().get("/challenges?q=" + percent(q)); a.status >= 500 || a.status == 0 {
			t.Errorf("searching for %.20s: %s", q, a)
		}
	}
	if grown := w.rss(t) - before; grown > 200<<20 {
		t.Errorf("the memory grew by %d MB", grown>>20)
	}
}

func wide(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `,"k%d":1`, i)
	}
	return b.String()
}

// paths asks for files and addresses in forms that decoders disagree about.
func (w *world) paths(t *testing.T) {
	for _, at := range []string{
		"/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd", "/assets/%2e%2e/index.html", "/assets/..%2findex.html", "/assets/%252e%252e%252findex.html", "/assets/..%5c..%5cgo.mod",
		"/assets//etc/passwd", "/assets/%00", "/%00", "/index.html%00.js", "/index.html.", "/index.html/", "/assets/.", "/.git/config", "/%2egit/config", "/preload.json%20", "/embed.go",
		"/files/%2e%2e%2f%2e%2e/secret", "/files/..%2f..%2fsecret?X-Amz-Signature=a", "/files/%00?X-Amz-Signature=a", "/f/v/%2e%2e", "/f/%00", "/f/v/..%2f..%2fx", "/feeds/..%2fchallenges.en.json", "/feeds/challenges.en.json%00",
		"/open-data/%2e%2e%2fopenapi.json", "/api/v1/%2e%2e/%2e%2e/dev/mail", "/api/v1/challenges/%2e%2e%2fopenapi.json", "/api/v1//challenges", "/api/v1/challenges/", "/API/V1/challenges", "/api/v1/challenges/%ff", "/api/v1/entries/%00", "/c/%2e%2e", "/c/%00", "/c/" + strings.Repeat("a", 5000),
	} {
		for _, method := range []string{"GET", "HEAD", "PUT"} {
			a := w.raw(t, method+" "+at+" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
			if a.status == 0 || a.status >= 500 {
				t.Errorf("%s %s: %s", method, at, a)
			}
			for _, leak := range []string{"root:", "goroutine", "[core]", "package web", "module fieldtrial"} {
				if strings.Contains(string(a.body), leak) {
					t.Errorf("%s %s shows %s", method, at, leak)
				}
			}
		}
	}
	// What the policy decides by the path must not depend on how the path is written.
	for _, at := range []string{"/api/v1/me", "/api/v1/%6de", "/api/v1/./me", "/api/v1/x/../me", "//api/v1/me", "/api/v1/me/", "/api/v1/me%2f", "/api/v1/me;x=1", "/api/v1/me%20"} {
		a := w.raw(t, "GET "+at+" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
		if bytes.Contains(a.body, []byte(`"email"`)) {
			t.Errorf("%s answers nobody: %s", at, a)
		}
	}
}

// redirects follows what could be made to lead away.
func (w *world) redirects(t *testing.T) {
	for _, at := range []string{"//evil.example", "//evil.example/%2e%2e", "/\\evil.example", "/%5cevil.example", "/%2f%2fevil.example", "/es//evil.example", "/c//evil.example", "/c/%2f%2fevil.example",
		"/c/x?to=//evil.example", "/sign-in?next=//evil.example", "/sign-in/city?code=a&state=b&redirect_uri=https://evil.example", "/assets//evil.example", "/embed/challenges?lang=//evil.example",
		"/api/v1//evil.example", "http://evil.example/", "http://evil.example//x"} {
		a := w.raw(t, "GET "+at+" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept-Language: //evil.example\r\n\r\n")
		if to := a.header.Get("Location"); strings.HasPrefix(to, "//") || strings.HasPrefix(to, `/\`) || strings.Contains(to, "://") {
			t.Errorf("%s leads to %s", at, to)
		}
		if a.status == 0 || a.status >= 500 {
			t.Errorf("%s: %s", at, a)
		}
	}
}
