package city_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/city"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

var admin = authz.Grant{Role: authz.Admin, Kind: authz.Installation}

func want(t *testing.T, what string, err, is error) {
	t.Helper()
	if !errors.Is(err, is) || (is == nil && err != nil) {
		t.Errorf("%s: %v, want %v", what, err, is)
	}
}

func TestACandidateJoinsWithItsSettings(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	p := testkit.Programme(t, db)
	ctx := context.Background()
	testkit.Exec(t, db, `insert into city_candidates (slug, name, country, via, local_issues) values
		('yokosuka', '{"en":"Yokosuka","ja":"横須賀市"}', 'JP', 'Consortium', '{"en":"Ageing"}'), ('fujisawa', '{"en":"Fujisawa"}', 'JP', '', '{}')`)
	s := city.NewService(db)
	boss := testkit.Person(t, db, "Admin", admin)
	official := testkit.Person(t, db, "Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: p.Fujisawa})
	if _, err := s.Candidates(ctx, official); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("an official sees candidates: %v", err)
	}
	list, err := s.Candidates(ctx, boss)
	if err != nil || len(list) != 1 || list[0].Zone != "Asia/Tokyo" || list[0].Language != lang.JA || list[0].Region != "JP" {
		t.Fatalf("candidates %+v %v", list, err)
	}
	if _, err := s.Join(ctx, official, city.New{Candidate: "yokosuka"}); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("an official adds a city: %v", err)
	}
	key := database.WithIdempotency(ctx, database.Idempotency{Actor: "a", Key: "k", Hash: []byte("h")})
	c, err := s.Join(key, boss, city.New{Candidate: "yokosuka", Name: lang.Text{lang.ES: "Yokosuka"}})
	if err != nil || c.Position != 3 || c.Zone != "Asia/Tokyo" || c.Language != lang.JA || c.Name[lang.JA] != "横須賀市" || c.Name[lang.ES] != "Yokosuka" {
		t.Errorf("joined %+v %v", c, err)
	}
	if again, err := s.Join(key, boss, city.New{Candidate: "yokosuka", Name: lang.Text{lang.ES: "Yokosuka"}}); err != nil || again.ID != c.ID {
		t.Errorf("a repeat gives %v, %v", again.ID, err)
	}
	_, err = s.Join(ctx, boss, city.New{Candidate: "yokosuka"})
	want(t, "twice", err, city.ErrSlugTaken)
	free, err := s.Join(ctx, boss, city.New{Name: lang.Text{lang.EN: "Ávila la Real"}, Country: "ES"})
	if err != nil || free.Slug != "avila-la-real" || free.Position != 4 || free.Zone != "Europe/Madrid" || free.Region != "EU" {
		t.Errorf("free %+v %v", free, err)
	}
	_, err = s.Join(ctx, boss, city.New{Name: lang.Text{lang.JA: "鎌倉市"}, Country: "JP"})
	want(t, "no short name", err, fault.ErrInvalid)
	_, err = s.Join(ctx, boss, city.New{Name: lang.Text{lang.EN: "X"}, Country: "ES", Zone: "Mars/Olympus"})
	want(t, "unknown zone", err, fault.ErrInvalid)
	u, err := s.Update(ctx, boss, c.ID, c.Version, city.Change{Name: lang.Text{lang.JA: "横須賀"}, Language: lang.EN})
	if err != nil || u.Version != 2 || u.Language != lang.EN || u.Name[lang.EN] != "" || u.Zone != "Asia/Tokyo" {
		t.Errorf("changed %+v %v", u, err)
	}
	_, err = s.Update(ctx, boss, c.ID, c.Version, city.Change{Language: lang.JA})
	want(t, "stale", err, fault.ErrStale)
	_, err = s.Update(ctx, boss, uuid.New(), 1, city.Change{})
	want(t, "unknown", err, fault.ErrNotFound)
}

func TestTestbedsAndSlotsBelongToTheirCities(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	p := testkit.Programme(t, db)
	ctx := context.Background()
	s := city.NewService(db)
	official := testkit.Person(t, db, "Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: p.Fujisawa})
	boss := testkit.Person(t, db, "Admin", admin)
	bed := city.Testbed{Name: lang.Text{lang.JA: "海岸"}, Cities: []uuid.UUID{p.Fujisawa}, Capacity: 1, Open: true,
		Gives: map[string]lang.Text{"place": {lang.JA: "海岸沿い"}}}
	b, err := s.OfferTestbed(ctx, official, bed)
	if err != nil || b.Slug == "" || b.Gives["place"][lang.JA] != "海岸沿い" || len(b.Cities) != 1 {
		t.Fatalf("offered %+v %v", b, err)
	}
	bed.Cities = []uuid.UUID{p.Fujisawa, p.Santander}
	_, err = s.OfferTestbed(ctx, official, bed)
	want(t, "a joint testbed by one city", err, fault.ErrNotFound)
	joint, err := s.OfferTestbed(ctx, boss, bed)
	want(t, "a joint testbed by an admin", err, nil)
	bed.Capacity = 0
	_, err = s.OfferTestbed(ctx, boss, bed)
	want(t, "no capacity", err, fault.ErrInvalid)
	shut := false
	u, err := s.UpdateTestbed(ctx, official, b.ID, b.Version, city.TestbedChange{Open: &shut})
	if err != nil || u.Open || u.Version != 2 || u.Name[lang.JA] != "海岸" {
		t.Errorf("changed %+v %v", u, err)
	}
	_, err = s.UpdateTestbed(ctx, official, b.ID, b.Version, city.TestbedChange{Open: &shut})
	want(t, "stale", err, fault.ErrStale)
	_, err = s.UpdateTestbed(ctx, official, p.TestbedEU, 1, city.TestbedChange{Open: &shut})
	want(t, "another city's testbed", err, fault.ErrNotFound)

	day := func(n int) time.Time { return time.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, n) }
	slot := city.Slot{CityID: p.Fujisawa, StartsOn: day(30), EndsOn: day(60)}
	added, err := s.AddSlot(ctx, official, b.ID, slot)
	want(t, "add a slot", err, nil)
	_, err = s.AddSlot(ctx, official, b.ID, slot)
	want(t, "the same slot again", err, city.ErrSlotExists)
	for _, c := range []struct {
		name string
		who  authz.Actor
		bed  uuid.UUID
		slot city.Slot
		want error
	}{
		{"ends before it starts", official, b.ID, city.Slot{CityID: p.Fujisawa, StartsOn: day(9), EndsOn: day(8)}, fault.ErrInvalid},
		{"in the past", official, b.ID, city.Slot{CityID: p.Fujisawa, StartsOn: day(-9), EndsOn: day(-3)}, fault.ErrInvalid},
		{"longer than two years", official, b.ID, city.Slot{CityID: p.Fujisawa, StartsOn: day(1), EndsOn: day(800)}, fault.ErrInvalid},
		{"a city without the testbed", boss, b.ID, city.Slot{CityID: p.Santander, StartsOn: day(1), EndsOn: day(2)}, fault.ErrInvalid},
		{"the other city of a joint one", official, joint.ID, city.Slot{CityID: p.Santander, StartsOn: day(1), EndsOn: day(2)}, fault.ErrNotFound},
		{"one day", official, joint.ID, city.Slot{CityID: p.Fujisawa, StartsOn: day(1), EndsOn: day(1)}, nil},
	} {
		_, err := s.AddSlot(ctx, c.who, c.bed, c.slot)
		want(t, c.name, err, c.want)
	}
	want(t, "another city's slot", s.RemoveSlot(ctx, official, p.SlotEU), fault.ErrNotFound)
	want(t, "take back", s.RemoveSlot(ctx, official, added.ID), nil)
	want(t, "take back again", s.RemoveSlot(ctx, official, added.ID), fault.ErrNotFound)
	c := testkit.OpenChallenge(t, db, testkit.In(p))
	team, entry := testkit.NewID(), testkit.NewID()
	testkit.Exec(t, db, `insert into teams (id, name, kind, country) values ($1, 'T', 'startup', 'ES')`, team)
	testkit.Exec(t, db, `insert into entries (id, challenge_id, team_id, reference, language) values ($1, $2, $3, 'R', 'es')`, entry, c.Challenge, team)
	testkit.Exec(t, db, `insert into decisions (entry_id, challenge_id, outcome, place, language, slot_id) values ($1, $2, 'winner', 1, 'es', $3)`, entry, c.Challenge, p.SlotEU)
	want(t, "a slot in a decision", s.RemoveSlot(ctx, boss, p.SlotEU), city.ErrSlotInUse)
}

func TestCitiesThatJoinAtOnceGetTheirOwnMarks(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	ctx := context.Background()
	s := city.NewService(db)
	boss := testkit.Person(t, db, "Admin", admin)
	second := make(chan error)
	err := db.InTx(ctx, func(tx database.Tx) error {
		first := city.City{Slug: "avila", Name: lang.Text{lang.EN: "Avila"}, Country: "ES", Region: "EU", Zone: "Europe/Madrid", Language: lang.ES}
		if err := city.Insert(tx, &first); err != nil {
			return err
		}
		go func() {
			_, err := s.Join(ctx, boss, city.New{Name: lang.Text{lang.EN: "Burgos"}, Country: "ES"})
			second <- err
		}()
		time.Sleep(150 * time.Millisecond) // the second one looks for its position while the first is not there yet
		return nil
	})
	want(t, "the first one", err, nil)
	want(t, "the second one", <-second, nil)
	all, err := s.Cities(ctx)
	if err != nil || len(all) != 2 || all[0].Position != 0 || all[1].Position != 1 {
		t.Errorf("%+v, %v", all, err)
	}
}
