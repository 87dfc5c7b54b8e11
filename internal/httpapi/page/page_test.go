package page

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/labstack/echo/v4"

	"fieldtrial/internal/lang"
)

// What the page asks the API first is fetched beside its scripts, but never in the name of somebody
// signed in: the answer to a visitor would be taken for theirs.
func TestFirstFetchIsForVisitors(t *testing.T) {
	e := echo.New()
	err := Register(e, Config{
		Files: fstest.MapFS{
			"index.html":   {Data: []byte(`<html lang="en"><head><title>Fieldtrial</title><!--head--></head></html>`)},
			"preload.json": {Data: []byte(`[{"path":"/challenges/:slug","files":[],"messages":{}}]`)},
		},
		PublicURL: "http://localhost",
		Describe: func(*http.Request, string, lang.Tag) Meta {
			return Meta{Title: "Air", Fetch: "/api/v1/challenges/air?lang=es&x=1"}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		cookie string
		want   bool
	}{{"", true}, {"fieldtrial=secret", false}} {
		r := httptest.NewRequest(http.MethodGet, "/es/challenges/air", nil)
		if c.cookie != "" {
			r.Header.Set("Cookie", c.cookie)
		}
		w := httptest.NewRecorder()
		e.ServeHTTP(w, r)
		link := `<link rel="preload" as="fetch" crossorigin href="/api/v1/challenges/air?lang=es&amp;x=1">`
		if got := strings.Contains(w.Body.String(), link); got != c.want {
			t.Errorf("cookie %q: link is there: %v, want %v\n%s", c.cookie, got, c.want, w.Body)
		}
		if w.Header().Get("Vary") != "Cookie" {
			t.Errorf("cookie %q: Vary is %q", c.cookie, w.Header().Get("Vary"))
		}
	}
}

// The build keeps most assets in compressed forms only.
func TestAnAssetIsThereForEveryClient(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write([]byte("let a = 1"))
	_ = z.Close()
	e := echo.New()
	if err := Register(e, Config{Files: fstest.MapFS{
		"index.html": {Data: []byte(`<html lang="en"></html>`)}, "assets/a.js.gz": {Data: packed.Bytes()}, "assets/a.js.br": {Data: []byte("br")},
	}, Describe: func(*http.Request, string, lang.Tag) Meta { return Meta{} }}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ accepts, encoding, body string }{
		{"gzip, br", "br", "br"}, {"gzip", "gzip", packed.String()}, {"", "", "let a = 1"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/assets/a.js", nil)
		r.Header.Set("Accept-Encoding", c.accepts)
		w := httptest.NewRecorder()
		e.ServeHTTP(w, r)
		if w.Code != http.StatusOK || w.Header().Get("Content-Encoding") != c.encoding || w.Body.String() != c.body || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/javascript") {
			t.Errorf("accepts %q: %d %v %q", c.accepts, w.Code, w.Header(), w.Body)
		}
	}
	w := httptest.NewRecorder()
	e.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/assets/b.js", nil))
	if w.Code != http.StatusNotFound {
		t.Errorf("an asset that is not there: %d", w.Code)
	}
}
