package contest_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

func TestPhaseFollowsFromDatesAndActs(t *testing.T) {
	t.Parallel()
	day := func(n int) time.Time { return time.Date(2027, 1, n, 0, 0, 0, 0, time.UTC) }
	at := func(n int) *time.Time { d := day(n); return &d }
	dates := contest.Dates{Opens: day(10), Closes: day(20), JudgingEnds: day(25), Results: day(28)}
	for _, c := range []struct {
		name string
		ch   contest.Challenge
		now  time.Time
		want contest.Phase
	}{
		{"never published", contest.Challenge{}, day(15), contest.Draft},
		{"before the opening", contest.Challenge{PublishedAt: at(1)}, day(9), contest.Announced},
		{"at the opening", contest.Challenge{PublishedAt: at(1)}, day(10), contest.Open},
		{"an instant before the deadline", contest.Challenge{PublishedAt: at(1)}, day(20).Add(-1), contest.Open},
		{"at the deadline", contest.Challenge{PublishedAt: at(1)}, day(20), contest.Closed},
		{"assigned", contest.Challenge{PublishedAt: at(1), AssignedAt: at(21)}, day(22), contest.Judging},
		{"past the end of judging, unlocked", contest.Challenge{PublishedAt: at(1), AssignedAt: at(21)}, day(27), contest.Judging},
		{"locked", contest.Challenge{PublishedAt: at(1), AssignedAt: at(21), LockedAt: at(26)}, day(27), contest.Deliberation},
		{"decided", contest.Challenge{PublishedAt: at(1), DecidedAt: at(27)}, day(27), contest.Deliberation},
		{"date of results passed, not released", contest.Challenge{PublishedAt: at(1), LockedAt: at(26)}, day(29), contest.Deliberation},
		{"released", contest.Challenge{PublishedAt: at(1), LockedAt: at(26), ReleasedAt: at(28)}, day(28), contest.Results},
	} {
		c.ch.Dates = dates
		if got := c.ch.Phase(c.now); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestLoadResolvesContestDefaults(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	ctx := context.Background()
	rows := testkit.OpenChallenge(t, db, testkit.InFujisawa())
	testkit.Exec(t, db, `update challenges set opens_at = null, results_at = null where id = $1`, rows.Challenge)
	c, err := contest.Load(ctx, db.Pool(), rows.Challenge)
	if err != nil {
		t.Fatal(err)
	}
	now, _ := db.Now(ctx)
	if c.Phase(now) != contest.Open || c.Zone != "Asia/Tokyo" || c.Language != lang.JA || c.Cities[0] != rows.Fujisawa ||
		c.RecordScope != rows.RecordScope || c.BytesGrace != 24*time.Hour || len(c.EntryLanguages) != 3 || c.Title[lang.JA] == "" {
		t.Errorf("loaded %+v", c)
	}
	if !c.Dates.Ordered() {
		t.Errorf("dates %+v", c.Dates)
	}
	if _, err := contest.Load(ctx, db.Pool(), uuid.New()); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("unknown id: %v", err)
	}
	rubric, err := contest.Rubric(ctx, db.Pool(), rows.Challenge)
	if err != nil || len(rubric) != 3 || rubric[0].Key != "impact" || len(rubric[0].Anchors) != 6 {
		t.Errorf("rubric %+v %v", rubric, err)
	}
	form, err := contest.Form(ctx, db.Pool(), rows.Challenge)
	if err != nil || len(form) != 6 || form[4].Accept[0] != "pdf" || form[2].Options[1].Key != "pilot" || form[0].Heading[lang.ES] == "" {
		t.Errorf("form %+v %v", form, err)
	}
}

func TestSharedLockKeepsTheClosingOut(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	ctx := context.Background()
	id := testkit.OpenChallenge(t, db).Challenge
	held, done := make(chan struct{}), make(chan struct{})
	var released time.Time
	go func() {
		defer close(done)
		_ = db.InTx(ctx, func(tx database.Tx) error {
			_, err := contest.LockShared(tx, id)
			close(held)
			time.Sleep(150 * time.Millisecond)
			released = time.Now()
			return err
		})
	}()
	<-held
	var got time.Time
	err := db.InTx(ctx, func(tx database.Tx) error {
		_, err := contest.LockExclusive(tx, id)
		got = time.Now()
		return err
	})
	<-done
	if err != nil || got.Before(released) {
		t.Errorf("exclusive lock at %v before the shared one ended at %v: %v", got, released, err)
	}
}

func TestActsOfJudgingHappenOnce(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	ctx := context.Background()
	id := testkit.OpenChallenge(t, db).Challenge
	at := time.Now().Truncate(time.Microsecond)
	do := func(f func(tx database.Tx) error) error { return db.InTx(ctx, f) }
	for _, act := range []struct {
		mark  func(database.Tx, uuid.UUID, uuid.UUID, time.Time) error
		again error
	}{
		{contest.MarkAssigned, nil}, {contest.MarkLocked, contest.ErrScoresLocked},
		{contest.MarkDecided, contest.ErrDecided}, {contest.MarkReleased, contest.ErrReleased},
	} {
		if err := do(func(tx database.Tx) error { return act.mark(tx, id, uuid.Nil, at) }); err != nil {
			t.Fatal(err)
		}
		err := do(func(tx database.Tx) error { return act.mark(tx, id, uuid.Nil, at.Add(time.Hour)) })
		if !errors.Is(err, act.again) {
			t.Errorf("second time: %v, want %v", err, act.again)
		}
	}
	c, err := contest.Load(ctx, db.Pool(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, got := range []*time.Time{c.AssignedAt, c.LockedAt, c.DecidedAt, c.ReleasedAt} {
		if got == nil || !got.Equal(at) {
			t.Errorf("act at %v, want %v", got, at)
		}
	}
}
