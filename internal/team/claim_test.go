package team

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/testkit"
)

// unclaimed inserts an organisation as the import does.
func (b *bench) unclaimed(t *testing.T, name, website string) uuid.UUID {
	t.Helper()
	id := testkit.NewID()
	testkit.Exec(t, b.db, `insert into teams (id, name, kind, country, website, unclaimed) values ($1, $2, 'startup', 'US', $3, true)`, id, name, website)
	return id
}

// withAddress gives a person another address.
func (b *bench) withAddress(t *testing.T, a authz.Actor, email string) authz.Actor {
	t.Helper()
	testkit.Exec(t, b.db, `update people set email = $2 where id = $1`, a.PersonID, email)
	return b.again(t, a)
}

func TestUnclaimedOrganisationsAreFound(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for name, site := range map[string]string{"Airlab, Inc.": "https://www.airlab.io/about", "空気ラボ株式会社": "https://kuki.example.jp", "Air 100%": "", "Weather_One": "http://weather.example"} {
		b.unclaimed(t, name, site)
	}
	testkit.Exec(t, b.db, `update teams set name = 'Airlab owned' where id = $1`, b.team)
	for typed, want := range map[string]string{
		"airlab": "Airlab, Inc.", "AIRLAB GmbH": "Airlab, Inc.", "https://airlab.io": "Airlab, Inc.", "airlab.io": "Airlab, Inc.",
		"空気ラボ": "空気ラボ株式会社", "株式会社空気ラボ": "空気ラボ株式会社", "weather_": "Weather_One",
		"a": "", "%%": "", "__": "", "nobody": "", " ": "",
	} {
		got, err := b.Find(t.Context(), b.owner, typed)
		if err != nil || (want == "") != (len(got) == 0) || (want != "" && got[0].Name != want) {
			t.Errorf("%q: %+v %v", typed, got, err)
		}
	}
	if got, _ := b.Find(t.Context(), b.owner, "air"); len(got) != 2 { // and not the one that has an owner
		t.Errorf("%+v", got)
	}
	ana := b.withAddress(t, b.owner, "ana@airlab.io")
	if got, err := b.Find(t.Context(), ana, "airlab"); err != nil || !got[0].AtOnce {
		t.Errorf("%+v %v", got, err)
	}
	if _, err := b.Find(t.Context(), authz.Actor{}, "airlab"); !errors.Is(err, fault.ErrSignIn) {
		t.Errorf("signed out: %v", err)
	}
}

func TestTheDomainOfAnAddressShowsWhoseItIs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		email, website string
		confirmed, yes bool
	}{
		{"ana@airlab.io", "https://airlab.io", true, true},
		{"ana@airlab.io", "http://www.AirLab.io/x?y", true, true},
		{"ana@airlab.io", "https://airlab.io", false, false},
		{"ana@mail.airlab.io", "https://airlab.io", true, false},
		{"ana@airlab.io", "https://blog.airlab.io", true, false},
		{"ana@evilairlab.io", "https://airlab.io", true, false},
		{"ana@gmail.com", "https://gmail.com", true, false},
		{"ana@facebook.com", "https://facebook.com/airlab", true, false},
		{"ana@co.jp", "https://co.jp", true, false},
		{"ana@airlab.io", "https://airlab.io@evil.example", true, false},
		{"ana@airlab.io", "", true, false},
	} {
		if got := speaksFor(authz.Actor{Email: c.email, Confirmed: c.confirmed}, c.website); got != c.yes {
			t.Errorf("%s, %s: %v", c.email, c.website, got)
		}
	}
}

func TestAClaimByDomainIsAtOnceAndOnlyOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	id := b.unclaimed(t, "Airlab", "https://airlab.io")
	ana, eve := b.withAddress(t, b.owner, "ana@airlab.io"), b.withAddress(t, testkit.Person(t, b.db, "Eve"), "eve@airlab.io")
	var wg sync.WaitGroup
	var won atomic.Int32
	for _, a := range []authz.Actor{ana, eve, ana, eve} {
		wg.Go(func() {
			switch c, err := b.Claim(t.Context(), a, id, ""); {
			case err == nil && c.Approved != nil && *c.Approved:
				won.Add(1)
			case !errors.Is(err, ErrClaimed):
				t.Errorf("%+v %v", c, err)
			}
		})
	}
	wg.Wait()
	owners := b.count(t, `select count(*) from grants where scope_id = $1 and role = 'team_owner'`, id)
	if won.Load() != 1 || owners != 1 || b.count(t, `select count(*) from teams where unclaimed`) != 0 {
		t.Errorf("%d won, %d owners", won.Load(), owners)
	}
	if _, err := b.Claim(t.Context(), ana, b.team, ""); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("a team that was never unclaimed: %v", err)
	}
}

func TestAnAdminDecidesOverOtherClaims(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	id := b.unclaimed(t, "Airlab", "https://airlab.io")
	admin := testkit.Person(t, b.db, "Admin", authz.Grant{Role: authz.Admin, Kind: authz.Installation})
	ana, ken, eva := b.owner, testkit.Person(t, b.db, "Ken"), testkit.Person(t, b.db, "Eva")
	claims := map[string]Claim{}
	for name, a := range map[string]authz.Actor{"ana": ana, "ken": ken, "eva": eva} {
		c, err := b.Claim(t.Context(), a, id, "I founded it.\n\u0007")
		if err != nil || c.Approved != nil || c.Note != "I founded it." {
			t.Fatalf("%+v %v", c, err)
		}
		claims[name] = c
		if _, err := b.Get(t.Context(), b.again(t, a), id); !errors.Is(err, fault.ErrNotFound) {
			t.Errorf("let in before: %v", err)
		}
	}
	if _, err := b.Claim(t.Context(), ana, id, ""); !errors.Is(err, ErrClaimOpen) {
		t.Errorf("twice: %v", err)
	}
	if n := b.count(t, `select count(*) from notices where kind = 'team-claim-asked' and person_id = $1`, admin.PersonID); n != 3 {
		t.Errorf("%d notices to the admin", n)
	}
	for name, err := range map[string]error{
		"list": func() error { _, _, err := b.Claims(t.Context(), ana, false, "", 20); return err }(),
		"own":  second(b.Decide(t.Context(), ana, claims["ana"].ID, true, "")),
	} {
		if !errors.Is(err, fault.ErrNotFound) {
			t.Errorf("not an admin, %s: %v", name, err)
		}
	}
	first, next, err := b.Claims(t.Context(), admin, false, "", 2)
	must(t, err)
	rest, end, err := b.Claims(t.Context(), admin, false, next, 2)
	if err != nil || len(first) != 2 || len(rest) != 1 || end != "" {
		t.Errorf("pages: %d %d %q %v", len(first), len(rest), end, err)
	}
	if _, err := b.Decide(t.Context(), admin, claims["eva"].ID, false, " "); !errors.Is(err, fault.ErrInvalid) {
		t.Errorf("refused without a reason: %v", err)
	}
	if c, err := b.Decide(t.Context(), admin, claims["eva"].ID, false, "Another company"); err != nil || c.Approved == nil || *c.Approved || c.Reason != "Another company" || c.By != "Admin" {
		t.Errorf("%+v %v", c, err)
	}
	if c, err := b.Decide(t.Context(), admin, claims["ken"].ID, true, ""); err != nil || c.Approved == nil || !*c.Approved {
		t.Fatalf("%+v %v", c, err)
	}
	if v, err := b.Get(t.Context(), b.again(t, ken), id); err != nil || len(v.Members) != 1 || v.Members[0].Role != authz.TeamOwner {
		t.Errorf("%+v %v", v, err)
	}
	if _, err := b.Decide(t.Context(), admin, claims["ana"].ID, true, ""); !errors.Is(err, ErrClaimDecided) {
		t.Errorf("a second owner: %v", err)
	}
	mine, err := b.MyClaims(t.Context(), ana)
	if err != nil || len(mine) != 1 || mine[0].Approved == nil || *mine[0].Approved || mine[0].Reason == "" {
		t.Errorf("%+v %v", mine, err)
	}
	for kind, want := range map[string]int{"team-claim-approved": 1, "team-claim-refused": 2} {
		if n := b.count(t, `select count(*) from notices where kind = $1`, kind); n != want {
			t.Errorf("%s: %d", kind, n)
		}
	}
	for range 5 {
		_, err := b.Claim(t.Context(), eva, b.unclaimed(t, "X", ""), "")
		must(t, err)
	}
	if _, err := b.Claim(t.Context(), eva, b.unclaimed(t, "X", ""), ""); !errors.Is(err, ErrManyClaims) {
		t.Errorf("a sixth: %v", err)
	}
}
