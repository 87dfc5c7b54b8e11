package entry

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/testkit"
)

func TestTwoWritersLoseNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	id := b.begin(t)
	mate := b.join(t, "Ken Mori", authz.TeamEditor)

	first := b.save(t, b.owner, id, "title", "Air", 0)
	if len(first.Saved) != 1 || first.Saved[0].Version != 1 || first.Saved[0].UpdatedBy != "First Owner" {
		t.Fatalf("first: %+v", first)
	}
	b.save(t, mate, id, "title", "Air for all", 1)

	// The owner types on over version 1: the mate's text comes back, nothing is overwritten.
	both, err := b.SaveAnswers(t.Context(), b.owner, id, []Typed{
		{b.c.Fields["title"], "Air now", 1}, {b.c.Fields["summary"], "Sensors", 0}})
	must(t, err)
	if len(both.Saved) != 1 || both.Saved[0].FieldID != b.c.Fields["summary"] {
		t.Fatalf("the other field must be saved: %+v", both)
	}
	if len(both.Conflicts) != 1 || both.Conflicts[0].Value != "Air for all" || both.Conflicts[0].Version != 2 || both.Conflicts[0].UpdatedBy != "Ken Mori" {
		t.Fatalf("conflict: %+v", both.Conflicts)
	}
	// Two first writers: one is told.
	if c := b.save(t, mate, id, "summary", "Something else", 0); len(c.Conflicts) != 1 || c.Conflicts[0].Value != "Sensors" {
		t.Fatalf("first writers: %+v", c)
	}
	// The same request again, its answer lost on the way, is no conflict and no new version.
	if again := b.save(t, mate, id, "title", "Air for all", 1); len(again.Saved) != 1 || again.Saved[0].Version != 2 {
		t.Fatalf("again: %+v", again)
	}
	// Resolved on purpose over the version that was shown.
	if done := b.save(t, b.owner, id, "title", "Air now", 2); len(done.Saved) != 1 || done.Saved[0].Version != 3 {
		t.Fatalf("resolved: %+v", done)
	}
}

func TestDraftsMayBeTooLongAndFieldsMustExist(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	id := b.begin(t)
	s := b.save(t, b.owner, id, "title", strings.Repeat("長", 101), 0)
	if len(s.Saved) != 1 || !strings.Contains(codes(s.Missing), "/fields/title too_long") {
		t.Fatalf("kept and flagged: %+v", s.Missing)
	}
	for _, typed := range [][]Typed{
		{{uuid.New(), "x", 0}},
		{{b.c.Fields["pitch"], "x", 0}},
		{{b.c.Fields["title"], "x", 1}, {b.c.Fields["title"], "y", 1}},
		{{b.c.Fields["title"], strings.Repeat("x", maxDraft+1), 1}},
	} {
		if _, err := b.SaveAnswers(t.Context(), b.owner, id, typed); !errors.Is(err, fault.ErrInvalid) {
			t.Errorf("%v: %v", len(typed), err)
		}
	}
}

func TestWhoMayEdit(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	id := b.begin(t)
	viewer := b.join(t, "Vera Luz", authz.TeamViewer)
	_, stranger := b.newTeam(t, "Other Person")
	official := testkit.Person(t, b.db, "Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: b.c.Santander})
	typed := []Typed{{b.c.Fields["title"], "x", 0}}
	for who, c := range map[string]struct {
		actor authz.Actor
		want  error
	}{"viewer": {viewer, fault.ErrForbidden}, "stranger": {stranger, fault.ErrNotFound}, "official": {official, fault.ErrNotFound},
		"nobody": {authz.Actor{}, fault.ErrSignIn}} {
		if _, err := b.SaveAnswers(t.Context(), c.actor, id, typed); !errors.Is(err, c.want) {
			t.Errorf("%s: save: %v", who, err)
		}
		if _, err := b.Submit(t.Context(), c.actor, id); !errors.Is(err, c.want) {
			t.Errorf("%s: submit: %v", who, err)
		}
		if _, err := b.Get(t.Context(), c.actor, id); who != "viewer" && !errors.Is(err, c.want) {
			t.Errorf("%s: get: %v", who, err)
		}
		if _, err := b.Get(t.Context(), c.actor, uuid.New()); who == "stranger" && !errors.Is(err, fault.ErrNotFound) {
			t.Errorf("%s: %v", who, err)
		}
	}
	if v, err := b.Get(t.Context(), viewer, id); err != nil || codes(v.Allowed) != "[entry.see]" {
		t.Errorf("viewer sees and does nothing: %v %v", v.Allowed, err)
	}
}

func TestNothingAfterTheDeadline(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	id := b.begin(t)
	b.fill(t, b.owner, id)
	b.closeNow(t)
	if _, err := b.SaveAnswers(t.Context(), b.owner, id, []Typed{{b.c.Fields["title"], "late", 1}}); !errors.Is(err, ErrDeadlinePassed) {
		t.Errorf("save: %v", err)
	}
	if _, err := b.Submit(t.Context(), b.owner, id); !errors.Is(err, ErrDeadlinePassed) {
		t.Errorf("submit: %v", err)
	}
	if _, err := b.Withdraw(t.Context(), b.owner, id); !errors.Is(err, ErrDeadlinePassed) {
		t.Errorf("withdraw: %v", err)
	}
	if _, err := b.StartUpload(t.Context(), b.owner, id, FileStart{b.c.Fields["pitch"], "a.pdf", 10, "application/pdf"}); !errors.Is(err, ErrDeadlinePassed) {
		t.Errorf("upload: %v", err)
	}
	team, other := b.newTeam(t, "Late Person")
	if _, err := b.Begin(t.Context(), other, b.c.Slug, team, "en"); !errors.Is(err, ErrDeadlinePassed) {
		t.Errorf("begin: %v", err)
	}
	v, err := b.Get(t.Context(), b.owner, id)
	must(t, err)
	if v.Status != StatusMissed || codes(v.Allowed) != "[entry.see]" {
		t.Errorf("after: %s %v", v.Status, v.Allowed)
	}
}

// What somebody else wrote over is found again; what one person types on is one text.
func TestEarlierTexts(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ken := b.join(t, "Ken Mori", authz.TeamEditor)
	id := b.begin(t)
	b.save(t, b.owner, id, "title", "one", 0)
	b.save(t, b.owner, id, "title", "one two", 1)
	b.save(t, ken, id, "title", "three", 2)
	b.save(t, ken, id, "title", "three four", 3)
	testkit.Exec(t, b.db, `update answers set updated_at = updated_at - interval '3 minutes'`)
	b.save(t, ken, id, "title", "five", 4)
	if s, err := b.SaveAnswers(t.Context(), b.owner, id, []Typed{{b.c.Fields["title"], "stale", 2}}); err != nil || len(s.Conflicts) != 1 {
		t.Fatalf("stale: %+v %v", s, err)
	}
	list, err := b.AnswerVersions(t.Context(), ken, id, b.c.Fields["title"])
	if err != nil || len(list) != 2 || list[0].Value != "three four" || list[0].By != "Ken Mori" || list[1].Value != "one two" || list[1].By != "First Owner" {
		t.Errorf("%+v %v", list, err)
	}
	_, stranger := b.newTeam(t, "Stranger")
	if _, err := b.AnswerVersions(t.Context(), stranger, id, b.c.Fields["title"]); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("stranger: %v", err)
	}
	for i := range versionsKept + 5 {
		who := b.owner
		if i%2 == 1 {
			who = ken
		}
		b.save(t, who, id, "title", fmt.Sprint("text ", i), 5+i)
	}
	if n := b.count(t, `select count(*) from answer_versions`); n != versionsKept {
		t.Errorf("%d texts are kept", n)
	}
}

// Taking a text back loses nothing either: what stood in its place is kept, as is what was all but deleted.
func TestAnEarlierTextIsTakenBack(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ken := b.join(t, "Ken Mori", authz.TeamEditor)
	id := b.begin(t)
	b.save(t, b.owner, id, "title", "one", 0)
	b.save(t, ken, id, "title", "two", 1)
	b.save(t, ken, id, "title", "two three", 2) // typed on at once: one text
	back := b.save(t, ken, id, "title", "one", 3)
	if len(back.Saved) != 1 || back.Saved[0].Value != "one" || back.Saved[0].Earlier != 2 {
		t.Fatalf("taken back: %+v", back)
	}
	b.save(t, ken, id, "title", "one hundred", 4)
	b.save(t, ken, id, "title", "", 5)
	list, err := b.AnswerVersions(t.Context(), b.owner, id, b.c.Fields["title"])
	must(t, err)
	got := []string{}
	for _, v := range list {
		got = append(got, v.Value)
	}
	if want := []string{"one hundred", "two three", "one"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	h, err := b.History(t.Context(), b.owner, id)
	must(t, err)
	if f := h.Fields[0]; f.Key != "title" || f.ID != b.c.Fields["title"] || f.Earlier.Texts != 3 || !f.Earlier.At.Equal(list[0].At) || h.Fields[1].Earlier.Texts != 0 {
		t.Errorf("%+v", f)
	}
	v, err := b.Get(t.Context(), b.owner, id)
	must(t, err)
	if v.Answers[0].Earlier != 3 {
		t.Errorf("%+v", v.Answers)
	}
}
