package entry

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/testkit"
)

// queries counts the statements that f runs on a database with one connection, each of which is a
// transaction of its own.
func queries(t *testing.T, one *database.DB, f func()) int {
	t.Helper()
	read := func() (n int) {
		_, err := one.Pool().Exec(context.Background(), `select pg_stat_force_next_flush()`)
		must(t, err)
		must(t, one.Pool().QueryRow(context.Background(), `select xact_commit from pg_stat_database where datname = current_database()`).Scan(&n))
		return n
	}
	read()
	start := read()
	idle := read() - start // what reading itself costs
	start = read()
	f()
	return read() - start - idle
}

func TestListMineCostsTheSameHoweverMany(t *testing.T) {
	t.Parallel()
	db, url := testkit.DBWithOwner(t)
	one, err := database.Open(t.Context(), database.Config{URL: url, MaxConns: 1})
	must(t, err)
	t.Cleanup(one.Close)
	b := &bench{db: db, c: testkit.OpenChallenge(t, db), Service: New(db, nil, nil, Config{LinkKey: linkKey})}
	b.team, b.owner = b.newTeam(t, "First Owner")
	first := b.begin(t)
	list := func(limit int, cursor string) ([]Mine, string) {
		out, next, _, err := New(one, nil, nil, Config{LinkKey: linkKey}).ListMine(context.Background(), b.owner, cursor, limit)
		must(t, err)
		return out, next
	}
	list(20, "") // the statements are prepared once a connection
	few := queries(t, one, func() { list(20, "") })
	for i := range 8 {
		c := testkit.OpenChallenge(t, db, testkit.In(b.c.ProgrammeRows), testkit.Named(fmt.Sprintf("more-%d", i)))
		_, err := b.Begin(t.Context(), b.owner, c.Slug, b.team, "ja")
		must(t, err)
	}
	many := queries(t, one, func() { list(20, "") })
	if few != many || few == 0 || few > 3 {
		t.Errorf("%d queries for one entry, %d for nine", few, many)
	}
	page, next := list(5, "")
	rest, end := list(5, next)
	if len(page) != 5 || len(rest) != 4 || end != "" || rest[3].ID != first || rest[3].Status != StatusNotSubmitted {
		t.Errorf("pages: %d, %d, %q", len(page), len(rest), end)
	}
	if got, _ := list(5, ""); got[0].Challenge.Slug != "more-7" || got[0].Challenge.Zone != "Europe/Madrid" || got[0].Challenge.Title["es"] == "" || len(got[0].Cities) != 1 || got[0].Cities[0].Name["ja"] != "サンタンデール市" {
		t.Errorf("newest: %+v", got[0].Challenge)
	}
	if _, _, _, err := b.ListMine(t.Context(), b.owner, "junk", 5); !errors.Is(err, database.ErrCursor) {
		t.Errorf("cursor: %v", err)
	}
	other, _ := b.newTeam(t, "Other Team")
	for team, want := range map[uuid.UUID]int{b.team: 9, other: 0} {
		if got, _, _, err := b.ListTeam(t.Context(), b.owner, team, "", 20); err != nil || len(got) != want {
			t.Errorf("of one team: %d, want %d; %v", len(got), want, err)
		}
	}
	_, stranger := b.newTeam(t, "Stranger")
	if got, _, _, err := b.ListMine(t.Context(), stranger, "", 5); err != nil || len(got) != 0 {
		t.Errorf("a stranger's: %v %v", got, err)
	}
}

func TestOverviewIsSealedUntilTheDeadline(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var ids []uuid.UUID
	for i, country := range []string{"ES", "JP", "JP", "FR"} {
		team, a := b.newTeam(t, fmt.Sprintf("Founder %c", 'A'+i))
		testkit.Exec(t, b.db, `update teams set country = $2 where id = $1`, team, country)
		id := b.beginAs(t, a, team)
		b.fill(t, a, id)
		_, err := b.Submit(t.Context(), a, id)
		must(t, err)
		if i == 3 {
			_, err := b.Withdraw(t.Context(), a, id)
			must(t, err)
		}
		ids = append(ids, id)
	}
	b.begin(t)
	city := authz.Grant{Role: authz.Official, Kind: authz.City, ID: b.c.Santander}
	official := testkit.Person(t, b.db, "Official", city)
	elsewhere := testkit.Person(t, b.db, "Elsewhere", authz.Grant{Role: authz.Official, Kind: authz.City, ID: b.c.Fujisawa})
	manager := testkit.Person(t, b.db, "Manager", authz.Grant{Role: authz.Manager, Kind: authz.Installation})

	o, err := b.Overview(t.Context(), official, b.c.Challenge, Filter{Limit: 20})
	must(t, err)
	if !o.Sealed || len(o.Items) != 0 || codes(o.Numbers) != "{1 3 1 [{JP 2} {ES 1}]}" {
		t.Fatalf("before: %+v", o)
	}
	if _, err := b.Get(t.Context(), official, ids[0]); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("contents before the deadline: %v", err)
	}
	if _, err := b.Overview(t.Context(), elsewhere, b.c.Challenge, Filter{Limit: 20}); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("another city: %v", err)
	}
	b.closeNow(t)
	if o, err = b.Overview(t.Context(), manager, b.c.Challenge, Filter{Limit: 20}); err != nil || !o.Sealed || len(o.Items) != 0 {
		t.Errorf("a manager sees numbers only: %+v %v", o, err)
	}
	for name, c := range map[string]struct {
		f    Filter
		want string
	}{
		"all":       {Filter{Limit: 20}, "ABC"},
		"by team":   {Filter{Limit: 20, Sort: "team"}, "ABC"},
		"by time":   {Filter{Limit: 20, Sort: "submitted"}, "ABC"},
		"country":   {Filter{Limit: 20, Country: "JP"}, "BC"},
		"query":     {Filter{Limit: 20, Query: "founder b"}, "B"},
		"title":     {Filter{Limit: 20, Query: "clean AIR"}, "ABC"},
		"wildcard":  {Filter{Limit: 20, Query: "%"}, ""},
		"withdrawn": {Filter{Limit: 20, State: StateWithdrawn}, "D"},
		"kind":      {Filter{Limit: 20, Kind: "person"}, ""},
	} {
		for _, sort := range []int{20, 1} { // in one page, and page by page
			got, next := "", ""
			c.f.Limit, c.f.Cursor = sort, ""
			for {
				o, err := b.Overview(t.Context(), official, b.c.Challenge, c.f)
				must(t, err)
				for _, i := range o.Items {
					got += i.Team.Name[len(i.Team.Name)-1:]
				}
				if next = o.Next; next == "" {
					break
				}
				c.f.Cursor = next
			}
			if got != c.want {
				t.Errorf("%s, %d a page: %q, want %q", name, sort, got, c.want)
			}
		}
	}
	v, err := b.Get(t.Context(), official, ids[1])
	if err != nil || len(v.Answers) != 3 || len(v.Files) != 1 || len(v.Allowed) != 0 || len(v.Missing) != 0 {
		t.Errorf("as submitted: %+v %v", v, err)
	}
	// A conflict takes an entry out of the list, the numbers and the page.
	testkit.Exec(t, b.db, `insert into exclusions (person_id, entry_id, kind) values ($1, $2, 'conflict')`, official.PersonID, ids[1])
	official = testkit.Actor(t, b.db, official.PersonID, official.SessionID)
	if o, err = b.Overview(t.Context(), official, b.c.Challenge, Filter{Limit: 20}); err != nil || len(o.Items) != 2 || o.Numbers.Submitted != 2 {
		t.Errorf("excluded: %+v %v", o, err)
	}
	if _, err := b.Get(t.Context(), official, ids[1]); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("excluded: %v", err)
	}
	if list, err := Submitted(t.Context(), b.db.Pool(), official, b.c.Challenge); err != nil || len(list) != 2 {
		t.Errorf("excluded: %v %v", list, err)
	}
}
