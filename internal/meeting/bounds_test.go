package meeting_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/award"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/meeting"
	"fieldtrial/internal/testkit"
)

// Only who leads the jury keeps and reads a meeting, only in its order, and only with what makes sense.
func TestWhoRunsAMeetingAndWhen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.rows.Challenge
	p := meeting.Plan{Language: lang.ES, Quorum: 1}
	for name, a := range map[string]authz.Actor{"a juror": w.jurors[0], "an official": w.official} {
		_, err := w.svc.Save(w.ctx, a, id, 0, p, nil)
		w.want(err, fault.ErrForbidden, name+" plans")
	}
	_, err := w.svc.Meeting(w.ctx, w.entries[0].Owner, id)
	w.want(err, fault.ErrNotFound, "a team reads")
	_, err = w.svc.Open(w.ctx, w.chair, id, 0)
	w.want(err, meeting.ErrNotPlanned, "opened without a plan")
	stranger := uuid.New()
	_, err = w.svc.Save(w.ctx, w.chair, id, 0, meeting.Plan{Language: "xx"}, map[uuid.UUID]meeting.Presence{stranger: meeting.Present, w.chair.PersonID: "asleep"})
	if got := fields(err); got["/language"] != "not_a_choice" || got["/quorum"] != "too_small" || got["/people/"+stranger.String()] != "unknown" ||
		got["/people/"+w.chair.PersonID.String()+"/presence"] != "not_a_choice" || len(got) != 4 {
		t.Errorf("an impossible plan: %v", got)
	}
	w.plan(2, w.chair, w.jurors[1])
	_, err = w.svc.Save(w.ctx, w.chair, id, 0, p, nil)
	w.want(err, fault.ErrStale, "planned over an older version")
	w.lock()
	if m, err := w.svc.Meeting(w.ctx, w.chair, id); err != nil || len(m.Items) != 0 {
		t.Errorf("an agenda before the opening: %+v %v", m.Items, err)
	}
	if shown, err := w.svc.Projector(w.ctx, w.chair, id); err != nil || len(shown.Items) != 0 || shown.Hides {
		t.Errorf("the projector before the opening: %+v %v", shown.Items, err)
	}
	noted := func() int {
		return w.count(`select count(distinct entry_id) from seen where person_id = $1 and kind = 'ranking'`, w.chair.PersonID)
	}
	if noted() != 0 {
		t.Error("who saw nothing is noted to have read the ranking")
	}
	_, err = w.svc.Call(w.ctx, w.chair, id, w.entries[0].Entry, true)
	w.want(err, meeting.ErrNotOpen, "called before the opening")
	_, err = w.svc.Close(w.ctx, w.chair, id, w.version)
	w.want(err, meeting.ErrNotOpen, "closed before the opening")
	m, err := w.svc.Open(w.ctx, w.chair, id, w.version)
	w.must(err)
	if len(m.Items) != 3 || noted() != 3 {
		t.Errorf("the chair read %d entries, and %d are noted", len(m.Items), noted())
	}
	testkit.Exec(t, w.db, `update challenges set decided_at = clock_timestamp() where id = $1`, id)
	if m, err = w.svc.Meeting(w.ctx, w.chair, id); err != nil || len(m.Allowed) != 0 {
		t.Errorf("after the decision the chair may %v, %v", m.Allowed, err)
	}
	_, err = w.svc.Call(w.ctx, w.chair, id, w.entries[0].Entry, true)
	w.want(err, contest.ErrDecided, "called after the decision")
}

// What is written on an entry makes sense, and who is away needs not leave.
func TestWhatIsWrittenOnAnEntry(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.lock()
	w.plan(4, w.chair, w.jurors[0], w.jurors[1], w.jurors[2])
	m, err := w.svc.Open(w.ctx, w.chair, w.rows.Challenge, w.version)
	w.must(err)
	w.version = m.Version
	// The quorum of those who may vote at all: three of four may, and all three are needed.
	if x := w.item(m, 1); x.Voters != 3 || x.Quorum != 3 {
		t.Errorf("%d voters, %d needed", x.Voters, x.Quorum)
	}
	for what, c := range map[string]struct {
		d              meeting.Draft
		pointer, codes string
	}{
		"no outcome of ours": {meeting.Draft{Outcome: "maybe"}, "/outcome", "not_a_choice"},
		"without its place":  {meeting.Draft{Outcome: award.Reserve}, "/place", "required"},
		"a place for nobody": {meeting.Draft{Outcome: award.NotSelected, Place: 1}, "/place", "not_a_choice"},
		"less than no votes": {meeting.Draft{Votes: meeting.Votes{For: 3, Abstain: -1}}, "/votes", "too_small"},
	} {
		if _, err := w.decide(0, c.d); fields(err)[c.pointer] != c.codes {
			t.Errorf("%s: %v", what, err)
		}
	}
	_, err = w.svc.SaveItem(w.ctx, w.chair, w.rows.Challenge, w.entries[0].Entry, 9, meeting.Draft{})
	w.want(err, fault.ErrStale, "over another version")
	other := testkit.Entered(t, w.db, w.rows, "Not Judged")
	_, err = w.svc.Call(w.ctx, w.chair, w.rows.Challenge, other.Entry, true)
	w.want(err, meeting.ErrNotInAgenda, "an entry that is not on the agenda")
	recuse := func(person uuid.UUID, reason string) error {
		_, err := w.svc.Recuse(w.ctx, w.chair, w.rows.Challenge, w.entries[1].Entry, person, reason)
		return err
	}
	if got := fields(recuse(uuid.New(), " ")); got["/reason"] != "required" || got["/personId"] != "unknown" {
		t.Errorf("recusing nobody for nothing: %v", got)
	}
	// Who has left already may be recused again, with a reason that comes up now.
	_, err = w.svc.Call(w.ctx, w.chair, w.rows.Challenge, w.entries[1].Entry, true)
	w.must(err)
	w.must(recuse(w.jurors[1].PersonID, "Advised them, too."))
	w.plan(3, w.chair, w.jurors[0], w.jurors[2])
	testkit.Exec(t, w.db, `delete from meeting_away`)
	m, err = w.svc.Call(w.ctx, w.chair, w.rows.Challenge, w.entries[1].Entry, false)
	w.must(err)
	if x := w.item(m, 1); len(x.MustLeave) != 0 || len(x.Away) != 0 {
		t.Errorf("who is not there must leave: %+v", x)
	}
}

// Who takes part from elsewhere is there. Who has no role any more is not asked; what was noted stays noted.
func TestWhoIsThere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	save := func(presence map[uuid.UUID]meeting.Presence) meeting.Meeting {
		t.Helper()
		m, err := w.svc.Save(w.ctx, w.chair, w.rows.Challenge, w.version, meeting.Plan{Language: lang.ES, Quorum: 2}, presence)
		w.must(err)
		w.version = m.Version
		return m
	}
	if m := save(map[uuid.UUID]meeting.Presence{w.chair.PersonID: meeting.Present, w.jurors[0].PersonID: meeting.Remote, w.official.PersonID: meeting.Present}); m.There != 2 {
		t.Errorf("%d are there, want the chair and one from elsewhere", m.There)
	}
	testkit.Exec(t, w.db, `update people set disabled_at = clock_timestamp() where id = $1`, w.jurors[1].PersonID)
	testkit.Exec(t, w.db, `update grants set expires_at = clock_timestamp() - interval '1 hour' where person_id = $1`, w.jurors[2].PersonID)
	testkit.Exec(t, w.db, `update grants set role = 'auditor' where person_id = $1`, w.jurors[0].PersonID)
	testkit.Exec(t, w.db, `insert into grants (id, person_id, role, scope_kind, scope_id) values ($1, $2, 'juror', 'contest', $3)`, testkit.NewID(), w.official.PersonID, w.rows.Contest)
	m := save(nil) // who came as an official has no vote, whatever was given since
	names := ""
	for _, p := range m.People {
		names += p.Name + ", "
	}
	if want := "The Chair, Juror A, An Official, "; names != want || m.Members != 2 {
		t.Errorf("%s %d members, want %s", names, m.Members, want)
	}
}

// What changed since an entry was decided stops the close: who went home, an entry that left. Blind minutes name no team, and nobody is told twice or who was not there.
func TestACloseAsksAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.Blind())
	both := w.jurors[2]
	testkit.Exec(t, w.db, `insert into grants (id, person_id, role, scope_kind, scope_id) values ($1, $2, 'official', 'city', $3)`, testkit.NewID(), both.PersonID, w.rows.City)
	w.open()
	for i, d := range []meeting.Draft{{Outcome: award.Winner, Place: 1, Notes: "One.\r\nTwo."}, {Outcome: award.Reserve, Place: 1}, {Outcome: award.NotSelected}} {
		_, err := w.decide(i, d)
		w.must(err)
	}
	closing := func() error {
		m, err := w.svc.Close(w.ctx, w.chair, w.rows.Challenge, w.version)
		w.version = max(w.version, m.Version)
		return err
	}
	_, err := w.svc.Close(w.ctx, w.chair, w.rows.Challenge, w.version-1)
	w.want(err, fault.ErrStale, "over another version")
	w.plan(3, w.chair, w.jurors[1])
	w.want(closing(), meeting.ErrNoQuorum, "after two went home")
	w.plan(3, w.chair, w.jurors[1], both)
	testkit.Exec(t, w.db, `update entries set state = 'withdrawn' where id = $1`, w.entries[2].Entry)
	w.want(closing(), meeting.ErrRankingNew, "after an entry left")
	_, err = w.svc.Call(w.ctx, w.chair, w.rows.Challenge, w.entries[2].Entry, true)
	w.must(err)
	begun, err := w.svc.Meeting(w.ctx, w.chair, w.rows.Challenge)
	w.must(err)
	m, err := w.svc.Open(w.ctx, w.chair, w.rows.Challenge, w.version)
	w.must(err)
	w.version = m.Version
	if !m.OpenedAt.Equal(*begun.OpenedAt) {
		t.Error("a new agenda opens the meeting anew")
	}
	if len(m.Items) != 2 || m.Current != nil {
		t.Errorf("what left is discussed still: %+v, %v", m.Items, m.Current)
	}
	_, err = w.svc.Call(w.ctx, w.chair, w.rows.Challenge, w.entries[0].Entry, true)
	w.must(err)
	own := []award.Choice{{Entry: w.entries[0].Entry, Outcome: award.NotSelected}}
	_, err = w.awards.Save(w.ctx, w.official, w.rows.Challenge, 0, award.Draft{Language: "es", Choices: own})
	w.must(err)
	w.must(closing())
	if d, err := w.awards.Decision(w.ctx, w.official, w.rows.Challenge); err != nil || d.Version != 1 || d.Rows[0].Choice.Outcome != award.NotSelected || d.Rows[1].Choice != nil {
		t.Errorf("the close wrote over what the host had begun: %+v, %v", d.Rows, err)
	}
	m, err = w.svc.Meeting(w.ctx, w.official, w.rows.Challenge)
	w.must(err)
	if text := m.Minutes.Body; strings.Contains(text, "Team1") != strings.Contains(text, "E-Team1") || strings.Contains(text, "E-Team1 Team1") || strings.Contains(text, "\r") {
		t.Errorf("blind minutes:\n%s", text)
	}
	if m.Current != nil {
		t.Error("an entry is under discussion in a closed meeting")
	}
	for name, c := range map[string]struct {
		who  authz.Actor
		want int
	}{"who is juror and official": {both, 1}, "who was excused": {w.jurors[0], 0}, "who was there": {w.jurors[1], 1}} {
		if n := w.count(`select count(*) from notices where kind = 'meeting-closed' and person_id = $1`, c.who.PersonID); n != c.want {
			t.Errorf("%s is told %d times", name, n)
		}
	}
	// A member who comes later does not stand in minutes that are written.
	testkit.Person(t, w.db, "Comes Later", authz.Grant{Role: authz.Juror, Kind: authz.Contest, ID: w.rows.Contest})
	if again, err := w.svc.Meeting(w.ctx, w.official, w.rows.Challenge); err != nil || len(again.People) != len(m.People) || again.Members != 4 {
		t.Errorf("%d people, %d members, %v", len(again.People), again.Members, err)
	}
}

// rescore makes somebody give one score for everything.
func (w *world) rescore(j authz.Actor, entry, n int) {
	w.Helper()
	var id uuid.UUID
	w.must(w.db.Pool().QueryRow(w.ctx, `select a.id from assignments a join seats s on s.id = a.seat_id where s.person_id = $1 and a.entry_id = $2`,
		j.PersonID, w.entries[entry].Entry).Scan(&id))
	s := score.Sheet{w.rows.Criteria["impact"]: n, w.rows.Criteria["fit"]: n, w.rows.Criteria["team"]: n}
	r, err := w.jury.SaveReview(w.ctx, j, id, 1, jury.Draft{Scores: s, ToTeam: "A comment that is long enough.", Language: "en"})
	w.must(err)
	_, err = w.jury.SubmitReview(w.ctx, j, id, r.Version)
	w.must(err)
}

// An order that is open, or empty, is no agenda.
func TestAnAgendaNeedsAnOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, j := range w.jurors {
		w.rescore(j, 2, 5) // as the first
	}
	w.lock()
	w.plan(1, w.chair)
	_, err := w.svc.Open(w.ctx, w.chair, w.rows.Challenge, w.version)
	w.want(err, award.ErrLotteryOpen, "before the lot is drawn")
	testkit.Exec(t, w.db, `update entries set state = 'withdrawn'`)
	_, err = w.svc.Open(w.ctx, w.chair, w.rows.Challenge, w.version)
	w.want(err, award.ErrNoEntries, "when everybody has left")
}

// An entry that nobody read stands on the wall without points and in the minutes without a rank; the points of the
// others stand from the lowest up, so that their order names nobody.
func TestAnEntryThatNobodyRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.entries = append(w.entries, testkit.Entered(t, w.db, w.rows, "Unread"))
	w.rescore(w.jurors[2], 0, 3)
	w.open()
	shown, err := w.svc.Projector(w.ctx, w.chair, w.rows.Challenge)
	w.must(err)
	if first, last := shown.Items[0], shown.Items[len(shown.Items)-1]; !slices.Equal(first.Totals, []float64{60, 100, 100}) || first.Official == nil || last.Official != nil {
		t.Errorf("on the wall: %+v", shown.Items)
	}
	for i, d := range []meeting.Draft{{Outcome: award.Winner, Place: 1}, {Outcome: award.Reserve, Place: 1}, {Outcome: award.NotSelected}, {Outcome: award.NotSelected}} {
		_, err := w.decide(i, d)
		w.must(err)
	}
	m, err := w.svc.Close(w.ctx, w.chair, w.rows.Challenge, w.version)
	w.must(err)
	if _, unread, _ := strings.Cut(m.Minutes.Body, "E-Unread"); strings.Contains(unread, "0.00") || strings.Contains(unread, "0,00") {
		t.Errorf("the minutes give points that nobody gave:\n%s", unread)
	}
}
