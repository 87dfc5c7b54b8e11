package entry

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/record"
	"fieldtrial/internal/testkit"
)

func TestTestbedsAreRankedAndFrozenWithTheSubmission(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	testkit.Exec(t, b.db, `delete from prizes`)
	id := b.begin(t)
	b.fill(t, b.owner, id)
	eu, jp := b.c.TestbedEU, b.c.TestbedJP
	list, err := b.Testbeds(t.Context(), b.owner, id)
	if err != nil || len(list.Options) != 1 || list.Options[0].ID != eu || !list.Options[0].Own || list.Frozen {
		t.Fatalf("without a prize elsewhere: %+v %v", list, err)
	}
	if _, err := b.RankTestbeds(t.Context(), b.owner, id, nil, []uuid.UUID{jp}); !errors.Is(err, fault.ErrInvalid) {
		t.Errorf("a testbed that is not offered: %v", err)
	}
	testkit.Exec(t, b.db, `insert into prizes (id, contest_id, kind, region, text, position) values ($1, $2, 'testbed', 'JP', '{"en":"A testbed in Japan"}', 9)`, testkit.NewID(), b.c.Contest)
	if list, err = b.Testbeds(t.Context(), b.owner, id); err != nil || len(list.Options) < 2 || list.Options[0].ID != eu || list.Options[1].Own {
		t.Fatalf("with one: %+v %v", list.Options, err)
	}
	first := []uuid.UUID{jp, eu}
	if list, err = b.RankTestbeds(t.Context(), b.owner, id, nil, first); err != nil || !slices.Equal(list.Ranked, first) {
		t.Fatalf("%+v %v", list.Ranked, err)
	}
	for why, bad := range map[string][]uuid.UUID{"twice": {eu, eu}, "unknown": {uuid.New()}} {
		if _, err := b.RankTestbeds(t.Context(), b.owner, id, first, bad); !errors.Is(err, fault.ErrInvalid) {
			t.Errorf("%s: %v", why, err)
		}
	}
	if _, err := b.RankTestbeds(t.Context(), b.owner, id, nil, []uuid.UUID{eu}); !errors.Is(err, ErrTestbedsChanged) {
		t.Errorf("over an order that was not seen: %v", err)
	}
	reader := b.join(t, "Reader", authz.TeamViewer)
	if _, err := b.RankTestbeds(t.Context(), reader, id, first, []uuid.UUID{eu}); !errors.Is(err, fault.ErrForbidden) {
		t.Errorf("a reader: %v", err)
	}
	if v, err := b.Submit(t.Context(), b.owner, id); err != nil || v.Unsent {
		t.Fatalf("%+v %v", v.Unsent, err)
	}
	sent := func() []uuid.UUID {
		t.Helper()
		c, err := Snapshot(t.Context(), b.db.Pool(), id)
		must(t, err)
		return idsOf(c.Testbeds)
	}
	if got := sent(); !slices.Equal(got, first) {
		t.Errorf("sent: %v", got)
	}
	recorded := func() (ids []string) {
		t.Helper()
		var said record.EntryReceived
		var payload []byte
		must(t, b.db.Pool().QueryRow(t.Context(), `select o.payload from submissions s join record_openings o on o.leaf_id = s.leaf_id
			where s.entry_id = $1 order by s.number desc limit 1`, id).Scan(&payload))
		must(t, json.Unmarshal(payload, &said))
		return said.Testbeds
	}
	if got := recorded(); !slices.Equal(got, []string{jp.String(), eu.String()}) {
		t.Errorf("on record: %v", got)
	}
	_, err = b.RankTestbeds(t.Context(), b.owner, id, first, []uuid.UUID{eu})
	must(t, err)
	if v, err := b.Get(t.Context(), b.owner, id); err != nil || !v.Unsent || !slices.Equal(sent(), first) {
		t.Errorf("a change counts once it is sent: %v %v %v", v.Unsent, sent(), err)
	}
	// Withdrawn and revived: as it was sent, not as it stands.
	_, err = b.Withdraw(t.Context(), b.owner, id)
	must(t, err)
	_, err = b.Revive(t.Context(), b.owner, id)
	must(t, err)
	if got := sent(); !slices.Equal(got, first) || len(recorded()) != 2 {
		t.Errorf("revived: %v, on record %v", got, recorded())
	}
	b.closeNow(t)
	if _, err := b.RankTestbeds(t.Context(), b.owner, id, []uuid.UUID{eu}, first); !errors.Is(err, ErrDeadlinePassed) {
		t.Errorf("after the deadline: %v", err)
	}
	if list, err = b.Testbeds(t.Context(), b.owner, id); err != nil || !list.Frozen {
		t.Errorf("after the deadline: %+v %v", list.Frozen, err)
	}
}

func TestHistoryHoldsEverySubmissionAndTheDraft(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	id := b.begin(t)
	b.fill(t, b.owner, id)
	read := func() History {
		t.Helper()
		h, err := b.History(t.Context(), b.owner, id)
		must(t, err)
		return h
	}
	if h := read(); len(h.Versions) != 1 || h.Versions[0].Kind != "draft" || h.Versions[0].Answers["title"] != "Clean air" || len(h.Versions[0].Files) != 1 {
		t.Fatalf("a draft: %+v", h.Versions)
	}
	_, err := b.Submit(t.Context(), b.owner, id)
	must(t, err)
	b.save(t, b.owner, id, "title", "きれいな空気", 1)
	_, err = b.Submit(t.Context(), b.owner, id)
	must(t, err)
	if h := read(); len(h.Versions) != 2 {
		t.Errorf("sent as it stands: %d versions", len(h.Versions))
	}
	b.save(t, b.owner, id, "title", "とてもきれいな空気", 2)
	h := read()
	got := []string{}
	for _, v := range h.Versions {
		got = append(got, v.Kind+" "+v.Answers["title"])
	}
	if want := []string{"draft とてもきれいな空気", "on_time きれいな空気", "on_time Clean air"}; !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	if v := h.Versions[2]; v.Number != 1 || v.By != "First Owner" || len(v.Files) != 1 || len(v.Files[0].SHA256) != 64 {
		t.Errorf("the first: %+v", v)
	}
	if len(h.Fields) != 6 || h.Fields[0].Key != "title" {
		t.Errorf("fields: %+v", h.Fields)
	}
	official := testkit.Person(t, b.db, "Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: b.c.Santander})
	b.closeNow(t)
	if _, err := b.History(t.Context(), official, id); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("an official sees what counts, not how it came about: %v", err)
	}
}

func TestEveryStateSaysWhatComesNext(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	id := b.begin(t)
	is := func(key StageKey, steps ...string) {
		t.Helper()
		v, err := b.Get(t.Context(), b.owner, id)
		must(t, err)
		got := []string{}
		for _, s := range v.Stage.Steps {
			got = append(got, s.What)
			if !s.At.After(v.Now) {
				t.Errorf("%s: %s has passed", key, s.What)
			}
		}
		if v.Stage.Key != key || !slices.Equal(got, steps) {
			t.Errorf("%s %v, want %s %v", v.Stage.Key, got, key, steps)
		}
		list, _, _, err := b.ListMine(t.Context(), b.owner, "", 5)
		must(t, err)
		if len(list) != 1 || list[0].Stage.Key != key || !slices.Equal(list[0].Stage.Steps, v.Stage.Steps) {
			t.Errorf("in the list: %+v, want %+v", list[0].Stage, v.Stage)
		}
	}
	act := func(sql string, args ...any) { t.Helper(); testkit.Exec(t, b.db, sql, args...) }
	is(StageDraft, "submit_before", "judging_ends", "results")
	b.fill(t, b.owner, id)
	_, err := b.Submit(t.Context(), b.owner, id)
	must(t, err)
	is(StageSubmitted, "closes", "judging_ends", "results")
	b.save(t, b.owner, id, "title", "Other", 1)
	is(StageUnsent, "submit_before", "judging_ends", "results")
	_, err = b.Withdraw(t.Context(), b.owner, id)
	must(t, err)
	is(StageWithdrawn, "revive_before")
	_, err = b.Revive(t.Context(), b.owner, id)
	must(t, err)
	team, other := b.newTeam(t, "Late")
	draft := b.beginAs(t, other, team)
	b.closeNow(t)
	if v, err := b.Get(t.Context(), other, draft); err != nil || v.Stage.Key != StageMissed {
		t.Errorf("a draft at the deadline: %+v %v", v.Stage, err)
	}
	is(StageScreening, "judging_ends", "results")
	run := testkit.NewID()
	act(`insert into screening_runs (id, challenge_id, act, entries) values ($1, $2, 'correct', array[$3::uuid])`, run, b.c.Challenge, id)
	act(`insert into corrections (id, entry_id, run_id, fields, until, language, before) select $1, $2, $3, array[$4::uuid], clock_timestamp() + interval '2 hours', 'en', last_submission_id from entries where id = $2`,
		testkit.NewID(), id, run, b.c.Fields["title"])
	is(StageCorrection, "correct_before", "judging_ends", "results")
	act(`update corrections set closed_at = clock_timestamp()`)
	act(`insert into screenings (id, entry_id, run_id, passed, language) values ($1, $2, $3, false, 'en')`, testkit.NewID(), id, run)
	is(StageScreening, "judging_ends", "results") // nobody has told the team
	act(`update screenings set told_at = clock_timestamp()`)
	is(StageFailed, "results")
	act(`update screenings set undone_at = clock_timestamp()`)
	act(`update challenges set assigned_at = clock_timestamp() where id = $1`, b.c.Challenge)
	is(StageJudging, "judging_ends", "results")
	act(`update challenges set locked_at = clock_timestamp(), decided_at = clock_timestamp() where id = $1`, b.c.Challenge)
	act(`insert into decisions (entry_id, challenge_id, outcome, place, language) values ($1, $2, 'winner', 1, 'en')`, id, b.c.Challenge)
	is(StageDeliberation, "results") // decided, and not released
	act(`update challenges set released_at = clock_timestamp() where id = $1`, b.c.Challenge)
	is(StageAwarded, "objections_until")
	act(`insert into awards (id, entry_id, testbed_id, city_id, starts_on, ends_on) values ($1, $2, $3, $4, current_date + 30, current_date + 60)`, testkit.NewID(), id, b.c.Testbed, b.c.Santander)
	is(StageAwarded, "objections_until", "trial_starts", "trial_ends")
	act(`update decisions set outcome = 'reserve'`)
	act(`delete from awards`)
	is(StageReserve, "objections_until")
	act(`update decisions set outcome = 'not_selected', place = null`)
	is(StageNotSelected, "objections_until")
	act(`update challenges set released_at = clock_timestamp() - interval '90 days' where id = $1`, b.c.Challenge)
	is(StageNotSelected)
}
