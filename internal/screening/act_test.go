package screening

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/testkit"
)

func (b *bench) eligible(t *testing.T, id uuid.UUID) string {
	t.Helper()
	var s string
	must(t, b.db.Pool().QueryRow(t.Context(), `select coalesce(eligible::text, 'null') from entries where id = $1`, id).Scan(&s))
	return s
}

func TestVerdictsHaveReasonsAndCanBeUndoneUntilAssigned(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	e := b.entered(t, 3)
	for name, c := range map[string]struct {
		r    Request
		want string
	}{
		"no reason":            {Request{Act: Fail}, "/reasons required"},
		"unknown reason":       {Request{Act: Fail, Reasons: []string{"scope", "weather"}}, "/reasons not_a_choice"},
		"other without a word": {Request{Act: Fail, Reasons: []string{"other"}, Note: "  "}, "/note required"},
		"too long":             {Request{Act: Fail, Reasons: []string{"scope"}, Note: strings.Repeat("字", 2001)}, "/note too_long"},
	} {
		c.r.Entries = ids(e[0])
		_, err := b.Do(t.Context(), b.official, b.c.Challenge, c.r)
		var f *fault.Error
		if !errors.As(err, &f) || len(f.Fields) != 1 || f.Fields[0].Pointer+" "+f.Fields[0].Code != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	failed := b.do(t, Request{Act: Fail, Entries: ids(e[0], e[1]), Reasons: []string{"other", "incomplete"}, Note: "Falta el anexo.", Language: "es"})
	if failed.Done != 2 || !failed.Finished || !failed.CanUndo || len(failed.Skipped) != 0 {
		t.Fatalf("failed: %+v", failed)
	}
	b.do(t, Request{Act: Pass, Entries: ids(e[2])})
	o := b.all(t, Filter{})
	if o.Counts != (Counts{Passed: 1, Failed: 2, Untold: 2}) || o.Items[0].Screening != Failed || fmt.Sprint(o.Items[0].Reasons) != "[incomplete other]" {
		t.Errorf("after: %+v %+v", o.Counts, o.Items)
	}
	if n := b.count(t, `select count(*) from notices where kind = 'screening-failed'`); n != 0 {
		t.Errorf("a failure wrote %d mails before anybody said so", n)
	}
	d, err := b.Entry(t.Context(), b.official, e[0].Entry)
	must(t, err)
	if len(d.Verdicts) != 1 || d.Verdicts[0].Note != "Falta el anexo." || d.Verdicts[0].Language != "es" || d.Verdicts[0].By != "Olga" {
		t.Errorf("verdict: %+v", d.Verdicts)
	}
	back := b.do(t, Request{Act: Undo, Run: failed.ID})
	if back.Done != 2 || b.eligible(t, e[0].Entry) != "null" || b.eligible(t, e[2].Entry) != "true" {
		t.Errorf("undone: %+v, %s, %s", back, b.eligible(t, e[0].Entry), b.eligible(t, e[2].Entry))
	}
	testkit.Exec(t, b.db, `update challenges set assigned_at = clock_timestamp() where id = $1`, b.c.Challenge)
	for _, act := range []Act{Undo, Fail, Correct} {
		r := Request{Act: act, Entries: ids(e[2]), Reasons: []string{"scope"}, Fields: []uuid.UUID{b.c.Fields["title"]}, Until: time.Now().Add(time.Hour), Note: "x"}
		if _, err := b.Do(t.Context(), b.official, b.c.Challenge, r); !errors.Is(err, ErrAssigned) {
			t.Errorf("%s once assigned: %v", act, err)
		}
	}
	if run := b.do(t, Request{Act: Pass, Entries: ids(e[0])}); run.Done != 1 {
		t.Errorf("passing one that nobody had checked: %+v", run)
	}
}

func TestTheTeamHearsOfAFailureOnlyWhenItIsSent(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	e := b.entered(t, 2)
	b.do(t, Request{Act: Fail, Entries: ids(e...), Reasons: []string{"kind"}, Note: "対象外です。", Language: "ja"})
	if v, err := b.entries.Get(t.Context(), e[0].Owner, e[0].Entry); err != nil || v.Official.Failed != nil {
		t.Fatalf("shown before it was sent: %+v %v", v.Official, err)
	}
	if p := b.do(t, Request{Act: Tell, Filter: &Filter{Screening: Failed}, Preview: true}); p.Total != 2 || p.Done != 2 || p.ID != uuid.Nil {
		t.Errorf("preview: %+v", p)
	}
	b.do(t, Request{Act: Tell, Entries: ids(e[0])})
	if again := b.do(t, Request{Act: Tell, Filter: &Filter{Screening: Failed}}); again.Done != 1 || len(again.Skipped) != 1 || again.Skipped[0].Code != "told" {
		t.Errorf("again: %+v", again)
	}
	var said string
	must(t, b.db.Pool().QueryRow(t.Context(), `select params ->> 'reasons' from notices where kind = 'screening-failed' and subject_id = $1`, e[0].Entry).Scan(&said))
	if !strings.Contains(said, "参加対象の組織ではない") || !strings.Contains(said, "対象外です。") {
		t.Errorf("reasons: %s", said)
	}
	v, err := b.entries.Get(t.Context(), e[0].Owner, e[0].Entry)
	must(t, err)
	if v.Official.Failed == nil || v.Official.Failed.Note != "対象外です。" || len(v.Official.Failed.Reasons) != 1 {
		t.Errorf("the team sees %+v", v.Official.Failed)
	}
	b.do(t, Request{Act: Pass, Entries: ids(e[0])})
	if n := b.count(t, `select count(*) from notices where kind = 'screening-undone' and subject_id = $1`, e[0].Entry); n != 1 {
		t.Errorf("%d mails take the failure back", n)
	}
}

func TestBulkCountsSkipsAndRefusesAChangedNumber(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	e := b.entered(t, 5)
	testkit.Exec(t, b.db, `update teams set country = 'JP' where id = any($1)`, []uuid.UUID{e[1].Team, e[2].Team})
	testkit.Exec(t, b.db, `update entries set state = 'withdrawn' where id = $1`, e[4].Entry)
	jp := &Filter{Country: "JP"}
	if p := b.do(t, Request{Act: Pass, Filter: jp, Preview: true}); p.Total != 2 || p.Done != 2 {
		t.Errorf("preview: %+v", p)
	}
	if b.eligible(t, e[1].Entry) != "null" || b.count(t, `select count(*) from screening_runs`) != 0 {
		t.Error("a preview changed something")
	}
	if _, err := b.Do(t.Context(), b.official, b.c.Challenge, Request{Act: Pass, Filter: jp, Expect: 3}); !errors.Is(err, ErrTooMany) {
		t.Errorf("another number than the preview said: %v", err)
	}
	b.do(t, Request{Act: Pass, Filter: jp, Expect: 2})
	run := b.do(t, Request{Act: Pass, Entries: ids(e...)})
	if run.Total != 5 || run.Done != 2 || fmt.Sprint(codesOf(run)) != "map[not_submitted:1 same:2]" {
		t.Errorf("run: %+v", run)
	}
	if _, err := b.Do(t.Context(), b.official, b.c.Challenge, Request{Act: Pass, Filter: &Filter{Country: "FR"}}); !errors.Is(err, ErrNothing) {
		t.Errorf("none: %v", err)
	}
}

func codesOf(r Run) map[string]int {
	out := map[string]int{}
	for _, s := range r.Skipped {
		out[s.Code]++
	}
	return out
}

func TestALargeRunIsAJobThatCanBeRepeated(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.many(t, 437)
	run := b.do(t, Request{Act: Pass, Filter: &Filter{}})
	if run.Total != 437 || run.Done != 0 || run.Finished || run.CanUndo {
		t.Fatalf("at once: %+v", run)
	}
	if n := b.count(t, `select count(*) from river_job where kind = 'screening.run'`); n != 1 {
		t.Fatalf("%d jobs", n)
	}
	must(t, b.db.InTx(t.Context(), func(tx database.Tx) error { return advance(tx, run.ID) })) // a worker that died after one step
	if half, err := b.Run(t.Context(), b.official, run.ID); err != nil || half.At != 200 || half.Done != 200 || half.Finished {
		t.Errorf("half way: %+v %v", half, err)
	}
	w := &RunWorker{DB: b.db}
	for range 2 { // the second time changes nothing
		must(t, w.Work(t.Context(), &river.Job[RunArgs]{Args: RunArgs{Run: run.ID}}))
	}
	end, err := b.Run(t.Context(), b.official, run.ID)
	if err != nil || !end.Finished || end.Done != 437 || end.At != 437 || !end.CanUndo {
		t.Errorf("end: %+v %v", end, err)
	}
	if n := b.count(t, `select count(*) from screenings`); n != 437 {
		t.Errorf("%d verdicts", n)
	}
	undo := b.do(t, Request{Act: Undo, Run: run.ID})
	must(t, b.db.InTx(t.Context(), func(tx database.Tx) error { return advance(tx, undo.ID) }))
	testkit.Exec(t, b.db, `update challenges set assigned_at = clock_timestamp() where id = $1`, b.c.Challenge)
	must(t, b.db.InTx(t.Context(), func(tx database.Tx) error { return advance(tx, undo.ID) })) // jurors have them now
	if r, err := b.Run(t.Context(), b.official, undo.ID); err != nil || r.Done != 200 || codesOf(r)["assigned"] != 200 {
		t.Errorf("assigned in the middle: %+v %v", codesOf(r), err)
	}
	testkit.Exec(t, b.db, `update challenges set assigned_at = null where id = $1`, b.c.Challenge)
	undo = b.do(t, Request{Act: Undo, Run: run.ID})
	must(t, w.Work(t.Context(), &river.Job[RunArgs]{Args: RunArgs{Run: undo.ID}}))
	if n := b.count(t, `select count(*) from entries where eligible is not null`); n != 0 {
		t.Errorf("%d still have a verdict", n)
	}
}

// many adds submitted entries by SQL.
func (b *bench) many(t *testing.T, n int) {
	t.Helper()
	testkit.Exec(t, b.db, `with team as (insert into teams (id, name, kind, country) select gen_random_uuid(), 'Team ' || g, 'startup', 'ES' from generate_series(1, $2::int) g returning id),
		e as (insert into entries (id, challenge_id, team_id, reference, language, state) select gen_random_uuid(), $1, id, 'FT-' || row_number() over (), 'en', 'submitted' from team returning id)
		insert into submissions (id, entry_id, number, answers, files, leaf_id, submitted_at) select gen_random_uuid(), id, 1, '{"title":"T"}', '[]', 0, clock_timestamp() from e`, b.c.Challenge, n)
	testkit.Exec(t, b.db, `update entries e set last_submission_id = s.id from submissions s where s.entry_id = e.id`)
}

func TestWhoMayScreen(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	e := b.entered(t, 2)
	chair := testkit.Person(t, b.db, "Chair", authz.Grant{Role: authz.Chair, Kind: authz.Contest, ID: b.c.Contest})
	other := testkit.Person(t, b.db, "Other City", authz.Grant{Role: authz.Official, Kind: authz.City, ID: b.c.Fujisawa})
	for who, c := range map[string]struct {
		actor authz.Actor
		want  error
	}{"chair": {chair, fault.ErrForbidden}, "another city": {other, fault.ErrNotFound}, "a team": {e[0].Owner, fault.ErrNotFound}, "nobody": {authz.Actor{}, fault.ErrSignIn}} {
		if _, err := b.Do(t.Context(), c.actor, b.c.Challenge, Request{Act: Pass, Entries: ids(e...)}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", who, err)
		}
	}
	// Somebody excluded from an entry does not meet it: not in a list, a count, an act or a detail.
	testkit.Exec(t, b.db, `insert into exclusions (person_id, entry_id, kind) values ($1, $2, 'conflict')`, b.official.PersonID, e[0].Entry)
	b.official = testkit.Actor(t, b.db, b.official.PersonID, b.official.SessionID)
	if o := b.all(t, Filter{}); o.Total != 1 || len(o.Items) != 1 || o.Counts.Unscreened != 1 || o.Numbers.Submitted != 1 {
		t.Errorf("list: %+v", o)
	}
	if run := b.do(t, Request{Act: Pass, Entries: ids(e...)}); run.Total != 1 || run.Done != 1 || len(run.Skipped) != 0 {
		t.Errorf("act: %+v", run)
	}
	if _, err := b.Entry(t.Context(), b.official, e[0].Entry); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("detail: %v", err)
	}
	if _, err := b.Entry(t.Context(), b.official, uuid.New()); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("what is not there: %v", err)
	}
}
