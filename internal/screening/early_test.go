package screening

import (
	"errors"
	"testing"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/record"
	"fieldtrial/internal/testkit"
)

// contents tries every way to an entry's contents that an official has.
func (b *bench) contents(t *testing.T, e testkit.EntryRows) (found []string) {
	t.Helper()
	ctx := t.Context()
	if _, err := b.entries.Get(ctx, b.official, e.Entry); err == nil {
		found = append(found, "entry")
	}
	if _, err := b.entries.LinkFor(ctx, b.official, e.File, entry.Download); err == nil {
		found = append(found, "file")
	}
	if o, err := b.entries.Overview(ctx, b.official, b.c.Challenge, entry.Filter{Limit: 20}); err == nil && (len(o.Items) > 0 || !o.Sealed) {
		found = append(found, "list")
	}
	if o := b.all(t, Filter{}); len(o.Items) > 0 || o.Total > 0 || !o.Sealed || o.Counts != (Counts{}) {
		found = append(found, "screening")
	}
	if _, err := b.Entry(ctx, b.official, e.Entry); err == nil {
		found = append(found, "history")
	}
	return found
}

func TestEntriesAreSealedUntilTheyAreOpenedOnRecord(t *testing.T) {
	t.Parallel()
	b := newBench(t, testkit.Named("open"))
	e := b.entered(t, 2)
	if found := b.contents(t, e[0]); found != nil {
		t.Fatalf("before the deadline, without the act: %v", found)
	}
	if o := b.all(t, Filter{}); o.Numbers.Submitted != 2 {
		t.Errorf("numbers: %+v", o.Numbers)
	}
	manager := testkit.Person(t, b.db, "Manager", authz.Grant{Role: authz.Manager, Kind: authz.Installation})
	for _, c := range []struct {
		who    string
		actor  authz.Actor
		reason string
		want   error
	}{
		{"no reason", b.official, "  ", fault.ErrInvalid},
		{"a manager", manager, "curious", fault.ErrForbidden},
		{"a team", e[0].Owner, "curious", fault.ErrNotFound},
	} {
		if err := b.ProposeEarly(t.Context(), c.actor, b.c.Challenge, c.reason, "en"); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.who, err)
		}
	}
	second := testkit.Person(t, b.db, "Second", authz.Grant{Role: authz.Official, Kind: authz.City, ID: b.c.Santander})
	if err := b.ConfirmEarly(t.Context(), second, b.c.Challenge); !errors.Is(err, ErrNoProposal) {
		t.Errorf("nothing to confirm: %v", err)
	}
	must(t, b.ProposeEarly(t.Context(), second, b.c.Challenge, "Curiosity.", "en"))
	if err := b.ProposeEarly(t.Context(), b.official, b.c.Challenge, "Me too.", "en"); !errors.Is(err, ErrProposed) {
		t.Errorf("a second proposal: %v", err)
	}
	must(t, b.TakeBackEarly(t.Context(), b.official, b.c.Challenge))
	must(t, b.ProposeEarly(t.Context(), b.official, b.c.Challenge, "Un equipo avisa de un fallo.", "es"))
	for who, c := range map[string]struct {
		actor authz.Actor
		want  error
	}{"who proposed": {b.official, ErrOwnProposal}, "a manager": {manager, fault.ErrForbidden}, "a team": {e[0].Owner, fault.ErrNotFound}} {
		if err := b.ConfirmEarly(t.Context(), c.actor, b.c.Challenge); !errors.Is(err, c.want) {
			t.Errorf("%s confirms: %v", who, err)
		}
	}
	if p := b.all(t, Filter{}).Proposal; p == nil || p.By != b.official.PersonID || p.Reason != "Un equipo avisa de un fallo." {
		t.Errorf("the proposal stands: %+v", p)
	}
	if n := b.count(t, `select count(*) from notices where kind = 'early-proposed' and person_id = $1`, second.PersonID); n != 1 {
		t.Errorf("the colleague has %d mails", n)
	}
	if found := b.contents(t, e[0]); found != nil {
		t.Fatalf("before a second person confirms: %v", found)
	}
	must(t, b.ConfirmEarly(t.Context(), second, b.c.Challenge))
	if found := b.contents(t, e[0]); len(found) != 5 {
		t.Errorf("opened: %v", found)
	}
	if v, err := b.entries.Get(t.Context(), manager, e[0].Entry); err == nil {
		t.Errorf("a manager sees numbers only: %+v", v)
	}
	if o := b.all(t, Filter{}); o.Early.By != "Second" || o.Early.ProposedBy == "" || o.Proposal != nil {
		t.Errorf("who opened: %+v, and %+v", o.Early, o.Proposal)
	}
	if err := b.ProposeEarly(t.Context(), b.official, b.c.Challenge, "again", "es"); !errors.Is(err, ErrOpenedEarly) {
		t.Errorf("twice: %v", err)
	}
	if n := b.count(t, `select count(*) from record_leaves where kind = $1 and subject = $2`, string(record.KindSealedOpened), b.c.Challenge); n != 1 {
		t.Errorf("%d leaves", n)
	}
	if n := b.count(t, `select count(*) from notices where kind = 'opened-early'`); n != 2 {
		t.Errorf("%d teams were told", n)
	}
	v, err := b.entries.Get(t.Context(), e[1].Owner, e[1].Entry)
	must(t, err)
	if v.Official.Early == nil || v.Official.Early.Reason != "Un equipo avisa de un fallo." || v.Official.Early.By+v.Official.Early.ProposedBy != "" {
		t.Errorf("the team sees %+v", v.Official.Early)
	}
	list, _, err := b.Openings(t.Context(), "", 20)
	must(t, err)
	if len(list) != 1 || list[0].Slug != "open" || list[0].Language != "es" || list[0].Zone != "Europe/Madrid" {
		t.Errorf("public: %+v", list)
	}
	if _, err := b.Do(t.Context(), b.official, b.c.Challenge, Request{Act: Pass, Entries: ids(e...)}); !errors.Is(err, ErrStillOpen) {
		t.Errorf("verdicts before the deadline: %v", err)
	}
}
