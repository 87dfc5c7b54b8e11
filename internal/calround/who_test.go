package calround_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/calround"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/testkit"
)

// grant gives somebody a role in the contest, and the actor as the next request would have it.
func (w *world) grant(a authz.Actor, role authz.Role) authz.Actor {
	w.Helper()
	testkit.Exec(w, w.db, `insert into grants (id, person_id, role, scope_kind, scope_id) values ($1, $2, $3, 'contest', $4)`,
		testkit.NewID(), a.PersonID, string(role), w.rows.Contest)
	return testkit.Actor(w, w.db, a.PersonID, a.SessionID)
}

// Who is asked: a chair who judges is, and who lost the role, the seat or the account is not, nor who has left
// the jury of this challenge; leaving that of another changes nothing.
func TestThePanelOfARound(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 6)
	testkit.Exec(t, w.db, `update people set disabled_at = clock_timestamp() where id = $1`, w.jurors[1].PersonID)
	testkit.Exec(t, w.db, `update seats set active = false where person_id = $1`, w.jurors[2].PersonID)
	testkit.Exec(t, w.db, `update grants set expires_at = clock_timestamp() - interval '1 hour' where person_id = $1`, w.jurors[3].PersonID)
	other := testkit.OpenChallenge(t, w.db, testkit.In(w.rows.ProgrammeRows), testkit.Named("other"))
	testkit.Exec(t, w.db, `insert into dropouts (seat_id, challenge_id) select id, $2 from seats where person_id = $1`, w.jurors[4].PersonID, other.Challenge)
	testkit.Exec(t, w.db, `delete from grants where person_id = $1`, w.jurors[5].PersonID)
	w.assignOne(w.jurors[5], w.entries[0])
	testkit.Exec(t, w.db, `update assignments set ended_at = clock_timestamp(), ended_why = 'recusal'`)
	judging := w.seated("Judging Chair", authz.Chair)
	w.assignOne(judging, w.entries[0])
	w.open()
	got := ""
	for _, m := range w.overview(w.chair).Jurors {
		got += m.Name + ", "
	}
	if want := "Judging Chair, Juror 01, Juror 05, "; got != want {
		t.Errorf("asked: %s want %s", got, want)
	}
}

// What a round shows to whom, and what it offers.
func TestWhoReadsARound(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 2)
	for name, a := range map[string]authz.Actor{"a juror": w.jurors[0], "a team": w.entries[0].Owner} {
		_, err := w.svc.Overview(w.ctx, a, w.rows.Challenge)
		w.want(err, fault.ErrNotFound, name+" follows the round")
	}
	official := testkit.Person(t, w.db, "An Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: w.rows.City})
	if o := w.overview(official); len(o.Choices) != 0 || len(o.Allowed) != 0 {
		t.Errorf("an official is offered %+v %v", o.Choices, o.Allowed)
	}
	auditor := testkit.Person(t, w.db, "An Auditor", authz.Grant{Role: authz.Auditor, Kind: authz.Contest, ID: w.rows.Contest})
	judging := w.seated("Chair who judges", authz.Chair, authz.Juror)
	w.open()
	w.handIn(w.jurors[0], w.draft(5, 0, 2), w.entries[0], w.entries[1])
	w.handIn(w.jurors[1], w.draft(2, 0, 2), w.entries[0], w.entries[1])
	if w.overview(auditor).Spread != nil {
		t.Error("the auditor sees the spread while others score")
	}
	if s := w.overview(w.chair).Spread[0]; *s.Criteria[0].Median != 3.5 || *s.Median != (s.Totals[0]+s.Totals[1])/2 {
		t.Errorf("the median of two: %+v", s)
	}
	blind := w.conflict(w.conflict(w.seated("A Second Chair", authz.Chair), w.entries[0]), w.entries[1])
	for _, m := range w.overview(blind).Jurors {
		if m.Of != 0 || m.HandedAt != nil {
			t.Errorf("who may see neither entry learns of %+v", m)
		}
	}
	w.must(w.svc.Close(w.ctx, w.chair, w.rows.Challenge))
	if len(w.overview(auditor).Spread) != 2 || len(w.overview(judging).Spread) != 2 {
		t.Error("once it is closed the auditor, or a chair who scored nothing, does not see the spread")
	}
	if o := w.overview(w.chair); len(o.Allowed) != 0 {
		t.Errorf("a closed round offers %v", o.Allowed)
	}
}

// Blind judging is blind here, too, also to a juror who is an official elsewhere in the contest.
func TestARoundIsBlind(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 1, testkit.Blind())
	testkit.Exec(t, w.db, `insert into grants (id, person_id, role, scope_kind, scope_id) values ($1, $2, 'official', 'city', $3)`, testkit.NewID(), w.jurors[0].PersonID, w.rows.City)
	j := w.grant(w.jurors[0], authz.Auditor)
	w.open()
	d := w.read(j)
	for _, x := range d.Items {
		if x.Entry.TeamName != "" || x.Entry.TeamID != uuid.Nil || x.Paper.Content.Team.Name != "" {
			t.Errorf("a juror reads whose it is: %+v", x.Entry)
		}
	}
	if o := w.overview(w.chair); o.Entries[0].TeamName != "" {
		t.Errorf("the chair reads whose it is: %+v", o.Entries)
	}
	if d.Items[0].Sheet.Language != "es" {
		t.Errorf("a new sheet is in %q, want the challenge's language", d.Items[0].Sheet.Language)
	}
}

// Everything of a round has its time: nothing before the deadline, no file, sheet or copy once it is over.
func TestARoundIsOverWhenItIsOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3, 2)
	w.assignAll()
	j, late, id := w.jurors[0], w.jurors[1], w.rows.Challenge
	testkit.Exec(t, w.db, `update challenges set closes_at = clock_timestamp() + interval '1 hour'`)
	_, err := w.svc.Desk(w.ctx, j, id)
	w.want(err, contest.ErrStillOpen, "before the deadline")
	testkit.Exec(t, w.db, `update challenges set closes_at = clock_timestamp() - interval '1 hour'`)
	w.open()
	w.handIn(j, w.draft(1, 1, 1), w.entries[0], w.entries[1])
	w.want(w.svc.Cancel(w.ctx, w.chair, id, string(make([]rune, 1001))+"x"), fault.ErrInvalid, "a reason without end")
	w.must(w.svc.Cancel(w.ctx, w.chair, id, "The wrong two were picked."))
	_, err = w.svc.Copy(w.ctx, j, id, w.entries[0].Entry)
	w.want(err, calround.ErrNoCopy, "a copy out of a cancelled round")
	w.open()
	w.handIn(j, w.draft(1, 1, 1), w.entries[0], w.entries[1])
	w.must(w.svc.Close(w.ctx, w.chair, id))
	_, err = w.svc.FileLink(w.ctx, j, id, w.entries[0].Entry, w.entries[0].File, entry.Inline)
	w.want(err, calround.ErrNotOpen, "a file after the end")
	_, err = w.save(late, w.entries[0], 0, w.draft(5, 5, 5))
	w.want(err, calround.ErrNotOpen, "a score after the end")
	_, err = w.svc.Copy(w.ctx, j, id, w.entries[2].Entry)
	w.want(err, fault.ErrNotFound, "a copy of an entry that was not in it")
	if x := w.read(j).Items[0]; x.Assignment == nil || !x.Fresh {
		t.Errorf("what can be copied: %+v", x)
	}
	_, err = w.svc.Copy(w.ctx, j, id, w.entries[0].Entry)
	w.must(err)
	if x := w.read(j).Items[0]; x.Fresh {
		t.Error("what was copied is offered again")
	}
	testkit.Exec(t, w.db, `update assignments set ended_at = clock_timestamp(), ended_why = 'recusal' where id = $1`, w.desk(j, w.entries[1]))
	if x := w.read(j).Items[1]; x.Assignment != nil {
		t.Error("an assignment that has ended is shown")
	}
}

// Another challenge of the contest has rounds and reviews of its own, and a round needs two entries.
func TestChallengesHaveRoundsOfTheirOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 1)
	w.assignAll()
	w.must(w.judge(w.jurors[0], w.entries[0]))
	here := w.rows
	w.rows = testkit.OpenChallenge(t, w.db, testkit.In(here.ProgrammeRows), testkit.Named("other"), testkit.Opens(-240*time.Hour), testkit.Closes(-time.Hour))
	w.entries = []testkit.EntryRows{testkit.Entered(t, w.db, w.rows, "Alone")}
	if o := w.overview(w.chair); o.Obstacle != "few" || len(o.Allowed) != 0 {
		t.Errorf("with one entry: %q %v", o.Obstacle, o.Allowed)
	}
	w.entries = append(w.entries, testkit.Entered(t, w.db, w.rows, "Second"))
	w.open()
	w.rows = here
	if o := w.overview(w.chair); o.Round.ID != uuid.Nil || o.Obstacle != "begun" {
		t.Errorf("the first challenge shows the other's round: %+v", o.Round)
	}
}
