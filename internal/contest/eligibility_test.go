package contest_test

import (
	"context"
	"strings"
	"testing"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

func TestEligibilityQuestionsOfADraft(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx := context.Background()
	d := k.complete(t)
	set := func(list ...contest.Question) error {
		_, err := k.s.SetEligibility(ctx, k.author, d.ID, k.read(t, d.ID).Version, list)
		return err
	}
	ask := contest.Question{Key: "adult", Text: lang.Text{lang.JA: "成人ですか。\n", lang.EN: " "}, Explanation: lang.Text{lang.JA: "成人の方が対象です。"}, Expected: true, Blocking: true}
	want(t, "the same key twice", set(ask, ask), fault.ErrInvalid)
	long := ask
	long.Text = lang.Text{lang.JA: strings.Repeat("長", 301)}
	want(t, "too long", set(long), fault.ErrInvalid)
	_, err := k.s.SetEligibility(ctx, k.author, d.ID, k.read(t, d.ID).Version-1, []contest.Question{ask})
	want(t, "an old version", err, fault.ErrStale)
	_, err = k.s.SetEligibility(ctx, k.translator, d.ID, d.Version, []contest.Question{ask})
	want(t, "by a translator", err, fault.ErrForbidden)
	foreign := contest.Question{Key: "foreign", Text: lang.Text{lang.EN: "Adult?"}, Explanation: lang.Text{lang.EN: "Adults only."}}
	must(t, set(foreign)) // kept, but it keeps the section from being complete
	if got := states(k.authoring(t, d.ID)); got["eligibility"] != 2 {
		t.Errorf("a question in another language: %v", got)
	}
	before := k.read(t, d.ID).Rules()
	must(t, set(ask))
	after := k.read(t, d.ID)
	if len(after.Eligibility) != 1 || after.Eligibility[0].Text[lang.JA] != "成人ですか。" || len(after.Eligibility[0].Text) != 1 {
		t.Errorf("kept %+v", after.Eligibility)
	}
	if r := after.Rules(); len(r.Eligibility) != 1 || r.Eligibility[0].Key == before.Eligibility[0].Key {
		t.Errorf("the rules have %+v", r.Eligibility)
	}
	if got := states(k.authoring(t, d.ID)); got["eligibility"] != 0 {
		t.Errorf("complete: %v", got)
	}
	must(t, errOf(k.s.Send(ctx, k.author, d.ID)))
	want(t, "while it waits", set(), contest.ErrInApproval)
}
