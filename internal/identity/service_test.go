package identity

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

const goodPassword = "rain over two bays"

// desk is a service with cheap hashes on a database of its own.
func desk(t *testing.T, change ...func(*Config)) (*Service, *database.DB) {
	t.Helper()
	db := testkit.DB(t)
	cfg := Config{Secret: []byte(strings.Repeat("s", 32)), DemoAllowed: true}
	for _, f := range change {
		f(&cfg)
	}
	s, err := New(db, cfg)
	if err != nil {
		t.Fatal(err)
	}
	s.hashParams = argonParams{memory: 64, passes: 1, lanes: 1}
	s.decoyHash = decoy(s.hashParams)
	s.floor = 0
	return s, db
}

// member registers and confirms somebody.
func member(t *testing.T, s *Service, email string) uuid.UUID {
	t.Helper()
	n := NewAccount{Email: email, Name: "First Owner", Password: goodPassword, Language: lang.ES, TimeZone: "Europe/Madrid"}
	if err := s.Register(t.Context(), n, "192.0.2.1"); err != nil {
		t.Fatal(err)
	}
	if err := s.Confirm(t.Context(), mailed(t, s.db, "account-confirm", email), "192.0.2.1"); err != nil {
		t.Fatal(err)
	}
	var id uuid.UUID
	if err := s.db.Pool().QueryRow(t.Context(), `select id from people where email = $1`, email).Scan(&id); err != nil {
		t.Fatal(err)
	}
	return id
}

// mailed gives the token of the newest notice of a kind to an address.
func mailed(t *testing.T, db *database.DB, kind, email string) string {
	t.Helper()
	var params []byte
	err := db.Pool().QueryRow(t.Context(), `select params from notices where kind = $1 and email = $2 order by created_at desc, id desc limit 1`, kind, email).Scan(&params)
	if err != nil {
		t.Fatalf("no %s for %s: %v", kind, email, err)
	}
	var p map[string]struct{ Secret string }
	if err := json.Unmarshal(params, &p); err != nil {
		t.Fatal(err)
	}
	_, token, _ := strings.Cut(p["url"].Secret, "#")
	return token
}

func count(t *testing.T, db *database.DB, sql string, args ...any) (n int) {
	t.Helper()
	if err := db.Pool().QueryRow(t.Context(), sql, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func want(t *testing.T, what string, err, wanted error) {
	t.Helper()
	if !errors.Is(err, wanted) && (err != nil || wanted != nil) {
		t.Errorf("%s: %v, want %v", what, err, wanted)
	}
}

func TestRegisterAndConfirm(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	ctx := t.Context()
	n := NewAccount{Email: " Ana@Example.ORG ", Name: "Ana", Password: goodPassword, Language: lang.JA, TimeZone: "Asia/Tokyo"}
	want(t, "register", s.Register(ctx, n, "a"), nil)
	token := mailed(t, db, "account-confirm", "ana@example.org")
	if c := count(t, db, `select count(*) from mail_tokens where encode(hash, 'escape') like '%' || $1 || '%'`, token); c != 0 {
		t.Error("the token is stored in the clear")
	}

	n.Password, n.Name = "another long password", "Somebody else"
	want(t, "register again", s.Register(ctx, n, "b"), nil)
	if c := count(t, db, `select count(*) from notices where kind = 'account-exists' and email = 'ana@example.org'`); c != 1 {
		t.Errorf("%d notices to the holder", c)
	}
	if c := count(t, db, `select count(*) from people where email = 'ana@example.org' and name = 'Ana'`); c != 1 {
		t.Error("a second registration changed the account")
	}

	want(t, "wrong token", s.Confirm(ctx, "x"+token, "a"), ErrLink)
	want(t, "confirm", s.Confirm(ctx, token, "a"), nil)
	want(t, "confirm twice", s.Confirm(ctx, token, "a"), ErrLink)
	if c := count(t, db, `select count(*) from people where confirmed_at is not null`); c != 1 {
		t.Error("not confirmed")
	}
	want(t, "resend", s.ResendConfirmation(ctx, "ana@example.org", "a"), nil)
	if c := count(t, db, `select count(*) from notices where kind = 'account-confirm'`); c != 1 {
		t.Error("a confirmed address was asked again")
	}
	want(t, "nobody's address", s.RequestReset(ctx, "nobody@example.org", "a"), nil)

	err := s.Register(ctx, NewAccount{Email: "x", Name: " ", Password: "short", Language: "fr", TimeZone: "Local"}, "a")
	f, _ := fault.As(err)
	if f == nil || len(f.Fields) != 5 {
		t.Errorf("field errors: %+v", err)
	}
}

func TestResendReplacesTheLink(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	ctx := t.Context()
	want(t, "register", s.Register(ctx, NewAccount{Email: "a@example.org", Name: "A", Password: goodPassword, Language: lang.EN}, "a"), nil)
	first := mailed(t, db, "account-confirm", "a@example.org")
	want(t, "resend", s.ResendConfirmation(ctx, "a@example.org", "a"), nil)
	want(t, "the older link", s.Confirm(ctx, first, "a"), ErrLink)
	want(t, "the newer link", s.Confirm(ctx, mailed(t, db, "account-confirm", "a@example.org"), "a"), nil)
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	ctx := t.Context()
	id := member(t, s, "ana@example.org")
	out, err := s.SignIn(ctx, "ANA@example.org", goodPassword, "a", "Browser\x00")
	want(t, "sign in", err, nil)
	a, err := s.Authenticate(ctx, out.Access)
	if err != nil || a.PersonID != id || !a.Confirmed || a.Name != "First Owner" {
		t.Fatalf("actor %+v %v", a, err)
	}
	_, unknown := s.SignIn(ctx, "nobody@example.org", goodPassword, "a", "")
	_, wrong := s.SignIn(ctx, "ana@example.org", "wrong", "a", "")
	if unknown == nil || wrong == nil || unknown.Error() != wrong.Error() {
		t.Errorf("an unknown account answers %v, a wrong password %v", unknown, wrong)
	}
	testkit.Exec(t, db, `update people set disabled_at = now()`)
	_, err = s.SignIn(ctx, "ana@example.org", goodPassword, "a", "")
	want(t, "closed account", err, ErrDisabled)
	_, err = s.Authenticate(ctx, out.Access)
	want(t, "token of a closed account", err, ErrSession)
}

func TestAttemptsAreLimitedByAccountThenAddress(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	ctx := t.Context()
	member(t, s, "ana@example.org")
	member(t, s, "ben@example.org")
	for i := range signInsOfAccount.most {
		_, err := s.SignIn(ctx, "ana@example.org", "wrong", fmt.Sprint(i), "")
		want(t, "wrong password", err, ErrCredentials)
	}
	_, err := s.SignIn(ctx, "ana@example.org", goodPassword, "another", "")
	want(t, "the account is locked for a while, from everywhere", err, ErrTooMany)
	_, err = s.SignIn(ctx, "ben@example.org", goodPassword, "0", "")
	want(t, "another account from the same address", err, nil)
	testkit.Exec(t, db, `update attempts set at = at - interval '16 minutes'`)
	_, err = s.SignIn(ctx, "ana@example.org", goodPassword, "another", "")
	want(t, "after the window", err, nil)

	testkit.Exec(t, db, `insert into attempts (kind, subject) select 'sign-in:address', $1 from generate_series(1, $2)`, subjectOf("cafe"), signInsOfAddress.most)
	_, err = s.SignIn(ctx, "ben@example.org", goodPassword, "cafe", "")
	want(t, "a storm from one address", err, ErrTooMany)
	if c := count(t, db, `select count(*) from attempts where subject like '%@%'`); c != 0 {
		t.Error("addresses are kept in the clear")
	}
	testkit.Exec(t, db, `update attempts set at = at - interval '2 days'`)
	want(t, "sweep", s.SweepAttempts(ctx), nil)
	if c := count(t, db, `select count(*) from attempts`); c != 0 {
		t.Errorf("%d attempts after the sweep", c)
	}
}

func TestMailsToOneAccountAreLimited(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	member(t, s, "ana@example.org")
	for i := range 9 {
		want(t, "reset request", s.RequestReset(t.Context(), "ana@example.org", fmt.Sprint(i)), nil)
	}
	if c := count(t, db, `select count(*) from notices where kind = 'password-reset'`); c != mailsOfAccount.most-1 {
		t.Errorf("%d mails", c)
	}
}

func TestAnswersTakeTheirTime(t *testing.T) {
	t.Parallel()
	s, _ := desk(t)
	s.floor = 80 * time.Millisecond
	start := time.Now()
	want(t, "reset for nobody", s.RequestReset(t.Context(), "nobody@example.org", "a"), nil)
	if d := time.Since(start); d < s.floor {
		t.Errorf("the answer for nobody came after %s", d)
	}
}

func TestDemoAccountsNeedLoopback(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	ctx := t.Context()
	var id uuid.UUID
	err := db.InTx(ctx, func(tx database.Tx) (err error) {
		id, err = CreateDemo(tx, NewAccount{Email: "demo@example.org", Name: "Demo", Password: "demo", Language: lang.EN},
			authz.Grant{Role: authz.Admin, Kind: authz.Installation})
		return err
	})
	want(t, "create", err, nil)
	out, err := s.SignIn(ctx, "demo@example.org", "demo", "a", "")
	want(t, "on loopback", err, nil)
	if a, err := s.Authenticate(ctx, out.Access); err != nil || a.PersonID != id || !a.HasAnywhere(authz.Admin) {
		t.Errorf("actor %+v %v", a, err)
	}
	s.demo = false
	_, err = s.SignIn(ctx, "demo@example.org", "demo", "a", "")
	want(t, "sign in elsewhere", err, ErrDemo)
	_, err = s.Refresh(ctx, out.Refresh)
	want(t, "refresh elsewhere", err, ErrDemo)
	_, err = s.Authenticate(ctx, out.Access)
	want(t, "token elsewhere", err, ErrSession)
	_, err = CreateAdmin(ctx, db, "demo@example.org", "Admin", goodPassword, lang.EN)
	want(t, "an admin out of a demo account", err, ErrEmailTaken)
}

func TestCreateAdmin(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	ctx := t.Context()
	_, err := CreateAdmin(ctx, db, "root@example.org", "Admin", "password", lang.EN)
	want(t, "common password", err, fault.ErrInvalid)
	for range 2 {
		_, err = CreateAdmin(ctx, db, "Root@example.org", "Admin", goodPassword, lang.EN)
		want(t, "create", err, nil)
	}
	out, err := s.SignIn(ctx, "root@example.org", goodPassword, "a", "")
	want(t, "sign in", err, nil)
	if a, _ := s.Authenticate(ctx, out.Access); !a.May(authz.ManagePeople, authz.Scope{}) || !a.Confirmed {
		t.Errorf("actor %+v", a)
	}
}

func TestHolders(t *testing.T) {
	t.Parallel()
	_, db := desk(t)
	p := testkit.Programme(t, db)
	ctx := context.Background()
	one := testkit.Person(t, db, "One", authz.Grant{Role: authz.Juror, Kind: authz.Contest, ID: p.Contest})
	testkit.Person(t, db, "Two", authz.Grant{Role: authz.Official, Kind: authz.City, ID: p.Santander})
	gone := testkit.Person(t, db, "Gone", authz.Grant{Role: authz.Juror, Kind: authz.Contest, ID: p.Contest})
	fresh := testkit.Person(t, db, "Fresh", authz.Grant{Role: authz.Juror, Kind: authz.Contest, ID: p.Contest})
	late := testkit.Person(t, db, "Late", authz.Grant{Role: authz.Juror, Kind: authz.Contest, ID: p.Contest})
	testkit.Exec(t, db, `update people set disabled_at = now() where id = $1`, gone.PersonID)
	testkit.Exec(t, db, `update people set confirmed_at = null where id = $1`, fresh.PersonID)
	testkit.Exec(t, db, `update grants set expires_at = now() - interval '1 s' where person_id = $1`, late.PersonID)
	got, err := Holders(ctx, db.Pool(), authz.Contest, p.Contest, authz.Juror, authz.Chair)
	if err != nil || len(got) != 1 || got[0].Person != one.PersonID || got[0].Email != "one@example.org" || got[0].Language != lang.EN {
		t.Errorf("%+v %v", got, err)
	}
	if a, err := AddressOf(ctx, db.Pool(), one.PersonID); err != nil || a != got[0] {
		t.Errorf("%+v %v", a, err)
	}
}
