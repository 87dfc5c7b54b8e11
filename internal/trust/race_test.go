package trust

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/testkit"
)

// entrant is a team that is ready to send.
type entrant struct {
	caller
	entry, team, file uuid.UUID
}

// entrants makes teams with a complete draft each.
func (p *program) entrants(t *testing.T, c testkit.ChallengeRows, name string, n int) []entrant {
	t.Helper()
	out := make([]entrant, n)
	for i := range out {
		full, team := fmt.Sprintf("%s %d", name, i), testkit.NewID()
		testkit.Exec(t, p.db, `insert into teams (id, name, kind, country) values ($1, $2, 'startup', 'ES')`, team, full)
		out[i] = entrant{team: team, caller: p.person(t, full, authz.Grant{Role: authz.TeamOwner, Kind: authz.Team, ID: team})}
	}
	return p.enter(t, c, out)
}

// enter gives teams a complete draft in a challenge.
func (p *program) enter(t *testing.T, c testkit.ChallengeRows, teams []entrant) []entrant {
	t.Helper()
	out := make([]entrant, len(teams))
	for i, e := range teams {
		e.entry, e.file = testkit.NewID(), testkit.NewID()
		testkit.Exec(t, p.db, `insert into entries (id, challenge_id, team_id, reference, language) values ($1, $2, $3, $4, 'en')`,
			e.entry, c.Challenge, e.team, "FT-"+c.Slug+e.name)
		for key, value := range answersOf(e.name) {
			testkit.Exec(t, p.db, `insert into answers (entry_id, field_id, value) values ($1, $2, $3)`, e.entry, c.Fields[key], value)
		}
		testkit.Exec(t, p.db, `insert into files (id, entry_id, field_id, name, size, declared_type, detected_type, object_key, part_size, state, sha256, completed_at)
			values ($1, $2, $3, 'pitch.pdf', 1000, 'application/pdf', 'application/pdf', $4, 8388608, 'clean', sha256('x'), clock_timestamp())`,
			e.file, e.entry, c.Fields["pitch"], "test/"+e.file.String())
		out[i] = e
	}
	return out
}

// together runs n tries at once and counts their answers by status.
func together(n int, try func(i int) answer) (answers []answer, by map[int]int) {
	answers, by = make([]answer, n), map[int]int{}
	var wg sync.WaitGroup
	gate := make(chan struct{})
	for i := range n {
		wg.Go(func() { <-gate; answers[i] = try(i) })
	}
	close(gate)
	wg.Wait()
	for _, a := range answers {
		by[a.status]++
	}
	return answers, by
}

// deadline moves a challenge's deadline to a moment in the near future, by the database's clock.
func (p *program) deadline(t *testing.T, c testkit.ChallengeRows, in time.Duration) time.Time {
	t.Helper()
	var at, now time.Time
	must(t, p.db.Pool().QueryRow(t.Context(), `update challenges set closes_at = clock_timestamp() + $2::interval where id = $1
		returning closes_at, clock_timestamp()`, c.Challenge, in).Scan(&at, &now))
	return time.Now().Add(at.Sub(now))
}

// TestRaces holds what must be counted exactly, however many come at once.
func TestRaces(t *testing.T) {
	p := serve(t)
	p.http.Transport.(*http.Transport).MaxConnsPerHost = 0
	p.http.Transport.(*http.Transport).MaxIdleConnsPerHost = 256
	rows := testkit.Programme(t, p.db)
	late, twice := 0, 0
	t.Run("200 teams submit at the deadline, give or take 50 ms, and none is taken after it", func(t *testing.T) {
		n, again := p.rush(t, rows)
		late, twice = late+n, twice+again
	})
	t.Run("an entry that is withdrawn and revived across the deadline ends as it was when the deadline came", func(t *testing.T) {
		c := testkit.OpenChallenge(t, p.db, testkit.In(rows), testkit.Named("to-and-fro"))
		teams := p.entrants(t, c, "Fro", 20)
		for _, e := range teams {
			if a := e.post("/entries/"+e.entry.String()+"/submit", nil); a.status != 200 {
				t.Fatalf("submit: %s", a)
			}
		}
		at := p.deadline(t, c, 1500*time.Millisecond)
		_, by := together(len(teams)*2, func(i int) answer {
			e, verb := teams[i/2], []string{"withdraw", "revive"}[i%2]
			var last answer
			for time.Now().Before(at.Add(150 * time.Millisecond)) {
				if a := e.post("/entries/"+e.entry.String()+"/"+verb, nil); a.status != 409 || last.status == 0 {
					last = a
				}
			}
			return last
		})
		moved := p.count(t, `select count(*) from entries e join challenges c on c.id = e.challenge_id where c.id = $1 and
			(e.withdrawn_at >= c.closes_at or exists (select from submissions s where s.entry_id = e.id and s.submitted_at >= c.closes_at))`, c.Challenge)
		if moved != 0 || by[500] != 0 || by[0] != 0 {
			t.Errorf("%d entries moved after the deadline; answers %v", moved, by)
		}
		late += moved
	})
	t.Run("one Idempotency-Key sent 20 times makes one team and one answer", func(t *testing.T) {
		who := p.person(t, "Keyed")
		answers, by := together(20, func(int) answer {
			return who.do("POST", "/teams", map[string]any{"name": "Keyed once", "kind": "startup", "country": "ES"}, "Idempotency-Key", "the-same-wish")
		})
		rows := p.count(t, `select count(*) from teams where name = 'Keyed once'`)
		for _, a := range answers {
			if string(a.body) != string(answers[0].body) {
				t.Errorf("two answers to one wish: %s and %s", answers[0], a)
				break
			}
		}
		if by[201] != 20 || rows != 1 {
			t.Errorf("answers %v, %d teams", by, rows)
		}
		twice += rows - 1
	})
	t.Run("the same key for another wish is refused", func(t *testing.T) {
		who := p.person(t, "Keyed again")
		wish := func(name string) answer {
			return who.do("POST", "/teams", map[string]any{"name": name, "kind": "startup", "country": "ES"}, "Idempotency-Key", "reused")
		}
		if a, b := wish("One"), wish("Two"); a.status != 201 || b.status != 409 || b.code() != "request.key_reused" {
			t.Errorf("%s, then %s", a, b)
		}
	})
	t.Run("two clicks on submit make one submission", func(t *testing.T) {
		c := testkit.OpenChallenge(t, p.db, testkit.In(rows), testkit.Named("double"))
		e := p.entrants(t, c, "Double", 1)[0]
		_, by := together(30, func(int) answer { return e.post("/entries/"+e.entry.String()+"/submit", nil) })
		n := p.count(t, `select count(*) from submissions where entry_id = $1`, e.entry)
		mails := p.count(t, `select count(*) from notices where subject_id = $1 and kind = 'entry-received'`, e.entry)
		if by[200] != 30 || n != 1 || mails > 1 {
			t.Errorf("answers %v, %d submissions, %d mails", by, n, mails)
		}
		twice += n - 1
	})
	t.Run("20 tabs that start an entry make one entry", func(t *testing.T) {
		c := testkit.OpenChallenge(t, p.db, testkit.In(rows), testkit.Named("begin"))
		team := testkit.NewID()
		testkit.Exec(t, p.db, `insert into teams (id, name, kind, country) values ($1, 'Tabs', 'startup', 'ES')`, team)
		who := p.person(t, "Tabs", authz.Grant{Role: authz.TeamOwner, Kind: authz.Team, ID: team})
		_, by := together(20, func(int) answer {
			return who.post("/challenges/"+c.Slug+"/entries", map[string]any{"teamId": team, "language": "en"})
		})
		n := p.count(t, `select count(*) from entries where team_id = $1`, team)
		if by[201] != 1 || by[409] != 19 || n != 1 {
			t.Errorf("answers %v, %d entries", by, n)
		}
		twice += n - 1
	})
	t.Run("a code that is used 50 times at once works once", func(t *testing.T) { p.oneUse(t, rows) })
	t.Run("two tabs that refresh at once get the same successor, and a replay ends the session", func(t *testing.T) { p.twoTabs(t) })
	figure("late_accepted", late, "entries")
	figure("duplicate_rows", twice, "rows")
}

// afterwards tries, past the deadline, everything that would change what was sent; it gives how
// many of the tries did.
func (p *program) afterwards(t *testing.T, c testkit.ChallengeRows, e entrant) int {
	t.Helper()
	id, changed := e.entry.String(), 0
	before := p.digest(t, e.entry)
	for name, try := range map[string]func() answer{
		"another submission": func() answer { return e.post("/entries/"+id+"/submit", nil) },
		"an answer": func() answer {
			return e.do("PATCH", "/entries/"+id+"/answers", map[string]any{"answers": []any{map[string]any{"fieldId": c.Fields["title"], "value": "Better", "version": 1}}})
		},
		"a new file": func() answer {
			return e.post("/entries/"+id+"/files", map[string]any{"fieldId": c.Fields["pitch"], "name": "better.pdf", "size": 10, "type": "application/pdf"})
		},
		"taking the file out": func() answer { return e.do("DELETE", "/files/"+e.file.String(), nil) },
		"restoring a file":    func() answer { return e.post("/files/"+e.file.String()+"/restore", nil) },
		"other bytes": func() answer {
			return e.do("PUT", "/files/"+e.file.String()+"/hash", map[string]any{"sha256": fmt.Sprintf("%064d", 1)})
		},
		"a withdrawal": func() answer { return e.post("/entries/"+id+"/withdraw", nil) },
		"a revival":    func() answer { return e.post("/entries/"+id+"/revive", nil) },
	} {
		if a := try(); a.status < 400 || a.status >= 500 {
			t.Errorf("after the deadline, %s: %s", name, a)
		}
	}
	if after := p.digest(t, e.entry); after != before {
		t.Errorf("the entry was changed after the deadline: %s, then %s", before, after)
		changed++
	}
	return changed
}

// digest sums up everything of an entry that the deadline freezes.
func (p *program) digest(t *testing.T, entry uuid.UUID) string {
	t.Helper()
	var s string
	must(t, p.db.Pool().QueryRow(t.Context(), `select md5(e.state || coalesce(e.withdrawn_at::text, '') || e.last_submission_id::text
		|| (select string_agg(s.answers::text || s.files::text, '' order by s.number) from submissions s where s.entry_id = e.id)
		|| (select string_agg(f.id::text || f.state || coalesce(f.removed_at::text, ''), '' order by f.id) from files f where f.entry_id = e.id)
		|| (select string_agg(a.value, '' order by a.field_id) from answers a where a.entry_id = e.id)) from entries e where e.id = $1`, entry).Scan(&s))
	return s
}
