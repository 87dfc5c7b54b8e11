package entry

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

// An entry shows the version it was sent under, and sending again asks for the newer one first.
func TestSendingAgainNeedsTheNewVersion(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	contests := contest.NewService(b.db)
	official := testkit.Person(t, b.db, "Oficial", authz.Grant{Role: authz.Official, Kind: authz.City, ID: b.c.City})
	id := b.begin(t)
	b.fill(t, b.owner, id)
	_, err := b.Submit(t.Context(), b.owner, id)
	must(t, err)
	later := time.Now().Add(11 * 24 * time.Hour)
	must(t, contests.Extend(t.Context(), official, b.c.Challenge, contest.AmendedDates{Closes: &later}, lang.Text{lang.ES: "Más tiempo."}))
	b.save(t, b.owner, id, "summary", "More sensors.", 1)
	_, err = b.Submit(t.Context(), b.owner, id)
	if !errors.Is(err, contest.ErrAcceptRules) {
		t.Fatalf("sent again without acceptance: %v", err)
	}
	r, err := contests.EntryRules(t.Context(), b.owner, id)
	if err != nil || r.Submitted != 1 || r.Accepted != 1 || !r.Must || len(r.Newer) != 1 {
		t.Errorf("%+v %v", r, err)
	}
	if n := b.count(t, `select count(*) from submissions where entry_id = $1`, id); n != 1 {
		t.Errorf("%d submissions", n)
	}
	_, err = contests.AcceptFor(t.Context(), b.owner, id, 2)
	must(t, err)
	_, err = b.Submit(t.Context(), b.owner, id)
	must(t, err)
	if r, err = contests.EntryRules(t.Context(), b.owner, id); err != nil || r.Submitted != 2 || r.Must {
		t.Errorf("%+v %v", r, err)
	}
	var said int
	must(t, b.db.Pool().QueryRow(t.Context(), `select (convert_from(o.payload, 'UTF8')::jsonb ->> 'rules')::int from record_leaves l
		join record_openings o on o.leaf_id = l.id where l.subject = $1 order by l.id desc limit 1`, id).Scan(&said))
	if said != 2 {
		t.Errorf("the receipt speaks of version %d", said)
	}
	_, err = b.Withdraw(t.Context(), b.owner, id)
	must(t, err)
	more := later.Add(time.Hour)
	must(t, contests.Extend(t.Context(), official, b.c.Challenge, contest.AmendedDates{Closes: &more}, lang.Text{lang.ES: "Otra vez."}))
	if _, err = b.Revive(t.Context(), b.owner, id); !errors.Is(err, contest.ErrAcceptRules) {
		t.Errorf("revived without acceptance: %v", err)
	}
}

// The deadline is extended in the very moment in which it passes, while everybody submits: either
// the extension was in time, and then nothing closes and nobody is refused after it, or it was not,
// and then nothing is accepted.
func TestExtensionRace(t *testing.T) {
	t.Parallel()
	for round, offset := range []time.Duration{-40, -15, -5, 0, 5, 20} {
		t.Run(fmt.Sprint(round), func(t *testing.T) { extensionRace(t, offset*time.Millisecond) })
	}
}

func extensionRace(t *testing.T, offset time.Duration) {
	b := newBench(t)
	contests := contest.NewService(b.db)
	official := testkit.Person(t, b.db, "Oficial", authz.Grant{Role: authz.Official, Kind: authz.City, ID: b.c.City})
	type one struct {
		id    uuid.UUID
		actor authz.Actor
	}
	var all []one
	for i := range 8 {
		team, a := b.newTeam(t, fmt.Sprint("Racer ", i))
		id := b.beginAs(t, a, team)
		b.fill(t, a, id)
		all = append(all, one{id, a})
	}
	var closes, to time.Time // on the database's clock
	must(t, b.db.Pool().QueryRow(t.Context(), `update challenges set closes_at = clock_timestamp() + interval '600 milliseconds', judging_ends_at = clock_timestamp() + interval '1 day',
		results_at = clock_timestamp() + interval '2 days' where id = $1 returning closes_at, closes_at + interval '1 hour'`, b.c.Challenge).Scan(&closes, &to))
	end := closes.Add(700 * time.Millisecond)
	var extended atomic.Int64 // when Extend returned well, in nanoseconds
	var wg sync.WaitGroup
	wg.Go(func() {
		time.Sleep(time.Until(closes.Add(offset)))
		err := contests.Extend(context.Background(), official, b.c.Challenge, contest.AmendedDates{Closes: &to}, lang.Text{lang.ES: "La red falló."})
		switch {
		case err == nil:
			extended.Store(time.Now().UnixNano())
		case !errors.Is(err, contest.ErrDeadlineOver):
			t.Error(err)
		}
	})
	wg.Go(func() {
		for time.Now().Before(end) {
			if _, err := CloseDue(context.Background(), b.db); err != nil {
				t.Error(err)
			}
			time.Sleep(3 * time.Millisecond)
		}
	})
	for n, x := range all {
		wg.Go(func() {
			for try := 0; time.Now().Before(end); try++ {
				began := time.Now().UnixNano()
				_, err := b.SaveAnswers(context.Background(), x.actor, x.id, []Typed{{b.c.Fields["website"], "https://example.org/" + uuid.NewString(), try}})
				if err == nil {
					_, err = b.Submit(context.Background(), x.actor, x.id)
				}
				if errors.Is(err, contest.ErrAcceptRules) && n%2 == 0 { // the others never accept
					_, err = contests.AcceptFor(context.Background(), x.actor, x.id, 2)
				}
				if at := extended.Load(); errors.Is(err, ErrDeadlinePassed) && at != 0 && began > at {
					t.Error("refused after the deadline was extended")
				}
				if err != nil && !errors.Is(err, ErrDeadlinePassed) && !errors.Is(err, contest.ErrAcceptRules) {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	late := b.count(t, `select count(*) from submissions where submitted_at >= $1`, closes)
	closings := b.count(t, `select count(*) from record_leaves where kind = 'deadline' and subject = $1`, b.c.Challenge)
	if extended.Load() == 0 {
		if late != 0 || closings != 1 {
			t.Errorf("not extended: %d submissions after the deadline, %d deadline leaves", late, closings)
		}
		return
	}
	if closings != 0 {
		t.Error("extended, and closed at the old deadline all the same")
	}
	if late == 0 {
		t.Error("extended, and nobody could submit after the old deadline")
	}
	// Whoever was sent under version 2 had accepted it before.
	if n := b.count(t, `select count(*) from submissions s join entries e on e.id = s.entry_id
		where s.submitted_at >= (select published_at from rules_versions where challenge_id = e.challenge_id and number = 2)
		  and not exists (select from rules_acceptances a where a.entry_id = e.id and a.number = 2 and a.accepted_at <= s.submitted_at)`); n != 0 {
		t.Errorf("%d submissions under a version that nobody accepted", n)
	}
}
