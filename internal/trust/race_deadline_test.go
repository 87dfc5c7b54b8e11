package trust

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"fieldtrial/internal/testkit"
)

// rush has 200 teams submit within 50 ms of a deadline, before and after. Where the machine is so busy
// that all of them come to be decided on one side of it, the teams try again at another deadline, as
// much sooner or later as the last rush shows, until there were both accepted and refused ones. It
// gives how many were taken late and how many twice, over all rushes.
func (p *program) rush(t *testing.T, rows testkit.ProgrammeRows) (late, twice int) {
	const rushes = 8
	first := testkit.OpenChallenge(t, p.db, testkit.In(rows), testkit.Named("rush"))
	teams := p.entrants(t, first, "Rush", 200)
	early := p.entrants(t, first, "Early", 1)
	c, sooner := first, time.Duration(0)
	for n := 1; ; n++ {
		if a := early[0].post("/entries/"+early[0].entry.String()+"/submit", nil); a.status != 200 {
			t.Fatalf("before the deadline: %s", a)
		}
		at := p.deadline(t, c, 1500*time.Millisecond+sooner)
		answers, by := together(len(teams), func(i int) answer {
			time.Sleep(time.Until(at.Add(time.Duration(rand.IntN(100_000)-50_000)*time.Microsecond - sooner)))
			return teams[i].post("/entries/"+teams[i].entry.String()+"/submit", nil)
		})
		over := time.Since(at.Add(-sooner)) // how long the rush took
		after := p.count(t, `select count(*) from submissions s join entries e on e.id = s.entry_id join challenges c on c.id = e.challenge_id
			where c.id = $1 and s.submitted_at >= c.closes_at`, c.Challenge)
		sent := p.count(t, `select count(*) from submissions s join entries e on e.id = s.entry_id where e.challenge_id = $1`, c.Challenge)
		if after != 0 || sent != by[200]+1 || by[200]+by[409] != len(teams) {
			t.Errorf("answers %v, %d submissions, %d of them late", by, sent, after)
		}
		for i, a := range answers {
			if a.status != 200 && a.code() != "entry.deadline_passed" {
				t.Errorf("team %d: %s", i, a)
			}
		}
		late += after + p.afterwards(t, c, early[0])
		twice += p.count(t, `select count(*) from (select entry_id from submissions s join entries e on e.id = s.entry_id where e.challenge_id = $1
			group by entry_id having count(*) > 1) x`, c.Challenge)
		t.Logf("rush %d, %v sooner, in %v: %d accepted, %d refused", n, sooner, over.Round(time.Millisecond), by[200], by[409])
		switch {
		case by[200] > 0 && by[409] > 0, t.Failed():
			return late, twice
		case n == rushes:
			t.Errorf("in %d rushes all were decided on one side of the deadline", rushes)
			return late, twice
		case by[200] == 0:
			sooner += over / 2
		default:
			sooner -= over / 4
		}
		c = testkit.OpenChallenge(t, p.db, testkit.In(rows), testkit.Named(fmt.Sprintf("rush-%d", n+1)))
		teams, early = p.enter(t, c, teams), p.enter(t, c, early)
	}
}
