package contest_test

import (
	"testing"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

// A form that changes after the publication is drafted, previewed and published as a version.
func TestTheFormChangesAsAVersion(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	draft, err := h.s.FormDraft(h.ctx(), h.official, h.c.Challenge)
	if err != nil || !draft.Editable || !draft.NextVersion {
		t.Fatalf("%+v %v", draft.NextVersion, err)
	}
	plan := contest.FormPlan{Sections: draft.Sections}
	if len(plan.Sections) == 0 {
		plan.Sections = []contest.FormSection{{Key: "about", Label: lang.Text{lang.ES: "Sobre"}}, {Key: "files", Label: lang.Text{lang.ES: "Archivos"}}}
	}
	for _, f := range draft.Fields {
		f.Label = lang.Text{lang.ES: f.Key, lang.EN: f.Key}
		for i := range f.Options {
			f.Options[i].Label[lang.ES] = f.Options[i].Key
		}
		plan.Fields = append(plan.Fields, f)
	}
	for i := range plan.Sections {
		plan.Sections[i].Label = lang.Text{lang.ES: plan.Sections[i].Key}
	}
	plan.Fields = append(plan.Fields, contest.Field{Key: "privacy", Section: plan.Fields[0].Section, Kind: contest.Long, MaxChars: 500, JurySees: true,
		Label: lang.Text{lang.ES: "¿Qué datos personales usa?"}})
	stranger := testkit.Person(t, h.db, "Elsewhere", authz.Grant{Role: authz.Official, Kind: authz.City, ID: h.c.Fujisawa})
	_, err = h.s.SaveForm(h.ctx(), stranger, h.c.Challenge, draft.Version, plan)
	want(t, "another city", err, fault.ErrNotFound)
	if draft, err = h.s.SaveForm(h.ctx(), h.official, h.c.Challenge, draft.Version, plan); err != nil || len(draft.Fields) != len(plan.Fields) {
		t.Fatalf("drafted: %d fields, %v", len(draft.Fields), err)
	}
	if asked, err := contest.Form(h.ctx(), h.db.Pool(), h.c.Challenge); err != nil || len(asked) != len(plan.Fields)-1 {
		t.Errorf("a draft is asked already: %d %v", len(asked), err)
	}
	d, err := h.s.SaveRulesDraft(h.ctx(), h.official, h.c.Challenge, h.desk().Draft.Version, contest.Amendment{}, lang.Text{lang.ES: "Falta la privacidad."})
	if err != nil {
		t.Fatal(err)
	}
	added := false
	for _, c := range d.Changes {
		added = added || c.Part == "field" && c.Key == "privacy" && c.Aspect == "added"
	}
	if !added {
		t.Errorf("the preview does not show the new question: %+v", d.Changes)
	}
	if d, err = h.s.PublishRules(h.ctx(), h.official, h.c.Challenge, d.Draft.Version); err != nil || len(d.Versions) != 2 {
		t.Fatalf("published: %v", err)
	}
	asked, err := contest.Form(h.ctx(), h.db.Pool(), h.c.Challenge)
	if err != nil || len(asked) != len(plan.Fields) || asked[0].ID != h.c.Fields["title"] {
		t.Errorf("asked now: %d %v; a question keeps its row", len(asked), err)
	}
	testkit.Exec(t, h.db, `update challenges set closes_at = clock_timestamp() - interval '1 second' where id = $1`, h.c.Challenge)
	_, err = h.s.SaveForm(h.ctx(), h.official, h.c.Challenge, draft.Version+1, plan)
	want(t, "after the deadline", err, contest.ErrRulesClosed)
}

// Two who draft the form of what is published: the second is not written over the first, also where the
// draft was thrown away and begun again meanwhile.
func TestTwoWhoDraftTheFormMeet(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	second := testkit.Person(t, h.db, "Colega", authz.Grant{Role: authz.Official, Kind: authz.City, ID: h.c.City})
	read, err := h.s.FormDraft(h.ctx(), h.official, h.c.Challenge)
	if err != nil {
		t.Fatal(err)
	}
	plan := contest.FormPlan{Sections: []contest.FormSection{{Key: "about", Label: lang.Text{lang.ES: "Sobre"}}}}
	ask := func(words string) contest.FormPlan {
		p := plan
		p.Fields = []contest.Field{{Key: "privacy", Section: "about", Kind: contest.Long, MaxChars: 500, JurySees: true, Label: lang.Text{lang.ES: words}}}
		return p
	}
	save := func(who authz.Actor, version int, words string) (int, error) {
		d, err := h.s.SaveForm(h.ctx(), who, h.c.Challenge, version, ask(words))
		return d.Version, err
	}
	first, err := save(h.official, read.Version, "¿Uno?")
	if err != nil {
		t.Fatal(err)
	}
	_, err = save(second, read.Version, "¿Dos?")
	want(t, "over the first", err, fault.ErrStale)
	if first, err = save(second, first, "¿Dos?"); err != nil {
		t.Errorf("after reading the first: %v", err)
	}
	draft := h.desk().Draft.Version
	want(t, "throwing away what was not read", h.s.DropRulesDraft(h.ctx(), h.official, h.c.Challenge, draft-1), fault.ErrStale)
	if err := h.s.DropRulesDraft(h.ctx(), h.official, h.c.Challenge, draft); err != nil {
		t.Fatal(err)
	}
	_, err = save(second, first, "¿Tres?")
	want(t, "over a draft that is gone", err, fault.ErrStale)
	again, err := h.s.FormDraft(h.ctx(), h.official, h.c.Challenge)
	if err != nil || len(again.Fields) != len(read.Fields) {
		t.Fatalf("what stands is read again: %d fields, %v", len(again.Fields), err)
	}
	if _, err = save(h.official, again.Version, "¿Cuatro?"); err != nil {
		t.Errorf("begun again: %v", err)
	}
	_, err = h.s.SaveRulesDraft(h.ctx(), second, h.c.Challenge, draft, contest.Amendment{}, lang.Text{})
	want(t, "rules over a draft that was begun again", err, fault.ErrStale)
}
