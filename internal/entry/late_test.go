package entry

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

func TestWindow(t *testing.T) {
	t.Parallel()
	closes := time.Date(2027, 3, 1, 17, 0, 0, 0, time.UTC)
	published := closes.Add(-time.Hour * 24)
	c := contest.Challenge{PublishedAt: &published, BytesGrace: 24 * time.Hour,
		Dates: contest.Dates{Opens: closes.Add(-10 * time.Hour), Closes: closes, JudgingEnds: closes.Add(99 * time.Hour), Results: closes.Add(100 * time.Hour)}}
	more := &Extension{Until: closes.Add(time.Hour)}
	for name, x := range map[string]struct {
		grace  time.Duration
		more   *Extension
		at     time.Duration // after the deadline
		locked bool
		want   SubmissionKind
		err    error
	}{
		"before it opens":                {at: -11 * time.Hour, err: ErrNotOpen},
		"a moment before":                {at: -time.Microsecond, want: OnTime},
		"the deadline itself":            {at: 0, err: ErrDeadlinePassed},
		"in the grace":                   {grace: time.Minute, at: 0, want: InGrace},
		"the end of the grace":           {grace: time.Minute, at: time.Minute, err: ErrDeadlinePassed},
		"extended":                       {more: more, at: 59 * time.Minute, want: Extended},
		"extended, and there is grace":   {more: more, grace: time.Minute, at: time.Second, want: Extended},
		"extended, but still in time":    {more: more, at: -time.Second, want: OnTime},
		"the end of the extension":       {more: more, at: time.Hour, err: ErrDeadlinePassed},
		"grace beyond the extension":     {more: more, grace: 2 * time.Hour, at: time.Hour, want: InGrace},
		"extended, and scores are fixed": {more: more, at: time.Minute, locked: true, err: ErrDeadlinePassed},
	} {
		c.Grace, c.LockedAt = x.grace, nil
		if x.locked {
			c.LockedAt = &closes
		}
		as, err := windowOf(c, x.more).takes(c, closes.Add(x.at))
		if as != x.want || !errors.Is(err, x.err) {
			t.Errorf("%s: %q %v", name, as, err)
		}
	}
	if w := windowOf(c, more); w.FilesUntil() != closes.Add(26*time.Hour) { // grace of 2 h from the loop or the extension: the later
		c.Grace = 0
		if w = windowOf(c, more); w.FilesUntil() != closes.Add(25*time.Hour) {
			t.Errorf("bytes follow for a day after the team's last moment: %s", w.FilesUntil())
		}
	}
}

func TestGrace(t *testing.T) {
	t.Parallel()
	b := newBench(t, testkit.Opens(time.Hour))
	official := testkit.Person(t, b.db, "Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: b.c.Santander})
	l, err := b.Late(t.Context(), official, b.c.Challenge)
	if err != nil || l.Contest != 0 || l.Own != nil || l.Challenge.Grace != 0 {
		t.Fatalf("none is the default: %+v %v", l, err)
	}
	ten, much := 10, 1441
	if _, err := b.SetGrace(t.Context(), official, b.c.Challenge, l.Challenge.Version, &much); !errors.Is(err, fault.ErrInvalid) {
		t.Errorf("more than a day: %v", err)
	}
	if _, err := b.SetGrace(t.Context(), b.owner, b.c.Challenge, l.Challenge.Version, &ten); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("a team sets the grace: %v", err)
	}
	if _, err := b.SetGrace(t.Context(), official, b.c.Challenge, l.Challenge.Version, &ten); !errors.Is(err, ErrGraceFrozen) {
		t.Errorf("a published one: %v", err)
	}
	testkit.Exec(t, b.db, `update challenges set published_at = null where id = $1`, b.c.Challenge)
	if l, err = b.SetGrace(t.Context(), official, b.c.Challenge, l.Challenge.Version, &ten); err != nil || l.Challenge.Grace != 10*time.Minute {
		t.Fatalf("set: %+v %v", l, err)
	}
	if _, err := b.SetGrace(t.Context(), official, b.c.Challenge, l.Challenge.Version-1, nil); !errors.Is(err, fault.ErrStale) {
		t.Errorf("over somebody else's change: %v", err)
	}
	testkit.Exec(t, b.db, `update challenges set published_at = clock_timestamp(), opens_at = clock_timestamp() - interval '1 hour' where id = $1`, b.c.Challenge)

	id := b.begin(t)
	b.fill(t, b.owner, id)
	closes := b.closeAgo(t, 9*time.Minute)
	v, err := b.Get(t.Context(), b.owner, id)
	if err != nil || v.Status != StatusNotSubmitted || v.Next.What != "submit_before" || !v.Next.At.Equal(v.Window.Last()) || !slices.Contains(v.Allowed, authz.SubmitEntry) {
		t.Fatalf("in the grace: %+v %v", v, err)
	}
	if v, err = b.Submit(t.Context(), b.owner, id); err != nil || v.Submission.Kind != InGrace || b.kinds(t, id)[0] != "entry.grace" {
		t.Fatalf("submitted in the grace: %+v %v", v.Submission, err)
	}
	if from, until, err := LastMoment(t.Context(), b.db.Pool(), b.c.Challenge, b.team); err != nil || !until.Equal(from.Add(10*time.Minute)) || from.Sub(closes).Abs() > time.Millisecond {
		t.Errorf("last moment: %s %s %v", from, until, err)
	}
	if _, err := b.Get(t.Context(), official, id); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("sealed until the grace is over: %v", err)
	}
	list, _, _, err := b.ListMine(t.Context(), b.owner, "", 10)
	if err != nil || list[0].Status != StatusSubmitted {
		t.Errorf("in the list: %+v %v", list, err)
	}
	b.closeAgo(t, 10*time.Minute)
	if _, err := b.SaveAnswers(t.Context(), b.owner, id, []Typed{{b.c.Fields["title"], "x", 1}}); !errors.Is(err, ErrDeadlinePassed) {
		t.Errorf("after the grace: %v", err)
	}
	if l, err = b.Late(t.Context(), official, b.c.Challenge); err != nil || len(l.Sent) != 1 || l.Sent[0].Kind != InGrace {
		t.Errorf("marked for the official: %+v %v", l.Sent, err)
	}
}

func TestExtension(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	official := testkit.Person(t, b.db, "Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: b.c.Santander})
	chair := testkit.Person(t, b.db, "Chair", authz.Grant{Role: authz.Chair, Kind: authz.Contest, ID: b.c.Contest})
	id := b.begin(t)
	b.fill(t, b.owner, id)
	other, rival := b.newTeam(t, "Rival")
	theirs := b.beginAs(t, rival, other)
	b.fill(t, rival, theirs)
	v, err := b.Get(t.Context(), b.owner, id)
	must(t, err)
	closes := b.closeAgo(t, time.Hour)
	give := func(a authz.Actor, reference, reason string, until time.Duration) error {
		_, err := b.Extend(t.Context(), a, b.c.Challenge, Extend{Reference: reference, Until: closes.Add(until), Reason: reason, Language: lang.ES})
		return err
	}
	for name, err := range map[string]error{
		"/reference": give(official, "FT-1", "Corte de luz", 3*time.Hour),
		"/until":     give(official, v.Reference, "Corte de luz", 30*time.Minute), // over already
		"/reason":    give(official, v.Reference, " \n", 3*time.Hour),
	} {
		if f, _ := fault.As(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Pointer != name {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := give(official, v.Reference, "x", 15*24*time.Hour); !errors.Is(err, fault.ErrInvalid) {
		t.Errorf("too far: %v", err)
	}
	if err := give(chair, v.Reference, "x", 3*time.Hour); !errors.Is(err, fault.ErrForbidden) {
		t.Errorf("the chair: %v", err)
	}
	if err := give(rival, v.Reference, "x", 3*time.Hour); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("a team: %v", err)
	}
	testkit.Exec(t, b.db, `insert into exclusions (person_id, entry_id, kind) values ($1, $2, 'conflict')`, official.PersonID, id)
	blind := testkit.Actor(t, b.db, official.PersonID, official.SessionID)
	if err := give(blind, v.Reference, "x", 3*time.Hour); !errors.Is(err, fault.ErrInvalid) {
		t.Errorf("for an entry that one is excluded from: %v", err)
	}
	testkit.Exec(t, b.db, `delete from exclusions`)
	must(t, give(official, " "+v.Reference, "Corte de luz en la oficina", 3*time.Hour))
	if n := b.count(t, `select count(*) from notices where kind = 'extension-granted' and subject_id = $1`, id); n != 1 {
		t.Errorf("%d notices", n)
	}
	if v, err = b.Get(t.Context(), b.owner, id); err != nil || v.Status != StatusNotSubmitted || v.Window.Extension == nil || v.Window.Extension.Reason != "Corte de luz en la oficina" {
		t.Fatalf("the team sees it: %+v %v", v.Window, err)
	}
	if v, err = b.Submit(t.Context(), b.owner, id); err != nil || v.Submission.Kind != Extended || !slices.Equal(b.kinds(t, id), []string{"extension.granted", "entry.extended"}) {
		t.Fatalf("within the extension: %+v %v %v", v.Submission, b.kinds(t, id), err)
	}
	if _, err := b.Submit(t.Context(), rival, theirs); !errors.Is(err, ErrDeadlinePassed) {
		t.Errorf("another team: %v", err)
	}
	l, err := b.Late(t.Context(), official, b.c.Challenge)
	if err != nil || len(l.Extensions) != 1 || l.Extensions[0].By != "Official" || len(l.Sent) != 1 || l.Sent[0].Kind != Extended {
		t.Errorf("on the official's page: %+v %v", l, err)
	}
	testkit.Exec(t, b.db, `insert into exclusions (person_id, entry_id, kind) values ($1, $2, 'conflict')`, official.PersonID, id)
	if l, err = b.Late(t.Context(), blind, b.c.Challenge); err != nil || len(l.Extensions)+len(l.Sent) != 0 {
		t.Errorf("for who is excluded: %+v %v", l, err)
	}
	testkit.Exec(t, b.db, `delete from exclusions`)
	testkit.Exec(t, b.db, `update extensions set until = clock_timestamp()`)
	if _, err := b.Withdraw(t.Context(), b.owner, id); !errors.Is(err, ErrDeadlinePassed) {
		t.Errorf("after the extension: %v", err)
	}
	b.closeAgo(t, 48*time.Hour)
	if err := give(official, v.Reference, "x", 72*time.Hour); !errors.Is(err, ErrExtendLate) {
		t.Errorf("two days after the deadline: %v", err)
	}
}

// Tries of every kind around three moments: the deadline, the end of the grace and the end of an
// extension. Nothing is taken after a team's last moment, and each submission is of the kind that
// the database's clock said.
func TestLateRace(t *testing.T) {
	t.Parallel()
	for name, closes := range map[string]time.Duration{"around the deadline": time.Second, "around the end of the grace": time.Second - time.Minute} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			type one struct {
				id    uuid.UUID
				actor authz.Actor
			}
			all := []one{}
			for i := range 8 {
				team, a := b.newTeam(t, "Racer "+string(rune('A'+i)))
				id := b.beginAs(t, a, team)
				b.fill(t, a, id)
				all = append(all, one{id, a})
			}
			end := time.Now().Add(closes)
			testkit.Exec(t, b.db, `update challenges set closes_at = $2::timestamptz, grace_minutes = 1, judging_ends_at = $2::timestamptz + interval '1 day',
				results_at = $2::timestamptz + interval '2 days' where id = $1`, b.c.Challenge, end)
			testkit.Exec(t, b.db, `insert into extensions (id, challenge_id, team_id, until, reason, language, granted_at, leaf_id)
				select gen_random_uuid(), e.challenge_id, e.team_id, $1::timestamptz + interval '61 seconds', 'x', 'en', clock_timestamp(), 0
				from entries e where e.id = any($2)`, end, []uuid.UUID{all[0].id, all[1].id, all[2].id})
			stop := end.Add(2 * time.Second)
			if closes < 0 {
				stop = end.Add(62 * time.Second)
			}
			var wg sync.WaitGroup
			for worker := range 16 {
				x := all[worker%len(all)]
				wg.Go(func() {
					for try := 0; time.Now().Before(stop); try++ {
						_, err := b.SaveAnswers(context.Background(), x.actor, x.id, []Typed{{b.c.Fields["website"], "https://example.org/" + uuid.NewString(), try}})
						if try%3 == 2 {
							_, _ = b.Withdraw(context.Background(), x.actor, x.id)
							_, err = b.Revive(context.Background(), x.actor, x.id)
						} else if err == nil {
							_, err = b.Submit(context.Background(), x.actor, x.id)
						}
						if err != nil && !errors.Is(err, ErrDeadlinePassed) && !errors.Is(err, ErrWithdrawn) && !errors.Is(err, ErrNotWithdrawn) {
							t.Error(err)
							return
						}
					}
				})
			}
			for time.Now().Before(stop) {
				if _, err := CloseDue(t.Context(), b.db); err != nil {
					t.Error(err)
				}
				time.Sleep(20 * time.Millisecond)
			}
			wg.Wait()
			// Submissions of the wrong kind for their time, and those that came too late for their team.
			const wrong = `select count(*) from submissions s join entries e on e.id = s.entry_id join challenges c on c.id = e.challenge_id
				left join extensions x on x.challenge_id = c.id and x.team_id = e.team_id
				where s.kind <> case when s.submitted_at < c.closes_at then 'on_time'
				                     when s.submitted_at < x.until then 'extension'
				                     when s.submitted_at < c.closes_at + interval '1 minute' then 'grace' else 'refused' end`
			if n := b.count(t, wrong); n != 0 {
				t.Errorf("%d submissions are of the wrong kind or too late", n)
			}
			const crossed = `select count(*) from submissions s join record_leaves l on l.id = s.leaf_id
				where l.kind <> case s.kind when 'on_time' then 'entry.received' when 'grace' then 'entry.grace' when 'extension' then 'entry.extended' end
				   or (l.kind = 'entry.received' and l.id > (select deadline_leaf from challenges))`
			if n := b.count(t, crossed); n != 0 {
				t.Errorf("%d leaves say something else, or are in time above the deadline", n)
			}
			kinds := []string{}
			must(t, b.db.Pool().QueryRow(t.Context(), `select array_agg(distinct kind order by kind) from submissions`).Scan(&kinds))
			want := []string{"extension", "grace", "on_time"}
			if closes < 0 {
				want = want[:2]
			}
			if !slices.Equal(kinds, want) {
				t.Errorf("the race missed a moment: %v", kinds)
			}
		})
	}
}
