package entryapi_test

import (
	"testing"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/testkit"
)

// What a team does beside the form, over HTTP.
func TestMembersVersionsTestbedsAndGallery(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ana := s.person("First Owner")
	team := want[common.Team](s, 201, ana, "POST", "/teams", map[string]any{"name": "Kerbside", "kind": "startup", "country": "ES"})
	ken := s.person("Ken Mori", authz.Grant{Role: authz.TeamEditor, Kind: authz.Team, ID: team.Id})
	e := want[common.Entry](s, 201, ana, "POST", "/challenges/"+s.c.Slug+"/entries", map[string]any{"teamId": team.Id, "language": "en"})
	at := "/entries/" + e.Id.String()
	if e.Stage == nil || e.Stage.Key != "draft" || e.Stage.Steps[0].What != "submit_before" || !e.Stage.Steps[0].At.Equal(e.Challenge.Dates.Closes) {
		t.Errorf("stage: %+v", e.Stage)
	}

	// An editor writes and does not submit; with the right to, the answer is another one.
	if p := want[common.Problem](s, 403, ken, "POST", at+"/submit", nil); p.Code == "" {
		t.Errorf("%+v", p)
	}
	seen := want[common.Team](s, 200, ana, "GET", "/teams/"+team.Id.String(), nil)
	member := "/teams/" + team.Id.String() + "/members/" + seen.Members[1].Id.String()
	if p := want[common.Problem](s, 403, ken, "PATCH", member, map[string]any{"role": "team_submitter"}); p.Code == "" {
		t.Errorf("%+v", p)
	}
	want[common.Team](s, 200, ana, "PATCH", member, map[string]any{"role": "team_submitter"})
	if p := want[common.Problem](s, 422, ken, "POST", at+"/submit", nil); p.Code != "entry.incomplete" {
		t.Errorf("%+v", p)
	}

	list := want[common.EntryTestbeds](s, 200, ken, "GET", at+"/testbeds", nil)
	first := list.Options[0].Id
	list = want[common.EntryTestbeds](s, 200, ken, "PUT", at+"/testbeds", map[string]any{"seen": []string{}, "ranked": []any{first}})
	if len(list.Ranked) != 1 || list.Ranked[0] != first || list.Frozen {
		t.Errorf("%+v", list)
	}
	if p := want[common.Problem](s, 409, ana, "PUT", at+"/testbeds", map[string]any{"seen": []string{}, "ranked": []any{}}); p.Code != "entry.testbeds_changed" {
		t.Errorf("%+v", p)
	}
	h := want[common.EntryHistory](s, 200, ken, "GET", at+"/history", nil)
	if len(h.Versions) != 1 || h.Versions[0].Kind != "draft" || len(h.Versions[0].Testbeds) != 1 {
		t.Errorf("%+v", h.Versions)
	}

	if c := want[common.GalleryConsent](s, 200, ken, "GET", at+"/gallery", nil); c.Agreed || c.AnsweredAt != nil || !c.MayAnswer {
		t.Errorf("asked nobody: %+v", c)
	}
	c := want[common.GalleryConsent](s, 200, ken, "PUT", at+"/gallery", map[string]any{"agreed": true})
	if !c.Agreed || c.Public {
		t.Errorf("%+v", c)
	}
	testkit.Exec(t, s.db, `update challenges set closes_at = clock_timestamp() - interval '3 days', judging_ends_at = clock_timestamp() - interval '2 days',
		results_at = clock_timestamp() - interval '1 day', opens_at = clock_timestamp() - interval '9 days', released_at = clock_timestamp()`)
	if g := want[common.Gallery](s, 200, "", "GET", "/contests/"+c.Contest+"/gallery?q=kerb", nil); len(g.Items) != 0 || !g.Released {
		t.Errorf("a draft in the gallery: %+v", g)
	}

	// Out of the team with the very next request, in the same session.
	if res, b := s.call(ana, "DELETE", member, nil); res.StatusCode != 204 {
		t.Fatalf("%d %s", res.StatusCode, b)
	}
	for _, path := range []string{at, at + "/history", at + "/testbeds", at + "/gallery", "/teams/" + team.Id.String()} {
		if p := want[common.Problem](s, 404, ken, "GET", path, nil); p.Code != "request.not_found" {
			t.Errorf("%s: %+v", path, p)
		}
	}
	if p := want[common.Problem](s, 404, ana, "GET", "/admin/claims", nil); p.Code != "request.not_found" {
		t.Errorf("%+v", p)
	}
}
