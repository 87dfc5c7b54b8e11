package identity

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

var adminGrant = authz.Grant{Role: authz.Admin, Kind: authz.Installation}

func TestInvitationIsAcceptedByAnAct(t *testing.T) {
	t.Parallel()
	var seats []uuid.UUID
	s, db := desk(t, func(c *Config) {
		c.OnAccept = map[authz.Role]Reaction{authz.Juror: func(_ database.Tx, p uuid.UUID, _ authz.Grant) error {
			seats = append(seats, p)
			return nil
		}}
	})
	ctx := t.Context()
	p := testkit.Programme(t, db)
	chair := testkit.Person(t, db, "Chair", authz.Grant{Role: authz.Chair, Kind: authz.Contest, ID: p.Contest})
	n := NewInvitation{Email: "Juror@example.org", Language: lang.JA, Role: authz.Juror, Kind: authz.Contest, ScopeID: p.Contest}
	id, err := s.Invite(ctx, chair, n)
	want(t, "invite", err, nil)
	_, err = s.Invite(ctx, chair, n)
	want(t, "invite twice", err, ErrInvitedBefore)
	token := mailed(t, db, "invitation", "juror@example.org")
	for range 2 {
		look, err := s.Look(ctx, token, "a")
		if err != nil || look.State != InvitationOpen || look.Scope.Name[lang.JA] != "コンテスト" || look.InvitedBy != "Chair" || look.HasAccount {
			t.Fatalf("look: %+v %v", look, err)
		}
	}
	_, _, err = s.Accept(ctx, authz.Actor{}, token, Acceptance{Name: "", Password: "short"}, "a", "")
	want(t, "without an account", err, fault.ErrInvalid)
	_, session, err := s.Accept(ctx, authz.Actor{}, token, Acceptance{Name: "審査員一番", Password: goodPassword, TimeZone: "Asia/Tokyo"}, "a", "")
	want(t, "accept", err, nil)
	a, err := s.Authenticate(ctx, session.Access)
	if err != nil || !a.Confirmed || a.Language != "ja" || !a.Has(authz.Juror, authz.Scope{Contest: p.Contest}) {
		t.Errorf("juror %+v %v", a, err)
	}
	if len(seats) != 1 || seats[0] != a.PersonID {
		t.Errorf("seats %v", seats)
	}
	_, _, err = s.Accept(ctx, a, token, Acceptance{}, "a", "")
	want(t, "accept twice", err, ErrAccepted)
	want(t, "decline after", s.Decline(ctx, token, "a"), ErrAccepted)
	want(t, "revoke after", s.RevokeInvitation(ctx, chair, id), ErrAccepted)
	_, err = s.Look(ctx, "unknown", "a")
	want(t, "unknown", err, ErrNoInvitation)
}

func TestAcceptRollsBackWithItsReaction(t *testing.T) {
	t.Parallel()
	refused := errors.New("no seat")
	s, db := desk(t, func(c *Config) {
		c.OnAccept = map[authz.Role]Reaction{authz.Juror: func(database.Tx, uuid.UUID, authz.Grant) error { return refused }}
	})
	p := testkit.Programme(t, db)
	admin := testkit.Person(t, db, "Admin", adminGrant)
	_, err := s.Invite(t.Context(), admin, NewInvitation{Email: "j@example.org", Language: lang.EN, Role: authz.Juror, Kind: authz.Contest, ScopeID: p.Contest})
	want(t, "invite", err, nil)
	_, _, err = s.Accept(t.Context(), authz.Actor{}, mailed(t, db, "invitation", "j@example.org"), Acceptance{Name: "J", Password: goodPassword}, "a", "")
	want(t, "accept", err, refused)
	if c := count(t, db, `select count(*) from people where email = 'j@example.org'`); c != 0 {
		t.Error("the account stayed")
	}
}

func TestInvitationsThatAreOver(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	ctx := t.Context()
	p := testkit.Programme(t, db)
	admin := testkit.Person(t, db, "Admin", adminGrant)
	invite := func(email string) (uuid.UUID, string) {
		id, err := s.Invite(ctx, admin, NewInvitation{Email: email, Language: lang.EN, Role: authz.Official, Kind: authz.City, ScopeID: p.Fujisawa})
		want(t, "invite "+email, err, nil)
		return id, mailed(t, db, "invitation", email)
	}
	accept := func(token string) error {
		_, _, err := s.Accept(ctx, authz.Actor{}, token, Acceptance{Name: "N", Password: goodPassword}, "a", "")
		return err
	}
	id, token := invite("revoked@example.org")
	want(t, "revoke", s.RevokeInvitation(ctx, admin, id), nil)
	want(t, "revoked", accept(token), ErrRevoked)
	_, token = invite("declined@example.org")
	want(t, "decline", s.Decline(ctx, token, "a"), nil)
	want(t, "declined", accept(token), ErrDeclined)
	id, token = invite("expired@example.org")
	testkit.Exec(t, db, `update invitations set expires_at = now() - interval '1 s' where id = $1`, id)
	want(t, "expired", accept(token), ErrExpired)
	_, fresh := invite("expired@example.org")
	want(t, "invited anew", accept(fresh), nil)
	want(t, "an account that is there signs in", func() error {
		testkit.Person(t, db, "There")
		_, token := invite("there@example.org")
		return accept(token)
	}(), ErrHasAccount)
}

func TestWhoMayInviteWhom(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	ctx := t.Context()
	p := testkit.Programme(t, db)
	admin := testkit.Person(t, db, "Admin", adminGrant)
	chair := testkit.Person(t, db, "Chair", authz.Grant{Role: authz.Chair, Kind: authz.Contest, ID: p.Contest})
	juror := testkit.Person(t, db, "Juror", authz.Grant{Role: authz.Juror, Kind: authz.Contest, ID: p.Contest})
	at := func(r authz.Role, k authz.Kind, id uuid.UUID) NewInvitation {
		return NewInvitation{Email: string(r) + "@example.org", Language: lang.EN, Role: r, Kind: k, ScopeID: id}
	}
	for _, c := range []struct {
		what  string
		actor authz.Actor
		n     NewInvitation
		want  error
	}{
		{"admin invites an official", admin, at(authz.Official, authz.City, p.Santander), nil},
		{"admin invites an admin", admin, at(authz.Admin, authz.Installation, uuid.Nil), nil},
		{"chair invites a juror", chair, at(authz.Juror, authz.Contest, p.Contest), nil},
		{"chair of another contest", chair, at(authz.Juror, authz.Contest, uuid.New()), fault.ErrNotFound},
		{"chair invites a chair", chair, at(authz.Chair, authz.Contest, p.Contest), fault.ErrNotFound},
		{"juror invites a juror", juror, at(authz.Juror, authz.Contest, p.Contest), fault.ErrNotFound},
		{"nobody invites", authz.Actor{}, at(authz.Juror, authz.Contest, p.Contest), fault.ErrSignIn},
		{"official of a contest", admin, at(authz.Official, authz.Contest, p.Contest), fault.ErrInvalid},
		{"official of no city", admin, at(authz.Official, authz.City, uuid.New()), fault.ErrInvalid},
		{"team role", admin, at(authz.TeamOwner, authz.Team, uuid.New()), ErrTeamRole},
	} {
		_, err := s.Invite(ctx, c.actor, c.n)
		want(t, c.what, err, c.want)
	}
	list, next, err := s.Invitations(ctx, admin, InvitationFilter{Limit: 2})
	if err != nil || len(list) != 2 || next == "" || list[0].Role != authz.Juror {
		t.Fatalf("first page %+v %v", list, err)
	}
	list, next, err = s.Invitations(ctx, admin, InvitationFilter{Limit: 2, Cursor: next})
	if err != nil || len(list) != 1 || next != "" {
		t.Errorf("second page %+v %v", list, err)
	}
	list, _, err = s.Invitations(ctx, chair, InvitationFilter{Limit: 9, State: InvitationOpen})
	if err != nil || len(list) != 1 || list[0].Role != authz.Juror {
		t.Errorf("the chair sees %+v %v", list, err)
	}
	_, _, err = s.Invitations(ctx, juror, InvitationFilter{Limit: 9})
	want(t, "the juror sees none", err, fault.ErrNotFound)
}

func TestPeople(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	ctx := t.Context()
	p := testkit.Programme(t, db)
	admin := testkit.Person(t, db, "Zoe", adminGrant)
	ana := testkit.Person(t, db, "ana", authz.Grant{Role: authz.Official, Kind: authz.City, ID: p.Fujisawa})
	testkit.Person(t, db, "Ángel 100%")
	page := func(f PeopleFilter) ([]Person, string) {
		list, next, err := s.People(ctx, admin, f)
		want(t, "list", err, nil)
		return list, next
	}
	seen := map[uuid.UUID]bool{}
	for next := ""; ; {
		var list []Person
		list, next = page(PeopleFilter{Limit: 1, Cursor: next})
		for _, x := range list {
			seen[x.ID] = true
		}
		if next == "" {
			break
		}
	}
	if len(seen) != 3 {
		t.Errorf("paging shows %d of 3", len(seen))
	}
	if list, _ := page(PeopleFilter{Limit: 9, Query: "100%"}); len(list) != 1 {
		t.Errorf("search found %d", len(list))
	}
	list, _ := page(PeopleFilter{Limit: 9, Role: authz.Official})
	if len(list) != 1 || list[0].ID != ana.PersonID || list[0].Grants[0].Scope.Name[lang.JA] != "藤沢市" {
		t.Errorf("officials %+v", list)
	}
	_, _, err := s.People(ctx, ana, PeopleFilter{Limit: 9})
	want(t, "an official lists people", err, fault.ErrNotFound)
}

func TestRolesAreGivenAndTaken(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	ctx := t.Context()
	p := testkit.Programme(t, db)
	admin := testkit.Person(t, db, "Admin", adminGrant)
	ana := testkit.Person(t, db, "Ana")
	g := authz.Grant{Role: authz.Official, Kind: authz.City, ID: p.Santander}
	want(t, "by oneself", s.Grant(ctx, ana, ana.PersonID, g), fault.ErrNotFound)
	want(t, "grant", s.Grant(ctx, admin, ana.PersonID, g), nil)
	want(t, "to nobody", s.Grant(ctx, admin, uuid.New(), g), fault.ErrNotFound)
	want(t, "team role", s.Grant(ctx, admin, ana.PersonID, authz.Grant{Role: authz.TeamOwner, Kind: authz.Team, ID: uuid.New()}), ErrTeamRole)
	if a := testkit.Actor(t, db, ana.PersonID, ana.SessionID); !a.Has(authz.Official, authz.Scope{Cities: []uuid.UUID{p.Santander}}) {
		t.Error("no role")
	}
	x, err := s.Person(ctx, admin, ana.PersonID)
	want(t, "read", err, nil)
	want(t, "take", s.Ungrant(ctx, admin, x.Grants[0].ID), nil)
	want(t, "take twice", s.Ungrant(ctx, admin, x.Grants[0].ID), fault.ErrNotFound)
	if a := testkit.Actor(t, db, ana.PersonID, ana.SessionID); len(a.Grants) != 0 {
		t.Error("the role stayed")
	}

	me, err := s.Person(ctx, admin, admin.PersonID)
	want(t, "read", err, nil)
	want(t, "the last admin's role", s.Ungrant(ctx, admin, me.Grants[0].ID), ErrLastAdmin)
	want(t, "the last admin's account", s.Disable(ctx, admin, admin.PersonID), ErrLastAdmin)
	want(t, "a second admin", s.Grant(ctx, admin, ana.PersonID, adminGrant), nil)
	want(t, "closed", s.Disable(ctx, admin, ana.PersonID), nil)
	if _, open, err := authz.Load(ctx, db.Pool(), ana.PersonID, ana.SessionID); open || err != nil {
		t.Errorf("a closed account's session is open: %v", err)
	}
	want(t, "a closed admin does not count", s.Ungrant(ctx, admin, me.Grants[0].ID), ErrLastAdmin)
	want(t, "opened", s.Enable(ctx, admin, ana.PersonID), nil)
	if _, open, _ := authz.Load(ctx, db.Pool(), ana.PersonID, ana.SessionID); open {
		t.Error("its old session came back")
	}
	want(t, "now one may go", s.Ungrant(ctx, admin, me.Grants[0].ID), nil)
}

// The way to a page is shown to those alone who may see it.
func TestAreas(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	p := testkit.Programme(t, db)
	for name, c := range map[string]struct {
		grant authz.Grant
		want  []Area
	}{
		"admin":                    {authz.Grant{Role: authz.Admin, Kind: authz.Installation}, []Area{AreaEntries, AreaManage, AreaKPI, AreaOutbox, AreaPeople, AreaAdmin}},
		"manager of everything":    {authz.Grant{Role: authz.Manager, Kind: authz.Installation}, []Area{AreaEntries, AreaManage, AreaKPI, AreaOutbox, AreaAdmin}},
		"manager of one contest":   {authz.Grant{Role: authz.Manager, Kind: authz.Contest, ID: p.Contest}, []Area{AreaEntries, AreaManage, AreaKPI}},
		"auditor of one contest":   {authz.Grant{Role: authz.Auditor, Kind: authz.Contest, ID: p.Contest}, []Area{AreaEntries, AreaManage, AreaKPI}},
		"chair":                    {authz.Grant{Role: authz.Chair, Kind: authz.Contest, ID: p.Contest}, []Area{AreaEntries, AreaJury, AreaManage}},
		"official":                 {authz.Grant{Role: authz.Official, Kind: authz.City, ID: p.Santander}, []Area{AreaEntries, AreaManage}},
		"translator of everything": {authz.Grant{Role: authz.Translator, Kind: authz.Installation}, []Area{AreaEntries, AreaManage}},
	} {
		m, err := s.Me(t.Context(), testkit.Person(t, db, name, c.grant))
		if err != nil || !slices.Equal(m.Areas, c.want) {
			t.Errorf("%s: %v %v", name, m.Areas, err)
		}
	}
}

func TestMe(t *testing.T) {
	t.Parallel()
	s, db := desk(t)
	ctx := t.Context()
	p := testkit.Programme(t, db)
	a := testkit.Person(t, db, "Ana", authz.Grant{Role: authz.Juror, Kind: authz.Contest, ID: p.Contest})
	m, err := s.Me(ctx, a)
	if err != nil || len(m.Grants) != 1 || m.Grants[0].Scope.Name[lang.ES] != "Concurso" || len(m.Areas) != 2 || m.Areas[1] != AreaJury {
		t.Fatalf("%+v %v", m, err)
	}
	name, zone, ja := "審査員一番", "Asia/Tokyo", lang.JA
	want(t, "change", s.ChangeMe(ctx, a, m.Version, MeChange{Name: &name, TimeZone: &zone, Language: &ja}), nil)
	want(t, "stale", s.ChangeMe(ctx, a, m.Version, MeChange{Name: &name}), fault.ErrStale)
	bad := "Mars/Base"
	want(t, "bad zone", s.ChangeMe(ctx, a, m.Version+1, MeChange{TimeZone: &bad}), fault.ErrInvalid)
	m, err = s.Me(ctx, a)
	if err != nil || m.Name != name || m.TimeZone != zone || m.Language != ja {
		t.Errorf("%+v %v", m, err)
	}
	_, err = s.Me(ctx, authz.Actor{})
	want(t, "nobody", err, fault.ErrSignIn)
}
