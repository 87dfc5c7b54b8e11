package pitch_test

import (
	"testing"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/pitch"
	"fieldtrial/internal/testkit"
)

func TestTheRulesAreSaidBeforeOpening(t *testing.T) {
	t.Parallel()
	w := announced(t)
	id := w.rows.Challenge
	before, err := w.svc.Rules(w.ctx, w.rows.Slug)
	w.must(err)
	if before.Held || before.Version != 0 {
		t.Errorf("before anything was said: %+v", before)
	}
	p, err := w.svc.SavePlan(w.ctx, w.official, id, 0, plan(2, 40))
	w.must(err)
	if !p.Held || p.Fixed || len(p.Criteria) != 2 || len(p.Allowed) != 1 || p.Version != 1 || len(p.Criteria[1].Anchors) != 11 {
		t.Errorf("said: %+v", p)
	}
	_, err = w.svc.SavePlan(w.ctx, w.official, id, 0, plan(3, 40))
	w.want(err, fault.ErrStale, "over an older version")
	shown, err := w.svc.Rules(w.ctx, w.rows.Slug)
	w.must(err)
	if !shown.Held || shown.Share != 40 || shown.Invited != 2 || shown.Criteria[0].Key != "clarity" {
		t.Errorf("shown to everybody: %+v", shown)
	}
	if n := w.count(`select count(*) from record_leaves where kind = 'pitch.rules'`); n != 1 {
		t.Errorf("%d leaves", n)
	}
	// The challenge opens: by the database's clock, nothing changes any more.
	testkit.Exec(t, w.db, `update challenges set opens_at = clock_timestamp() where id = $1`, id)
	_, err = w.svc.SavePlan(w.ctx, w.official, id, 1, plan(3, 40))
	w.want(err, pitch.ErrFixed, "after the opening")
	p, err = w.svc.Plan(w.ctx, w.official, id)
	w.must(err)
	if !p.Fixed || len(p.Allowed) != 0 || p.Invited != 2 {
		t.Errorf("after the opening: %+v", p)
	}
	testkit.Exec(t, w.db, `update challenges set published_at = null where id = $1`, id)
	_, err = w.svc.Rules(w.ctx, w.rows.Slug)
	w.want(err, fault.ErrNotFound, "of a draft")
}

func TestWhatARoundNeeds(t *testing.T) {
	t.Parallel()
	w := announced(t)
	for pointer, c := range map[string]struct {
		code   string
		change func(*pitch.Plan)
	}{
		"/criteria":             {"weights_sum", func(p *pitch.Plan) { p.Criteria[0].Weight = 50 }},
		"/criteria/0/weight":    {"too_small", func(p *pitch.Plan) { p.Criteria[0].Weight, p.Criteria[1].Weight = 0, 100 }},
		"/criteria/1/key":       {"taken", func(p *pitch.Plan) { p.Criteria[1].Key = "clarity" }},
		"/criteria/0/name":      {"required", func(p *pitch.Plan) { delete(p.Criteria[0].Name, "es") }},
		"/criteria/0/anchors/5": {"required", func(p *pitch.Plan) { p.Criteria[0].Anchors = p.Criteria[0].Anchors[:5] }},
		"/criteria/0/anchors":   {"too_many", func(p *pitch.Plan) { p.Criteria[0].Highest = 3 }},
		"/criteria/0/highest":   {"order", func(p *pitch.Plan) { p.Criteria[0].Lowest = 5 }},
		"/invited":              {"too_small", func(p *pitch.Plan) { p.Invited = 0 }},
		"/share":                {"too_large", func(p *pitch.Plan) { p.Share = 101 }},
	} {
		p := plan(2, 40)
		c.change(&p)
		if _, err := w.svc.SavePlan(w.ctx, w.official, w.rows.Challenge, 0, p); fields(err)[pointer] != c.code {
			t.Errorf("%s: %v, want %s", pointer, err, c.code)
		}
	}
	none := plan(2, 40)
	none.Criteria = []contest.Criterion{}
	if _, err := w.svc.SavePlan(w.ctx, w.official, w.rows.Challenge, 0, none); fields(err)["/criteria"] != "required" {
		t.Errorf("without criteria: %v", err)
	}
	none.Held = false
	_, err := w.svc.SavePlan(w.ctx, w.official, w.rows.Challenge, 0, none)
	w.must(err)
	chair := testkit.Person(t, w.db, "The Chair", authz.Grant{Role: authz.Chair, Kind: authz.Contest, ID: w.rows.Contest})
	_, err = w.svc.SavePlan(w.ctx, chair, w.rows.Challenge, 1, plan(2, 40))
	w.want(err, fault.ErrNotFound, "the chair is not the host")
}
