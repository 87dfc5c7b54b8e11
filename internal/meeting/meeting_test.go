package meeting_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/award"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/meeting"
	"fieldtrial/internal/testkit"
)

func TestAMeetingNeedsItsQuorum(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	m, err := w.svc.Meeting(w.ctx, w.chair, w.rows.Challenge)
	w.must(err)
	if m.State != meeting.Planned || m.Version != 0 || m.Plan.Quorum != 3 || m.Members != 4 || len(m.People) != 5 || !m.People[0].Chair {
		t.Errorf("before it is planned: %+v", m)
	}
	_, err = w.try(5)
	if fields(err)["/quorum"] != "too_large" {
		t.Errorf("a quorum of more than all: %v", err)
	}
	w.plan(3, w.chair, w.jurors[0], w.official)
	_, err = w.svc.Open(w.ctx, w.chair, w.rows.Challenge, w.version)
	w.want(err, contest.ErrScoresOpen, "before the lock")
	w.lock()
	_, err = w.svc.Open(w.ctx, w.chair, w.rows.Challenge, w.version)
	w.want(err, meeting.ErrNoQuorum, "two of four, and an official who has no vote")
	w.plan(3, w.chair, w.jurors[0], w.jurors[2])
	_, err = w.svc.Open(w.ctx, w.chair, w.rows.Challenge, w.version-1)
	w.want(err, fault.ErrStale, "over an older version")
	m, err = w.svc.Open(w.ctx, w.chair, w.rows.Challenge, w.version)
	w.must(err)
	if m.State != meeting.Open || len(m.Items) != 3 || m.Items[0].Entry != w.entries[0].Entry || len(m.Items[0].Scores) != 3 || len(m.Items[1].Scores) != 2 {
		t.Errorf("the agenda: %+v", m.Items)
	}
	w.version = m.Version
	w.plan(3, w.chair, w.jurors[0]) // one goes
	_, err = w.decide(0, meeting.Draft{Outcome: award.Winner, Place: 1})
	w.want(err, meeting.ErrNoQuorum, "a recommendation without a quorum")
	_, err = w.decide(0, meeting.Draft{Notes: "We wait for the third.", Votes: meeting.Votes{For: 1}})
	w.must(err)
}

func TestWhoIsRecusedLeavesForTheItem(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open()
	second := w.entries[1].Entry
	m, err := w.svc.Meeting(w.ctx, w.chair, w.rows.Challenge)
	w.must(err)
	x := w.item(m, 1)
	if len(x.MustLeave) != 1 || x.MustLeave[0] != w.jurors[1].PersonID || x.Voters != 3 || x.Quorum != 3 {
		t.Errorf("who must leave: %+v", x)
	}
	_, err = w.svc.SaveItem(w.ctx, w.chair, w.rows.Challenge, second, 1, meeting.Draft{Outcome: award.NotSelected, Votes: meeting.Votes{For: 3}})
	w.want(err, meeting.ErrMustLeave, "decided with the recused juror in the room")
	_, err = w.svc.Call(w.ctx, w.chair, w.rows.Challenge, second, false)
	w.want(err, meeting.ErrMustLeave, "called with the recused juror in the room")
	m, err = w.svc.Call(w.ctx, w.chair, w.rows.Challenge, second, true)
	w.must(err)
	if x := w.item(m, 1); len(x.Away) != 1 || x.Away[0].Name != "Juror B" || len(x.MustLeave) != 0 || *m.Current != second {
		t.Errorf("noted: %+v", x)
	}
	_, err = w.decide(1, meeting.Draft{Outcome: award.NotSelected, Votes: meeting.Votes{For: 4}})
	if fields(err)["/votes"] != "too_large" {
		t.Errorf("four votes of three: %v", err)
	}
	_, err = w.decide(1, meeting.Draft{Outcome: award.NotSelected, Votes: meeting.Votes{For: 1, Against: 1, Abstain: 1}})
	if fields(err)["/votes/for"] != "not_carried" {
		t.Errorf("a tie carries nothing: %v", err)
	}
	seen, err := w.svc.Meeting(w.ctx, w.jurors[1], w.rows.Challenge)
	if err != nil || len(seen.Items) != 2 || seen.Current != nil {
		t.Errorf("the recused juror sees %d items, %v", len(seen.Items), err)
	}
	// Found in the meeting: the juror leaves, sees the entry no more, and it is on record.
	m, err = w.svc.Recuse(w.ctx, w.chair, w.rows.Challenge, w.entries[2].Entry, w.jurors[0].PersonID, "Worked for them until last year.")
	w.must(err)
	if x := w.item(m, 2); len(x.Away) != 1 || x.Away[0].Reason == "" || x.Voters != 3 {
		t.Errorf("recused in the meeting: %+v", x)
	}
	if !w.again(w.jurors[0]).Excluded[w.entries[2].Entry] || w.count(`select count(*) from record_leaves where kind = 'recusal'`) != 2 {
		t.Error("the recusal has no effect, or is not on record")
	}
	// A chair who is in conflict leads this entry no more than they see it.
	testkit.Exec(t, w.db, `insert into exclusions (person_id, entry_id, kind) values ($1, $2, 'conflict')`, w.chair.PersonID, w.entries[0].Entry)
	_, err = w.svc.Call(w.ctx, w.again(w.chair), w.rows.Challenge, w.entries[0].Entry, true)
	w.want(err, fault.ErrNotFound, "the chair's own conflict")
}

func TestTheProjectorHidesWhatTheRoomMustNotSee(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.Blind())
	w.open()
	show := func() meeting.Projector {
		t.Helper()
		p, err := w.svc.Projector(w.ctx, w.chair, w.rows.Challenge)
		w.must(err)
		return p
	}
	p := show()
	if len(p.Items) != 2 || !p.Hides || p.Items[0].Reference != "E-Team1" || p.Items[1].Reference != "E-Team3" || p.Items[1].Rank != 2 {
		t.Errorf("with the recused juror in the room: %+v", p.Items)
	}
	if p.Items[0].TeamName != "" || len(p.Items[0].Totals) != 3 {
		t.Errorf("blind judging: %+v", p.Items[0])
	}
	_, err := w.svc.Call(w.ctx, w.chair, w.rows.Challenge, w.entries[1].Entry, true)
	w.must(err)
	if p := show(); len(p.Items) != 3 || p.Current == nil || p.Current.Reference != "E-Team2" {
		t.Errorf("while the juror is out: %+v", p)
	}
	_, err = w.svc.Call(w.ctx, w.chair, w.rows.Challenge, uuid.Nil, false)
	w.must(err)
	if p := show(); len(p.Items) != 2 || p.Current != nil {
		t.Errorf("after the juror came back: %+v", p)
	}
	w.plan(3, w.chair, w.jurors[0], w.jurors[2])
	if p := show(); len(p.Items) != 3 || p.Hides {
		t.Errorf("after the juror went home: %+v", p)
	}
	for name, a := range map[string]authz.Actor{"a juror": w.jurors[0], "an official": w.official} {
		_, err := w.svc.Projector(w.ctx, a, w.rows.Challenge)
		w.want(err, fault.ErrForbidden, name+" opens the projector")
	}
}

func TestEverythingIsAppliedAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open()
	closing := func() error {
		m, err := w.svc.Close(w.ctx, w.chair, w.rows.Challenge, w.version)
		w.version = max(w.version, m.Version)
		return err
	}
	save := func(entry int, d meeting.Draft) {
		t.Helper()
		_, err := w.decide(entry, d)
		w.must(err)
	}
	save(0, meeting.Draft{Outcome: award.Reserve, Place: 1, Notes: "Strong.\nMeeting closed"})
	save(1, meeting.Draft{Outcome: award.Winner, Place: 1})
	at := func(entry int, field string) string { return "/items/" + w.entries[entry].Entry.String() + "/" + field }
	if got := fields(closing()); got[at(2, "outcome")] != "required" || got[at(1, "reason")] != "required" || len(got) != 2 {
		t.Errorf("an incomplete meeting: %v", got)
	}
	save(2, meeting.Draft{Outcome: award.Reserve, Place: 1})
	save(1, meeting.Draft{Outcome: award.Winner, Place: 1, Reason: "It fits the season better."})
	if got := fields(closing()); got[at(2, "place")] != "taken" || len(got) != 1 {
		t.Errorf("two at one place: %v", got)
	}
	save(2, meeting.Draft{Outcome: award.NotSelected})
	if n := w.count(`select count(*) from decisions`) + w.count(`select count(*) from notices where kind = 'meeting-closed'`); n != 0 {
		t.Errorf("%d things were done before the meeting is closed", n)
	}
	w.must(closing())
	m, err := w.svc.Meeting(w.ctx, w.official, w.rows.Challenge)
	w.must(err)
	text := m.Minutes.Body
	for _, part := range []string{"ACTA DE LA REUNIÓN DEL JURADO\n", "Quórum: 3 de 4 miembros; presentes: 4\n", "- The Chair (presidencia): presente\n",
		"   Se ausenta de la sala por conflicto de intereses: Juror B\n", "    Strong.\n    Meeting closed\n", "Votación: a favor 3, en contra 0", "It fits the season better."} {
		if !strings.Contains(text, part) {
			t.Errorf("the minutes lack %q:\n%s", part, text)
		}
	}
	var payload string
	w.must(w.db.Pool().QueryRow(w.ctx, `select convert_from(o.payload, 'UTF8') from record_openings o join meeting_minutes k on k.leaf_id = o.leaf_id`).Scan(&payload))
	var leaf struct{ Document, SHA256 string }
	w.must(json.Unmarshal([]byte(payload), &leaf))
	if sum := sha256.Sum256([]byte(text)); leaf.Document != "minutes" || leaf.SHA256 != base64.StdEncoding.EncodeToString(sum[:]) || hex.EncodeToString(m.Minutes.Hash) != hex.EncodeToString(sum[:]) {
		t.Errorf("on record: %s", payload)
	}
	if _, err := w.db.Pool().Exec(w.ctx, `update meeting_minutes set body = ''`); err == nil {
		t.Error("the runtime role may change minutes")
	}
	if n := w.count(`select count(*) from notices where kind = 'meeting-closed'`); n != 5 {
		t.Errorf("%d were told, want the chair, three jurors and the official", n)
	}
	if seen, err := w.svc.Meeting(w.ctx, w.jurors[1], w.rows.Challenge); err != nil || seen.Minutes.Body != "" || len(seen.Minutes.Hash) != 32 {
		t.Errorf("a recused juror reads the whole minutes: %v", err)
	}
	_, err = w.decide(2, meeting.Draft{Notes: "later"})
	w.want(err, meeting.ErrClosed, "after the close")
	w.hostDeparts()
}

// hostDeparts: the draft begins as the jury recommends; every departure from it needs a public reason.
func (w *world) hostDeparts() {
	w.Helper()
	d, err := w.awards.Decision(w.ctx, w.official, w.rows.Challenge)
	w.must(err)
	for _, r := range d.Rows {
		if r.Recommended == nil || r.Choice == nil || r.Choice.Outcome != r.Recommended.Outcome || r.NeedsReason {
			w.Errorf("the host's draft begins as %+v", r)
		}
	}
	slot := w.rows.Slot
	d, err = w.awards.Save(w.ctx, w.official, w.rows.Challenge, d.Version, award.Draft{Language: "es", Choices: []award.Choice{
		{Entry: w.entries[0].Entry, Outcome: award.Winner, Place: 1, Slot: &slot}, {Entry: w.entries[1].Entry, Outcome: award.Reserve, Place: 1},
		{Entry: w.entries[2].Entry, Outcome: award.NotSelected}}})
	w.must(err)
	_, err = w.awards.Decide(w.ctx, w.official, w.rows.Challenge, d.Version)
	got := fields(err)
	if len(got) != 2 || got["/entries/"+w.entries[0].Entry.String()+"/reason"] != "required" || got["/entries/"+w.entries[1].Entry.String()+"/reason"] != "required" {
		w.Errorf("the ranking's order against the jury's recommendation, without reasons: %v", got)
	}
}

func TestARankingThatChangedIsTakenOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open()
	for i := range w.entries {
		_, err := w.decide(i, meeting.Draft{Outcome: award.Reserve, Place: i + 1})
		w.must(err)
	}
	var review, assignment uuid.UUID
	w.must(w.db.Pool().QueryRow(w.ctx, `select r.id, r.assignment_id from reviews r join seats s on s.id = r.seat_id where r.entry_id = $1 and s.person_id = $2`,
		w.entries[0].Entry, w.jurors[0].PersonID).Scan(&review, &assignment))
	testkit.Exec(t, w.db, `update contests set reviews_per_entry = 2`)
	w.must(w.jury.Reopen(w.ctx, w.chair, review, "The scores were mixed up."))
	_, err := w.svc.Close(w.ctx, w.chair, w.rows.Challenge, w.version)
	w.want(err, award.ErrReviewOpen, "with a review open")
	w.relock(assignment)
	_, err = w.svc.Close(w.ctx, w.chair, w.rows.Challenge, w.version)
	w.want(err, meeting.ErrRankingNew, "with another ranking")
	m, err := w.svc.Open(w.ctx, w.chair, w.rows.Challenge, w.version)
	w.must(err)
	if m.Items[0].Entry != w.entries[1].Entry || w.item(m, 0).Place != 1 || w.item(m, 1).NeedsReason == w.item(m, 0).NeedsReason {
		t.Errorf("the new agenda: %+v", m.Items)
	}
}

// What somebody gave before a conflict was found in the meeting stays on record; the chair takes it out of the
// totals by opening it again and locking anew, and nobody has to score, or to see, anything for it.
func TestAReviewFromAConflictFoundInTheMeetingIsLeftOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open()
	entry, juror := w.entries[0].Entry, w.jurors[0]
	var review, assignment uuid.UUID
	w.must(w.db.Pool().QueryRow(w.ctx, `select r.id, r.assignment_id from reviews r join seats s on s.id = r.seat_id where r.entry_id = $1 and s.person_id = $2`,
		entry, juror.PersonID).Scan(&review, &assignment))
	_, err := w.svc.Recuse(w.ctx, w.chair, w.rows.Challenge, entry, juror.PersonID, "Worked for them until last year.")
	w.must(err)
	juror = w.again(juror)
	_, err = w.jury.Assignment(w.ctx, juror, assignment)
	w.want(err, fault.ErrNotFound, "what was given, shown to who is recused")
	counted := func() int {
		c, err := contest.Load(w.ctx, w.db.Pool(), w.rows.Challenge)
		w.must(err)
		told, err := jury.FeedbackOf(w.ctx, w.db.Pool(), c, entry)
		w.must(err)
		return told.Reviews
	}
	if n := counted(); n != 3 {
		t.Errorf("the recusal alone changed what was locked: %d reviews", n)
	}
	w.must(w.jury.Reopen(w.ctx, w.chair, review, "The juror was found to be in conflict."))
	if n := w.count(`select count(*) from notices where kind = 'review-reopened'`); n != 0 {
		t.Errorf("%d mails ask who is recused to score again", n)
	}
	_, err = w.svc.Close(w.ctx, w.chair, w.rows.Challenge, w.version)
	w.want(err, award.ErrReviewOpen, "before the scores are locked anew")
	w.lock()
	if n := counted(); n != 2 {
		t.Errorf("%d reviews count, want 2", n)
	}
	if n := w.count(`select count(*) from review_versions v join record_leaves l on l.id = v.leaf_id where v.review_id = $1`, review); n != 1 {
		t.Errorf("%d versions of the review are on record, want 1", n)
	}
}
