package kpi_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/kpi"
	"fieldtrial/internal/testkit"
)

func TestContestStartupsCountsExactlyByItsDefinition(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	a := testkit.OpenChallenge(t, l.db, testkit.In(l.rows), testkit.Named("a"))
	b := testkit.OpenChallenge(t, l.db, testkit.In(l.rows), testkit.Named("b"), testkit.InFujisawa())
	want := func(what string, n int) {
		t.Helper()
		if got := l.participants(); got != n {
			t.Fatalf("%s: %d, want %d", what, got, n)
		}
	}
	want("nobody", 0)
	one := l.team(team{"Acme", "startup", "ES", false})
	l.enter(a, one, "submitted")
	want("a startup", 1)
	l.enter(b, one, "submitted")
	want("in two challenges", 1)
	l.enter(a, l.team(team{"Hanako", "person", "JP", false}), "submitted")
	want("a solo entrepreneur", 2)
	l.enter(a, l.team(team{"ACME Ltd.", "startup", "ES", false}), "submitted")
	want("a duplicate", 2)
	l.enter(a, l.team(team{"Left", "startup", "ES", false}), "withdrawn")
	want("a withdrawn entry", 2)
	l.enter(a, l.team(team{"Slow", "startup", "ES", false}), "draft")
	want("a draft", 2)
	l.enter(a, l.team(team{"Trying", "startup", "ES", true}), "submitted")
	want("a test team", 2)
	for _, kind := range []string{"university", "company", "group"} {
		l.enter(a, l.team(team{"The " + kind, kind, "ES", false}), "submitted")
		want("a "+kind, 2)
	}
	out := l.enter(a, l.team(team{"Outside", "startup", "ES", false}), "submitted")
	want("not screened", 3)
	testkit.Exec(t, l.db, `update entries set eligible = false where id = $1`, out)
	want("ineligible", 2)
	testkit.Exec(t, l.db, `update contests set rehearsal = true`)
	want("a rehearsal", 0)
}

func TestDrillDownGivesTheRowsBehindEachNumber(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	c := testkit.OpenChallenge(t, l.db, testkit.In(l.rows))
	first := l.enter(c, l.team(team{"Acme", "startup", "ES", false}), "submitted")
	l.enter(c, l.team(team{"Bee", "startup", "ES", false}), "submitted")
	l.enter(c, l.team(team{"Uni", "university", "ES", false}), "submitted")
	see := func(actor authz.Actor, q kpi.Query) kpi.Detail {
		t.Helper()
		d, err := l.svc.Indicator(context.Background(), actor, "contest-startups", q)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	d := see(admin, kpi.Query{})
	if len(d.Rows) != 3 || len(d.Verdicts) != 2 || d.Verdicts[0] != (kpi.VerdictCount{Verdict: kpi.Counted, Count: 2}) {
		t.Fatalf("rows %d, verdicts %v", len(d.Rows), d.Verdicts)
	}
	if r := d.Rows[0]; r.Team != "Acme" || r.Final || r.Challenge != "challenge" || r.Verdict != kpi.Counted {
		t.Fatalf("first row: %+v", r)
	}
	if only := see(admin, kpi.Query{Verdict: kpi.University}); len(only.Rows) != 1 || only.Rows[0].Team != "Uni" {
		t.Fatalf("universities: %+v", only.Rows)
	}
	page := see(admin, kpi.Query{Limit: 2})
	if len(page.Rows) != 2 || page.Next == "" {
		t.Fatalf("page: %d, next %q", len(page.Rows), page.Next)
	}
	if rest := see(admin, kpi.Query{Limit: 2, Cursor: page.Next}); len(rest.Rows) != 1 || rest.Rows[0].Team != "Uni" || rest.Next != "" {
		t.Fatalf("rest: %+v", rest.Rows)
	}
	conflicted := admin
	conflicted.Excluded = map[uuid.UUID]bool{first: true}
	if rows := see(conflicted, kpi.Query{}).Rows; len(rows) != 2 {
		t.Fatalf("with a conflict: %d rows", len(rows))
	}
	auditor := authz.Actor{PersonID: uuid.New(), Grants: []authz.Grant{{Role: authz.Auditor, Kind: authz.Contest, ID: l.rows.Contest}}}
	if r := see(auditor, kpi.Query{}).Rows[0]; r.Team != "" {
		t.Fatalf("an auditor sees %q before the deadline", r.Team)
	}
	testkit.Exec(t, l.db, `update challenges set opens_at = now() - interval '2 days', closes_at = now() - interval '1 day'`)
	if r := see(auditor, kpi.Query{}).Rows[0]; r.Team != "Acme" || !r.Final {
		t.Fatalf("after the deadline: %+v", r)
	}
}

func TestCountIsProvisionalUntilTheLastDeadline(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	testkit.OpenChallenge(t, l.db, testkit.In(l.rows), testkit.Named("early"), testkit.Opens(-48*time.Hour), testkit.Closes(-time.Hour))
	if i := l.indicator("contest-startups"); i.ProvisionalUntil != nil {
		t.Fatalf("provisional until %v with no deadline to come", i.ProvisionalUntil)
	}
	testkit.OpenChallenge(t, l.db, testkit.In(l.rows), testkit.Named("open"))
	if i := l.indicator("contest-startups"); i.ProvisionalUntil == nil || time.Until(*i.ProvisionalUntil) < 200*time.Hour {
		t.Fatalf("provisional until %v", i.ProvisionalUntil)
	}
	if i := l.indicator("newsletters"); i.ProvisionalUntil != nil || i.Counted != nil {
		t.Fatalf("an indicator entered by hand is provisional: %+v", i)
	}
}

func TestOnlyThoseWhoMaySeeTheLedger(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	ctx := context.Background()
	auditor := authz.Actor{PersonID: uuid.New(), Grants: []authz.Grant{{Role: authz.Auditor, Kind: authz.Contest, ID: l.rows.Contest}}}
	member := authz.Actor{PersonID: uuid.New()}
	if _, err := l.svc.Board(ctx, member); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("a member: %v", err)
	}
	if _, err := l.svc.Indicator(ctx, member, "newsletters", kpi.Query{}); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("a member's drill-down: %v", err)
	}
	b, err := l.svc.Board(ctx, auditor)
	if err != nil || len(b.Allowed) != 0 || len(b.Exports) != 0 {
		t.Errorf("an auditor: %v, allowed %v, exports %v", err, b.Allowed, b.Exports)
	}
	if _, err := l.svc.Enter(ctx, auditor, "newsletters", kpi.Form{}); !errors.Is(err, fault.ErrForbidden) {
		t.Errorf("an auditor enters: %v", err)
	}
}
