package entryapi_test

import (
	"testing"

	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/testkit"
)

// What a team needs to mend an entry comes over the wire: earlier texts, the stage in its list, the
// version of the form, and fields that a correction has open although their moment has passed.
func TestWhatMendingNeeds(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ana := s.person("First Owner")
	team := want[common.Team](s, 201, ana, "POST", "/teams", map[string]any{"name": "Gaviota", "kind": "startup", "country": "ES"})
	e := want[common.Entry](s, 201, ana, "POST", "/challenges/"+s.c.Slug+"/entries", map[string]any{"teamId": team.Id, "language": "es"})
	at := "/entries/" + e.Id.String()
	save := func(field, value string, version int) common.AnswersSaved {
		t.Helper()
		return want[common.AnswersSaved](s, 200, ana, "PATCH", at+"/answers", map[string]any{"answers": []any{
			map[string]any{"fieldId": s.c.Fields[field], "value": value, "version": version}}})
	}
	save("title", "Aire limpio para todos", 0)
	short := save("title", "Aire", 1)
	if short.Saved[0].Earlier == nil || *short.Saved[0].Earlier != 1 || short.FormVersion != e.FormVersion {
		t.Errorf("%+v", short)
	}
	list := want[common.AnswerVersionList](s, 200, ana, "GET", at+"/answers/"+s.c.Fields["title"].String()+"/versions", nil)
	if len(list.Items) != 1 || list.Items[0].Value != "Aire limpio para todos" || list.Items[0].WrittenBy == nil || *list.Items[0].WrittenBy != "First Owner" {
		t.Errorf("%+v", list)
	}
	history := want[common.EntryHistory](s, 200, ana, "GET", at+"/history", nil)
	if f := history.Fields[0]; f.Id != s.c.Fields["title"] || f.Earlier != 1 || f.EarlierAt == nil || !f.EarlierAt.Equal(list.Items[0].WrittenAt) {
		t.Errorf("%+v", f)
	}
	save("summary", "Sensores", 0)
	save("stage", "pilot", 0)
	s.upload(ana, e.Id, "pitch", "a.pdf", "application/pdf", tinyPDF)
	want[common.Entry](s, 200, ana, "POST", at+"/submit", nil)
	testkit.Exec(t, s.db, `update challenges set closes_at = clock_timestamp() - interval '1 minute', judging_ends_at = clock_timestamp() + interval '1 day', results_at = clock_timestamp() + interval '2 days'`)
	testkit.Exec(t, s.db, `update form_fields set frozen_after = clock_timestamp() - interval '1 hour' where key in ('title', 'summary')`)
	stage := func() common.EntryStage {
		t.Helper()
		return want[common.MyEntryList](s, 200, ana, "GET", "/my/entries", nil).Items[0].Stage
	}
	if got := stage(); got.Key != "screening" || got.Steps[0].What != "judging_ends" {
		t.Errorf("%+v", got)
	}
	run := testkit.NewID()
	testkit.Exec(t, s.db, `insert into screening_runs (id, challenge_id, act, entries) values ($1, $2, 'correct', array[$3::uuid])`, run, s.c.Challenge, e.Id)
	testkit.Exec(t, s.db, `insert into corrections (id, entry_id, run_id, fields, until, language, before) select $1, $2, $3, array[$4::uuid], clock_timestamp() + interval '2 hours', 'en', last_submission_id from entries where id = $2`,
		testkit.NewID(), e.Id, run, s.c.Fields["title"])
	if got := stage(); got.Key != "correction" || got.Steps[0].What != "correct_before" {
		t.Errorf("%+v", got)
	}
	for _, f := range want[common.Entry](s, 200, ana, "GET", at, nil).Fields {
		if frozen := f.Key == "summary"; (f.Key == "title" || f.Key == "summary") && f.Frozen != frozen {
			t.Errorf("%s is frozen: %v", f.Key, f.Frozen)
		}
	}
	if s := save("title", "Aire limpio", 2); len(s.Saved) != 1 {
		t.Errorf("a field that is open for correction: %+v", s)
	}
}
