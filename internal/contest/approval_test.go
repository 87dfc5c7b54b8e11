package contest_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

func TestTwoPeoplePublish(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx := context.Background()
	d := k.complete(t)
	act := func(f func(context.Context, authz.Actor, uuid.UUID) (contest.Dossier, error), who authz.Actor) error {
		_, err := f(ctx, who, d.ID)
		return err
	}
	want(t, "publish a draft", act(k.s.Publish, k.author), contest.ErrNotApproved)
	want(t, "approve a draft", act(k.s.Approve, k.second), contest.ErrNotSent)
	want(t, "send by a translator", act(k.s.Send, k.translator), fault.ErrForbidden)
	want(t, "send by another city", act(k.s.Send, k.elsewhere), fault.ErrNotFound)
	want(t, "send", act(k.s.Send, k.author), nil)
	want(t, "send again", act(k.s.Send, k.author), contest.ErrInApproval)
	want(t, "own approval", act(k.s.Approve, k.author), contest.ErrOwnApproval)
	want(t, "approval by another city", act(k.s.Approve, k.elsewhere), fault.ErrNotFound)
	want(t, "approval by a translator", act(k.s.Approve, k.translator), fault.ErrForbidden)
	if got := k.mails(t); got != "approval-requested>second@example.org" {
		t.Errorf("mails %q", got)
	}
	_, err := k.s.Return(ctx, k.second, d.ID, " ")
	want(t, "return without reason", err, fault.ErrInvalid)
	r, err := k.s.Return(ctx, k.second, d.ID, "目的が不明です。")
	want(t, "return", err, nil)
	if r.State() != contest.StateReturned || r.Acts[0].Reason != "目的が不明です。" || r.Acts[0].By != "Second" {
		t.Errorf("returned %+v", r.Acts)
	}
	want(t, "send", act(k.s.Send, k.author), nil)
	want(t, "approve", act(k.s.Approve, k.second), nil)
	want(t, "approve twice", act(k.s.Approve, k.second), contest.ErrApproved)
	if _, err := k.s.Public(ctx, d.Slug); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("an approved draft is public: %v", err)
	}
	want(t, "publish", act(k.s.Publish, k.author), nil)
	want(t, "publish twice", act(k.s.Publish, k.author), contest.ErrPublished)
	want(t, "return what is public", func() error { _, err := k.s.Return(ctx, k.second, d.ID, "x"); return err }(), contest.ErrPublished)
	if p, err := k.s.Public(ctx, d.Slug); err != nil || p.Phase(p.Now) != contest.Open || p.State() != contest.StatePublished {
		t.Errorf("published: %v %v", p.Phase(p.Now), err)
	}
	got := k.mails(t)
	for _, m := range []string{"approval-returned>author@example.org", "challenge-published>author@example.org", "challenge-published>second@example.org", "translation-pending>manager@example.org"} {
		if !strings.Contains(got, m) {
			t.Errorf("mails %q lack %s", got, m)
		}
	}
	var leaves int
	var order string
	_ = k.db.Pool().QueryRow(ctx, `select count(*), max(convert_from(o.payload, 'UTF8')::json ->> 'order') from record_leaves l
		join record_openings o on o.leaf_id = l.id where l.kind = 'rules.frozen' and l.scope = $1 and l.subject = $2`, k.rows.RecordScope, d.ID).Scan(&leaves, &order)
	if leaves != 1 || order != string(contest.ByRaw) {
		t.Errorf("%d rules on record, order %q", leaves, order)
	}
}

func TestDatabaseRefusesOneApprover(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	d := k.complete(t)
	err := k.db.InTx(context.Background(), func(tx database.Tx) error {
		_, err := tx.Pgx().Exec(tx.Context(), `update challenges set submitted_by = $2, approved_by = $2 where id = $1`, d.ID, k.author.PersonID)
		return err
	})
	want(t, "one person twice", err, contest.ErrOwnApproval)
}

func TestPublishNeedsAnOpenContest(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx := context.Background()
	d := k.complete(t)
	_, err := k.s.Send(ctx, k.author, d.ID)
	want(t, "send", err, nil)
	_, err = k.s.Approve(ctx, k.second, d.ID)
	want(t, "approve", err, nil)
	testkit.Exec(t, k.db, `update contests set opens_at = opens_at - interval '20 days', closes_at = closes_at - interval '11 days'`)
	_, err = k.s.Publish(ctx, k.author, d.ID)
	want(t, "publish after the deadline", err, contest.ErrContestClosed)
}

func TestSendNamesWhatIsMissing(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx := context.Background()
	d, err := k.s.Start(ctx, k.author, contest.NewChallenge{Contest: k.rows.Contest, LeadCity: k.rows.Fujisawa, Title: strings.Repeat("あ", 71)})
	want(t, "start", err, nil)
	rubric := d.Rubric
	rubric[0].Weight -= 5
	rubric[1].Anchors = rubric[1].Anchors[:5]
	rubric[2].Name = lang.Text{lang.EN: "English only"}
	d, err = k.s.Criteria(ctx, k.author, d.ID, d.Version, rubric)
	want(t, "criteria may be incomplete", err, nil)
	_, err = k.s.Send(ctx, k.author, d.ID)
	want(t, "send", err, contest.ErrIncomplete)
	f, _ := fault.As(err)
	got := []string{}
	for _, x := range f.Fields {
		got = append(got, fmt.Sprint(x.Pointer, " ", x.Code))
	}
	for _, w := range []string{"/texts/title too_long", "/texts/summary required", "/texts/problem required", "/testbedIds required",
		"/criteria weights_sum", "/criteria/1/anchors/5 required", "/criteria/2/name required"} {
		if !strings.Contains(strings.Join(got, "\n"), w) {
			t.Errorf("missing %q in %v", w, got)
		}
	}
	if strings.Contains(strings.Join(got, "\n"), "/texts/terms") {
		t.Error("the starter text of the terms is missing")
	}
}

func TestSendLooksAtTheDatesAsTheyAreNow(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	d := k.complete(t)
	if m := d.Missing(); len(m) != 0 {
		t.Fatalf("a complete challenge lacks %+v", m)
	}
	// The contest moved after the draft had set dates of its own.
	testkit.Exec(t, k.db, `update challenges set judging_ends_at = (select closes_at from contests limit 1)`)
	if m := k.read(t, d.ID).Missing(); len(m) != 1 || m[0].Pointer != "/dates/judgingEndsAt" || m[0].Code != "order" {
		t.Errorf("dates out of order: %+v", m)
	}
	testkit.Exec(t, k.db, `update challenges set judging_ends_at = null, opens_at = now() - interval '3 days', closes_at = now() - interval '1 day'`)
	if m := k.read(t, d.ID).Missing(); len(m) != 1 || m[0].Code != "in_the_past" {
		t.Errorf("a deadline that has passed: %+v", m)
	}
}
