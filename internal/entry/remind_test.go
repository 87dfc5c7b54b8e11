package entry

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/testkit"
)

// remindedAt runs the job as if a time before the deadline had come and counts what was written.
func (b *bench) remindedAt(t *testing.T, before time.Duration) int {
	t.Helper()
	var closes time.Time
	must(t, b.db.Pool().QueryRow(t.Context(), `select closes_at from challenges where id = $1`, b.c.Challenge).Scan(&closes))
	count := func() int {
		return b.count(t, `select count(*) from notices where kind in ('entry-draft-reminder','entry-changes-reminder','entries-reminder')`)
	}
	had := count()
	_, err := Remind(t.Context(), b.db, closes.Add(-before))
	must(t, err)
	return count() - had
}

func TestDraftsAreRemindedAtThreeMoments(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.join(t, "Ken Mori", authz.TeamViewer) // two people
	b.begin(t)
	const day = 24 * time.Hour
	for _, step := range []struct {
		before time.Duration
		want   int
		why    string
	}{
		{8 * day, 0, "more than a week ahead"},
		{7*day - time.Minute, 2, "a week ahead"},
		{7*day - time.Minute, 0, "the same moment again"},
		{3 * day, 0, "between the moments"},
		{2*day - time.Minute, 2, "two days ahead"},
		{2 * time.Hour, 2, "three hours ahead"},
		{time.Minute, 0, "the same moment again"},
		{0, 0, "the deadline"},
		{-time.Hour, 0, "after it"},
	} {
		if n := b.remindedAt(t, step.before); n != step.want {
			t.Errorf("%s: %d mails, want %d", step.why, n, step.want)
		}
	}
	// A deadline that moves brings its reminders anew, and none of the old one.
	testkit.Exec(t, b.db, `update challenges set closes_at = closes_at + interval '4 days', judging_ends_at = judging_ends_at + interval '4 days', results_at = results_at + interval '4 days'`)
	if n := b.remindedAt(t, 4*day); n != 2 {
		t.Errorf("after an extension: %d", n)
	}
}

func TestOneReminderAfterAnOutage(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.begin(t)
	if n := b.remindedAt(t, time.Hour) + b.remindedAt(t, time.Hour/2); n != 1 {
		t.Errorf("%d mails", n)
	}
}

func TestRemindersStopWhenSentAndComeForChanges(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	b := newBench(t)
	id := b.begin(t)
	b.fill(t, b.owner, id)
	if _, err := b.Submit(t.Context(), b.owner, id); err != nil {
		t.Fatal(err)
	}
	if n := b.remindedAt(t, 6*day); n != 0 {
		t.Errorf("submitted: %d", n)
	}
	b.save(t, b.owner, id, "title", "Changed", 1)
	if n := b.remindedAt(t, 5*day); n != 1 || b.count(t, `select count(*) from notices where kind = 'entry-changes-reminder'`) != 1 {
		t.Errorf("changed: %d", n)
	}
	if _, err := b.Submit(t.Context(), b.owner, id); err != nil {
		t.Fatal(err)
	}
	if n := b.remindedAt(t, day); n != 0 {
		t.Errorf("sent again: %d", n)
	}
	b.save(t, b.owner, id, "title", "Changed again", 2)
	if _, err := b.Withdraw(t.Context(), b.owner, id); err != nil {
		t.Fatal(err)
	}
	if n := b.remindedAt(t, time.Hour); n != 0 {
		t.Errorf("withdrawn: %d", n)
	}
}

func TestWhoeverIsAtWorkIsNotReminded(t *testing.T) {
	t.Parallel()
	b := newBench(t, testkit.Closes(40*time.Hour))
	id := b.begin(t)
	at := func(quiet string) int {
		t.Helper()
		testkit.Exec(t, b.db, `update entries set changed_at = clock_timestamp() - $2::interval where id = $1`, id, quiet)
		n, err := Remind(t.Context(), b.db, time.Time{})
		must(t, err)
		return n
	}
	if n := at("59 minutes"); n != 0 {
		t.Errorf("typed within the hour: %d", n)
	}
	if n := at("61 minutes"); n != 1 {
		t.Errorf("quiet for an hour: %d", n)
	}
}

func TestRemindingAtOnceWritesOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t, testkit.Closes(40*time.Hour))
	b.join(t, "Ken Mori", authz.TeamViewer)
	id := b.begin(t)
	testkit.Exec(t, b.db, `update entries set changed_at = changed_at - interval '1 day'`)
	var wg sync.WaitGroup
	for range 5 {
		wg.Go(func() {
			if _, err := Remind(t.Context(), b.db, time.Time{}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := b.count(t, `select count(*) from notices where kind = 'entry-draft-reminder' and subject_id = $1`, id); n != 2 {
		t.Errorf("%d reminders, want one to each member", n)
	}
}

func TestATeamWithMoreTimeIsRemindedOfItsOwnDeadline(t *testing.T) {
	t.Parallel()
	b := newBench(t, testkit.Closes(time.Hour))
	id := b.begin(t)
	testkit.Exec(t, b.db, `update entries set changed_at = changed_at - interval '1 day'`)
	testkit.Exec(t, b.db, `insert into extensions (id, challenge_id, team_id, until, reason, language, granted_at, leaf_id)
		select $1, challenge_id, team_id, clock_timestamp() + interval '30 hours', 'Power cut', 'en', clock_timestamp(), 0 from entries where id = $2`, uuid.New(), id)
	if _, err := Remind(t.Context(), b.db, time.Time{}); err != nil {
		t.Fatal(err)
	}
	if n := b.count(t, `select count(*) from entry_reminders where moment = '2d'`); n != 1 {
		t.Errorf("%d", n)
	}
}

// Who has several entries gets one mail about all of them at each moment, and hears no more of what was sent.
func TestOneMailAboutSeveralEntries(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	b := newBench(t)
	first := b.begin(t)
	ken := b.join(t, "Ken Mori", authz.TeamViewer)
	other := testkit.OpenChallenge(t, b.db, testkit.In(b.c.ProgrammeRows), testkit.Named("other"))
	testkit.Exec(t, b.db, `update challenges set closes_at = (select closes_at from challenges where id = $2) where id = $1`, other.Challenge, b.c.Challenge)
	second, err := b.Begin(t.Context(), b.owner, other.Slug, b.team, "en")
	must(t, err)
	about := func(person authz.Actor) (kinds []string, text string) {
		t.Helper()
		rows, err := b.db.Pool().Query(t.Context(), `select kind, coalesce(params -> 'entries' ->> 's', '') from notices
			where person_id = $1 and kind like '%reminder' order by id`, person.PersonID)
		must(t, err)
		for rows.Next() {
			var kind string
			must(t, rows.Scan(&kind, &text))
			kinds = append(kinds, kind)
		}
		must(t, rows.Err())
		return kinds, text
	}
	if n := b.remindedAt(t, 7*day-time.Minute); n != 2 {
		t.Fatalf("a week ahead: %d mails to two people", n)
	}
	for _, who := range []authz.Actor{b.owner, ken} {
		kinds, text := about(who)
		if !slices.Equal(kinds, []string{"entries-reminder"}) || strings.Count(text, "not submitted yet") != 2 || !strings.Contains(text, second.Reference) {
			t.Errorf("%v %q", kinds, text)
		}
	}
	if n := b.remindedAt(t, 7*day-2*time.Minute); n != 0 {
		t.Errorf("the same moment again: %d", n)
	}
	b.fill(t, b.owner, first)
	_, err = b.Submit(t.Context(), b.owner, first)
	must(t, err)
	if n := b.remindedAt(t, 2*day-time.Minute); n != 2 {
		t.Errorf("two days ahead: %d", n)
	}
	if kinds, _ := about(ken); !slices.Equal(kinds, []string{"entries-reminder", "entry-draft-reminder"}) {
		t.Errorf("one of them was sent: %v", kinds)
	}
	testkit.Exec(t, b.db, `update entries set state = 'withdrawn' where id = $1`, second.ID)
	if n := b.remindedAt(t, time.Hour); n != 0 {
		t.Errorf("nothing is open: %d", n)
	}
}

// A rehearsal's mail says that it is one: it is never mixed with others.
func TestARehearsalIsRemindedOfByItself(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.begin(t)
	other := testkit.OpenChallenge(t, b.db, testkit.In(b.c.ProgrammeRows), testkit.Named("rehearsed"))
	rehearsal := testkit.NewID()
	testkit.Exec(t, b.db, `insert into contests select (jsonb_populate_record(k, jsonb_build_object('id', $1::uuid, 'slug', 'rehearsal', 'record_scope', 'rehearsal', 'rehearsal', true))).*
		from contests k where id = $2`, rehearsal, b.c.Contest)
	testkit.Exec(t, b.db, `update challenges set contest_id = $3, closes_at = (select closes_at from challenges where id = $2) where id = $1`, other.Challenge, b.c.Challenge, rehearsal)
	_, err := b.Begin(t.Context(), b.owner, other.Slug, b.team, "en")
	must(t, err)
	if n := b.remindedAt(t, 47*time.Hour); n != 2 {
		t.Errorf("%d mails", n)
	}
}
