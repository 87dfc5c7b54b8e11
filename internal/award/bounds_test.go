package award_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/award"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/testkit"
)

// What could never become a decision is refused at its field.
func TestImpossibleChoices(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2)
	testkit.OpenChallenge(t, w.db, testkit.In(w.rows.ProgrammeRows), testkit.Named("other"), testkit.InFujisawa())
	w.lock()
	foreign := w.rows.SlotJP // of a testbed that the challenge does not offer
	other := w.anotherContestsPrize()
	long := w.no(1)
	long.Reason, long.Feedback = strings.Repeat("x", 2001), strings.Repeat("x", 4001)
	_, err := w.svc.Save(w.ctx, w.official, w.rows.Challenge, 0, award.Draft{Language: "xx", Choices: []award.Choice{
		{Entry: w.entries[0].Entry, Outcome: award.Winner, Place: 1, Slot: &foreign, Prize: &other}, long, w.no(1), {Entry: uuid.New(), Outcome: "maybe"}}})
	got := fields(err)
	for pointer, code := range map[string]string{"/language": "not_a_choice", "/choices/0/slotId": "unknown", "/choices/0/prizeId": "unknown", "/choices/1/reason": "too_long",
		"/choices/1/feedback": "too_long", "/choices/2/entryId": "unknown", "/choices/3/outcome": "not_a_choice"} {
		if got[pointer] != code {
			t.Errorf("%s: %q, want %s", pointer, got[pointer], code)
		}
	}
	// Who does not win keeps neither slot nor prize.
	d, err := w.svc.Decision(w.ctx, w.official, w.rows.Challenge)
	w.must(err)
	moved := w.win(0, 1)
	moved.Outcome, moved.Prize = award.Reserve, &d.Prizes[0].ID
	d, err = w.save(0, moved, w.no(1))
	w.must(err)
	if x := d.Rows[0].Choice; x.Slot != nil || x.Prize != nil || len(d.Slots) != 1 || len(d.Prizes) != 2 {
		t.Errorf("a reserve with %v and %v, of %d slots and %d prizes", x.Slot, x.Prize, len(d.Slots), len(d.Prizes))
	}
	if r, err := w.svc.Decision(w.ctx, w.official, w.rows.Challenge); err != nil || w.count(`select count(distinct entry_id) from seen where person_id = $1 and kind = 'ranking'`, w.official.PersonID) != 2 {
		t.Errorf("that the host read the scores is not noted: %+v %v", r.Version, err)
	}
}

func (w *world) anotherContestsPrize() uuid.UUID {
	w.Helper()
	contest, prize := testkit.NewID(), testkit.NewID()
	testkit.Exec(w, w.db, `insert into contests (id, programme_id, slug, record_scope, title, month, time_zone, opens_at, closes_at, judging_ends_at, results_at)
		select $1, programme_id, 'another', 'another-scope', title, month, time_zone, opens_at, closes_at, judging_ends_at, results_at from contests where id = $2`, contest, w.rows.Contest)
	testkit.Exec(w, w.db, `insert into prizes (id, contest_id, kind, text, position) values ($1, $2, 'travel', '{"en":"Another"}', 1)`, prize, contest)
	return prize
}

// A lottery that is not drawn, or a field that is empty, decides nothing.
func TestADecisionWaitsForItsOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2)
	sheet := score.Sheet{w.rows.Criteria["impact"]: 5, w.rows.Criteria["fit"]: 5, w.rows.Criteria["team"]: 5}
	for _, j := range w.jurors { // both entries alike
		var id uuid.UUID
		w.must(w.db.Pool().QueryRow(w.ctx, `select a.id from assignments a join seats s on s.id = a.seat_id where s.person_id = $1 and a.entry_id = $2`, j.PersonID, w.entries[1].Entry).Scan(&id))
		r, err := w.jury.SaveReview(w.ctx, j, id, 1, jury.Draft{Scores: sheet, ToTeam: "As good as the other, all in all.", Language: "en"})
		w.must(err)
		_, err = w.jury.SubmitReview(w.ctx, j, id, r.Version)
		w.must(err)
	}
	w.lock()
	_, err := w.save(0, w.win(0, 1), w.no(1))
	w.must(err)
	_, err = w.svc.Decide(w.ctx, w.official, w.rows.Challenge, 1)
	w.want(err, award.ErrLotteryOpen, "before the lot is drawn")
	testkit.Exec(t, w.db, `update entries set state = 'withdrawn'`)
	_, err = w.svc.Decide(w.ctx, w.official, w.rows.Challenge, 1)
	w.want(err, award.ErrNoEntries, "when everybody has left")
}

// Two challenges of one contest: who is recused in one decides in the other, and neither's decision is the other's.
// A place that its winner did not take is free again.
func TestChallengesAreDecidedApart(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	p := testkit.Programme(t, db)
	testkit.Exec(t, db, `update testbeds set capacity = 1`)
	one, two := in(t, db, p, "one", 1), in(t, db, p, "two", 1)
	testkit.Exec(t, db, `insert into exclusions (person_id, entry_id, kind) values ($1, $2, 'conflict')`, two.official.PersonID, one.entries[0].Entry)
	two.official = testkit.Actor(t, db, two.official.PersonID, two.official.SessionID)
	for _, w := range []*world{one, two} {
		w.lock()
		_, err := w.save(0, w.win(0, 1))
		w.must(err)
	}
	if d, err := one.svc.Decision(one.ctx, one.official, one.rows.Challenge); err != nil || d.Version != 1 || len(d.Allowed) != 1 || d.Allowed[0] != authz.Decide {
		t.Errorf("of the first: %+v, %v", d.Allowed, err)
	}
	_, err := one.svc.Decide(one.ctx, one.official, one.rows.Challenge, 1)
	one.must(err)
	testkit.Exec(t, db, `update awards set state = 'declined'`)
	if d, err := two.svc.Decision(two.ctx, two.official, two.rows.Challenge); err != nil || d.Slots[0].Taken != 0 {
		t.Errorf("a place that was not taken up: %+v, %v", d.Slots, err)
	}
	_, err = two.svc.Decide(two.ctx, two.official, two.rows.Challenge, 1)
	two.must(err)
}

// From the decision to the public: what is offered to whom, who is told, and what stands on record.
func TestWhatADecisionLeavesBehind(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3)
	w.lock()
	out := w.no(1)
	out.Reason = "It withdrew from the trial."
	_, err := w.save(0, w.win(0, 1), out, w.no(2))
	w.must(err)
	d, err := w.svc.Decide(w.ctx, w.official, w.rows.Challenge, 1)
	w.must(err)
	if len(d.Allowed) != 1 || d.Allowed[0] != authz.ReleaseResults {
		t.Errorf("after the decision: %v", d.Allowed)
	}
	blind := testkit.Person(t, w.db, "A Blind Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: w.rows.City}, authz.Grant{Role: authz.Juror, Kind: authz.Contest, ID: w.rows.Contest})
	testkit.Exec(t, w.db, `insert into exclusions (person_id, entry_id, kind) values ($1, $2, 'conflict')`, blind.PersonID, w.entries[0].Entry)
	blind = testkit.Actor(t, w.db, blind.PersonID, blind.SessionID)
	if d, err := w.svc.Decision(w.ctx, blind, w.rows.Challenge); err != nil || d.Notices != 2 {
		t.Errorf("who is recused from one counts %d notices that wait, %v", d.Notices, err)
	}
	late := testkit.Entered(t, w.db, w.rows, "Never Judged")
	testkit.Exec(t, w.db, `update entries set gallery = true, eligible = case when id = $1 then false end, state = case when id = $2 then 'withdrawn' else state end where id <> $3`,
		w.entries[1].Entry, w.entries[2].Entry, late.Entry)
	_, _, err = w.svc.Release(w.ctx, w.official, w.rows.Challenge)
	w.must(err)
	pub, err := w.svc.Results(w.ctx, w.rows.Slug)
	w.must(err)
	if pub.Gallery != 1 {
		t.Errorf("%d entries in the gallery, want the one that takes part and agreed", pub.Gallery)
	}
	_, err = w.svc.EntryResult(w.ctx, late.Owner, late.Entry)
	w.want(err, fault.ErrNotFound, "the result of an entry that was not judged")
	if n := w.count(`select count(*) from notices where kind = 'results-released' and person_id = $1`, blind.PersonID); n != 1 {
		t.Errorf("who has two roles is told %d times", n)
	}
	if d, err := w.svc.Decision(w.ctx, w.official, w.rows.Challenge); err != nil || len(d.Allowed) != 0 || d.Notices != 0 || d.Order != contest.ByRaw {
		t.Errorf("after the release: %v, %d notices wait, by %s, %v", d.Allowed, d.Notices, d.Order, err)
	}

	var decision struct {
		Entries, Winners int
		Rows             string
	}
	var published struct{ Winners []struct{ Team string } }
	for kind, into := range map[string]any{"decision": &decision, "result.published": &published} {
		var payload []byte
		w.must(w.db.Pool().QueryRow(w.ctx, `select o.payload from record_openings o join record_leaves l on l.id = o.leaf_id where l.kind = $1`, kind).Scan(&payload))
		w.must(json.Unmarshal(payload, into))
	}
	if decision.Entries != 3 || decision.Winners != 1 || len(published.Winners) != 1 || published.Winners[0].Team != "challenge-1" {
		t.Errorf("on record: %+v, %+v", decision, published)
	}
	// Whoever knows the rows computes what stands on record.
	line := func(i, rank int, outcome, place, reason, feedback, slot string) string {
		return `{"entry":"` + w.entries[i].Entry.String() + `","rank":` + string(rune('0'+rank)) + `,"outcome":"` + outcome + `","place":` + place +
			`,"reason":"` + reason + `","feedback":"` + feedback + `","slot":` + slot + `,"prize":null}`
	}
	sum := sha256.Sum256([]byte("[" + line(0, 1, "winner", "1", "", "We look forward to it.", `"`+w.rows.Slot.String()+`"`) + "," +
		line(1, 2, "not_selected", "0", "It withdrew from the trial.", "", "null") + "," + line(2, 3, "not_selected", "0", "", "", "null") + "]"))
	if decision.Rows != base64.StdEncoding.EncodeToString(sum[:]) {
		t.Errorf("the rows on record are %s, want %x", decision.Rows, sum)
	}
}
