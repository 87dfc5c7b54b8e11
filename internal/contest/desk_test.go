package contest_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

// desk is an official's desk in Fujisawa, with everyone a challenge has to do with.
type desk struct {
	db                                             *database.DB
	s                                              *contest.Service
	rows                                           testkit.ProgrammeRows
	author, second, elsewhere, manager, translator authz.Actor
}

func newDesk(t *testing.T) desk {
	t.Helper()
	db := testkit.DB(t)
	p := testkit.Programme(t, db)
	official := authz.Grant{Role: authz.Official, Kind: authz.City, ID: p.Fujisawa}
	return desk{
		db: db, s: contest.NewService(db), rows: p,
		author:     testkit.Person(t, db, "Author", official),
		second:     testkit.Person(t, db, "Second", official),
		elsewhere:  testkit.Person(t, db, "Elsewhere", authz.Grant{Role: authz.Official, Kind: authz.City, ID: p.Santander}),
		manager:    testkit.Person(t, db, "Manager", authz.Grant{Role: authz.Manager, Kind: authz.Installation}),
		translator: testkit.Person(t, db, "Translator", authz.Grant{Role: authz.Translator, Kind: authz.City, ID: p.Fujisawa}),
	}
}

// start makes a draft with every text written, in Japanese.
func (k desk) start(t *testing.T) contest.Dossier {
	t.Helper()
	d, err := k.s.Start(context.Background(), k.author, contest.NewChallenge{
		Contest: k.rows.Contest, LeadCity: k.rows.Fujisawa, Title: "ごみの量を数える", Testbeds: []uuid.UUID{k.rows.TestbedJP},
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (k desk) complete(t *testing.T) contest.Dossier {
	t.Helper()
	d := k.start(t)
	text := d.Texts[lang.JA]
	text.Summary = "街角のごみの量を数え、収集に生かします。"
	for key, s := range text.Sections {
		if s == "" {
			text.Sections[key] = "本文です。"
		}
	}
	if _, err := k.s.Write(context.Background(), k.author, d.ID, text); err != nil {
		t.Fatal(err)
	}
	if err := k.s.ChooseTerms(context.Background(), k.author, d.ID, d.Version, "startup-keeps"); err != nil {
		t.Fatal(err)
	}
	return k.read(t, d.ID)
}

func (k desk) read(t *testing.T, id uuid.UUID) contest.Dossier {
	t.Helper()
	d, err := k.s.Dossier(context.Background(), k.author, id)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (k desk) mails(t *testing.T) string {
	t.Helper()
	var out string
	if err := k.db.Pool().QueryRow(context.Background(), `select coalesce(string_agg(kind || '>' || email, ' ' order by kind, email), '') from notices`).Scan(&out); err != nil {
		t.Fatal(err)
	}
	return out
}

func want(t *testing.T, what string, err, is error) {
	t.Helper()
	if !errors.Is(err, is) || (is == nil && err != nil) {
		t.Errorf("%s: %v, want %v", what, err, is)
	}
}

func TestStartCopiesTheTemplate(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx := context.Background()
	d := k.start(t)
	if d.Language != lang.JA || d.State() != contest.StateDraft || d.Phase(d.Now) != contest.Draft || d.Slug != "fujisawa-challenge" {
		t.Errorf("draft %+v", d.Challenge)
	}
	sum := 0
	for _, c := range d.Rubric {
		sum += c.Weight
		if len(c.Anchors) != 6 || c.Anchors[0][lang.JA] == "" {
			t.Errorf("criterion %+v", c)
		}
	}
	if sum != 100 || len(d.Form) != 11 || d.Form[0].Key != "project-title" || d.Form[2].Options[0].Label[lang.JA] == "" {
		t.Errorf("weights %d, form %+v", sum, d.Form)
	}
	if d.Texts[lang.JA].Sections["terms"] == "" || len(d.Texts) != 1 || len(d.Testbeds) != 1 {
		t.Errorf("texts %+v", d.Texts)
	}
	if second := k.start(t); second.Slug == d.Slug {
		t.Error("two challenges have one address")
	}
	_, err := k.s.Start(ctx, k.elsewhere, contest.NewChallenge{Contest: k.rows.Contest, LeadCity: k.rows.Fujisawa})
	want(t, "another city's official", err, fault.ErrNotFound)
	_, err = k.s.Start(ctx, k.author, contest.NewChallenge{Contest: k.rows.Contest, LeadCity: k.rows.Fujisawa, Testbeds: []uuid.UUID{k.rows.TestbedEU}})
	want(t, "a testbed in another city", err, fault.ErrInvalid)
	testkit.Exec(t, k.db, `update testbeds set open = false where id = $1`, k.rows.TestbedJP)
	_, err = k.s.Start(ctx, k.author, contest.NewChallenge{Contest: k.rows.Contest, LeadCity: k.rows.Fujisawa, Testbeds: []uuid.UUID{k.rows.TestbedJP}})
	want(t, "a testbed that is closed to contests", err, fault.ErrInvalid)
	testkit.Exec(t, k.db, `update contests set opens_at = opens_at - interval '20 days', closes_at = closes_at - interval '11 days'`)
	_, err = k.s.Start(ctx, k.author, contest.NewChallenge{Contest: k.rows.Contest, LeadCity: k.rows.Fujisawa})
	want(t, "a contest that is over", err, contest.ErrContestClosed)
}

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
	_ = k.db.Pool().QueryRow(ctx, `select count(*) from record_leaves where kind = 'rules.frozen' and scope = $1 and subject = $2`, k.rows.RecordScope, d.ID).Scan(&leaves)
	if leaves != 1 {
		t.Errorf("%d rules on record", leaves)
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

func TestEditsNeedADraftAndTheVersionThatWasRead(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx := context.Background()
	d := k.complete(t)
	slug, tags := "clean-streets", []string{" Waste ", "Streets"}
	closes := d.Now.Add(48 * time.Hour)
	joint := []uuid.UUID{k.rows.Fujisawa, k.rows.Santander}
	beds := []uuid.UUID{k.rows.TestbedJP, k.rows.TestbedEU}
	u, err := k.s.Update(ctx, k.author, d.ID, d.Version, contest.Change{Slug: &slug, Tags: &tags, Cities: joint, Testbeds: &beds, Dates: &contest.OwnDates{Closes: &closes}})
	want(t, "update", err, nil)
	if u.Slug != slug || u.Tags[0] != "waste" || len(u.Hosts) != 2 || len(u.Testbeds) != 2 || !u.Dates.Closes.Equal(closes.Truncate(time.Microsecond)) || u.Version != d.Version+1 {
		t.Errorf("updated %+v", u)
	}
	_, err = k.s.Update(ctx, k.author, d.ID, d.Version, contest.Change{Tags: &tags})
	want(t, "stale settings", err, fault.ErrStale)
	_, err = k.s.Criteria(ctx, k.author, d.ID, d.Version, d.Rubric)
	want(t, "stale criteria", err, fault.ErrStale)
	late := u.Dates.Results.Add(time.Hour)
	_, err = k.s.Update(ctx, k.author, d.ID, u.Version, contest.Change{Dates: &contest.OwnDates{Closes: &late}})
	want(t, "dates out of order", err, fault.ErrInvalid)
	_, err = k.s.Update(ctx, k.author, d.ID, u.Version, contest.Change{Cities: []uuid.UUID{k.rows.Santander}})
	want(t, "another lead city", err, fault.ErrInvalid)
	text := u.Texts[lang.JA]
	text.Version--
	_, err = k.s.Write(ctx, k.author, d.ID, text)
	want(t, "stale text", err, fault.ErrStale)
	_, err = k.s.Send(ctx, k.author, d.ID)
	want(t, "send", err, nil)
	_, err = k.s.Update(ctx, k.author, d.ID, u.Version+1, contest.Change{Tags: &tags})
	want(t, "settings while in approval", err, contest.ErrInApproval)
	text.Version++
	text.Title = "変更"
	_, err = k.s.Write(ctx, k.author, d.ID, text)
	want(t, "text while in approval", err, contest.ErrInApproval)
	_, err = k.s.Approve(ctx, k.second, d.ID)
	want(t, "approve", err, nil)
	_, err = k.s.Publish(ctx, k.second, d.ID)
	want(t, "publish", err, nil)
	_, err = k.s.Write(ctx, k.author, d.ID, text)
	want(t, "text after publication", err, contest.ErrFrozen)
	_, err = k.s.Criteria(ctx, k.author, d.ID, u.Version+3, d.Rubric)
	want(t, "criteria after publication", err, contest.ErrFrozen)
}

func TestTranslationsFollowTheOriginal(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx := context.Background()
	d := k.complete(t)
	spanish := contest.Text{Language: lang.ES, Title: "Contar la basura\x00", Summary: "Una línea\ny otra", Sections: map[string]string{"problem": "Texto"}}
	got, err := k.s.Write(ctx, k.translator, d.ID, spanish)
	want(t, "translate a draft", err, nil)
	if got.Version != 1 || got.Title != "Contar la basura" || got.Summary != "Una línea y otra" {
		t.Errorf("written %+v", got)
	}
	_, err = k.s.Write(ctx, k.translator, d.ID, spanish)
	want(t, "a second first version", err, fault.ErrStale)
	_, err = k.s.Write(ctx, k.translator, d.ID, d.Texts[lang.JA])
	want(t, "the original by a translator", err, fault.ErrForbidden)
	_, err = k.s.Write(ctx, k.elsewhere, d.ID, contest.Text{Language: lang.EN, Title: "x"})
	want(t, "translation by another city", err, fault.ErrNotFound)
	again, err := k.s.Write(ctx, k.translator, d.ID, got)
	if err != nil || again.Version != got.Version {
		t.Errorf("the same text again: version %d, %v", again.Version, err)
	}
	if d := k.read(t, d.ID); d.Texts.Stale(lang.ES, lang.JA) || fmt.Sprint(d.Texts.Pending(lang.JA)) != "[en]" {
		t.Errorf("pending %v", d.Texts.Pending(lang.JA))
	}
	original := k.read(t, d.ID).Texts[lang.JA]
	original.Title += "。"
	_, err = k.s.Write(ctx, k.author, d.ID, original)
	want(t, "change the original", err, nil)
	if d := k.read(t, d.ID); !d.Texts.Stale(lang.ES, lang.JA) || len(d.Texts.Pending(lang.JA)) != 2 {
		t.Error("a translation of an older version is not stale")
	}
	if list, _ := k.s.Translations(ctx, k.manager, ""); len(list) != 0 {
		t.Errorf("a draft waits for translation: %+v", list)
	}
	_, err = k.s.Send(ctx, k.author, d.ID)
	want(t, "send", err, nil)
	_, err = k.s.Approve(ctx, k.second, d.ID)
	want(t, "approve", err, nil)
	_, err = k.s.Publish(ctx, k.author, d.ID)
	want(t, "publish", err, nil)
	list, err := k.s.Translations(ctx, k.manager, "")
	if err != nil || len(list) != 2 || list[0].Target != lang.EN || list[0].Stale || !list[1].Stale {
		t.Errorf("pending %+v %v", list, err)
	}
	if list, _ := k.s.Translations(ctx, k.elsewhere, ""); len(list) != 0 {
		t.Errorf("another city sees %+v", list)
	}
	if _, err := k.s.Translations(ctx, testkit.Person(t, k.db, "Visitor"), ""); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("a visitor sees translations: %v", err)
	}
	_, err = k.s.Write(ctx, k.manager, d.ID, got)
	want(t, "the same words, confirmed after publication", err, nil)
	if list, _ := k.s.Translations(ctx, k.manager, lang.ES); len(list) != 0 {
		t.Errorf("still pending %+v", list)
	}
}

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

func TestTwoFirstVersionsNeverCross(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	d := k.complete(t)
	done := make(chan error)
	for _, title := range []string{"One", "Two", "Three", "Four"} {
		go func() {
			_, err := k.s.Write(context.Background(), k.translator, d.ID, contest.Text{Language: lang.EN, Title: title})
			done <- err
		}()
	}
	written := 0
	for range 4 {
		switch err := <-done; {
		case err == nil:
			written++
		case !errors.Is(err, fault.ErrStale):
			t.Errorf("a second first version: %v", err)
		}
	}
	if written != 1 || k.read(t, d.ID).Texts[lang.EN].Version != 1 {
		t.Errorf("%d of four first versions were kept", written)
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
