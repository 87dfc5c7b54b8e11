package identity

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"

	"fieldtrial/internal/testkit"
)

func TestRefreshRotates(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	ctx := t.Context()
	member(t, s, "ana@example.org")
	first, err := s.SignIn(ctx, "ana@example.org", goodPassword, "a", "")
	want(t, "sign in", err, nil)
	second, err := s.Refresh(ctx, first.Refresh)
	if err != nil || second.Refresh == first.Refresh {
		t.Fatalf("no successor: %v", err)
	}
	again, err := s.Refresh(ctx, first.Refresh)
	if err != nil || again.Refresh != second.Refresh {
		t.Errorf("the second tab got another successor: %v", err)
	}
	if _, err := s.Authenticate(ctx, again.Access); err != nil {
		t.Errorf("its access token: %v", err)
	}
	testkit.Exec(t, db, `update sessions set rotated_at = rotated_at - interval '11 seconds'`)
	_, err = s.Refresh(ctx, first.Refresh)
	want(t, "an old token later", err, ErrSession)
	_, err = s.Refresh(ctx, second.Refresh)
	want(t, "the family has ended", err, ErrSession)
	_, err = s.Authenticate(ctx, second.Access)
	want(t, "with its access tokens", err, ErrSession)
}

func TestRefreshInManyTabsAtOnce(t *testing.T) {
	t.Parallel()
	s, _ := desk(t)
	member(t, s, "ana@example.org")
	first, err := s.SignIn(t.Context(), "ana@example.org", goodPassword, "a", "")
	want(t, "sign in", err, nil)
	var mu sync.Mutex
	successors := map[string]int{}
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			out, err := s.Refresh(t.Context(), first.Refresh)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			}
			successors[out.Refresh]++
		})
	}
	wg.Wait()
	if len(successors) != 1 {
		t.Errorf("%d different successors", len(successors))
	}
}

func TestSessionLimits(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	ctx := t.Context()
	member(t, s, "ana@example.org")
	for what, sql := range map[string]string{
		"idle":     `update sessions set rotated_at = rotated_at - interval '31 days'`,
		"absolute": `update sessions set created_at = created_at - interval '91 days'`,
	} {
		out, err := s.SignIn(ctx, "ana@example.org", goodPassword, "a", "")
		want(t, what, err, nil)
		testkit.Exec(t, db, sql)
		_, err = s.Refresh(ctx, out.Refresh)
		want(t, what, err, ErrSession)
	}
	if n := time.Until(time.Now().Add(accessLife)); n > 15*time.Minute {
		t.Error("access tokens live too long")
	}
}

func TestForgedTokens(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	ctx := t.Context()
	id := member(t, s, "ana@example.org")
	out, err := s.SignIn(ctx, "ana@example.org", goodPassword, "a", "")
	want(t, "sign in", err, nil)
	var session uuid.UUID
	if err := db.Pool().QueryRow(ctx, `select id from sessions`).Scan(&session); err != nil {
		t.Fatal(err)
	}
	body, _, _ := cutLast(out.Refresh, '.')
	for _, r := range []string{"", body, body + ".", body + ".AAAA", strings.Replace(out.Refresh, ".0.", ".1.", 1), "x." + out.Refresh} {
		_, err := s.Refresh(ctx, r)
		want(t, "refresh "+r, err, ErrSession)
	}
	forge := func(method jwt.SigningMethod, key any, change func(*claims, map[string]any)) string {
		now := time.Now()
		c := claims{Session: session.String(), RegisteredClaims: jwt.RegisteredClaims{
			Issuer: tokenIssuer, Audience: jwt.ClaimStrings{tokenAudience}, Subject: id.String(),
			IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(time.Minute))}}
		h := map[string]any{"typ": tokenType, "kid": s.keyID}
		if change != nil {
			change(&c, h)
		}
		tok := jwt.NewWithClaims(method, c)
		for k, v := range h {
			tok.Header[k] = v
		}
		signed, err := tok.SignedString(key)
		if err != nil {
			t.Fatal(err)
		}
		return signed
	}
	if _, err := s.Authenticate(ctx, forge(jwt.SigningMethodHS256, s.access, nil)); err != nil {
		t.Fatalf("the honest token: %v", err)
	}
	for what, token := range map[string]string{
		"none":     forge(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, nil),
		"HS384":    forge(jwt.SigningMethodHS384, s.access, nil),
		"key":      forge(jwt.SigningMethodHS256, s.refresh, nil),
		"kid":      forge(jwt.SigningMethodHS256, s.access, func(_ *claims, h map[string]any) { h["kid"] = "x" }),
		"typ":      forge(jwt.SigningMethodHS256, s.access, func(_ *claims, h map[string]any) { h["typ"] = "JWT" }),
		"issuer":   forge(jwt.SigningMethodHS256, s.access, func(c *claims, _ map[string]any) { c.Issuer = "x" }),
		"audience": forge(jwt.SigningMethodHS256, s.access, func(c *claims, _ map[string]any) { c.Audience = jwt.ClaimStrings{"x"} }),
		"endless":  forge(jwt.SigningMethodHS256, s.access, func(c *claims, _ map[string]any) { c.ExpiresAt = nil }),
		"expired":  forge(jwt.SigningMethodHS256, s.access, func(c *claims, _ map[string]any) { c.ExpiresAt = jwt.NewNumericDate(time.Now().Add(-time.Minute)) }),
		"session":  forge(jwt.SigningMethodHS256, s.access, func(c *claims, _ map[string]any) { c.Session = uuid.NewString() }),
		"person":   forge(jwt.SigningMethodHS256, s.access, func(c *claims, _ map[string]any) { c.Subject = uuid.NewString() }),
		"refresh":  out.Refresh,
		"nothing":  "",
	} {
		_, err := s.Authenticate(ctx, token)
		want(t, what, err, ErrSession)
	}
}

func TestSignOut(t *testing.T) {
	t.Parallel()
	s, _ := desk(t)
	ctx := t.Context()
	member(t, s, "ana@example.org")
	var out [3]Session
	for i := range out {
		var err error
		out[i], err = s.SignIn(ctx, "ana@example.org", goodPassword, "a", "")
		want(t, "sign in", err, nil)
	}
	want(t, "sign out", s.SignOut(ctx, out[0].Refresh, false), nil)
	_, err := s.Authenticate(ctx, out[0].Access)
	want(t, "after signing out", err, ErrSession)
	want(t, "an ended session ends no others", s.SignOut(ctx, out[0].Refresh, true), nil)
	_, err = s.Authenticate(ctx, out[1].Access)
	want(t, "the others go on", err, nil)
	want(t, "everywhere", s.SignOut(ctx, out[1].Refresh, true), nil)
	_, err = s.Authenticate(ctx, out[2].Access)
	want(t, "after signing out everywhere", err, ErrSession)
	want(t, "nonsense", s.SignOut(ctx, "nonsense", true), nil)
}

func TestResetEndsEverySession(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	ctx := t.Context()
	member(t, s, "ana@example.org")
	out, err := s.SignIn(ctx, "ana@example.org", goodPassword, "a", "")
	want(t, "sign in", err, nil)
	want(t, "request", s.RequestReset(ctx, "ana@example.org", "a"), nil)
	token := mailed(t, db, "password-reset", "ana@example.org")
	if f := s.ResetPassword(ctx, token, "password1", "a"); f == nil {
		t.Error("a common password was taken")
	}
	want(t, "a confirmation is no reset", s.Confirm(ctx, token, "a"), ErrLink)
	want(t, "reset", s.ResetPassword(ctx, token, "a new one by the sea", "a"), nil)
	want(t, "reset twice", s.ResetPassword(ctx, token, "a newer one by the sea", "a"), ErrLink)
	_, err = s.Refresh(ctx, out.Refresh)
	want(t, "older session", err, ErrSession)
	_, err = s.SignIn(ctx, "ana@example.org", goodPassword, "a", "")
	want(t, "older password", err, ErrCredentials)
	_, err = s.SignIn(ctx, "ana@example.org", "a new one by the sea", "a", "")
	want(t, "new password", err, nil)
	mailed(t, db, "password-changed", "ana@example.org")

	want(t, "request", s.RequestReset(ctx, "ana@example.org", "a"), nil)
	testkit.Exec(t, db, `update mail_tokens set expires_at = now() - interval '1 s'`)
	want(t, "expired", s.ResetPassword(ctx, mailed(t, db, "password-reset", "ana@example.org"), goodPassword, "a"), ErrLink)
}

func TestChangePassword(t *testing.T) {
	t.Parallel()
	s, _ := desk(t)
	ctx := t.Context()
	member(t, s, "ana@example.org")
	here, _ := s.SignIn(ctx, "ana@example.org", goodPassword, "a", "")
	other, _ := s.SignIn(ctx, "ana@example.org", goodPassword, "a", "")
	me, err := s.Authenticate(ctx, here.Access)
	want(t, "me", err, nil)
	if err := s.ChangePassword(ctx, me, "wrong", "a new one by the sea"); err == nil || !strings.Contains(err.Error(), "request.invalid") {
		t.Errorf("wrong current password: %v", err)
	}
	want(t, "change", s.ChangePassword(ctx, me, goodPassword, "a new one by the sea"), nil)
	_, err = s.Authenticate(ctx, here.Access)
	want(t, "this session goes on", err, nil)
	_, err = s.Authenticate(ctx, other.Access)
	want(t, "the other ended", err, ErrSession)
}
