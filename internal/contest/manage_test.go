package contest_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/testkit"
)

func TestManageListsOwnWorkOnly(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx := context.Background()
	d := k.complete(t)
	testkit.OpenChallenge(t, k.db, testkit.In(k.rows), testkit.Named("santander"))
	for _, c := range []struct {
		name string
		who  authz.Actor
		want int
	}{{"author", k.author, 1}, {"elsewhere", k.elsewhere, 1}, {"manager", k.manager, 2}, {"translator", k.translator, 1}} {
		page, err := k.s.Manage(ctx, c.who, contest.ManageFilter{})
		if err != nil || len(page.Items) != c.want || page.Total != c.want {
			t.Errorf("%s: %d items, total %d, %v", c.name, len(page.Items), page.Total, err)
		}
	}
	if _, err := k.s.Manage(ctx, testkit.Person(t, k.db, "Visitor"), contest.ManageFilter{}); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("visitor: %v", err)
	}
	page, err := k.s.Manage(ctx, k.manager, contest.ManageFilter{Limit: 1})
	if err != nil || page.Next == "" {
		t.Fatal(err)
	}
	rest, err := k.s.Manage(ctx, k.manager, contest.ManageFilter{Limit: 1, Cursor: page.Next})
	if err != nil || rest.Next != "" || len(rest.Items) != 1 || rest.Items[0].ID == page.Items[0].ID {
		t.Errorf("second page %+v %v", rest, err)
	}
	drafts, _ := k.s.Manage(ctx, k.manager, contest.ManageFilter{State: contest.StateDraft, Words: "ごみ"})
	if len(drafts.Items) != 1 || drafts.Items[0].ID != d.ID || drafts.Items[0].Heading != "ごみの量を数える" || len(drafts.Items[0].Pending) != 2 {
		t.Errorf("drafts %+v", drafts.Items)
	}
}

func TestManageSortsAndKeepsToAContest(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx := context.Background()
	in := testkit.In(k.rows)
	for name, closes := range map[string]time.Duration{"b-soon": time.Hour, "a-later": 48 * time.Hour, "d-past": -time.Hour, "c-long-past": -48 * time.Hour} {
		c := testkit.OpenChallenge(t, k.db, in, testkit.Named(name), testkit.Opens(-99*time.Hour), testkit.Closes(closes))
		testkit.Exec(t, k.db, `update challenge_texts set title = $2 where challenge_id = $1`, c.Challenge, name)
	}
	other := testkit.OpenChallenge(t, k.db, in, testkit.Named("elsewhere"))
	testkit.Exec(t, k.db, `insert into contests select (jsonb_populate_record(k, jsonb_build_object('id', gen_random_uuid(), 'slug', 'another', 'record_scope', 'another'))).* from contests k where k.id = $1`, other.Contest)
	testkit.Exec(t, k.db, `update challenges set contest_id = (select id from contests where slug = 'another') where id = $1`, other.Challenge)
	for sort, want := range map[contest.ManageSort]string{
		contest.ByDeadline: "b-soon a-later d-past c-long-past", contest.ByTitle: "a-later b-soon c-long-past d-past",
	} {
		got, f := []string{}, contest.ManageFilter{Contest: other.Contest, Sort: sort, Limit: 1}
		for {
			page, err := k.s.Manage(ctx, k.manager, f)
			if err != nil || page.Total != 4 {
				t.Fatalf("%s: %d, %v", sort, page.Total, err)
			}
			for _, m := range page.Items {
				got = append(got, m.Slug)
			}
			if f.Cursor = page.Next; f.Cursor == "" {
				break
			}
		}
		if fmt.Sprint(got) != "["+want+"]" {
			t.Errorf("%s: %v", sort, got)
		}
	}
}

func TestAllowedActionsFollowTheState(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx := context.Background()
	d := k.complete(t)
	check := func(state string, who authz.Actor, name string, want ...authz.Action) {
		t.Helper()
		want = append([]authz.Action{authz.SeeChallengeDraft, authz.TranslateChallenge}, want...)
		if got := k.read(t, d.ID).Allowed(who); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s, %s: %v, want %v", state, name, got, want)
		}
	}
	check("draft", k.author, "author", authz.EditChallenge, authz.SendChallenge)
	check("draft", k.translator, "translator")
	_, _ = k.s.Send(ctx, k.author, d.ID)
	check("sent", k.author, "author", authz.ReturnChallenge)
	check("sent", k.second, "second", authz.ReturnChallenge, authz.ApproveChallenge)
	_, _ = k.s.Approve(ctx, k.second, d.ID)
	check("approved", k.author, "author", authz.ReturnChallenge, authz.PublishChallenge)
	_, _ = k.s.Publish(ctx, k.author, d.ID)
	check("published", k.author, "author")
	if got := k.read(t, d.ID).Allowed(k.elsewhere); len(got) != 0 {
		t.Errorf("elsewhere: %v", got)
	}
}
