package identity

import (
	"os"
	"strings"
	"testing"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/testkit"
)

func TestSecurityLog(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	ctx := t.Context()
	id := member(t, s, "ana@example.org")
	me := signedIn(t, s, "ana@example.org")
	admin := testkit.Person(t, db, "Admin", authz.Grant{Role: authz.Admin, Kind: authz.Installation})
	first, err := s.SignIn(ctx, "ana@example.org", goodPassword, "192.0.2.7", "Firefox")
	want(t, "sign in", err, nil)
	for range 2 {
		_, err = s.Refresh(ctx, first.Refresh)
		want(t, "refresh", err, nil)
	}
	testkit.Exec(t, db, `update sessions set rotated_at = rotated_at - interval '11 seconds'`)
	_, err = s.Refresh(ctx, first.Refresh)
	want(t, "a stolen token", err, ErrSession)
	want(t, "change of password", s.ChangePassword(ctx, me, goodPassword, "another long sentence"), nil)
	want(t, "reset", s.RequestReset(ctx, "ana@example.org", "192.0.2.1"), nil)
	want(t, "reset", s.ResetPassword(ctx, mailed(t, db, "password-reset", "ana@example.org"), goodPassword, "192.0.2.1"), nil)
	want(t, "role", s.Grant(ctx, admin, id, authz.Grant{Role: authz.Manager, Kind: authz.Installation}), nil)
	p, err := s.Person(ctx, admin, id)
	want(t, "person", err, nil)
	want(t, "role taken", s.Ungrant(ctx, admin, p.Grants[0].ID), nil)
	want(t, "closed", s.Disable(ctx, admin, id), nil)
	want(t, "opened", s.Enable(ctx, admin, id), nil)

	kinds := []string{}
	others := 0
	cursor := ""
	for {
		page, next, err := s.SecurityLog(ctx, me, cursor, 2)
		want(t, "log", err, nil)
		for _, e := range page {
			kinds = append(kinds, e.Kind)
			if e.ByOther {
				others++
			}
			if e.Kind == "role_given" && e.Detail != "manager" || e.Kind == "signed_in" && (e.Method != "password" || e.Agent == "" || e.Address == "") {
				t.Errorf("%+v", e)
			}
		}
		if cursor = next; next == "" {
			break
		}
	}
	const all = "account_opened account_closed role_taken role_given password_reset password_changed refresh_reused signed_in signed_in"
	if got := strings.Join(kinds, " "); got != all || others != 4 {
		t.Errorf("%s, %d by others", got, others)
	}
	if page, _, _ := s.SecurityLog(ctx, testkit.Person(t, db, "Stranger"), "", 50); len(page) != 1 {
		t.Errorf("a stranger reads %+v", page)
	}
}

func TestEveryHappeningIsOfTheContract(t *testing.T) {
	contract, err := os.ReadFile("../../api/paths/account.yaml")
	want(t, "contract", err, nil)
	for _, h := range []happening{
		sessionOpened, tokenReused, passwordSet, passwordReset, totpAdded, totpRemoved, passkeyAdded, passkeyRemoved, codesRenewed, codeUsed,
		factorsReset, tokenMade, tokenRevoked, addressAsked, addressChanged, oidcLinked, accountClosed, accountOpened, roleGiven, roleTaken,
	} {
		if !strings.Contains(string(contract), string(h)) {
			t.Errorf("%s is not in the contract", h)
		}
	}
}
