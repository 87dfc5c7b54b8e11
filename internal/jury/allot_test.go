package jury_test

import (
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
)

func TestAPreviewIsWhatIsApplied(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 6, 4)
	preview, err := w.svc.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.Even, Preview: true})
	w.must(err)
	if preview.K != 3 || preview.Added != 18 || preview.Applied || preview.Seed == "" {
		t.Errorf("preview %+v", preview)
	}
	if w.count(`select count(*) from assignments`) != 0 || w.count(`select count(*) from notices`) != 0 || w.leaves("assignment") != 0 {
		t.Error("a preview left something behind")
	}
	done, err := w.svc.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.Even, Seed: preview.Seed})
	w.must(err)
	if !done.Applied || done.Added != 18 {
		t.Errorf("applied %+v", done)
	}
	for i, l := range done.Loads {
		if l != preview.Loads[i] || l.After < 4 || l.After > 5 {
			t.Errorf("load %+v, previewed %+v", l, preview.Loads[i])
		}
	}
	if w.leaves("assignment") != 1 || w.count(`select count(*) from notices where kind = 'jury-assigned' and state = 'queued'`) != 4 ||
		w.count(`select count(*) from challenges where assigned_at is not null`) != 1 {
		t.Error("no leaf, mails or mark")
	}
	again, err := w.svc.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.Even})
	w.must(err)
	if again.Added != 0 || w.leaves("assignment") != 1 || w.count(`select count(*) from notices`) != 4 {
		t.Errorf("assigned again: %+v", again)
	}
}

func TestUnmetNeedsAreNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 2)
	w.must(w.svc.Declare(w.ctx, w.jurors[0], w.rows.Challenge, []uuid.UUID{w.entries[1].Team}))
	p, err := w.svc.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.Even, K: 2, Preview: true})
	w.must(err)
	if len(p.Unmet) != 1 || p.Unmet[0].Entry.Reference != "E-Team02" || p.Unmet[0].Missing != 1 {
		t.Errorf("unmet %+v", p.Unmet)
	}
}

func TestWhoReadsIsTheChairsChoice(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 2)
	seat := func(a authz.Actor) (id uuid.UUID) {
		w.must(w.db.Pool().QueryRow(w.ctx, `select id from seats where person_id = $1`, a.PersonID).Scan(&id))
		return id
	}
	ask := func(seats ...uuid.UUID) (jury.Allotment, error) {
		return w.svc.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.All, Preview: true, Seats: seats})
	}
	all, err := ask()
	w.must(err)
	if all.Added != 4 {
		t.Errorf("%d pairs by default, want 2 jurors by 2 entries, without the chair", all.Added)
	}
	with, err := ask(seat(w.chair), seat(w.jurors[0]))
	w.must(err)
	if with.Added != 4 {
		t.Errorf("%d pairs with the chair, want 4", with.Added)
	}
	_, err = ask(uuid.New())
	w.want(err, fault.ErrInvalid, "a seat that is none")
	if _, err := w.db.Pool().Exec(w.ctx, `delete from grants where role = 'juror'`); err != nil {
		t.Fatal(err)
	}
	_, err = ask()
	w.want(err, jury.ErrNoJurors, "without jurors")
	if _, err := w.db.Pool().Exec(w.ctx, `update entries set state = 'withdrawn'`); err != nil {
		t.Fatal(err)
	}
	_, err = ask()
	w.want(err, jury.ErrNoEntries, "without entries")
}
