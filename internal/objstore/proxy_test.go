package objstore

import (
	"io"
	"mime"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestProxyGet(t *testing.T) {
	b := newBench(t)
	b.put(t, "dir/página 1", "0123456789", "text/html")
	link, err := b.URL(t.Context(), "dir/página 1", Link{Filename: "提案 50%.html", Valid: time.Minute})
	must(t, err)
	res, body := b.send(t, http.MethodGet, link, nil, "Cookie", "session=secret", "Authorization", "Bearer secret")
	if res.StatusCode != 200 || body != "0123456789" {
		t.Fatalf("%d %q", res.StatusCode, body)
	}
	for name, want := range map[string]string{
		"Content-Type": "text/html", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
		"Cache-Control": "private, no-store", "Cross-Origin-Resource-Policy": "same-origin", "Server": "",
	} {
		if got := res.Header.Get(name); got != want {
			t.Errorf("%s is %q, not %q", name, got, want)
		}
	}
	if csp := res.Header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "sandbox; default-src 'none'") {
		t.Errorf("CSP %q", csp)
	}
	kind, params, err := mime.ParseMediaType(res.Header.Get("Content-Disposition"))
	must(t, err)
	if kind != "attachment" || params["filename"] != "提案 50%.html" {
		t.Errorf("%s %v", kind, params)
	}
	for name := range res.Header {
		if strings.HasPrefix(strings.ToLower(name), "x-amz") {
			t.Errorf("%s reaches the browser", name)
		}
	}

	res, body = b.send(t, http.MethodGet, link, nil, "Range", "bytes=2-4")
	if res.StatusCode != 206 || body != "234" || res.Header.Get("Content-Range") != "bytes 2-4/10" {
		t.Errorf("%d %q %v", res.StatusCode, body, res.Header)
	}
	res, _ = b.send(t, http.MethodGet, link, nil, "Range", "bytes=20-")
	if res.StatusCode != 416 {
		t.Errorf("status %d", res.StatusCode)
	}

	inline, err := b.URL(t.Context(), "dir/página 1", Link{Inline: true, ContentType: "application/pdf", Valid: time.Minute})
	must(t, err)
	res, _ = b.send(t, http.MethodGet, inline, nil)
	if res.Header.Get("Content-Type") != "application/pdf" || res.Header.Get("Content-Disposition") != "inline" {
		t.Errorf("%v", res.Header)
	}
}

func TestProxyRefuses(t *testing.T) {
	b := newBench(t, func(c *Config) { c.MaxPart = 10 })
	b.put(t, "secret", "content", "text/plain")
	b.put(t, "other", "content", "text/plain")
	link, err := b.URL(t.Context(), "secret", Link{Filename: "a", Valid: time.Minute})
	must(t, err)
	_, parts := b.begin(t, "u", 2)
	upload := parts[0]
	change := func(link, from, to string) string {
		if !strings.Contains(link, from) {
			t.Fatalf("%s lacks %s", link, from)
		}
		return strings.Replace(link, from, to, 1)
	}
	signature := func(link string) string {
		u, _ := url.Parse(link)
		return u.Query().Get("X-Amz-Signature")
	}
	whole, err := b.links.Presign(t.Context(), http.MethodPut, "files", "secret", time.Minute, nil)
	must(t, err)
	cases := []struct {
		name, method, link, body string
		want                     int
	}{
		{"unsigned get", "GET", "/files/secret", "", 403},
		{"unsigned list", "GET", "/files/?X-Amz-Signature=x", "", 404},
		{"other bucket", "GET", change(link, "/files/", "/other/"), "", 404},
		{"wrong signature", "GET", change(link, signature(link), strings.Repeat("0", 64)), "", 403},
		{"another object", "GET", change(link, "secret", "other"), "", 403},
		{"another name", "GET", change(link, "filename", "filenome"), "", 403},
		{"longer validity", "GET", change(link, "X-Amz-Expires=60", "X-Amz-Expires=600"), "", 403},
		{"get link for delete", "DELETE", link, "", 405},
		{"get link for put", "PUT", link, "x", 403},
		{"get link for head", "HEAD", link, "", 405},
		{"post", "POST", upload, "x", 405},
		{"signed put of a whole object", "PUT", whole.RequestURI(), "x", 403},
		{"another part", "PUT", change(upload, "partNumber=1", "partNumber=3"), "x", 403},
		{"part too large", "PUT", upload, "12345678901", 413},
		{"part without length", "PUT", upload, "chunked", 411},
		{"part", "PUT", upload, "1234567890", 200},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var r = strings.NewReader(c.body)
			var res *http.Response
			var body string
			if c.body == "chunked" {
				res, body = b.send(t, c.method, c.link, letters('x', 5))
			} else {
				res, body = b.send(t, c.method, c.link, r)
			}
			if res.StatusCode != c.want {
				t.Errorf("status %d, not %d: %s", res.StatusCode, c.want, body)
			}
			if res.Header.Get("X-Content-Type-Options") != "nosniff" || strings.Contains(body, "<") || strings.Contains(body, "content") {
				t.Errorf("%v %q", res.Header, body)
			}
		})
	}
}

// The store itself refuses what is unsigned, whatever the proxy lets through.
func TestStoreRefusesTheUnsigned(t *testing.T) {
	b := newBench(t)
	b.put(t, "secret", "content", "text/plain")
	client := &http.Client{Transport: newTransport(b.cfg.Socket)}
	for _, path := range []string{"/", "/files", "/files?list-type=2", "/files/secret", "/files/secret?X-Amz-Signature=x"} {
		for _, method := range []string{"GET", "HEAD", "PUT", "POST", "DELETE", "PATCH"} {
			req, err := http.NewRequest(method, "http://s3.internal"+path, strings.NewReader(""))
			must(t, err)
			res, err := client.Do(req)
			must(t, err)
			_ = res.Body.Close()
			if res.StatusCode < 400 {
				t.Errorf("%s %s gives %d", method, path, res.StatusCode)
			}
		}
	}
	if got := b.read(t, "secret", nil); got != "content" {
		t.Errorf("the object is now %q", got)
	}
}

func TestLinksExpire(t *testing.T) {
	b := newBench(t)
	b.put(t, "k", "content", "text/plain")
	link, err := b.URL(t.Context(), "k", Link{Valid: time.Second})
	must(t, err)
	time.Sleep(2100 * time.Millisecond)
	if res, _ := b.send(t, http.MethodGet, link, nil); res.StatusCode != 403 {
		t.Errorf("status %d", res.StatusCode)
	}
	if _, err := b.URL(t.Context(), "k", Link{}); err == nil {
		t.Error("a link without end")
	}
}

func TestProxyWhileTheStoreIsDown(t *testing.T) {
	b := newBench(t)
	b.put(t, "k", "content", "text/plain")
	link, err := b.URL(t.Context(), "k", Link{Valid: time.Minute})
	must(t, err)
	must(t, syscall.Kill(b.rec.PID(), syscall.SIGKILL))
	b.web.Config.ErrorLog = nil
	res, _ := b.send(t, http.MethodGet, link, nil)
	if res.StatusCode != 503 || res.Header.Get("Retry-After") == "" {
		t.Errorf("%d %v", res.StatusCode, res.Header)
	}
	end := time.Now().Add(time.Minute)
	for res.StatusCode != 200 && time.Now().Before(end) {
		time.Sleep(50 * time.Millisecond)
		res, _ = b.send(t, http.MethodGet, link, nil)
	}
	if res.StatusCode != 200 {
		t.Errorf("%d after the store is back", res.StatusCode)
	}
}

// No body goes with a GET, and none is ever chunked: the store would read it as
// the next request on a connection that others share.
func TestProxySmugglesNothing(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "s")
	ln, err := net.Listen("unix", socket)
	must(t, err)
	defer ln.Close()
	seen := make(chan string, 1)
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			b := make([]byte, 64<<10)
			_ = c.SetReadDeadline(time.Now().Add(300 * time.Millisecond))
			n, _ := io.ReadAtLeast(c, b, len(b))
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
			_ = c.Close()
			seen <- string(b[:n])
		}
	}()
	s, err := Open(Config{Socket: socket, AccessKey: "a", SecretKey: "b", Bucket: "files"})
	must(t, err)
	b := bench{Store: s, web: httptest.NewServer(s.Proxy())}
	defer b.web.Close()
	res, _ := b.send(t, http.MethodGet, "/files/k?X-Amz-Signature=x", letters('G', 1000), "Cookie", "session=secret")
	if res.StatusCode != 200 {
		t.Fatalf("status %d", res.StatusCode)
	}
	raw := <-seen
	head, body, _ := strings.Cut(raw, "\r\n\r\n")
	if body != "" || strings.Contains(head, "chunked") || strings.Contains(head, "secret") || !strings.Contains(head, "Host: s3.internal") {
		t.Errorf("the store hears %q", raw)
	}
}

func TestDisposition(t *testing.T) {
	for name, want := range map[string]string{
		"":                     `attachment`,
		"plan.pdf":             `attachment; filename="plan.pdf"`,
		`a"b\c.pdf`:            `attachment; filename="a_b_c.pdf"; filename*=UTF-8''a%22b_c.pdf`,
		"../../etc/passwd":     `attachment; filename=".._.._etc_passwd"`,
		"年 計画.pdf":             `attachment; filename="_ __.pdf"; filename*=UTF-8''%E5%B9%B4%20%E8%A8%88%E7%94%BB.pdf`,
		"a\r\nX: y\x00.pdf":    `attachment; filename="aX: y.pdf"`,
		"harmless\u202efdp.js": `attachment; filename="harmlessfdp.js"`,
		"\xffbroken.pdf":       `attachment; filename="broken.pdf"`,
	} {
		got := Disposition(false, name)
		if got != want {
			t.Errorf("%q gives %s, not %s", name, got, want)
		}
		if _, _, err := mime.ParseMediaType(got); err != nil {
			t.Errorf("%s: %v", got, err)
		}
	}
	if got := Disposition(true, "a.pdf"); got != `inline; filename="a.pdf"` {
		t.Error(got)
	}
}
