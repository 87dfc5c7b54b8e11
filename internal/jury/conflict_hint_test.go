package jury_test

import (
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/testkit"
)

func TestPossibleConflictsAreFoundAndRuledOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 4, 3)
	w.assignAll()
	w.declareAll()
	mail := func(a authz.Actor, address string) {
		testkit.Exec(t, w.db, `update people set email = $2 where id = $1`, a.PersonID, address)
	}
	w.apart()
	mail(w.jurors[0], "ana@gull.example")
	mail(w.entries[0].Owner, "owner@gull.example")
	mail(w.jurors[1], "kai@gmail.com")
	mail(w.entries[1].Owner, "founder@gmail.com")
	mail(w.jurors[2], "ryo@heron.example")
	testkit.Exec(t, w.db, `update teams set website = 'https://www.heron.example/about' where id = $1`, w.entries[2].Team)
	testkit.Exec(t, w.db, `update teams set created_by = $2 where id = $1`, w.entries[3].Team, w.jurors[1].PersonID)

	hints, err := w.svc.Hints(w.ctx, w.chair, w.rows.Challenge)
	w.must(err)
	type found struct {
		entry        uuid.UUID
		domain, past bool
	}
	got := map[string]found{}
	for _, h := range hints {
		got[h.Juror] = found{h.Entry.EntryID, h.Domain, h.Past}
	}
	want := map[string]found{"Juror 01": {w.entries[0].Entry, true, false}, "Juror 02": {w.entries[3].Entry, false, true}, "Juror 03": {w.entries[2].Entry, true, false}}
	if len(hints) != 3 || len(got) != 3 {
		t.Errorf("hints %+v", hints)
	}
	for name, h := range want {
		if got[name] != h {
			t.Errorf("%s: %+v, want %+v", name, got[name], h)
		}
	}
	_, err = w.svc.Hints(w.ctx, w.jurors[0], w.rows.Challenge)
	w.want(err, fault.ErrNotFound, "a juror looks")
	rule := func(a authz.Actor, seat, entry uuid.UUID, confirmed bool) error {
		return w.svc.Rule(w.ctx, a, w.rows.Challenge, jury.Ruling{Seat: seat, Entry: entry, Confirmed: confirmed, Reason: "They share an office."})
	}
	w.want(rule(w.official, hints[0].Seat, w.entries[0].Entry, true), fault.ErrForbidden, "an official rules")
	w.want(w.svc.Rule(w.ctx, w.chair, w.rows.Challenge, jury.Ruling{Seat: hints[0].Seat, Entry: w.entries[0].Entry, Confirmed: true, Reason: " "}), fault.ErrInvalid, "without a reason")
	w.want(rule(w.chair, uuid.New(), w.entries[0].Entry, true), fault.ErrNotFound, "no such seat")
	w.want(rule(w.chair, hints[0].Seat, uuid.New(), true), fault.ErrNotFound, "no such entry")
	w.must(rule(w.chair, hints[0].Seat, w.entries[0].Entry, true))
	w.must(rule(w.chair, hints[1].Seat, w.entries[3].Entry, false))

	if n := w.count(`select count(*) from exclusions where reason <> ''`); n != 0 {
		t.Error("the chair's reason lies where the juror's copy of own data finds it")
	}
	if !w.again(w.jurors[0]).Excluded[w.entries[0].Entry] || w.again(w.jurors[1]).Excluded[w.entries[3].Entry] || w.leaves("recusal") != 1 {
		t.Error("what was confirmed does not bar, or what was dismissed does")
	}
	hints, err = w.svc.Hints(w.ctx, w.chair, w.rows.Challenge)
	w.must(err)
	if len(hints) != 1 || hints[0].Juror != "Juror 03" {
		t.Errorf("left: %+v", hints)
	}
}

func TestAChairInConflictIsRuledOnByAnother(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 1)
	second := w.seated("Another Chair", authz.Chair)
	w.apart()
	testkit.Exec(t, w.db, `update people set email = 'chair@gull.example' where id = $1`, w.chair.PersonID)
	testkit.Exec(t, w.db, `update people set email = 'owner@gull.example' where id = $1`, w.entries[0].Owner.PersonID)
	own, err := w.svc.Hints(w.ctx, w.chair, w.rows.Challenge)
	w.must(err)
	others, err := w.svc.Hints(w.ctx, second, w.rows.Challenge)
	w.must(err)
	if len(own) != 0 || len(others) != 1 {
		t.Fatalf("the chair sees %+v, the other %+v", own, others)
	}
	h := others[0]
	rule := func(a authz.Actor, seat uuid.UUID, confirmed bool) error {
		return w.svc.Rule(w.ctx, a, w.rows.Challenge, jury.Ruling{Seat: seat, Entry: h.Entry.EntryID, Confirmed: confirmed, Reason: "A director of the team."})
	}
	w.want(rule(w.chair, h.Seat, false), fault.ErrNotFound, "about oneself")
	w.must(rule(second, h.Seat, true))
	w.chair = w.again(w.chair)
	w.want(rule(w.chair, w.seatOf(w.jurors[0]), true), fault.ErrNotFound, "locked out of the entry")
	w.must(rule(second, w.seatOf(w.jurors[0]), true))
}

// apart gives everybody a domain of their own.
func (w *world) apart() {
	w.Helper()
	testkit.Exec(w, w.db, `update people set email = 'a@' || id || '.example'`)
}

func (w *world) seatOf(a authz.Actor) (id uuid.UUID) {
	w.Helper()
	w.must(w.db.Pool().QueryRow(w.ctx, `select id from seats where person_id = $1`, a.PersonID).Scan(&id))
	return id
}
