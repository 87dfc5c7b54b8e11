package seed_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/app/seed"
	"fieldtrial/internal/authz"
	"fieldtrial/internal/city"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/programme"
	"fieldtrial/internal/testkit"
)

func load(t *testing.T, db *database.DB, opt seed.Options) (seed.Result, []uuid.UUID) {
	t.Helper()
	seats := []uuid.UUID{}
	r, err := seed.MSec(context.Background(), seed.Deps{DB: db, Seat: func(_ database.Tx, person, _ uuid.UUID, _ *uuid.UUID) error {
		seats = append(seats, person)
		return nil
	}}, opt)
	if err != nil {
		t.Fatal(err)
	}
	return r, seats
}

func TestMSecIsLoadedWhole(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	ctx := context.Background()
	r, seats := load(t, db, seed.Options{DemoPassword: "a demo password"})
	if !r.Loaded || len(seats) != 2 {
		t.Errorf("result %+v, seats %v", r, seats)
	}
	for table, want := range map[string]int{
		"cities": 2, "city_candidates": 6, "testbeds": 9, "testbed_cities": 11, "target_groups": 6, "indicators": 19, "prizes": 4, "challenges": 8,
		"challenge_texts": 24, "challenge_testbeds": 8, "challenge_cities": 10, "criteria": 40, "form_fields": 88, "people": 10, "grants": 9, "record_leaves": 8,
	} {
		var n int
		if err := db.Pool().QueryRow(ctx, "select count(*) from "+table).Scan(&n); err != nil || n != want {
			t.Errorf("%s: %d rows, want %d (%v)", table, n, want, err)
		}
	}
	p, err := programme.Current(ctx, db.Pool())
	now, _ := db.Now(ctx)
	if err != nil || p.Month(now) != 20 || !p.Shifted || p.StartsOn.Day() != 1 || len(p.TargetGroups) != 6 {
		t.Errorf("programme %+v in month %d, %v", p, p.Month(now), err)
	}
	page, err := contest.NewService(db).Search(ctx, contest.Filter{Want: lang.JA, Limit: 100})
	if err != nil || page.Total != 8 {
		t.Fatal(err, page.Total)
	}
	for _, i := range page.Items {
		if !i.Sample || i.Pending || i.Phase(page.Now) != contest.Open || len(i.Prizes) != 4 {
			t.Errorf("%s: %+v", i.Slug, i)
		}
		if i.Dates.Closes.In(zone(t, "Europe/Madrid")).Hour() != 18 {
			t.Errorf("%s closes at %v", i.Slug, i.Dates.Closes)
		}
	}
}

func TestEverySampleIsComplete(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	ctx := context.Background()
	load(t, db, seed.Options{})
	s := contest.NewService(db)
	page, err := s.Search(ctx, contest.Filter{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range page.Items {
		d, err := s.Public(ctx, i.Slug)
		if err != nil {
			t.Fatal(err)
		}
		if m := d.Missing(); len(m) > 0 {
			t.Errorf("%s lacks %+v", i.Slug, m)
		}
		for _, l := range lang.All {
			for _, k := range contest.SectionKeys {
				if d.Texts[l].Sections[k] == "" {
					t.Errorf("%s: %s has no %s", i.Slug, l, k)
				}
			}
		}
		if len(d.Texts.Pending(d.Language)) > 0 || !d.Testbeds[0].Open || len(d.Testbeds[0].Slots) == 0 {
			t.Errorf("%s: pending %v, testbed %+v", i.Slug, d.Texts.Pending(d.Language), d.Testbeds)
		}
	}
	beds, err := city.NewService(db).Testbeds(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range beds {
		if b.Open == (b.Pilot == "2.1") {
			t.Errorf("pilot %s is open: %v", b.Pilot, b.Open)
		}
		if joint := len(b.Cities) == 2; joint != (b.Pilot == "5.1" || b.Pilot == "6.1") {
			t.Errorf("pilot %s has %d cities", b.Pilot, len(b.Cities))
		}
		for _, s := range b.Slots {
			if !s.StartsOn.After(page.Now) || !s.EndsOn.After(s.StartsOn) {
				t.Errorf("pilot %s: slot %v to %v", b.Pilot, s.StartsOn, s.EndsOn)
			}
		}
	}
}

func TestASecondRunChangesNothing(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	first, _ := load(t, db, seed.Options{DemoPassword: "one password"})
	before := everything(t, db)
	second, seats := load(t, db, seed.Options{DemoPassword: "another password", RealDates: true, Now: time.Now().AddDate(1, 0, 0)})
	if second.Loaded || second.Contest != first.Contest || len(seats) != 0 {
		t.Errorf("second run %+v, seats %v", second, seats)
	}
	if after := everything(t, db); after != before {
		t.Error("the second run changed something")
	}
}

// everything is a digest of all rows of all tables.
func everything(t *testing.T, db *database.DB) string {
	t.Helper()
	ctx := context.Background()
	rows, err := db.Pool().Query(ctx, `select table_name::text from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
		and table_name not like 'river%' and table_name not like 'goose%' order by 1`)
	if err != nil {
		t.Fatal(err)
	}
	tables := []string{}
	for rows.Next() {
		var n string
		_ = rows.Scan(&n)
		tables = append(tables, n)
	}
	var out strings.Builder
	for _, n := range tables {
		var sum *string
		if err := db.Pool().QueryRow(ctx, "select md5(string_agg(x::text, '|' order by x::text)) from "+n+" x").Scan(&sum); err != nil {
			t.Fatal(err)
		}
		if sum != nil {
			out.WriteString(n + " " + *sum + "\n")
		}
	}
	return out.String()
}

func TestCandidatesSayTheirIssuesInEachLanguage(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	load(t, db, seed.Options{})
	list, err := city.NewService(db).Candidates(context.Background(), authz.System)
	if err != nil || len(list) != 6 {
		t.Fatal(err, len(list))
	}
	for _, c := range list {
		if c.Name[lang.JA] == "" || !strings.Contains(c.LocalIssues[lang.JA], "高齢化、空き家") || !strings.Contains(c.LocalIssues[lang.ES], "; ") {
			t.Errorf("%s: %+v", c.Slug, c)
		}
	}
}

func TestRealDates(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	ctx := context.Background()
	load(t, db, seed.Options{RealDates: true})
	p, err := programme.Current(ctx, db.Pool())
	if err != nil || p.Shifted || p.StartsOn.Format(time.DateOnly) != "2018-07-01" {
		t.Errorf("programme %+v %v", p, err)
	}
	k, err := contest.NewService(db).Edition(ctx, "m-sec")
	if err != nil || p.Month(k.Dates.Opens) != 20 || k.Dates.Opens.In(zone(t, "Europe/Madrid")).Format("2006-01-02 15:04") != "2020-02-01 09:00" {
		t.Errorf("opens %v in month %d, %v", k.Dates.Opens, p.Month(k.Dates.Opens), err)
	}
}

func TestShiftedMonthAtTheEdges(t *testing.T) {
	t.Parallel()
	for _, now := range []string{"2027-01-01T00:30:00+01:00", "2027-01-31T23:30:00+01:00", "2028-02-29T12:00:00Z"} {
		at, _ := time.Parse(time.RFC3339, now)
		db := testkit.DB(t)
		load(t, db, seed.Options{Now: at})
		if m, err := seed.Month(context.Background(), db, at); err != nil || m != 20 {
			t.Errorf("%s lies in month %d, %v", now, m, err)
		}
	}
}

func TestDemoAccountsHaveTheirRoles(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	load(t, db, seed.Options{DemoPassword: "a demo password"})
	roles := []string{}
	rows, err := db.Pool().Query(context.Background(), `select p.email || ' ' || g.role || ' ' || g.scope_kind from grants g join people p on p.id = g.person_id where p.demo order by 1`)
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var s string
		_ = rows.Scan(&s)
		roles = append(roles, s)
	}
	for _, want := range []string{"admin@fieldtrial.example admin installation", "approver@fujisawa.example official city",
		"chair@fieldtrial.example " + string(authz.Chair) + " contest", "auditor@fieldtrial.example auditor contest"} {
		if !slices.Contains(roles, want) {
			t.Errorf("%v lack %q", roles, want)
		}
	}
}

// The folder msec repeats facts that lie beside the repository where it is developed.
func TestFactsAreThoseOfTheSource(t *testing.T) {
	t.Parallel()
	for _, f := range []string{"kpis.csv", "pilots.csv", "target_groups.csv", "member_cities.csv", "initiatives.csv", "programme.yaml"} {
		want, err := os.ReadFile("../../../../shared/data/msec/" + f)
		if err != nil {
			t.Skipf("the source of the facts is not here: %v", err)
		}
		got, err := os.ReadFile("msec/" + f)
		if err != nil || string(got) != string(want) {
			t.Errorf("%s differs from its source (%v)", f, err)
		}
	}
}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}
