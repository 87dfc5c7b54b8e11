package pitch_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/award"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/meeting"
	"fieldtrial/internal/pitch"
	"fieldtrial/internal/testkit"
)

func TestAJurorScoresUntilTheLock(t *testing.T) {
	t.Parallel()
	w := judged(t)
	id, first := w.rows.Challenge, w.entries[0].Entry
	_, _, err := w.svc.Score(w.ctx, w.jurors[0], id, first, 0, score.Sheet{}, "")
	w.want(err, pitch.ErrNotNamed, "before there is a shortlist")
	w.name(w.invite(0, ""), w.invite(1, ""))
	half, err := w.try(w.jurors[0], 0, score.Sheet{w.criteria[0].ID: 3})
	w.must(err)
	if half.Total != nil || half.Version != 1 {
		t.Errorf("half a sheet: %+v", half)
	}
	whole, err := w.try(w.jurors[0], 0, score.Sheet{w.criteria[0].ID: 3, w.criteria[1].ID: 5})
	w.must(err)
	if math.Abs(*whole.Total-(60*3./5+40*5./10)) > 1e-9 || whole.Version != 2 || whole.Comment != "Heard." {
		t.Errorf("a whole sheet: %+v", whole)
	}
	_, _, err = w.svc.Score(w.ctx, w.jurors[0], id, first, 1, score.Sheet{w.criteria[0].ID: 1}, "")
	w.want(err, fault.ErrStale, "over an older version")
	same, err := w.try(w.jurors[0], 0, whole.Scores)
	w.must(err)
	if same.Version != 2 {
		t.Error("the same again makes a version")
	}
	for n, sheet := range []score.Sheet{{w.criteria[0].ID: 6}, {w.criteria[0].ID: -1}, {w.rows.Criteria["fit"]: 1}, {w.criteria[0].ID: score.NotApplicable}} {
		if _, err := w.try(w.jurors[1], 0, sheet); len(fields(err)) != 1 {
			t.Errorf("sheet %d: %v", n, err)
		}
	}
	_, err = w.try(w.jurors[1], 2, score.Sheet{})
	w.want(err, fault.ErrNotFound, "who does not pitch")
	d, err := w.svc.Desk(w.ctx, w.jurors[1], id)
	w.must(err)
	if len(d.Items) != 2 || d.Items[0].Version != 0 || len(d.Items[0].Scores) != 0 || d.Items[0].Comment != "" {
		t.Errorf("another juror sees the sheet: %+v", d.Items)
	}
	r, err := w.svc.Round(w.ctx, w.chair, id)
	w.must(err)
	if x := r.Rows[0]; x.Complete != 1 || x.Pitch != nil || x.Total != nil || len(x.Totals) != 0 {
		t.Errorf("the chair sees scores before the lock: %+v", x)
	}
	due, err := w.svc.Duties(w.ctx, w.jurors[0])
	w.must(err)
	if len(due) != 1 || due[0].Pitches != 2 || due[0].Scored != 1 || due[0].Locked {
		t.Errorf("duties: %+v", due)
	}
	outsider := testkit.Person(t, w.db, "Outsider")
	_, err = w.svc.Desk(w.ctx, outsider, id)
	w.want(err, fault.ErrNotFound, "to an outsider")
	late := w.seated("Late Juror", "juror")
	_, err = w.svc.Desk(w.ctx, late, id)
	if err == nil || !strings.Contains(err.Error(), "jury.declare_first") {
		t.Errorf("before declaring conflicts: %v", err)
	}
	if due, err := w.svc.Duties(w.ctx, late); err != nil || len(due) != 0 {
		t.Errorf("duties before declaring conflicts: %+v, %v", due, err)
	}
	_, err = w.try(w.jurors[0], 1, score.Sheet{w.criteria[0].ID: 3})
	w.must(err)
	due, err = w.svc.Duties(w.ctx, w.jurors[0])
	w.must(err)
	if len(due) != 1 || due[0].Scored != 1 {
		t.Errorf("half a sheet counts as scored: %+v", due)
	}
}

// By hand. Entry 1: sheets 3/5 and 4/8, so 36 + 20 = 56 and 48 + 32 = 80: mean 68, together
// .4 × 68 + .6 × 100 = 87.2. Entry 2: 5/10 twice, 100: together .4 × 100 + .6 × 80 = 88. The second comes
// first; the others keep their order behind.
func TestTheLockGivesTheFinalOrder(t *testing.T) {
	t.Parallel()
	w := judged(t)
	w.name(w.invite(0, ""), w.invite(1, ""))
	w.score(w.jurors[0], 0, 3, 5)
	w.score(w.jurors[1], 0, 4, 8)
	w.score(w.jurors[0], 1, 5, 10)
	w.score(w.jurors[1], 1, 5, 10)
	w.score(w.jurors[2], 1, 0, 0)
	w.jurors[2] = w.recuse(w.jurors[2], 1) // found out later: this sheet does not count
	_, err := w.try(w.jurors[2], 0, score.Sheet{w.criteria[0].ID: 0})
	w.must(err)
	_, err = w.lock(false)
	w.want(err, pitch.ErrMissing, "with a sheet that is incomplete")
	if f, _ := fault.As(err); f.Params["sheets"] != 1 || f.Params["entries"] != 0 {
		t.Errorf("%+v", f.Params)
	}
	_, err = w.svc.Lock(w.ctx, w.chair, w.rows.Challenge, 7, true)
	w.want(err, fault.ErrStale, "over another version")
	r, err := w.lock(true)
	w.must(err)
	near := func(got *float64, want float64) bool { return got != nil && math.Abs(*got-want) < 1e-9 }
	a, b := r.Rows[0], r.Rows[1]
	if r.State != pitch.Locked || a.Entry != w.entries[1].Entry || a.Final != (pitch.Place{Rank: 1}) || !near(a.Pitch, 100) || !near(a.Total, 88) || !near(a.Spread, 0) ||
		b.Entry != w.entries[0].Entry || b.Final.Rank != 2 || !near(b.Pitch, 68) || !near(b.Total, 87.2) || !near(b.Spread, math.Sqrt(288)) || b.Rank != 1 {
		t.Errorf("the shortlist: %+v", r.Rows[:2])
	}
	if x := r.Rows[2]; x.Final.Rank != x.Rank || x.Pitch != nil || len(r.Rows) != 4 {
		t.Errorf("behind the shortlist: %+v", r.Rows[2:])
	}
	if len(b.Totals) != 2 || b.Totals[0].Name != "Juror A" || b.Totals[0].Comment != "Heard." || math.Abs(b.Totals[0].Total-56) > 1e-9 {
		t.Errorf("totals for the chair: %+v", b.Totals)
	}
	host, err := w.svc.Round(w.ctx, w.official, w.rows.Challenge)
	w.must(err)
	if x := host.Rows[1].Totals[0]; x.Name != "" || x.Comment != "" {
		t.Errorf("the host reads who gave what: %+v", x)
	}
	blind := w.recuse(w.official, 1)
	host, err = w.svc.Round(w.ctx, blind, w.rows.Challenge)
	w.must(err)
	if len(host.Rows) != 3 || host.Rows[0].Final.Rank != 1 || host.Rows[0].Entry != w.entries[0].Entry {
		t.Errorf("a gap tells where it stands: %+v", host.Rows)
	}
}

func TestAnEqualTotalIsATie(t *testing.T) {
	t.Parallel()
	w := judged(t)
	testkit.Exec(t, w.db, `update pitch_plans set share = 100`)
	w.name(w.invite(0, ""), w.invite(1, ""))
	w.score(w.jurors[0], 0, 3, 5)
	w.score(w.jurors[0], 1, 3, 5)
	r, err := w.lock(false)
	w.must(err)
	if r.Rows[0].Final != (pitch.Place{Rank: 1, Tie: true}) || r.Rows[1].Final != (pitch.Place{Rank: 1, Tie: true}) || r.Rows[2].Final.Rank != 3 {
		t.Errorf("%+v", r.Rows)
	}
}

func TestWhatIsLockedStays(t *testing.T) {
	t.Parallel()
	w := judged(t)
	w.name(w.invite(0, ""), w.invite(1, ""))
	w.score(w.jurors[0], 0, 3, 5)
	_, err := w.lock(false)
	w.want(err, pitch.ErrMissing, "with a pitch that nobody scored")
	r, err := w.lock(true)
	w.must(err)
	if r.Rows[1].Final.Rank != 2 || r.Rows[1].Total != nil {
		t.Errorf("nothing is imputed: %+v", r.Rows[1])
	}
	_, err = w.try(w.jurors[0], 0, score.Sheet{w.criteria[0].ID: 5, w.criteria[1].ID: 9})
	w.want(err, pitch.ErrLocked, "scored after the lock")
	_, err = w.lock(true)
	w.want(err, pitch.ErrLocked, "locked twice")
	_, err = w.svc.Move(w.ctx, w.chair, w.rows.Challenge, w.entries[0].Entry, r.Version, w.invite(0, "").At, "Online")
	w.want(err, pitch.ErrLocked, "moved after the lock")
	for _, sql := range []string{
		`update pitch_scores set scores = '{}'`, `delete from pitch_scores`, `update pitch_rounds set locked_at = null`, `delete from pitch_rounds`,
		`update pitch_entries set invited = false, at = null`, `delete from pitch_entries`, `update pitch_results set body = '{}'`, `delete from pitch_results`,
		`insert into pitch_scores (challenge_id, entry_id, seat_id) select p.challenge_id, p.entry_id, s.id from pitch_entries p cross join seats s where s.person_id = '` + w.jurors[1].PersonID.String() + `'`,
	} {
		if _, err := w.db.Pool().Exec(w.ctx, sql); err == nil {
			t.Errorf("the runtime role may %s", sql)
		}
	}
	// The record's leaf holds the hash of what is stored.
	var body, payload string
	w.must(w.db.Pool().QueryRow(w.ctx, `select r.body, convert_from(o.payload, 'UTF8') from pitch_results r join record_openings o on o.leaf_id = r.leaf_id`).Scan(&body, &payload))
	var leaf struct {
		Result string        `json:"result"`
		Share  int           `json:"share"`
		Order  contest.Order `json:"order"`
		Rubric []struct{ Key string }
	}
	w.must(json.Unmarshal([]byte(payload), &leaf))
	hash := sha256.Sum256([]byte(body))
	if !strings.Contains(body, `"scores":{"clarity":3,"proof":5},"total":56`) {
		t.Errorf("the result lacks what was scored: %s", body)
	}
	if leaf.Result != base64.StdEncoding.EncodeToString(hash[:]) || leaf.Share != 40 || leaf.Order != contest.ByRaw || len(leaf.Rubric) != 2 {
		t.Errorf("the leaf: %s", payload)
	}
}

// The host decides on the final order: it needs no reason to follow it, and one to go back to the first.
func TestTheDecisionFollowsTheFinalOrder(t *testing.T) {
	t.Parallel()
	w := judged(t)
	awards := award.New(w.db)
	w.name(w.invite(0, ""), w.invite(1, ""))
	w.score(w.jurors[0], 0, 0, 0)
	w.score(w.jurors[0], 1, 5, 10)
	choose := func(first, version int) award.Decision {
		slot := w.rows.Slot
		choices := []award.Choice{{Entry: w.entries[first].Entry, Outcome: award.Winner, Place: 1, Slot: &slot}}
		for i, e := range w.entries {
			if i != first {
				choices = append(choices, award.Choice{Entry: e.Entry, Outcome: award.NotSelected})
			}
		}
		d, err := awards.Save(w.ctx, w.official, w.rows.Challenge, version, award.Draft{Language: "es", Choices: choices})
		w.must(err)
		return d
	}
	d := choose(1, 0)
	_, err := awards.Decide(w.ctx, w.official, w.rows.Challenge, d.Version)
	w.want(err, pitch.ErrOpen, "decided before the pitch round is locked")
	_, err = w.lock(true)
	w.must(err)
	d, err = awards.Decision(w.ctx, w.official, w.rows.Challenge)
	w.must(err)
	if d.Rows[0].Entry != w.entries[1].Entry || d.Rows[0].Rank != 1 || d.Rows[0].RawRank != 2 || d.Rows[0].NeedsReason || d.Rows[1].NeedsReason {
		t.Errorf("as the final order has it: %+v", d.Rows[:2])
	}
	d = choose(0, d.Version)
	if !d.Rows[0].NeedsReason && !d.Rows[1].NeedsReason {
		t.Error("who departs from the final order gives no reason")
	}
}

// The meeting goes through the entries in the final order, not before the lock, and its minutes name both rounds.
func TestTheMeetingFollowsTheFinalOrder(t *testing.T) {
	t.Parallel()
	w := judged(t)
	room := meeting.New(w.db)
	w.name(w.invite(0, ""), w.invite(1, ""))
	w.score(w.jurors[0], 0, 0, 0)
	w.score(w.jurors[0], 1, 5, 10)
	m, err := room.Save(w.ctx, w.chair, w.rows.Challenge, 0, meeting.Plan{Language: lang.EN, Quorum: 1}, map[uuid.UUID]meeting.Presence{w.chair.PersonID: meeting.Present})
	w.must(err)
	_, err = room.Open(w.ctx, w.chair, w.rows.Challenge, m.Version)
	w.want(err, pitch.ErrOpen, "opened before the pitch round is locked")
	_, err = w.lock(false)
	w.must(err)
	m, err = room.Open(w.ctx, w.chair, w.rows.Challenge, m.Version)
	w.must(err)
	if x := m.Items[0]; x.Entry != w.entries[1].Entry || x.StandingRow.Rank != 1 || m.Items[2].StandingRow.Rank != 3 {
		t.Errorf("the agenda: %+v", m.Items)
	}
	for i, x := range m.Items {
		d := meeting.Draft{Outcome: award.Reserve, Place: i + 1, Votes: meeting.Votes{For: x.Voters}}
		if i > 1 {
			d.Outcome, d.Place = award.NotSelected, 0
		}
		_, err = room.SaveItem(w.ctx, w.chair, w.rows.Challenge, x.Entry, x.Version, d)
		w.must(err)
	}
	m, err = room.Close(w.ctx, w.chair, w.rows.Challenge, m.Version)
	w.must(err)
	for _, said := range []string{"scores: 2 (80.00 points", "after the pitches: 1 (pitch 100.00, both rounds 88.00 points)", "after the pitches: 3\n"} {
		if !strings.Contains(m.Minutes.Body, said) {
			t.Errorf("the minutes lack %q: %s", said, m.Minutes.Body)
		}
	}
}
