package jury_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/testkit"
)

// Who spoke for a team, or was invited to it, was with it. Who is off the entry, off the jury or in another
// contest's jury is no question for this chair.
func TestTheChairIsAskedAboutThisJuryAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 4)
	w.apart()
	same := func(a authz.Actor, e testkit.EntryRows) {
		testkit.Exec(t, w.db, `update people set email = $2 where id = $1`, a.PersonID, a.PersonID.String()+"@"+strings.ToLower(e.Reference)+".example")
		testkit.Exec(t, w.db, `update people set email = 'owner@' || $2 || '.example' where id = $1`, e.Owner.PersonID, strings.ToLower(e.Reference))
	}
	first, second := w.entries[0], w.entries[1]
	testkit.Exec(t, w.db, `insert into team_claims (id, team_id, person_id) values ($1, $2, $3)`, testkit.NewID(), first.Team, w.jurors[0].PersonID)
	testkit.Exec(t, w.db, `insert into invitations (id, email, language, role, scope_kind, scope_id, token_hash, expires_at)
		select $1, email, 'en', 'team_editor', 'team', $2, sha256('x'), clock_timestamp() from people where id = $3`, testkit.NewID(), second.Team, w.jurors[1].PersonID)
	same(w.jurors[2], first)
	w.must(w.svc.Declare(w.ctx, w.jurors[2], w.rows.Challenge, []uuid.UUID{first.Team}))
	same(w.jurors[3], first)
	testkit.Exec(t, w.db, `update seats set active = false where id = $1`, w.seatOf(w.jurors[3]))
	former := w.seated("No Longer A Juror")
	same(former, first)
	other := w.anotherContest()
	guest := testkit.Person(t, w.db, "Juror Elsewhere", authz.Grant{Role: authz.Juror, Kind: authz.Contest, ID: other})
	seat := testkit.NewID()
	testkit.Exec(t, w.db, `insert into seats (id, contest_id, person_id, pseudonym) values ($1, $2, $3, 'J-elsewhere')`, seat, other, guest.PersonID)
	same(guest, first)

	got := []string{}
	for _, h := range w.hints(w.chair) {
		if !h.Past || h.Domain {
			t.Errorf("why: %+v", h)
		}
		got = append(got, h.Juror+" "+h.Entry.Reference)
	}
	if want := []string{"Juror 01 " + first.Reference, "Juror 02 " + second.Reference}; !slices.Equal(got, want) {
		t.Errorf("asked about %q, want %q", got, want)
	}
	if err := w.svc.Rule(w.ctx, w.chair, w.rows.Challenge, jury.Ruling{Seat: seat, Entry: first.Entry, Confirmed: true, Reason: "They share an office."}); err == nil {
		t.Error("a chair rules on a juror of another contest")
	}
	testkit.Exec(t, w.db, `update challenges set closes_at = clock_timestamp() + interval '1 hour'`)
	if list := w.hints(w.chair); len(list) != 0 {
		t.Errorf("before the deadline the chair learns who enters: %+v", list)
	}
}

// Who sits for a city whose testbed the team itself runs is asked about, for the testbeds of this challenge alone.
func TestAHostsOwnTeamIsFound(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 1)
	w.apart()
	testkit.Exec(t, w.db, `update teams set name = 'TST, S.L.' where id = $1`, w.entries[0].Team)  // runs the challenge's testbed
	testkit.Exec(t, w.db, `update teams set name = 'KEIO, Inc.' where id = $1`, w.entries[1].Team) // runs one that it does not offer
	testkit.OpenChallenge(t, w.db, testkit.In(w.rows.ProgrammeRows), testkit.Named("other"), testkit.InFujisawa())
	testkit.Exec(t, w.db, `insert into testbed_cities (testbed_id, city_id, position) values ($1, $2, 2)`, w.rows.TestbedJP, w.rows.City)
	testkit.Exec(t, w.db, `update seats set city_id = null where id <> $1`, w.seatOf(w.jurors[0]))
	if list := w.hints(w.chair); len(list) != 1 || list[0].Entry.EntryID != w.entries[0].Entry || !list[0].Host || list[0].Organisation {
		t.Errorf("found %+v", list)
	}
}

// anotherContest is one beside the world's own, without a challenge.
func (w *world) anotherContest() uuid.UUID {
	w.Helper()
	id := testkit.NewID()
	testkit.Exec(w, w.db, `insert into contests (id, programme_id, slug, record_scope, title, month, time_zone, opens_at, closes_at, judging_ends_at, results_at)
		select $1, programme_id, 'another', 'another-scope', title, month, time_zone, opens_at, closes_at, judging_ends_at, results_at from contests where id = $2`, id, w.rows.Contest)
	return id
}

// What a team reads and does about jurors until anybody has decided.
func TestATeamsWordsStandByThemselves(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1, 3)
	w.apart()
	e, owner := w.entries[0], w.entries[0].Owner
	a, b := w.jurors[0], w.jurors[1]
	w.must(w.rule(w.chair, a, e, false, "")) // nobody had named anybody then: no answer to what comes
	w.want(w.svc.NameJuror(w.ctx, owner, e.Entry, w.seatOf(a), why, "xx"), fault.ErrInvalid, "in no language")
	w.must(w.name(owner, e, a))
	w.must(w.name(owner, e, b))
	if n := w.word(owner, e, a); n == nil || n.State != jury.Undecided || n.RuledAt != nil {
		t.Errorf("an older ruling answers: %+v", n)
	}
	if p := w.panel(owner, e); !slices.Equal(p.Allowed, []authz.Action{authz.EditEntry}) {
		t.Errorf("the owner may %v", p.Allowed)
	}
	w.must(w.svc.TakeNamingBack(w.ctx, owner, e.Entry, w.seatOf(a)))
	if w.word(owner, e, a) != nil || w.word(owner, e, b) == nil {
		t.Error("one naming was taken back, and the other went or the one stayed")
	}
	// Who left the jury of another challenge still judges this one.
	other := testkit.OpenChallenge(t, w.db, testkit.In(w.rows.ProgrammeRows), testkit.Named("other"))
	testkit.Exec(t, w.db, `insert into dropouts (seat_id, challenge_id) values ($1, $2)`, w.seatOf(w.jurors[2]), other.Challenge)
	if p := w.panel(owner, e); len(p.Jurors) != 4 {
		t.Errorf("%d on the panel, want three jurors and the chair", len(p.Jurors))
	}
	// A mail about another challenge tells the chair nothing of this one.
	testkit.Exec(t, w.db, `update notices set subject_id = $1 where kind = 'conflict-named'`, other.Challenge)
	w.must(w.name(owner, e, a))
	if n := w.count(`select count(*) from notices where kind = 'conflict-named' and person_id = $1`, w.chair.PersonID); n != 2 {
		t.Errorf("the chair has %d mails, want one for each challenge", n)
	}
	// Who is off the entry as a juror does not act for it as a member of its team.
	testkit.Exec(t, w.db, `insert into grants (id, person_id, role, scope_kind, scope_id) values ($1, $2, 'team_owner', 'team', $3)`, testkit.NewID(), b.PersonID, e.Team)
	w.must(w.svc.Declare(w.ctx, b, w.rows.Challenge, []uuid.UUID{e.Team}))
	_, err := w.svc.Panel(w.ctx, w.again(b), e.Entry)
	w.want(err, fault.ErrNotFound, "read by a member who stepped back as a juror")
	testkit.Exec(t, w.db, `update contests set archived_at = clock_timestamp() where id = $1`, w.rows.Contest)
	w.want(w.name(owner, e, w.jurors[2]), jury.ErrNamingClosed, "when the challenge is put away")
	testkit.Exec(t, w.db, `update contests set archived_at = null`)
	testkit.Exec(t, w.db, `update challenges set closes_at = clock_timestamp() + interval '1 hour', grace_minutes = 90 where id = $1`, w.rows.Challenge)
	if p := w.panel(owner, e); p.From == nil || time.Until(*p.From) < 2*time.Hour {
		t.Errorf("the panel is promised for %v, before the grace ends", p.From)
	}
}

// An admin who sits in the jury hears nothing of being named.
func TestAnAdminInTheJuryIsNotTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1, 0)
	testkit.Exec(t, w.db, `delete from grants where person_id = $1`, w.chair.PersonID)
	sits := w.seated("Admin And Juror", authz.Juror)
	testkit.Exec(t, w.db, `insert into grants (id, person_id, role, scope_kind) values ($1, $2, 'admin', 'installation')`, testkit.NewID(), sits.PersonID)
	w.must(w.name(w.entries[0].Owner, w.entries[0], sits))
	if n := w.count(`select count(*) from notices where kind = 'conflict-named'`); n != 0 {
		t.Errorf("%d mails to who was named", n)
	}
}
