package kpi_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/kpi"
	"fieldtrial/internal/testkit"
)

func today() time.Time {
	zone, _ := time.LoadLocation("Europe/Madrid")
	y, m, d := time.Now().In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func TestMeasurementsMakeTheValue(t *testing.T) {
	t.Parallel()
	l, ctx := newLedger(t), context.Background()
	if i := l.indicator("newsletters"); i.Value != nil || i.Status != kpi.Empty {
		t.Fatalf("before the first: %v %s", i.Value, i.Status)
	}
	enter := func(daysAgo int, v float64) kpi.Measurement {
		t.Helper()
		m, err := l.svc.Enter(ctx, admin, "newsletters", kpi.Form{On: today().AddDate(0, 0, -daysAgo), Value: v, Evidence: " https://example.org/issues ", Note: "n"})
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	enter(40, 3)
	late := enter(0, 5)
	if late.EnteredBy != "Ada" || late.Evidence != "https://example.org/issues" {
		t.Fatalf("kept as %+v", late)
	}
	i := l.indicator("newsletters")
	if *i.Value != 5 || i.Status != kpi.Reached || i.Measured.Month != 20 {
		t.Fatalf("value %v, %s, month %d", *i.Value, i.Status, i.Measured.Month)
	}
	if err := l.svc.Withdraw(ctx, admin, late.ID); err != nil {
		t.Fatal(err)
	}
	if i := l.indicator("newsletters"); *i.Value != 3 || i.Status != kpi.Below {
		t.Fatalf("after the withdrawal: %v %s", *i.Value, i.Status)
	}
	if err := l.svc.Withdraw(ctx, admin, late.ID); !errors.Is(err, kpi.ErrWithdrawn) {
		t.Fatalf("withdrawn twice: %v", err)
	}
	if err := l.svc.Withdraw(ctx, admin, testkit.NewID()); !errors.Is(err, fault.ErrNotFound) {
		t.Fatalf("unknown: %v", err)
	}
	d, err := l.svc.Indicator(ctx, admin, "newsletters", kpi.Query{})
	if err != nil || len(d.Measurements) != 2 || d.Measurements[0].WithdrawnAt == nil || d.Measurements[1].WithdrawnAt != nil {
		t.Fatalf("kept: %+v, %v", d.Measurements, err)
	}
}

func TestWhatIsCountedAndWhatIsMeasuredAddUp(t *testing.T) {
	t.Parallel()
	l, ctx := newLedger(t), context.Background()
	c := testkit.OpenChallenge(t, l.db, testkit.In(l.rows))
	l.enter(c, l.team(team{"Acme", "startup", "ES", false}), "submitted")
	if _, err := l.svc.Enter(ctx, admin, "contest-startups", kpi.Form{On: today(), Value: 20, Evidence: "list of the pilot round"}); err != nil {
		t.Fatal(err)
	}
	i := l.indicator("contest-startups")
	if *i.Value != 21 || *i.Counted != 1 || i.Measured.Value != 20 || i.Status != kpi.Reached {
		t.Fatalf("value %v of counted %v and measured %v: %s", *i.Value, *i.Counted, i.Measured.Value, i.Status)
	}
	if last := i.Series[len(i.Series)-1]; last.Month != 20 || *last.Value != 21 {
		t.Fatalf("series ends with %+v", last)
	}
}

func TestAMeasurementIsChecked(t *testing.T) {
	t.Parallel()
	l, ctx := newLedger(t), context.Background()
	good := kpi.Form{On: today(), Value: 1, Evidence: "e"}
	for code, change := range map[string]func(*kpi.Form){
		"in_the_future":    func(f *kpi.Form) { f.On = today().AddDate(0, 0, 1) },
		"before_programme": func(f *kpi.Form) { f.On = today().AddDate(-3, 0, 0) },
		"too_small":        func(f *kpi.Form) { f.Value = -1 },
		"too_large":        func(f *kpi.Form) { f.Value = 1e13 },
		"required":         func(f *kpi.Form) { f.Evidence = " \n" },
	} {
		f := good
		change(&f)
		_, err := l.svc.Enter(ctx, admin, "newsletters", f)
		x, ok := fault.As(err)
		if !ok || len(x.Fields) != 1 || x.Fields[0].Code != code {
			t.Errorf("%s: %v", code, err)
		}
	}
	if _, err := l.svc.Enter(ctx, admin, "nothing", good); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("an unknown indicator: %v", err)
	}
}

func TestEnteringAgainUnderOneKeyActsOnce(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	ctx := database.WithIdempotency(context.Background(), database.Idempotency{Actor: "a", Key: "k", Hash: []byte{1}})
	f := kpi.Form{On: today(), Value: 1, Evidence: "e"}
	a, err := l.svc.Enter(ctx, admin, "newsletters", f)
	if err != nil {
		t.Fatal(err)
	}
	b, err := l.svc.Enter(ctx, admin, "newsletters", f)
	if err != nil || a.ID != b.ID {
		t.Fatalf("%v, then %v, %v", a.ID, b.ID, err)
	}
}

func TestDefineAgainKeepsMeasurements(t *testing.T) {
	t.Parallel()
	l, ctx := newLedger(t), context.Background()
	if _, err := l.svc.Enter(ctx, admin, "newsletters", kpi.Form{On: today(), Value: 4, Evidence: "e"}); err != nil {
		t.Fatal(err)
	}
	l.define(kpi.Definition{TargetGroup: "public", Slug: "newsletters", Op: "gt", Target: 4, Position: 1})
	if i := l.indicator("newsletters"); *i.Value != 4 || i.Status != kpi.Below || i.Unit["en"]["one"] != "thing" {
		t.Fatalf("%+v", i)
	}
	err := l.db.InTx(ctx, func(tx database.Tx) error {
		return kpi.Define(tx, []kpi.Definition{{Programme: l.rows.ID, TargetGroup: "nobody", Slug: "x", Op: "gt"}})
	})
	if err == nil {
		t.Fatal("an indicator of a group that does not exist was defined")
	}
}
