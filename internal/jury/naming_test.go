package jury_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/testkit"
)

const why = "Her brother is our former head of sales and has sued us."

func (w *world) name(a authz.Actor, e testkit.EntryRows, juror authz.Actor) error {
	w.Helper()
	return w.svc.NameJuror(w.ctx, a, e.Entry, w.seatOf(juror), why, "en")
}

func (w *world) panel(a authz.Actor, e testkit.EntryRows) jury.Panel {
	w.Helper()
	p, err := w.svc.Panel(w.ctx, a, e.Entry)
	w.must(err)
	return p
}

// word is what a team wrote about a juror, as it reads it.
func (w *world) word(a authz.Actor, e testkit.EntryRows, juror authz.Actor) *jury.Naming {
	w.Helper()
	for _, j := range w.panel(a, e).Jurors {
		if j.Seat == w.seatOf(juror) {
			return j.Naming
		}
	}
	return nil
}

func (w *world) rule(a authz.Actor, juror authz.Actor, e testkit.EntryRows, confirmed bool, toTeam string) error {
	w.Helper()
	return w.svc.Rule(w.ctx, a, w.rows.Challenge, jury.Ruling{Seat: w.seatOf(juror), Entry: e.Entry, Confirmed: confirmed, Reason: "Asked both.", ToTeam: toTeam, Language: "en"})
}

func (w *world) hints(a authz.Actor) []jury.Hint {
	w.Helper()
	list, err := w.svc.Hints(w.ctx, a, w.rows.Challenge)
	w.must(err)
	return list
}

func TestATeamNamesJurorsUntilEntriesAreAssigned(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 2)
	w.apart()
	w.stateAs(w.jurors[0], " Faro  Institute ", "", "Faro Institute")
	e, owner, rival, j := w.entries[0], w.entries[0].Owner, w.entries[1].Owner, w.jurors[0]
	viewer := testkit.Person(t, w.db, "A Viewer", authz.Grant{Role: authz.TeamViewer, Kind: authz.Team, ID: e.Team})
	p := w.panel(viewer, e)
	if p.State != jury.PanelOpen || len(p.Jurors) != 3 || p.Jurors[0].Name != "Juror 01" || len(p.Jurors[0].Organisations) != 1 ||
		p.Jurors[0].Organisations[0] != "Faro Institute" || !p.Jurors[2].Chair || len(p.Allowed) != 0 {
		t.Errorf("a viewer's panel %+v", p)
	}
	w.want(w.name(viewer, e, j), fault.ErrForbidden, "a viewer names")
	for name, a := range map[string]authz.Actor{"a rival": rival, "the juror": j, "the chair": w.chair, "an official": w.official} {
		_, err := w.svc.Panel(w.ctx, a, e.Entry)
		w.want(err, fault.ErrNotFound, name+" reads the team's panel")
		w.want(w.name(a, e, j), fault.ErrNotFound, name+" names")
	}
	w.want(w.svc.NameJuror(w.ctx, owner, e.Entry, w.seatOf(j), "I do not like her.", "en"), fault.ErrInvalid, "a short reason")
	w.want(w.svc.NameJuror(w.ctx, owner, e.Entry, w.seatOf(j), strings.Repeat("x", 1001), "en"), fault.ErrInvalid, "a long reason")
	w.want(w.svc.NameJuror(w.ctx, owner, e.Entry, uuid.New(), why, "en"), fault.ErrNotFound, "nobody")
	w.must(w.name(owner, e, j))
	w.want(w.name(owner, e, j), jury.ErrNamed, "twice")
	if n := w.word(viewer, e, j); n == nil || n.State != jury.Undecided || n.Reason != why {
		t.Errorf("the team reads %+v", n)
	}
	if n := w.word(rival, w.entries[1], j); n != nil {
		t.Errorf("another team reads %+v", n)
	}
	for what, sql := range map[string]string{
		"who dropped out": `insert into dropouts (seat_id, challenge_id) select s.id, c.id from seats s, challenges c where s.person_id = $1`,
		"who is disabled": `update people set disabled_at = clock_timestamp() where id = $1`,
	} {
		other := w.seated("One "+what, authz.Juror)
		testkit.Exec(t, w.db, sql, other.PersonID)
		if len(w.panel(owner, e).Jurors) != 3 {
			t.Errorf("the panel shows %s", what)
		}
	}
	w.want(w.svc.TakeNamingBack(w.ctx, viewer, e.Entry, w.seatOf(j)), fault.ErrForbidden, "a viewer takes it back")
	w.want(w.svc.TakeNamingBack(w.ctx, rival, e.Entry, w.seatOf(j)), fault.ErrNotFound, "a rival takes it back")
	w.must(w.svc.TakeNamingBack(w.ctx, owner, e.Entry, w.seatOf(j)))
	w.must(w.svc.TakeNamingBack(w.ctx, owner, e.Entry, w.seatOf(j)))
	if w.word(owner, e, j) != nil {
		t.Error("what was taken back is there")
	}
	w.must(w.name(owner, e, j))

	w.assignAll()
	w.want(w.name(owner, e, w.jurors[1]), jury.ErrNamingClosed, "after the assignment")
	if p := w.panel(owner, e); p.State != jury.PanelClosed || w.word(owner, e, j) == nil {
		t.Errorf("afterwards %+v", p)
	}
}

func TestThePanelIsShownAfterTheDeadlineOrNotAtAll(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1, 1, testkit.Closes(time.Hour))
	e, owner := w.entries[0], w.entries[0].Owner
	state := func(what string, want jury.PanelState) {
		t.Helper()
		p := w.panel(owner, e)
		if p.State != want || len(p.Jurors) != 0 || (want == jury.PanelLater) != (p.From != nil) {
			t.Errorf("%s: %+v", what, p)
		}
		w.want(w.name(owner, e, w.jurors[0]), jury.ErrPanelHidden, what)
	}
	state("before the deadline", jury.PanelLater)
	testkit.Exec(t, w.db, `update contests set closes_at = clock_timestamp() - interval '1 hour', grace_minutes = 90`)
	testkit.Exec(t, w.db, `update challenges set closes_at = null, grace_minutes = null`)
	state("in the grace", jury.PanelLater)
	testkit.Exec(t, w.db, `update contests set grace_minutes = 0, panel_shown = false`)
	state("where the contest hides it", jury.PanelHidden)
	testkit.Exec(t, w.db, `update contests set panel_shown = true`)
	testkit.Exec(t, w.db, `update entries set state = 'withdrawn'`)
	state("to a team that withdrew", jury.PanelHidden)
	testkit.Exec(t, w.db, `update entries set state = 'submitted'`)
	w.must(w.name(owner, e, w.jurors[0]))
}

func TestTheChairRulesOnWhomATeamNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 3)
	w.apart()
	e, owner := w.entries[0], w.entries[0].Owner
	kept, off, gone := w.jurors[0], w.jurors[1], w.jurors[2]
	// What was decided before the team spoke is no answer to it.
	w.must(w.rule(w.chair, kept, e, false, ""))
	w.must(w.svc.Declare(w.ctx, gone, w.rows.Challenge, []uuid.UUID{e.Team}))
	for _, j := range w.jurors {
		w.must(w.name(owner, e, j))
	}
	list := w.hints(w.chair)
	if len(list) != 3 || list[0].Naming == nil || list[0].Naming.Reason != why || list[0].Entry.TeamName != "Team01" {
		t.Fatalf("hints %+v", list)
	}
	w.assignAll()
	w.want(w.rule(w.chair, kept, e, false, " "), fault.ErrInvalid, "without a word to the team")
	w.want(w.rule(w.chair, kept, e, false, strings.Repeat("x", 1001)), fault.ErrInvalid, "too many words to the team")
	w.must(w.rule(w.chair, kept, e, false, "They have not met since 2019."))
	w.must(w.rule(w.chair, off, e, true, "Thank you, we agree."))
	w.must(w.rule(w.chair, gone, e, true, "Thank you, we agree here, too."))
	if list := w.hints(w.chair); len(list) != 0 {
		t.Errorf("still to decide: %+v", list)
	}
	for _, x := range []struct {
		juror authz.Actor
		state jury.NamingState
		words string
	}{{kept, jury.NotUpheld, "They have not met since 2019."}, {off, jury.Upheld, "Thank you, we agree."}} {
		if n := w.word(owner, e, x.juror); n == nil || n.State != x.state || n.ToTeam != x.words || n.RuledAt == nil {
			t.Errorf("the team reads %+v, want %s", n, x.state)
		}
	}
	w.want(w.svc.TakeNamingBack(w.ctx, owner, e.Entry, w.seatOf(kept)), jury.ErrNamingRuled, "taken back after the ruling")
	if w.again(kept).Excluded[e.Entry] || !w.again(off).Excluded[e.Entry] {
		t.Error("only what is upheld bars")
	}
	if n := w.count(`select count(*) from assignments where entry_id = $1 and seat_id = $2 and ended_at is null`, e.Entry, w.seatOf(off)); n != 0 {
		t.Error("who was named still has the entry")
	}
	if n := w.leaves("recusal"); n != 2 {
		t.Errorf("%d recusals on record, want the declared one once and the upheld one", n)
	}
	testkit.Exec(t, w.db, `update challenges set locked_at = clock_timestamp()`)
	w.want(w.rule(w.chair, kept, e, true, "After all."), jury.ErrLocked, "after the lock")
}

func TestAChairWhomATeamNamesLearnsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1, 1)
	w.apart()
	admin := testkit.Person(t, w.db, "An Admin", authz.Grant{Role: authz.Admin, Kind: authz.Installation})
	e, owner := w.entries[0], w.entries[0].Owner
	mailed := func(a authz.Actor) int {
		return w.count(`select count(*) from notices where kind = 'conflict-named' and person_id = $1`, a.PersonID)
	}
	w.must(w.name(owner, e, w.chair))
	if len(w.hints(w.chair)) != 0 || len(w.hints(admin)) != 1 || mailed(w.chair) != 0 || mailed(admin) != 1 {
		t.Errorf("the chair has %d mails, the admin %d", mailed(w.chair), mailed(admin))
	}
	w.want(w.rule(w.chair, w.chair, e, false, "Nothing in it."), fault.ErrNotFound, "the chair rules about the chair")
	second := w.seated("Another Chair", authz.Chair)
	if len(w.hints(second)) != 1 {
		t.Error("another chair does not see it")
	}
	w.must(w.rule(admin, w.chair, e, true, "Thank you."))
	w.chair = w.again(w.chair)
	w.want(w.rule(w.chair, w.jurors[0], e, true, "Me too."), fault.ErrNotFound, "locked out of the entry")

	// With a chair who is free the admins are left alone; a mail that has not left is enough for several namings.
	w.must(w.name(owner, e, w.jurors[0]))
	if mailed(second) != 1 || mailed(w.chair) != 0 || mailed(admin) != 1 {
		t.Errorf("mails: second chair %d, chair %d, admin %d", mailed(second), mailed(w.chair), mailed(admin))
	}
	again := func() {
		w.must(w.svc.TakeNamingBack(w.ctx, owner, e.Entry, w.seatOf(w.jurors[0])))
		w.must(w.name(owner, e, w.jurors[0]))
	}
	if again(); mailed(second) != 1 {
		t.Error("a second mail before the first has left")
	}
	testkit.Exec(t, w.db, `update notices set state = 'sent'`)
	if again(); mailed(second) != 2 {
		t.Error("no mail after the first has left")
	}
	if n := w.count(`select count(*) from notices where kind = 'conflict-named' and (params::text like '%brother%' or params::text like '%Team01%' or params::text like '%Juror%')`); n != 0 {
		t.Error("the mail says who or why")
	}
	if list := w.hints(w.chair); len(list) != 0 {
		t.Errorf("a chair who is off the entry sees %+v", list)
	}
}

func TestMembersOfATeamDecideNothingAboutIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1, 1)
	w.apart()
	e := w.entries[0]
	for _, a := range []authz.Actor{w.chair, w.jurors[0]} {
		testkit.Exec(t, w.db, `insert into grants (id, person_id, role, scope_kind, scope_id) values ($1, $2, 'team_editor', 'team', $3)`, testkit.NewID(), a.PersonID, e.Team)
	}
	chair, juror := w.again(w.chair), w.again(w.jurors[0])
	w.must(w.name(e.Owner, e, juror))
	if len(w.hints(chair)) != 0 || w.count(`select count(*) from notices where kind = 'conflict-named'`) != 0 {
		t.Error("a chair of the team's own sees its namings as chair")
	}
	w.want(w.rule(chair, juror, e, false, "Nothing in it."), fault.ErrNotFound, "a chair rules for the own team")
	if w.word(juror, e, juror) != nil || w.word(e.Owner, e, juror) == nil {
		t.Error("a juror in the team reads what the team wrote about the juror")
	}
	w.must(w.svc.TakeNamingBack(w.ctx, juror, e.Entry, w.seatOf(juror)))
	if w.word(e.Owner, e, juror) == nil {
		t.Error("a juror took back what the team wrote about the juror")
	}
	w.want(w.name(juror, e, juror), fault.ErrNotFound, "a juror names themself")
}

func TestTheChairReadsReasonsBlind(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1, 1)
	w.apart()
	testkit.Exec(t, w.db, `update contests set blind = true`)
	w.stateAs(w.jurors[0], "Team01, Inc.")
	w.must(w.name(w.entries[0].Owner, w.entries[0], w.jurors[0]))
	list := w.hints(w.chair)
	if len(list) != 1 || list[0].Entry.TeamName != "" || list[0].States != "" || !list[0].Organisation || list[0].Naming == nil {
		t.Errorf("a blind chair reads %+v", list)
	}
	if p := w.panel(w.entries[0].Owner, w.entries[0]); !p.Blind {
		t.Error("the team is not told that the chair is blind")
	}
}
