package edition_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/edition"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

// rows counts everything that hangs from a contest, in every table that names a contest, a challenge
// or an entry, whoever adds tables later.
func rows(t *testing.T, db *database.DB) int {
	t.Helper()
	tables, err := db.Pool().Query(t.Context(), `select distinct c.table_name::text from information_schema.columns c
		join information_schema.tables t using (table_schema, table_name)
		where table_schema = 'public' and table_type = 'BASE TABLE' and column_name in ('contest_id', 'challenge_id', 'entry_id', 'review_id', 'subject_id')`)
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"contests"}
	var name string
	for tables.Next() {
		if err := tables.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	total := 0
	for _, name := range names {
		var n int
		if err := db.Pool().QueryRow(t.Context(), `select count(*) from `+name).Scan(&n); err != nil {
			t.Fatal(err)
		}
		total += n
	}
	return total
}

func TestWipingARehearsalLeavesNothingOfItAndAllTheRest(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	real := testkit.OpenChallenge(t, db)
	testkit.Entered(t, db, real, "Real")
	admin := testkit.Person(t, db, "Admin", authz.Grant{Role: authz.Admin, Kind: authz.Installation})
	s := edition.NewService(db)
	before := rows(t, db)

	c, err := s.Create(t.Context(), admin, edition.New{CopyOf: real.Contest, WithChallenges: true, Rehearsal: time.Hour})
	if err != nil || !c.Rehearsal || c.Published != 1 || c.State() != edition.Open {
		t.Fatalf("rehearsal %+v %v", c, err)
	}
	var id uuid.UUID
	if err := db.Pool().QueryRow(t.Context(), `select id from challenges where contest_id = $1`, c.ID).Scan(&id); err != nil {
		t.Fatal(err)
	}
	copied := real
	copied.Challenge, copied.Contest, copied.Fields = id, c.ID, fields(t, db, id)
	e := testkit.Entered(t, db, copied, "Friendly")
	lockedReview(t, db, copied, e)
	testkit.Exec(t, db, `insert into notices (id, kind, email, language, subject_id, state) values (gen_random_uuid(), 'entry-received', 'f@example.org', 'en', $1, 'sent')`, e.Entry)

	if _, err := s.Wipe(t.Context(), admin, real.Contest, "any"); !errors.Is(err, edition.ErrNotRehearsal) {
		t.Errorf("a real contest: %v", err)
	}
	if _, err := db.Pool().Exec(t.Context(), `select wipe_rehearsal($1)`, real.Contest); err == nil {
		t.Error("the database wipes a real contest")
	}
	if _, err := s.Wipe(t.Context(), admin, c.ID, "wrong"); !errors.Is(err, edition.ErrOtherName) {
		t.Errorf("another name: %v", err)
	}
	wiped, err := s.Wipe(t.Context(), admin, c.ID, c.Slug)
	if err != nil || wiped != (edition.Wiped{Challenges: 1, Entries: 1, Files: 1}) {
		t.Fatalf("wiped %+v %v", wiped, err)
	}
	if after := rows(t, db); after != before {
		t.Errorf("%d rows before the rehearsal, %d after it was wiped", before, after)
	}
	var leaves, jobs int
	err = db.Pool().QueryRow(t.Context(), `select (select count(*) from record_leaves where kind = 'rehearsal.wiped'),
		(select count(*) from river_job where kind = 'edition.discard' and args ->> 'Keys' like '%' || $1 || '%')`, e.File).Scan(&leaves, &jobs)
	if err != nil || leaves != 1 || jobs != 1 {
		t.Errorf("%d leaves and %d jobs for the stored files: %v", leaves, jobs, err)
	}
}

func TestARehearsalRunsOnAShortClock(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	real := testkit.OpenChallenge(t, db)
	admin := testkit.Person(t, db, "Admin", authz.Grant{Role: authz.Admin, Kind: authz.Installation})
	s := edition.NewService(db)
	testkit.Exec(t, db, `update contests set grace_minutes = 600 where id = $1`, real.Contest)
	c, err := s.Create(t.Context(), admin, edition.New{CopyOf: real.Contest, WithChallenges: true, Rehearsal: 2 * time.Hour, Title: lang.Text{lang.EN: "Try it", lang.JA: "試行"}})
	if err != nil {
		t.Fatal(err)
	}
	if d := c.Dates; !d.Ordered() || d.Closes.Sub(d.Opens).Round(time.Minute) != time.Hour || d.Results.Sub(d.Opens).Round(time.Minute) != 2*time.Hour {
		t.Errorf("dates %+v", d)
	}
	if c.GraceMinutes != 12 {
		t.Errorf("a grace of %d minutes in a rehearsal of 2 hours", c.GraceMinutes)
	}
	if c.Title[lang.EN] != "Rehearsal: Try it" || c.Title[lang.JA] != "【リハーサル】試行" {
		t.Errorf("title %v", c.Title)
	}
	page, err := contest.NewService(db).Search(context.Background(), contest.Filter{Contest: c.Slug, Want: lang.EN})
	if err != nil || len(page.Items) != 1 || !page.Items[0].Rehearsal || !strings.HasPrefix(page.Items[0].Title, "Ensayo: ") || page.Items[0].Phase(page.Now) != contest.Open {
		t.Errorf("its challenges %+v %v", page.Items, err)
	}
	plain, err := s.Create(t.Context(), admin, edition.New{CopyOf: real.Contest, WithChallenges: true, Title: lang.Text{lang.EN: "Next year"}, Dates: dates(300)})
	if err != nil || plain.Challenges != 1 || plain.Published != 0 || plain.Rehearsal || len(plain.Prizes) != len(c.Prizes) {
		t.Errorf("a copy for real: %+v %v", plain, err)
	}
}

func fields(t *testing.T, db *database.DB, challenge uuid.UUID) map[string]uuid.UUID {
	t.Helper()
	found, err := db.Pool().Query(t.Context(), `select key, id from form_fields where challenge_id = $1`, challenge)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]uuid.UUID{}
	for found.Next() {
		var key string
		var id uuid.UUID
		if err := found.Scan(&key, &id); err != nil {
			t.Fatal(err)
		}
		out[key] = id
	}
	return out
}

func lockedReview(t *testing.T, db *database.DB, c testkit.ChallengeRows, e testkit.EntryRows) {
	t.Helper()
	seat, assignment, review := testkit.NewID(), testkit.NewID(), testkit.NewID()
	testkit.Exec(t, db, `insert into seats (id, contest_id, pseudonym) values ($1, $2, 'x')`, seat, c.Contest)
	testkit.Exec(t, db, `insert into assignments (id, entry_id, seat_id) values ($1, $2, $3)`, assignment, e.Entry, seat)
	testkit.Exec(t, db, `insert into reviews (id, assignment_id, entry_id, seat_id, language, submitted_version) values ($1, $2, $3, $4, 'en', null)`, review, assignment, e.Entry, seat)
	testkit.Exec(t, db, `insert into review_versions (review_id, version, scores, to_team, to_jury, language, total, leaf_id) values ($1, 1, '{}', '', '', 'en', 50, 0)`, review)
	testkit.Exec(t, db, `update reviews set submitted_version = 1, locked_at = clock_timestamp() where id = $1`, review)
	testkit.Exec(t, db, `insert into rounds (challenge_id, number, root, reviews, leaf_id, locked_at) values ($1, 1, sha256('x'), 1, 0, clock_timestamp())`, c.Challenge)
}
