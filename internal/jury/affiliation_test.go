package jury_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/testkit"
)

func TestJurorsStateTheirOrganisations(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1, 1)
	read := func() jury.Affiliations {
		t.Helper()
		got, err := w.svc.Affiliations(w.ctx, w.jurors[0], w.rows.Challenge)
		w.must(err)
		return got
	}
	over := func(version int, list ...string) error {
		_, err := w.svc.StateAffiliations(w.ctx, w.jurors[0], w.rows.Challenge, version, list)
		return err
	}
	state := func(list ...string) error { return over(read().Version(), list...) }
	seen := read().Version()
	w.must(state("Faro Institute", "株式会社灯台"))
	w.want(over(seen, "Written in another window"), fault.ErrStale, "over what was not read")
	if got := read(); !slices.Equal(got, jury.Affiliations{"Faro Institute", "株式会社灯台"}) {
		t.Errorf("stated %q", got)
	}
	w.want(state(strings.Repeat("x", 201)), fault.ErrInvalid, "a long name")
	w.want(state(strings.Split("a,b,c,d,e,f,g,h,i,j,k", ",")...), fault.ErrInvalid, "eleven")
	_, err := w.svc.StateAffiliations(w.ctx, w.entries[0].Owner, w.rows.Challenge, seen, nil)
	w.want(err, fault.ErrNotFound, "a team's member")
	_, err = w.svc.Affiliations(w.ctx, w.official, w.rows.Challenge)
	w.want(err, fault.ErrNotFound, "an official")
	testkit.Exec(t, w.db, `update challenges set locked_at = clock_timestamp()`)
	w.want(state("Another"), jury.ErrLocked, "after the lock")
}

// stateAs has a juror state organisations over what they read.
func (w *world) stateAs(juror authz.Actor, list ...string) {
	w.Helper()
	read, err := w.svc.Affiliations(w.ctx, juror, w.rows.Challenge)
	w.must(err)
	_, err = w.svc.StateAffiliations(w.ctx, juror, w.rows.Challenge, read.Version(), list)
	w.must(err)
}

func TestConflictsAreFoundByOrganisation(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 6, 5)
	w.apart()
	state := func(i int, list ...string) { w.stateAs(w.jurors[i], list...) }
	team := func(i int, set string) {
		testkit.Exec(t, w.db, `update teams set `+set+` where id = $1`, w.entries[i].Team)
	}
	team(0, `name = 'Gaviota Labs, S.L.'`)
	state(0, "Universidad de Cantabria", "gaviota labs")
	team(1, `name = '株式会社かもめ', latin_name = 'Kamome'`)
	state(1, "Kamome K.K.")
	team(2, `name = 'Otro', website = 'https://www.faro-datos.es/inicio'`)
	state(2, "Faro Datos")
	team(3, `partners = '{"Puerto Abierto, S.A.","Mar Cantábrico"}'`)
	state(3, "Mar Cantabrico S.L.U.", "Puerto Abierto")
	team(4, `name = 'Gaviota', partners = '{"Universidad de Cádiz"}'`)
	team(5, `partners = '{"Lonja Digital"}'`)
	testkit.Exec(t, w.db, `update seats set city_id = null where id <> $1`, w.seatOf(w.jurors[4]))
	testkit.Exec(t, w.db, `insert into testbeds (id, slug, pilot, partner, name, capacity) values ($1, 'lonja', '9.9', 'Lonja Digital', '{"en":"Market"}', 1)`, w.rows.Contest)
	testkit.Exec(t, w.db, `insert into testbed_cities (testbed_id, city_id, position) values ($1, $2, 1)`, w.rows.Contest, w.rows.City)
	testkit.Exec(t, w.db, `insert into challenge_testbeds (challenge_id, testbed_id) values ($1, $2)`, w.rows.Challenge, w.rows.Contest)

	got := []string{}
	for _, h := range w.hints(w.chair) {
		line := h.Juror + " " + h.Entry.Reference + " " + h.States
		for what, holds := range map[string]bool{"organisation": h.Organisation, "partner": h.Partner, "host": h.Host, "else": h.Domain || h.Past} {
			if holds {
				line += " " + what
			}
		}
		got = append(got, line)
	}
	want := []string{}
	for i, rest := range []string{"gaviota labs organisation", "Kamome K.K. organisation", "Faro Datos organisation", "", "", "Lonja Digital host"} {
		if rest != "" {
			want = append(want, "Juror 0"+string(rune('1'+min(i, 4)))+" "+w.entries[i].Reference+" "+rest)
		}
	}
	rest := slices.DeleteFunc(slices.Clone(got), func(s string) bool { return slices.Contains(want, s) })
	if len(got) != 5 || len(rest) != 1 || !strings.HasPrefix(rest[0], "Juror 04 "+w.entries[3].Reference) || !strings.HasSuffix(rest[0], " partner") {
		t.Errorf("found %q, want %q and the partners", got, want)
	}

	w.must(w.rule(w.chair, w.jurors[0], w.entries[0], false, ""))
	w.must(w.svc.Declare(w.ctx, w.jurors[1], w.rows.Challenge, []uuid.UUID{w.entries[1].Team}))
	if n := len(w.hints(w.chair)); n != 3 {
		t.Errorf("%d hints are left, want 3: one is ruled on, one declared", n)
	}
}
