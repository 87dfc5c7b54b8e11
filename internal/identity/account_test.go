package identity

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/testkit"
)

func TestDevices(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	ctx := t.Context()
	member(t, s, "ana@example.org")
	a, b, c := signedIn(t, s, "ana@example.org"), signedIn(t, s, "ana@example.org"), signedIn(t, s, "ana@example.org")
	stranger := testkit.Person(t, db, "Stranger")
	list, err := s.Devices(ctx, a)
	if err != nil || len(list) != 3 || !list[0].Current || list[0].ID != a.SessionID || list[1].Current {
		t.Fatalf("%+v %v", list, err)
	}
	if d := list[0]; d.Address != "192.0.2.9" || d.Agent != "Firefox" || d.Method != "password" || d.Seen.IsZero() {
		t.Errorf("%+v", d)
	}
	want(t, "somebody else's session", s.EndDevice(ctx, stranger, b.SessionID), fault.ErrNotFound)
	want(t, "one's own", s.EndDevice(ctx, a, b.SessionID), nil)
	if _, open, _ := authz.Load(ctx, db.Pool(), b.PersonID, b.SessionID); open {
		t.Error("an ended session goes on")
	}
	want(t, "all others", s.EndOtherDevices(ctx, a), nil)
	if _, open, _ := authz.Load(ctx, db.Pool(), c.PersonID, c.SessionID); open {
		t.Error("another session goes on")
	}
	if list, _ := s.Devices(ctx, a); len(list) != 1 || count(t, db, `select count(*) from sessions where person_id = $1 and revoked_at is null`, stranger.PersonID) != 1 {
		t.Errorf("%d sessions left", len(list))
	}
	testkit.Exec(t, db, `update sessions set rotated_at = rotated_at - interval '31 days'`)
	want(t, "sweep", s.SweepAttempts(ctx), nil)
	if n := count(t, db, `select count(*) from sessions where address <> ''`); n != 0 {
		t.Error("client addresses are kept for more than thirty days")
	}
}

func TestLimitsOfASession(t *testing.T) {
	t.Parallel()
	s, db := desk(t, func(c *Config) { c.Idle, c.Absolute = 2*time.Hour, 5*time.Hour })
	ctx := t.Context()
	member(t, s, "ana@example.org")
	in, err := s.SignIn(ctx, "ana@example.org", goodPassword, "a", "")
	want(t, "sign in", err, nil)
	testkit.Exec(t, db, `update sessions set rotated_at = clock_timestamp() - interval '119 minutes', created_at = clock_timestamp() - interval '295 minutes'`)
	in, err = s.Refresh(ctx, in.Refresh)
	want(t, "within both limits", err, nil)
	if in.AccessExpires.After(in.Absolute) {
		t.Errorf("the access token outlives the session: %v, %v", in.AccessExpires, in.Absolute)
	}
	testkit.Exec(t, db, `update sessions set rotated_at = clock_timestamp() - interval '121 minutes'`)
	_, err = s.Refresh(ctx, in.Refresh)
	want(t, "not used for too long", err, ErrSession)
	testkit.Exec(t, db, `update sessions set rotated_at = clock_timestamp(), created_at = clock_timestamp() - interval '301 minutes'`)
	_, err = s.Refresh(ctx, in.Refresh)
	want(t, "open for too long", err, ErrSession)
}

func TestProve(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	ctx := t.Context()
	member(t, s, "ana@example.org")
	a := signedIn(t, s, "ana@example.org")
	secret, _ := withApp(t, s, a)
	later := func() authz.Actor {
		testkit.Exec(t, db, `update sessions set proved_at = proved_at - interval '16 minutes'`)
		return testkit.Actor(t, db, a.PersonID, a.SessionID)
	}
	old := later()
	_, _, err := s.MakeToken(ctx, old, NewAPIToken{Name: "x", Scopes: authz.AllTokenScopes(), Days: 1})
	want(t, "token", err, authz.ErrProve)
	want(t, "address", s.RequestEmailChange(ctx, old, "new@example.org"), authz.ErrProve)
	want(t, "factor", s.RemoveTOTP(ctx, old), authz.ErrProve)
	_, err = s.RenewRecoveryCodes(ctx, old)
	want(t, "codes", err, authz.ErrProve)
	_, err = s.OfferTOTP(ctx, old)
	want(t, "app", err, authz.ErrProve)
	_, err = s.AskNewPasskey(ctx, old)
	want(t, "passkey", err, authz.ErrProve)
	old.Grants = []authz.Grant{{Role: authz.Admin, Kind: authz.Installation}}
	want(t, "a grant of admin", s.Grant(ctx, old, a.PersonID, authz.Grant{Role: authz.Admin, Kind: authz.Installation}), authz.ErrProve)
	_, err = s.Invite(ctx, old, NewInvitation{Email: "b@example.org", Language: "en", Role: authz.Admin, Kind: authz.Installation})
	want(t, "an invitation of an admin", err, authz.ErrProve)

	if f, _ := fault.As(s.Prove(ctx, old, Proof{Password: "wrong"})); f == nil || f.Fields[0].Code != "wrong_password" {
		t.Errorf("a wrong password: %v", f)
	}
	if testkit.Actor(t, db, a.PersonID, a.SessionID).Recent {
		t.Error("a wrong password proves")
	}
	want(t, "password", s.Prove(ctx, old, Proof{Password: goodPassword}), nil)
	if !testkit.Actor(t, db, a.PersonID, a.SessionID).Recent {
		t.Error("the password does not prove")
	}
	later()
	want(t, "code", s.Prove(ctx, old, Proof{Code: totpCode(secret, stepOf(time.Now()))}), nil)
	if !testkit.Actor(t, db, a.PersonID, a.SessionID).Recent {
		t.Error("a code does not prove")
	}
}

func TestDemotionHoldsFromTheNextRequest(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	ctx := t.Context()
	id := member(t, s, "ana@example.org")
	admin := testkit.Person(t, db, "Admin", authz.Grant{Role: authz.Admin, Kind: authz.Installation})
	want(t, "give", s.Grant(ctx, admin, id, authz.Grant{Role: authz.Admin, Kind: authz.Installation}), nil)
	in, err := s.SignIn(ctx, "ana@example.org", goodPassword, "a", "")
	want(t, "sign in", err, nil)
	if a, _ := s.Authenticate(ctx, in.Access); !a.HasAnywhere(authz.Admin) {
		t.Fatal("not an admin")
	}
	p, err := s.Person(ctx, admin, id)
	want(t, "person", err, nil)
	want(t, "demote", s.Ungrant(ctx, admin, p.Grants[0].ID), nil)
	if a, err := s.Authenticate(ctx, in.Access); err != nil || a.HasAnywhere(authz.Admin) {
		t.Errorf("the same token still acts as admin: %v", err)
	}
	own, err := s.Person(ctx, admin, admin.PersonID)
	want(t, "oneself", err, nil)
	want(t, "the last admin demotes itself", s.Ungrant(ctx, admin, own.Grants[0].ID), ErrLastAdmin)
	want(t, "the last admin closes itself", s.Disable(ctx, admin, admin.PersonID), ErrLastAdmin)
}

func TestPersonalTokens(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	ctx := t.Context()
	member(t, s, "ana@example.org")
	a := signedIn(t, s, "ana@example.org")
	text, made, err := s.MakeToken(ctx, a, NewAPIToken{Name: "Dashboard", Scopes: authz.TokenScopes{"kpi:read", "entries:write", "kpi:read"}, Days: 30})
	if err != nil || !slices.Equal(made.Scopes, authz.TokenScopes{"entries:write", "kpi:read"}) {
		t.Fatalf("%+v %v", made, err)
	}
	if n := count(t, db, `select count(*) from api_tokens where encode(hash, 'escape') like '%' || $1 || '%'`, text); n != 0 {
		t.Error("the token is stored in the clear")
	}
	b, err := s.Authenticate(ctx, text)
	if err != nil || b.PersonID != a.PersonID || b.SessionID != uuid.Nil || b.Recent || b.Token == nil {
		t.Fatalf("%+v %v", b, err)
	}
	for op, allowed := range map[string][2]bool{ // reading, writing
		"listIndicators": {true, false}, "listMyEntries": {true, true}, "getJury": {false, false},
		"getMe": {false, false}, "changePassword": {false, false}, "listPeople": {false, false}, "makeToken": {false, false},
		"acceptInvitation": {false, false}, "listNotices": {false, false}, "nothing": {false, false},
	} {
		if got := [2]bool{b.Token.Allow(op, true), b.Token.Allow(op, false)}; got != allowed {
			t.Errorf("%s: %v, want %v", op, got, allowed)
		}
	}
	if list, _ := s.Tokens(ctx, a); len(list) != 1 || list[0].LastUsed == nil || list[0].Name != "Dashboard" {
		t.Errorf("%+v", list)
	}
	want(t, "somebody else's", s.RevokeToken(ctx, testkit.Person(t, db, "Stranger"), made.ID), fault.ErrNotFound)
	want(t, "revoke", s.RevokeToken(ctx, a, made.ID), nil)
	_, err = s.Authenticate(ctx, text)
	want(t, "revoked", err, ErrSession)

	text, _, err = s.MakeToken(ctx, a, NewAPIToken{Name: "x", Scopes: authz.TokenScopes{"kpi:read"}, Days: 1})
	want(t, "another", err, nil)
	testkit.Exec(t, db, `update api_tokens set expires_at = clock_timestamp()`)
	_, err = s.Authenticate(ctx, text)
	want(t, "expired", err, ErrSession)
	text, _, err = s.MakeToken(ctx, a, NewAPIToken{Name: "x", Scopes: authz.TokenScopes{"kpi:read"}, Days: 1})
	want(t, "a third", err, nil)
	testkit.Exec(t, db, `update people set disabled_at = clock_timestamp()`)
	_, err = s.Authenticate(ctx, text)
	want(t, "of a closed account", err, ErrSession)
	if _, _, err = s.MakeToken(ctx, a, NewAPIToken{Name: "", Scopes: authz.TokenScopes{"all"}, Days: 999}); err == nil {
		t.Error("anything makes a token")
	}
}

func TestEveryTokenScopeIsOfTheContract(t *testing.T) {
	t.Parallel()
	for op := range authz.Operations {
		for _, never := range []string{"signIn", "updateMe", "grantRole", "removeGrant", "disablePerson", "resetFactors", "requestEmailChange", "prove"} {
			if op == never && authz.AllTokenScopes().Allow(op, true) {
				t.Errorf("a token reaches %s", op)
			}
		}
	}
}

func TestChangeOfAddress(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	ctx := t.Context()
	id := member(t, s, "ana@example.org")
	a := signedIn(t, s, "ana@example.org")
	want(t, "ask", s.RequestEmailChange(ctx, a, "Ana@New.example"), nil)
	oldToken, freshToken := mailed(t, db, "email-change-old", "ana@example.org"), mailed(t, db, "email-change-new", "ana@new.example")
	if e, err := s.LookAtEmailChange(ctx, oldToken, "a"); err != nil || !e.Old || e.Agreed || e.NewEmail != "ana@new.example" {
		t.Errorf("%+v %v", e, err)
	}
	e, err := s.AnswerEmailChange(ctx, freshToken, true, "a")
	if err != nil || e.Done || count(t, db, `select count(*) from people where email = 'ana@example.org'`) != 1 {
		t.Errorf("one yes is enough: %+v %v", e, err)
	}
	e, err = s.AnswerEmailChange(ctx, freshToken, true, "a")
	if err != nil || e.Done {
		t.Errorf("the same yes twice is enough: %+v %v", e, err)
	}
	e, err = s.AnswerEmailChange(ctx, oldToken, true, "a")
	if err != nil || !e.Done || count(t, db, `select count(*) from people where email = 'ana@new.example' and id = $1`, id) != 1 {
		t.Errorf("%+v %v", e, err)
	}
	if _, open, _ := authz.Load(ctx, db.Pool(), a.PersonID, a.SessionID); open {
		t.Error("the session goes on")
	}
	if n := count(t, db, `select count(distinct email) from notices where kind = 'email-changed'`); n != 2 {
		t.Errorf("%d addresses were told", n)
	}
	_, err = s.AnswerEmailChange(ctx, oldToken, true, "a")
	want(t, "again", err, ErrLink)

	// One no ends it; an address that has an account answers alike and never changes hands.
	member(t, s, "ben@example.org")
	b := signedIn(t, s, "ana@new.example")
	want(t, "ask for a taken one", s.RequestEmailChange(ctx, b, "ben@example.org"), nil)
	if n := count(t, db, `select count(*) from notices where kind = 'email-change-new' and email = 'ben@example.org'`); n != 0 {
		t.Error("the holder of the taken address can agree")
	}
	mailed(t, db, "account-exists", "ben@example.org")
	testkit.Exec(t, db, `delete from attempts`)
	want(t, "ask for another", s.RequestEmailChange(ctx, b, "third@example.org"), nil)
	_, err = s.AnswerEmailChange(ctx, mailed(t, db, "email-change-old", "ana@new.example"), false, "a")
	want(t, "refuse", err, nil)
	_, err = s.AnswerEmailChange(ctx, mailed(t, db, "email-change-new", "third@example.org"), true, "a")
	want(t, "agree after the no", err, ErrLink)
}
