package page

import (
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
