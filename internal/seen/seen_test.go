package seen

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

// looks is a log with two readers of two entries, and an admin who reads it.
func looks(t *testing.T) (s *Service, db *database.DB, admin authz.Actor, one, two testkit.EntryRows) {
	t.Helper()
	db = testkit.DB(t)
	c := testkit.OpenChallenge(t, db)
	one, two = testkit.Entered(t, db, c, "Alpha"), testkit.Entered(t, db, c, "Beta")
	contest := authz.Scope{Contest: uuid.Nil}
	if err := db.Pool().QueryRow(t.Context(), `select contest_id from challenges where id = $1`, c.Challenge).Scan(&contest.Contest); err != nil {
		t.Fatal(err)
	}
	juror, auditor := testkit.Person(t, db, "Yuki", testkit.Juror(contest.Contest)), testkit.Person(t, db, "Ana", authz.Grant{Role: authz.Auditor, Kind: authz.Contest, ID: contest.Contest})
	file := one.File
	for _, x := range []struct {
		who   authz.Actor
		kind  Kind
		thing *uuid.UUID
		of    []uuid.UUID
	}{
		{juror, Entry, nil, []uuid.UUID{one.Entry}}, {juror, File, &file, []uuid.UUID{one.Entry}}, {juror, Entry, nil, []uuid.UUID{one.Entry}},
		{auditor, Ranking, nil, []uuid.UUID{one.Entry, two.Entry}}, {authz.Actor{}, Entry, nil, []uuid.UUID{two.Entry}},
	} {
		if err := Note(t.Context(), db.Pool(), x.who, contest, x.kind, x.thing, x.of...); err != nil {
			t.Fatal(err)
		}
	}
	return New(db), db, testkit.Person(t, db, "Admin", authz.Grant{Role: authz.Admin, Kind: authz.Installation}), one, two
}

// lines are the rows of all pages, as "reader kind reference".
func lines(t *testing.T, s *Service, actor authz.Actor, f Filter) []string {
	t.Helper()
	out := []string{}
	for {
		list, next, err := s.Log(t.Context(), actor, f)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range list {
			out = append(out, l.Name+" "+string(l.Kind)+" "+l.Reference)
		}
		if f.Cursor = next; next == "" {
			return out
		}
	}
}

func TestTheLogIsSearchedFilteredAndSorted(t *testing.T) {
	t.Parallel()
	s, db, admin, one, _ := looks(t)
	past, future := time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	for _, x := range []struct {
		what string
		f    Filter
		want int
	}{
		{"everything", Filter{}, 4}, {"a name", Filter{Person: "yUKI"}, 2}, {"an address", Filter{Person: "ana@"}, 2}, {"nobody", Filter{Person: "nobody"}, 0},
		{"a reference", Filter{Thing: "e-beta"}, 1}, {"a team", Filter{Thing: "alpha"}, 3}, {"a file", Filter{Thing: ".pdf", Kind: File}, 1},
		{"a kind", Filter{Kind: Ranking}, 2}, {"since", Filter{From: &future}, 0}, {"from", Filter{From: &past}, 4}, {"until", Filter{Until: &past}, 0},
		{"like no pattern", Filter{Thing: "%"}, 0}, {"NUL", Filter{Person: "\x00"}, 4},
	} {
		x.f.Limit = 50
		if got := lines(t, s, admin, x.f); len(got) != x.want {
			t.Errorf("%s: %v", x.what, got)
		}
	}
	for sort, first := range map[string]string{"": "Ana ranking", "latest": "Ana ranking", "earliest": "Yuki", "person": "Ana", "reference": one.Reference} {
		whole := lines(t, s, admin, Filter{Sort: sort, Limit: 50})
		if !strings.Contains(whole[0], first) {
			t.Errorf("by %q: %v", sort, whole)
		}
		for limit := 1; limit < 4; limit++ {
			if got := lines(t, s, admin, Filter{Sort: sort, Limit: limit}); strings.Join(got, "|") != strings.Join(whole, "|") {
				t.Errorf("by %q, %d a page: %v, not %v", sort, limit, got, whole)
			}
		}
	}
	for _, f := range []Filter{{Sort: "name;drop"}, {Cursor: "zzz"}, {Cursor: database.EncodeCursor(map[string]string{"Text": "\x00"}), Sort: "person"}} {
		var e *fault.Error
		if _, _, err := s.Log(t.Context(), admin, f); !errors.As(err, &e) || e.Kind != fault.Invalid {
			t.Errorf("%+v: %v", f, err)
		}
	}
	if _, _, err := s.Log(t.Context(), one.Owner, Filter{Limit: 9}); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("an entrant reads the log: %v", err)
	}
	testkit.Exec(t, db, `insert into exclusions (person_id, entry_id, kind) values ($1, $2, 'conflict')`, admin.PersonID, one.Entry)
	if got := lines(t, s, admin, Filter{Limit: 50}); len(got) != 1 {
		t.Errorf("to a recused admin: %v", got)
	}
}

func TestATeamSeesRolesOnceTheResultsAreOut(t *testing.T) {
	t.Parallel()
	s, db, _, one, two := looks(t)
	if _, err := s.OfEntry(t.Context(), one.Owner, one.Entry); !errors.Is(err, ErrNotReleased) {
		t.Errorf("before the results: %v", err)
	}
	testkit.Exec(t, db, `update challenges set released_at = clock_timestamp()`)
	list, err := s.OfEntry(t.Context(), one.Owner, one.Entry)
	if err != nil || len(list) != 3 {
		t.Fatalf("%+v %v", list, err)
	}
	if g := list[0]; g.Role != authz.Auditor || g.Kind != Ranking || g.Readers != 1 {
		t.Errorf("%+v", g)
	}
	if _, err := s.OfEntry(t.Context(), two.Owner, one.Entry); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("another team: %v", err)
	}
}

// TestTwoPagesNoteTheSameEntriesAtOnce keeps a page that asks twice from locking itself out.
func TestTwoPagesNoteTheSameEntriesAtOnce(t *testing.T) {
	t.Parallel()
	_, db, admin, one, two := looks(t)
	var wg sync.WaitGroup
	for i := range 40 {
		entries := []uuid.UUID{one.Entry, two.Entry}
		if i%2 == 1 {
			entries[0], entries[1] = entries[1], entries[0]
		}
		wg.Go(func() {
			if err := Note(t.Context(), db.Pool(), admin, authz.Scope{}, Ranking, nil, entries...); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	var times int
	if err := db.Pool().QueryRow(t.Context(), `select sum(times) from seen where person_id = $1`, admin.PersonID).Scan(&times); err != nil || times != 80 {
		t.Errorf("%d of 80 looks are noted: %v", times, err)
	}
}
