package outreach

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/testkit"
)

const browser = "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0"

type bench struct {
	*Service
	db       *database.DB
	c        testkit.ChallengeRows
	official authz.Actor
}

func newBench(t *testing.T, opts ...testkit.ChallengeOption) *bench {
	t.Helper()
	db := testkit.DB(t)
	b := &bench{Service: New(db), db: db, c: testkit.OpenChallenge(t, db, opts...)}
	b.official = testkit.Person(t, db, "Olga", authz.Grant{Role: authz.Official, Kind: authz.City, ID: b.c.City})
	return b
}

func (b *bench) reach(t *testing.T) Reach {
	t.Helper()
	must(t, b.Flush(t.Context()))
	r, err := b.Reach(t.Context(), b.official, b.c.Challenge)
	must(t, err)
	return r
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestViewsCountPeopleOnceAnHourAndKeepNoAddress(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	now := time.Now()
	b.views.now = func() time.Time { return now }
	nobody := authz.Actor{}
	look := func(actor authz.Actor, address, agent string) {
		b.Note(actor, Look{Slug: b.c.Slug, Address: address, Agent: agent})
	}
	for range 3 {
		look(nobody, "192.0.2.1", browser)
	}
	look(nobody, "192.0.2.2", browser)
	look(nobody, "192.0.2.1", browser+" other")
	look(nobody, "2001:db8::1", browser)
	look(nobody, "2001:db8::2", browser) // the same network
	look(nobody, "192.0.2.3", "Googlebot/2.1 (+http://www.google.com/bot.html)")
	look(nobody, "192.0.2.3", "curl/8.5.0")
	look(nobody, "192.0.2.3", "")
	look(b.official, "192.0.2.4", browser)
	if r := b.reach(t); r.Total.Views != 4 {
		t.Errorf("%d views, want 4", r.Total.Views)
	}
	now = now.Add(59 * time.Minute)
	look(nobody, "192.0.2.1", browser)
	if r := b.reach(t); r.Total.Views != 4 && now.UTC().Day() == now.Add(-59*time.Minute).UTC().Day() {
		t.Errorf("within the hour: %d", r.Total.Views)
	}
	now = now.Add(2 * time.Hour)
	look(nobody, "192.0.2.1", browser)
	if r := b.reach(t); r.Total.Views < 5 {
		t.Errorf("after the hour: %d", r.Total.Views)
	}
	if len(b.views.seen) != 1 {
		t.Errorf("%d visitors are remembered after their hour", len(b.views.seen))
	}
	before := b.views.mark(Look{Slug: b.c.Slug, Address: "192.0.2.1", Agent: browser})
	now = now.Add(24 * time.Hour)
	look(nobody, "192.0.2.1", browser)
	if b.views.mark(Look{Slug: b.c.Slug, Address: "192.0.2.1", Agent: browser}) == before {
		t.Error("the salt does not change from day to day")
	}
	must(t, b.Flush(t.Context()))
	var columns string
	must(t, b.db.Pool().QueryRow(t.Context(), `select string_agg(column_name, ',' order by ordinal_position) from information_schema.columns where table_name = 'challenge_views'`).Scan(&columns))
	if columns != "challenge_id,day,source,views" {
		t.Errorf("views keep %s", columns)
	}
}

func TestCountingWaitsForNobodyAndLosesNothingToAFailedWrite(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var wg sync.WaitGroup
	for i := range 200 {
		wg.Go(func() {
			b.Note(authz.Actor{}, Look{Slug: b.c.Slug, Address: fmt.Sprintf("192.0.2.%d", i), Agent: browser})
			b.Note(authz.Actor{}, Look{Slug: "no-such-challenge", Address: fmt.Sprintf("192.0.2.%d", i), Agent: browser})
		})
	}
	wg.Wait()
	away, cancel := context.WithCancel(t.Context())
	cancel()
	if err := b.Flush(away); err == nil {
		t.Fatal("written without a database")
	}
	stop := b.Start()
	must(t, stop(t.Context())) // what is left is written at the end
	if r := b.reach(t); r.Total.Views != 200 {
		t.Errorf("%d views, want 200", r.Total.Views)
	}
}

func TestNumbersBySourceAndDay(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	f6s, err := b.CreateLink(t.Context(), b.official, b.c.Challenge, " F6S ")
	must(t, err)
	uta, err := b.CreateLink(t.Context(), b.official, b.c.Challenge, "=UTA")
	must(t, err)
	if _, err := b.CreateLink(t.Context(), b.official, b.c.Challenge, "F6S"); !errors.Is(err, fault.ErrInvalid) {
		t.Errorf("the same name twice: %v", err)
	}
	if slug, counts, err := b.Resolve(t.Context(), strings.ToUpper(f6s.Code)); slug != b.c.Slug || !counts || err != nil {
		t.Errorf("resolve: %s %v %v", slug, counts, err)
	}
	b.Note(authz.Actor{}, Look{Slug: b.c.Slug, From: f6s.Code, Address: "192.0.2.1", Agent: browser})
	b.Note(authz.Actor{}, Look{Slug: b.c.Slug, From: "forged", Address: "192.0.2.2", Agent: browser})
	fan := testkit.Person(t, b.db, "Fan")
	must(t, b.Follow(t.Context(), fan, b.c.Slug, f6s.Code))
	must(t, b.Follow(t.Context(), fan, b.c.Slug, uta.Code)) // the first one counts
	team := testkit.NewID()
	testkit.Exec(t, b.db, `insert into teams (id, name, kind, country) values ($1, 'T', 'startup', 'ES')`, team)
	owner := testkit.Person(t, b.db, "Owner", authz.Grant{Role: authz.TeamOwner, Kind: authz.Team, ID: team})
	entries := entry.New(b.db, nil, nil, entry.Config{LinkKey: make([]byte, 32)})
	v, err := entries.Begin(t.Context(), owner, b.c.Slug, team, "en")
	must(t, err)
	must(t, entries.CameFrom(t.Context(), owner, v.ID, "forged"))
	must(t, entries.CameFrom(t.Context(), owner, v.ID, uta.Code))
	must(t, entries.CameFrom(t.Context(), owner, v.ID, f6s.Code)) // the first one counts
	if err := entries.CameFrom(t.Context(), fan, v.ID, f6s.Code); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("somebody else's entry: %v", err)
	}
	sent := testkit.Entered(t, b.db, b.c, "Sent")
	testkit.Exec(t, b.db, `insert into challenge_views (challenge_id, day, source, views) values ($1, current_date - 3, $2, 7)`, b.c.Challenge, uta.Code)
	r := b.reach(t)
	if r.Total != (Numbers{Views: 9, Follows: 1, Drafts: 2, Submitted: 1}) {
		t.Errorf("total: %+v", r.Total)
	}
	if got := fmt.Sprint(r.Sources); got != fmt.Sprint([]Source{{uta.Code, "=UTA", Numbers{7, 0, 1, 0}}, {"", "", Numbers{1, 0, 1, 1}}, {f6s.Code, "F6S", Numbers{1, 1, 0, 0}}}) {
		t.Errorf("sources: %s", got)
	}
	if len(r.Days) < 3 || r.Days[0].Views != 7 || r.Days[1].Numbers != (Numbers{}) {
		t.Errorf("days: %+v", r.Days)
	}
	var label string
	must(t, b.db.Pool().QueryRow(t.Context(), `select source from kpi_entries where entry_id = $1`, v.ID).Scan(&label))
	if label != "=UTA" {
		t.Errorf("the export names %q", label)
	}
	var file bytes.Buffer
	must(t, r.WriteCSV(&file, "ja"))
	if !strings.HasPrefix(file.String(), "\uFEFF日付,") || !strings.Contains(file.String(), ",'=UTA,"+uta.Code+",7,0,0,0\r\n") {
		t.Errorf("file: %q", file.String())
	}
	retired, err := b.Retire(t.Context(), b.official, uta.ID)
	must(t, err)
	if _, counts, _ := b.Resolve(t.Context(), uta.Code); retired.RetiredAt == nil || counts {
		t.Error("a retired link counts")
	}
	// Whoever is excluded from an entry does not meet it in a number either.
	testkit.Exec(t, b.db, `insert into exclusions (person_id, entry_id, kind) values ($1, $2, 'conflict')`, b.official.PersonID, sent.Entry)
	if r := b.reach(t); r.Total.Submitted != 0 || r.Total.Drafts != 1 {
		t.Errorf("excluded: %+v", r.Total)
	}
	for who, c := range map[string]struct {
		actor authz.Actor
		want  error
	}{"a team": {owner, fault.ErrNotFound}, "nobody": {authz.Actor{}, fault.ErrSignIn}} {
		if _, err := b.Reach(t.Context(), c.actor, b.c.Challenge); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", who, err)
		}
	}
}

func TestFollowersHearOfOpeningAndDeadlineOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t, testkit.Opens(time.Hour))
	early := testkit.Person(t, b.db, "Early")
	must(t, b.Follow(t.Context(), early, b.c.Slug, ""))
	tell := func(want int, when string) {
		t.Helper()
		for _, n := range []int{want, 0} {
			if told, err := TellFollowers(t.Context(), b.db); err != nil || told != n {
				t.Errorf("%s: %d mails, want %d: %v", when, told, n, err)
			}
		}
	}
	tell(0, "before the opening")
	testkit.Exec(t, b.db, `update challenges set opens_at = clock_timestamp() - interval '1 second' where id = $1`, b.c.Challenge)
	late := testkit.Person(t, b.db, "Late")
	must(t, b.Follow(t.Context(), late, b.c.Slug, ""))
	tell(1, "at the opening")
	testkit.Exec(t, b.db, `update follows set followed_at = clock_timestamp() - interval '2 days'`)
	testkit.Exec(t, b.db, `update challenges set closes_at = clock_timestamp() + interval '2 days' where id = $1`, b.c.Challenge)
	gone := testkit.Person(t, b.db, "Gone")
	must(t, b.Follow(t.Context(), gone, b.c.Slug, ""))
	must(t, b.Unfollow(t.Context(), gone, b.c.Slug))
	team := testkit.Entered(t, b.db, b.c, "Done")
	must(t, b.Follow(t.Context(), team.Owner, b.c.Slug, ""))
	testkit.Exec(t, b.db, `update follows set followed_at = clock_timestamp() - interval '2 days'`)
	tell(2, "near the deadline") // not those who have sent their entry
	if yes, err := b.Following(t.Context(), early, b.c.Slug); !yes || err != nil {
		t.Errorf("following: %v %v", yes, err)
	}
	if err := b.Follow(t.Context(), early, "nowhere", ""); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("nowhere: %v", err)
	}
	if err := b.Follow(t.Context(), authz.Actor{}, b.c.Slug, ""); !errors.Is(err, fault.ErrSignIn) {
		t.Errorf("nobody: %v", err)
	}
}
