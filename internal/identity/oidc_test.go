package identity

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"
	"github.com/oauth2-proxy/mockoidc"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

// cityUser is an account at the provider.
type cityUser struct {
	mockoidc.MockUser
	methods []string
	nonce   string // instead of the one that was asked for
}

func (u *cityUser) Claims(_ []string, c *mockoidc.IDTokenClaims) (jwt.Claims, error) {
	if u.nonce != "" {
		c.Nonce = u.nonce
	}
	return struct {
		*mockoidc.IDTokenClaims
		Email    string   `json:"email"`
		Verified bool     `json:"email_verified"`
		Name     string   `json:"name"`
		Methods  []string `json:"amr,omitempty"`
	}{c, u.Email, u.EmailVerified, "Officer of the harbour", u.methods}, nil
}

type cityDesk struct {
	*Service
	t        *testing.T
	provider *mockoidc.MockOIDC
}

// openCity starts a real provider on loopback and a service that knows it.
func openCity(t *testing.T) cityDesk {
	t.Helper()
	m, err := mockoidc.Run()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = m.Shutdown() })
	s, _ := desk(t, func(c *Config) {
		c.PublicURL = "http://localhost:8080"
		c.OIDC = OIDCConfig{Issuer: m.Issuer(), ClientID: m.ClientID, ClientSecret: m.ClientSecret, Name: "City", Domains: []string{"city.example"}}
	})
	return cityDesk{s, t, m}
}

// visit goes to the provider as a browser would and gives what it is sent back with.
func (d cityDesk) visit(u cityUser) (keep, code, state string) {
	d.t.Helper()
	address, keep, err := d.StartOIDC(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	q, _ := url.Parse(address)
	for _, name := range []string{"state", "nonce", "code_challenge"} {
		if q.Query().Get(name) == "" {
			d.t.Errorf("no %s is sent", name)
		}
	}
	if q.Query().Get("code_challenge_method") != "S256" || q.Query().Get("redirect_uri") != "http://localhost:8080/sign-in/city" {
		d.t.Errorf("asked with %s", address)
	}
	d.provider.QueueUser(&u)
	c := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := c.Get(address)
	if err != nil {
		d.t.Fatal(err)
	}
	_ = res.Body.Close()
	back, err := res.Location()
	if err != nil {
		d.t.Fatalf("%d: %v", res.StatusCode, err)
	}
	return keep, back.Query().Get("code"), back.Query().Get("state")
}

func (d cityDesk) signIn(u cityUser) (Session, error) {
	keep, code, state := d.visit(u)
	return d.FinishOIDC(d.t.Context(), keep, code, state, "a", "")
}

func person(subject, email string, verified bool) cityUser {
	return cityUser{MockUser: mockoidc.MockUser{Subject: subject, Email: email, EmailVerified: verified}}
}

func TestCitySignIn(t *testing.T) {
	t.Parallel()
	d := openCity(t)
	id := member(t, d.Service, "harbour@city.example")
	for what, u := range map[string]cityUser{
		"nobody's address":   person("1", "nobody@city.example", true),
		"unverified address": person("2", "harbour@city.example", false),
		"another domain":     person("3", "harbour@elsewhere.example", true),
	} {
		_, err := d.signIn(u)
		want(t, what, err, ErrNotInvited)
	}
	in, err := d.signIn(person("4", "Harbour@City.example", true))
	want(t, "the confirmed account", err, nil)
	if a, err := d.Authenticate(t.Context(), in.Access); err != nil || a.PersonID != id {
		t.Errorf("%+v %v", a, err)
	}
	// From now on the subject counts, whatever address it has; another subject with the address gets in
	// as the same person only because the provider vouches for the address.
	in, err = d.signIn(person("4", "renamed@city.example", false))
	want(t, "the linked subject", err, nil)
	if a, _ := d.Authenticate(t.Context(), in.Access); a.PersonID != id {
		t.Error("another person")
	}
	withApp(t, d.Service, testkit.Actor(t, d.db, id, uuid.MustParse(sessionOf(t, d.Service, in))))
	if in, err = d.signIn(person("4", "harbour@city.example", true)); err != nil || in.Step == nil {
		t.Errorf("the second factor is not asked for: %v", err)
	}
	u := person("4", "harbour@city.example", true)
	u.methods = []string{"pwd", "mfa"}
	if in, err = d.signIn(u); err != nil || in.Step != nil {
		t.Errorf("the provider's own second factor does not count: %v", err)
	}
	testkit.Exec(t, d.db, `update people set disabled_at = clock_timestamp()`)
	_, err = d.signIn(u)
	want(t, "a closed account", err, ErrDisabled)
}

func sessionOf(t *testing.T, s *Service, in Session) string {
	t.Helper()
	a, err := s.Authenticate(t.Context(), in.Access)
	if err != nil {
		t.Fatal(err)
	}
	return a.SessionID.String()
}

func TestCitySignInOfSomebodyInvited(t *testing.T) {
	t.Parallel()
	d := openCity(t)
	admin := testkit.Person(t, d.db, "Admin", authz.Grant{Role: authz.Admin, Kind: authz.Installation})
	_, err := d.Invite(t.Context(), admin, NewInvitation{Email: "new@city.example", Language: lang.ES, Role: authz.Manager, Kind: authz.Installation})
	want(t, "invite", err, nil)
	in, err := d.signIn(person("9", "new@city.example", true))
	want(t, "sign in", err, nil)
	a, err := d.Authenticate(t.Context(), in.Access)
	if err != nil || a.Name != "Officer of the harbour" || !a.Confirmed || len(a.Grants) != 0 {
		t.Errorf("%+v %v", a, err)
	}
	_, err = d.SignIn(t.Context(), "new@city.example", "", "a", "")
	want(t, "without a password", err, ErrCredentials)

	// Somebody registered the address of a colleague and never confirmed it.
	want(t, "register", d.Register(t.Context(), NewAccount{Email: "squat@city.example", Name: "S", Password: goodPassword, Language: lang.EN}, "a"), nil)
	_, err = d.Invite(t.Context(), admin, NewInvitation{Email: "squat@city.example", Language: lang.ES, Role: authz.Manager, Kind: authz.Installation})
	want(t, "invite", err, nil)
	_, err = d.signIn(person("10", "squat@city.example", true))
	want(t, "an unconfirmed account", err, ErrNotInvited)
}

func TestCitySignInCannotBeForged(t *testing.T) {
	t.Parallel()
	d := openCity(t)
	ctx := t.Context()
	member(t, d.Service, "harbour@city.example")
	harbour := person("1", "harbour@city.example", true)
	keep, code, state := d.visit(harbour)
	_, err := d.FinishOIDC(ctx, "", code, state, "a", "")
	want(t, "in another browser", err, ErrTicket)
	_, err = d.FinishOIDC(ctx, keep, code, "x"+state, "a", "")
	want(t, "with another state", err, ErrTicket)
	other, _, _ := d.visit(harbour)
	_, err = d.FinishOIDC(ctx, other, code, state, "a", "")
	want(t, "with another visit's ticket", err, ErrTicket)
	_, err = d.FinishOIDC(ctx, keep, code, state, "a", "")
	want(t, "as it came", err, nil)
	_, err = d.FinishOIDC(ctx, keep, code, state, "a", "")
	want(t, "twice", err, ErrTicket)
	harbour.nonce = "another"
	_, err = d.signIn(harbour)
	want(t, "a token made for another visit", err, ErrOIDC)
	keep, code, state = d.visit(person("1", "harbour@city.example", true))
	d.oidc.cfg.ClientID = "somebody-else"
	_, err = d.FinishOIDC(ctx, keep, code, state, "a", "")
	if err == nil {
		t.Error("a token made for another client is taken")
	}
}
