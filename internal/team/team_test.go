package team

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/testkit"
)

// bench is a team with an owner and a service on a real database.
type bench struct {
	*Service
	db    *database.DB
	team  uuid.UUID
	owner authz.Actor
}

func newBench(t *testing.T) *bench {
	t.Helper()
	db := testkit.DB(t)
	b := &bench{db: db, Service: New(db)}
	a := testkit.Person(t, db, "First Owner")
	of, err := b.Create(t.Context(), a, Form{Name: "Team of First Owner", Kind: "startup", Country: "ES"})
	must(t, err)
	b.team, b.owner = of.ID, b.again(t, a)
	return b
}

// again reads an actor as the next request would.
func (b *bench) again(t *testing.T, a authz.Actor) authz.Actor {
	t.Helper()
	return testkit.Actor(t, b.db, a.PersonID, a.SessionID)
}

// join makes a person with a role in the bench's team.
func (b *bench) join(t *testing.T, name string, role authz.Role) authz.Actor {
	t.Helper()
	return testkit.Person(t, b.db, name, authz.Grant{Role: role, Kind: authz.Team, ID: b.team})
}

func (b *bench) count(t *testing.T, sql string, args ...any) int {
	t.Helper()
	var n int
	must(t, b.db.Pool().QueryRow(t.Context(), sql, args...).Scan(&n))
	return n
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func invitation(email string, role authz.Role) identity.NewInvitation {
	return identity.NewInvitation{Email: email, Role: role, Language: "es"}
}

func TestTeams(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	name := func(s string) *string { return &s }
	v, err := b.Change(t.Context(), b.owner, b.team, 1, Edit{Name: name(" 藤沢 ラボ "), LatinName: name("Fujisawa Lab"), Country: name("JP")})
	if err != nil || v.Name != "藤沢 ラボ" || v.LatinName != "Fujisawa Lab" || v.Kind != "startup" || v.Version != 2 {
		t.Fatalf("%+v %v", v, err)
	}
	if _, err := b.Change(t.Context(), b.owner, b.team, 1, Edit{Name: name("x")}); !errors.Is(err, fault.ErrStale) {
		t.Errorf("stale: %v", err)
	}
	for field, e := range map[string]Edit{"/name": {Name: name(" \n")}, "/country": {Country: name("ZZ")}, "/website": {Website: name("javascript:x")}} {
		_, err := b.Change(t.Context(), b.owner, b.team, 2, e)
		if f, _ := fault.As(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Pointer != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	editor := b.join(t, "Ed Itor", authz.TeamEditor)
	if _, err := b.Change(t.Context(), editor, b.team, 2, Edit{}); !errors.Is(err, fault.ErrForbidden) {
		t.Errorf("editor: %v", err)
	}
	stranger := testkit.Person(t, b.db, "Stranger")
	if _, err := b.Get(t.Context(), stranger, b.team); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("stranger: %v", err)
	}
	mate := invitation("mate@example.org", authz.TeamEditor)
	if v, err = b.Invite(t.Context(), b.owner, b.team, mate); err != nil || len(v.Invitations) != 1 || v.Invitations[0].Email != "mate@example.org" {
		t.Fatalf("invited: %+v %v", v.Invitations, err)
	}
	if n := b.count(t, `select count(*) from notices where kind = 'team-invitation'`); n != 1 {
		t.Errorf("%d mails", n)
	}
	if _, err := b.Invite(t.Context(), b.owner, b.team, invitation("x@example.org", authz.Admin)); !errors.Is(err, fault.ErrInvalid) {
		t.Errorf("as an admin: %v", err)
	}
	if v, err := b.Get(t.Context(), editor, b.team); err != nil || len(v.Members) != 2 || len(v.Invitations) != 0 {
		t.Errorf("addresses are shown to owners: %+v %v", v, err)
	}
	list, next, err := b.List(t.Context(), b.owner, "", 20)
	if err != nil || len(list) != 1 || next != "" || len(list[0].Members) != 2 {
		t.Errorf("list: %+v %v", list, err)
	}
}

func TestCreatingTwiceWithOneKeyMakesOne(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	start := database.WithIdempotency(t.Context(), database.Idempotency{Actor: "x", Key: "team", Hash: []byte("h")})
	first, err := b.Create(start, b.owner, Form{Name: "New", Kind: "group", Country: "JP"})
	must(t, err)
	owner := testkit.Actor(t, b.db, b.owner.PersonID, b.owner.SessionID)
	second, err := b.Create(start, owner, Form{Name: "New", Kind: "group", Country: "JP"})
	if err != nil || first.ID != second.ID {
		t.Errorf("%v %v %v", first.ID, second.ID, err)
	}
}

func TestTeamsNameTheirPartners(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	v, err := b.Change(t.Context(), b.owner, b.team, 1, Edit{Partners: &[]string{" Puerto  Abierto ", "", "株式会社かもめ", "Puerto Abierto"}})
	if err != nil || !slices.Equal(v.Partners, []string{"Puerto Abierto", "株式会社かもめ"}) {
		t.Errorf("%q %v", v.Partners, err)
	}
	if v, err = b.Change(t.Context(), b.owner, b.team, 2, Edit{}); err != nil || len(v.Partners) != 2 {
		t.Errorf("what is not named does not stay: %q %v", v.Partners, err)
	}
	many := make([]string, 21)
	for i := range many {
		many[i] = strings.Repeat("x", i+1)
	}
	for _, list := range [][]string{many, {strings.Repeat("x", 201)}} {
		if _, err := b.Change(t.Context(), b.owner, b.team, 3, Edit{Partners: &list}); !errors.Is(err, fault.ErrInvalid) {
			t.Errorf("%d partners: %v", len(list), err)
		}
	}
	made, err := b.Create(t.Context(), b.owner, Form{Name: "Another", Kind: "startup", Country: "ES", Partners: []string{"Faro"}})
	if err != nil || !slices.Equal(made.Partners, []string{"Faro"}) {
		t.Errorf("made with %q %v", made.Partners, err)
	}
}
