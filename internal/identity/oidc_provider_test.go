package identity

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
)

// harbourStaff are the accounts at the provider.
type harbourStaff map[string]*storage.User

func (h harbourStaff) GetUserByID(id string) *storage.User { return h[id] }
func (h harbourStaff) GetUserByUsername(name string) *storage.User {
	for _, u := range h {
		if u.Username == name {
			return u
		}
	}
	return nil
}
func (harbourStaff) ExampleClientID() string { return "service" }

// TestCitySignInWithACertifiedProvider signs in at an OpenID provider of another maker that runs here,
// certified for the standard: it asks for name and password, checks our client's secret and the proof
// of our code, and tells the address at its UserInfo endpoint alone.
func TestCitySignInWithACertifiedProvider(t *testing.T) {
	t.Parallel()
	provider := httptest.NewUnstartedServer(nil)
	issuer := "http://" + provider.Listener.Addr().String()
	staff := harbourStaff{
		"1": {ID: "1", Username: "harbour", Password: "the tide table", FirstName: "Ines", LastName: "Puerto", Email: "Harbour@City.example", EmailVerified: true},
		"2": {ID: "2", Username: "newcomer", Password: "the tide table", Email: "harbour@city.example"},
	}
	provider.Config.Handler = exampleop.SetupServer(issuer, storage.NewStorageWithClients(staff, map[string]*storage.Client{
		"fieldtrial": storage.WebClient("fieldtrial", "kept between us", "http://localhost:8080"+OIDCReturn),
	}), nil, false)
	provider.Start()
	t.Cleanup(provider.Close)
	open := func(secret string) *Service {
		s, _ := desk(t, func(c *Config) {
			c.PublicURL = "http://localhost:8080"
			c.OIDC = OIDCConfig{Issuer: issuer, ClientID: "fieldtrial", ClientSecret: secret, Name: "City"}
		})
		return s
	}
	s := open("kept between us")
	id := member(t, s, "harbour@city.example")
	in, err := atProvider(t, s, issuer, "harbour")
	want(t, "sign in", err, nil)
	if a, err := s.Authenticate(t.Context(), in.Access); err != nil || a.PersonID != id {
		t.Errorf("%+v %v", a, err)
	}
	_, err = atProvider(t, s, issuer, "newcomer")
	want(t, "an address that the provider has not verified", err, ErrNotInvited)
	_, err = atProvider(t, open("guessed"), issuer, "harbour")
	want(t, "with another secret", err, ErrOIDC)
}

// atProvider goes there as a browser would, gives name and password, and comes back with the code.
func atProvider(t *testing.T, s *Service, issuer, name string) (Session, error) {
	t.Helper()
	address, keep, err := s.StartOIDC(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	next := func(res *http.Response, err error) *url.URL {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		to, err := res.Location()
		if err != nil {
			t.Fatalf("%s: %v", res.Status, err)
		}
		return to
	}
	form := next(c.Get(address))
	done := next(c.PostForm(issuer+"/login/username", url.Values{
		"id": {form.Query().Get("authRequestID")}, "username": {name}, "password": {"the tide table"}}))
	back := next(c.Get(done.String()))
	return s.FinishOIDC(t.Context(), keep, back.Query().Get("code"), back.Query().Get("state"), "a", "")
}
