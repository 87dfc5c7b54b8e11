package identity

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/testkit"
)

// The SHA-1 vectors of RFC 6238, appendix B, cut to six digits.
func TestCodesOfTheStandard(t *testing.T) {
	t.Parallel()
	secret := []byte("12345678901234567890")
	for at, code := range map[int64]string{
		59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130",
	} {
		if got := totpCode(secret, stepOf(time.Unix(at, 0))); got != code {
			t.Errorf("at %d: %s, want %s", at, got, code)
		}
	}
}

// signedIn signs in with the password and gives the actor.
func signedIn(t *testing.T, s *Service, email string) authz.Actor {
	t.Helper()
	out, err := s.SignIn(t.Context(), email, goodPassword, "192.0.2.9", "Firefox")
	if err != nil || out.Step != nil {
		t.Fatalf("sign in: %v, step %v", err, out.Step)
	}
	a, err := s.Authenticate(t.Context(), out.Access)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// withApp sets an authenticator app up and gives its secret and the recovery codes.
func withApp(t *testing.T, s *Service, a authz.Actor) ([]byte, []string) {
	t.Helper()
	o, err := s.OfferTOTP(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := base32Plain.DecodeString(o.Secret)
	if err != nil {
		t.Fatal(err)
	}
	codes, err := s.ConfirmTOTP(t.Context(), a, o.Ticket, totpCode(secret, stepOf(time.Now())-1))
	if err != nil {
		t.Fatal(err)
	}
	return secret, codes
}

func stepFor(t *testing.T, s *Service, email string) string {
	t.Helper()
	out, err := s.SignIn(t.Context(), email, goodPassword, "a", "")
	if err != nil || out.Step == nil || out.Access != "" || out.Refresh != "" {
		t.Fatalf("the password alone opened a session: %+v %v", out, err)
	}
	return out.Step.Ticket
}

func wrongCode(err error) bool {
	f, ok := fault.As(err)
	return ok && len(f.Fields) == 1 && f.Fields[0].Code == "wrong_code"
}

func TestTOTPSignIn(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	ctx := t.Context()
	member(t, s, "ana@example.org")
	a, other := signedIn(t, s, "ana@example.org"), signedIn(t, s, "ana@example.org")
	o, err := s.OfferTOTP(ctx, a)
	want(t, "offer", err, nil)
	if !strings.Contains(o.URL, "secret="+o.Secret) || !strings.HasPrefix(o.URL, "otpauth://totp/Fieldtrial:ana@example.org") {
		t.Errorf("the QR code says %s", o.URL)
	}
	if _, err := s.ConfirmTOTP(ctx, a, o.Ticket, "000000"); !wrongCode(err) {
		t.Errorf("confirmed by any code: %v", err)
	}
	if signedIn(t, s, "ana@example.org"); count(t, db, `select count(*) from totp_secrets`) != 0 {
		t.Error("an unconfirmed secret is kept")
	}
	secret, codes := withApp(t, s, a)
	if len(codes) != 10 || count(t, db, `select count(*) from totp_secrets where position($1::bytea in secret) > 0`, secret) != 0 {
		t.Errorf("%d codes, or the secret is in the clear", len(codes))
	}
	if _, open, _ := authz.Load(ctx, db.Pool(), other.PersonID, other.SessionID); open {
		t.Error("a session opened without the factor goes on")
	}
	mailed(t, db, "factor-changed", "ana@example.org")

	ticket := stepFor(t, s, "ana@example.org")
	if _, err := s.FinishSignIn(ctx, ticket, totpCode(secret, stepOf(time.Now())-1), "a", ""); !wrongCode(err) {
		t.Errorf("the code that confirmed works again: %v", err)
	}
	code := totpCode(secret, stepOf(time.Now()))
	in, err := s.FinishSignIn(ctx, ticket, code[:3]+" "+code[3:], "a", "")
	want(t, "the code, typed with a space", err, nil)
	if b, err := s.Authenticate(ctx, in.Access); err != nil || !b.Factor {
		t.Errorf("actor %+v %v", b, err)
	}
	if _, err := s.FinishSignIn(ctx, ticket, code, "a", ""); !wrongCode(err) {
		t.Errorf("a code works twice: %v", err)
	}
	_, err = s.FinishSignIn(ctx, "x"+ticket, code, "a", "")
	want(t, "a forged ticket", err, ErrTicket)
}

func TestOneCodeFiftyTimesAtOnce(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	member(t, s, "ana@example.org")
	secret, codes := withApp(t, s, signedIn(t, s, "ana@example.org"))
	for what, code := range map[string]string{"app": totpCode(secret, stepOf(time.Now())), "recovery": codes[0]} {
		ticket := stepFor(t, s, "ana@example.org")
		var mu sync.Mutex
		opened := 0
		var wg sync.WaitGroup
		for range 50 {
			wg.Go(func() {
				_, err := s.FinishSignIn(t.Context(), ticket, code, "a", "")
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					opened++
				} else if !wrongCode(err) && !errors.Is(err, ErrTooMany) {
					t.Errorf("%s: %v", what, err)
				}
			})
		}
		wg.Wait()
		if opened != 1 {
			t.Errorf("%s: one code opened %d sessions", what, opened)
		}
		testkit.Exec(t, db, `delete from attempts`)
	}
}

func TestGuessingCodesIsLimited(t *testing.T) {
	t.Parallel()
	s, _ := desk(t)
	member(t, s, "ana@example.org")
	withApp(t, s, signedIn(t, s, "ana@example.org"))
	ticket := stepFor(t, s, "ana@example.org")
	for range codesOfAccount.most {
		if _, err := s.FinishSignIn(t.Context(), ticket, "123456", "a", ""); !wrongCode(err) {
			t.Fatal(err)
		}
	}
	_, err := s.FinishSignIn(t.Context(), ticket, "123456", "a", "")
	want(t, "the eleventh guess", err, ErrTooMany)
}

func TestRecoveryCodes(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	ctx := t.Context()
	member(t, s, "ana@example.org")
	a := signedIn(t, s, "ana@example.org")
	_, codes := withApp(t, s, a)
	if n := count(t, db, `select count(*) from recovery_codes where encode(hash, 'escape') like '%' || $1 || '%'`, plainCode(codes[0])); n != 0 {
		t.Error("a recovery code is stored in the clear")
	}
	ticket := stepFor(t, s, "ana@example.org")
	_, err := s.FinishSignIn(ctx, ticket, " "+strings.ToLower(codes[3])+" ", "a", "")
	want(t, "a recovery code in small letters", err, nil)
	if _, err = s.FinishSignIn(ctx, ticket, codes[3], "a", ""); !wrongCode(err) {
		t.Errorf("it works twice: %v", err)
	}
	if f, err := s.Factors(ctx, a); err != nil || f.Recovery != 9 || f.TOTP == nil {
		t.Errorf("%+v %v", f, err)
	}
	fresh, err := s.RenewRecoveryCodes(ctx, a)
	if err != nil || len(fresh) != 10 {
		t.Fatal(err)
	}
	if _, err = s.FinishSignIn(ctx, ticket, codes[4], "a", ""); !wrongCode(err) {
		t.Errorf("a code of the older set works: %v", err)
	}
}

func TestResetKeepsTheSecondFactor(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	ctx := t.Context()
	member(t, s, "ana@example.org")
	withApp(t, s, signedIn(t, s, "ana@example.org"))
	before := stepFor(t, s, "ana@example.org")
	want(t, "request", s.RequestReset(ctx, "ana@example.org", "a"), nil)
	want(t, "reset", s.ResetPassword(ctx, mailed(t, db, "password-reset", "ana@example.org"), "another long password", "a"), nil)
	out, err := s.SignIn(ctx, "ana@example.org", "another long password", "a", "")
	if err != nil || out.Step == nil {
		t.Errorf("the new password alone opens the account: %v", err)
	}
	_, err = s.FinishSignIn(ctx, before, "123456", "a", "")
	want(t, "a ticket of the old password", err, ErrTicket)
}

func TestAnotherAdminResetsFactors(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	ctx := t.Context()
	id := member(t, s, "ana@example.org")
	withApp(t, s, signedIn(t, s, "ana@example.org"))
	admin := testkit.Person(t, db, "Admin", authz.Grant{Role: authz.Admin, Kind: authz.Installation})
	want(t, "somebody else", s.ResetFactors(ctx, testkit.Person(t, db, "Nobody"), id), fault.ErrNotFound)
	want(t, "oneself", s.ResetFactors(ctx, admin, admin.PersonID), ErrOwnFactors)
	long := admin
	long.Recent = false
	want(t, "without a fresh proof", s.ResetFactors(ctx, long, id), authz.ErrProve)
	want(t, "reset", s.ResetFactors(ctx, admin, id), nil)
	want(t, "again", s.ResetFactors(ctx, admin, id), ErrNoFactors)
	signedIn(t, s, "ana@example.org") // the password is enough now
	if n := count(t, db, `select count(*) from account_events where person_id = $1 and actor_id = $2 and kind = 'factors_reset'`, id, admin.PersonID); n != 1 {
		t.Errorf("%d lines in the log", n)
	}
	if n := count(t, db, `select count(*) from notices where kind = 'factor-reset' and email = 'ana@example.org' and params::text like '%Admin%'`); n != 1 {
		t.Errorf("%d mails to the person", n)
	}
}

func TestRolesRestUntilAFactorIsGiven(t *testing.T) {
	t.Parallel()
	s, db := desk(t, func(c *Config) { c.SecondFactor = FactorsRoles })
	ctx := t.Context()
	id := member(t, s, "ana@example.org")
	city, team := testkit.NewID(), testkit.NewID()
	for _, g := range []authz.Grant{{Role: authz.Official, Kind: authz.City, ID: city}, {Role: authz.TeamOwner, Kind: authz.Team, ID: team}} {
		want(t, "give", db.InTx(ctx, func(tx database.Tx) error { return authz.Give(tx, id, g, uuid.Nil, time.Time{}) }), nil)
	}
	a := signedIn(t, s, "ana@example.org")
	if a.HasAnywhere(authz.Official) || !a.HasAnywhere(authz.TeamOwner) || !a.Withheld {
		t.Errorf("without a factor: %+v", a.Grants)
	}
	if f, _ := s.Factors(ctx, a); !f.Required || !f.Missing {
		t.Errorf("%+v", f)
	}
	secret, _ := withApp(t, s, a)
	in, err := s.FinishSignIn(ctx, stepFor(t, s, "ana@example.org"), totpCode(secret, stepOf(time.Now())), "a", "")
	want(t, "with the code", err, nil)
	if b, _ := s.Authenticate(ctx, in.Access); !b.HasAnywhere(authz.Official) || b.Withheld {
		t.Errorf("with a factor: %+v", b.Grants)
	}
	want(t, "remove", s.RemoveTOTP(ctx, a), nil)
	if b, _ := s.Authenticate(ctx, in.Access); b.HasAnywhere(authz.Official) {
		t.Error("the role goes on after the factor was removed")
	}
	testkit.Exec(t, db, `update people set demo = true where id = $1`, id)
	if b, _ := s.Authenticate(ctx, in.Access); !b.HasAnywhere(authz.Official) {
		t.Error("a demo account needs a factor")
	}
}
