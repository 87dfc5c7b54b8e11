package outreachapi

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/labstack/echo/v4"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/outreach"
	"fieldtrial/internal/testkit"
)

func TestShortAddressesLeadOnInTheVisitorsLanguageWithoutACookie(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	c := testkit.OpenChallenge(t, db)
	official := testkit.Person(t, db, "Olga", authz.Grant{Role: authz.Official, Kind: authz.City, ID: c.City})
	s := outreach.New(db)
	link, err := s.CreateLink(t.Context(), official, c.Challenge, "F6S")
	if err != nil {
		t.Fatal(err)
	}
	e := echo.New()
	Links(s)(e)
	follow := func(path, languages string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Host = "evil.example"
		r.Header.Set("Accept-Language", languages)
		w := httptest.NewRecorder()
		e.ServeHTTP(w, r)
		return w
	}
	for languages, want := range map[string]string{
		"ja,en;q=0.5":       "/ja/challenges/challenge?from=" + link.Code,
		"es-MX":             "/es/challenges/challenge?from=" + link.Code,
		"fr, de;q=0.8":      "/challenges/challenge?from=" + link.Code,
		"":                  "/challenges/challenge?from=" + link.Code,
		"not a language!!!": "/challenges/challenge?from=" + link.Code,
	} {
		w := follow("/c/"+link.Code, languages)
		if w.Code != http.StatusFound || w.Header().Get("Location") != want || w.Header().Get("Set-Cookie") != "" || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%q: %d %v", languages, w.Code, w.Header())
		}
	}
	if w := follow("/c/nothing", "es"); w.Header().Get("Location") != "/es/challenges" {
		t.Errorf("no such code: %v", w.Header())
	}
	if _, err := s.Retire(t.Context(), official, link.ID); err != nil {
		t.Fatal(err)
	}
	if w := follow("/c/"+link.Code, "en"); w.Header().Get("Location") != "/challenges/challenge" {
		t.Errorf("a retired one: %v", w.Header())
	}
	testkit.Exec(t, db, `update challenges set published_at = null where id = $1`, c.Challenge)
	if w := follow("/c/"+link.Code, "en"); w.Header().Get("Location") != "/challenges" {
		t.Errorf("of a challenge that is not published: %v", w.Header())
	}
}
