package contest_test

import (
	"context"
	"testing"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

func TestFourTermsInEveryLanguage(t *testing.T) {
	t.Parallel()
	all := contest.TermsTemplates()
	if len(all) != 4 {
		t.Fatalf("%d templates", len(all))
	}
	for _, each := range all {
		for _, l := range lang.All {
			if each.Name[l] == "" || each.Summary[l] == "" || len(each.Text[l]) < 200 {
				t.Errorf("%s in %s: %q", each.Key, l, each.Text[l])
			}
		}
	}
}

func TestTermsAreSettledBeforeApproval(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx := context.Background()
	d := k.complete(t)
	hash := func() contest.Rules { return k.read(t, d.ID).Rules() }
	want(t, "an unknown template", k.s.ChooseTerms(ctx, k.author, d.ID, d.Version, "mine"), fault.ErrInvalid)
	want(t, "an old version", k.s.ChooseTerms(ctx, k.author, d.ID, d.Version-1, "each-keeps"), fault.ErrStale)
	want(t, "by a translator", k.s.ChooseTerms(ctx, k.translator, d.ID, d.Version, "each-keeps"), fault.ErrForbidden)
	before := hash()
	must(t, k.s.ChooseTerms(ctx, k.author, d.ID, d.Version, "each-keeps"))
	if after := hash(); after.Terms == "" || after.Terms == before.Terms {
		t.Errorf("the rules say %q", after.Terms)
	}
	must(t, errOf(k.s.Send(ctx, k.author, d.ID)))
	want(t, "while it waits", k.s.ChooseTerms(ctx, k.author, d.ID, k.read(t, d.ID).Version, "open-results"), contest.ErrInApproval)
	must(t, errOf(k.s.Approve(ctx, k.second, d.ID)))
	must(t, errOf(k.s.Publish(ctx, k.author, d.ID)))
	want(t, "after publication", k.s.ChooseTerms(ctx, k.author, d.ID, k.read(t, d.ID).Version, "open-results"), contest.ErrFrozen)

	bare := k.start(t)
	_, err := k.s.Send(ctx, k.author, bare.ID)
	f, _ := fault.As(err)
	found := false
	for _, each := range f.Fields {
		found = found || each.Pointer == "/termsTemplate"
	}
	if !found {
		t.Errorf("sent without terms: %v", f.Fields)
	}
}
