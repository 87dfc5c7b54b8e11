package jury_test

import (
	"testing"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/testkit"
)

// states are the cells of an entry in the chair's matrix, by juror.
func (w *world) states(e testkit.EntryRows) map[string]jury.Cell {
	w.Helper()
	m, err := w.svc.Matrix(w.ctx, w.chair, w.rows.Challenge)
	w.must(err)
	out := map[string]jury.Cell{}
	for _, row := range m.Rows {
		for i, c := range row.Cells {
			if row.Entry.EntryID == e.Entry {
				out[m.Jurors[i].Name] = c
			}
		}
	}
	return out
}

// Who abstains gives the seat back: nothing counts, never as a 0, somebody else is given the entry, and it is no conflict.
func TestWhoAbstainsGivesTheSeatBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1, 3)
	_, err := w.svc.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.Even, K: 2, Seed: "00"})
	w.must(err)
	w.declareAll()
	e := w.entries[0]
	var judging []authz.Actor
	for _, j := range w.jurors {
		if w.reads(j, e) {
			judging = append(judging, j)
		}
	}
	w.judge(judging[0], e, 0, 0, 0)
	w.judge(judging[1], e, 4, 4, 4)
	desk := w.desk(judging[0], e)
	w.want(w.svc.Abstain(w.ctx, judging[1], desk), fault.ErrNotFound, "for somebody else")
	w.must(w.svc.Abstain(w.ctx, judging[0], desk))
	w.want(w.svc.Abstain(w.ctx, judging[0], desk), fault.ErrNotFound, "twice")
	if w.again(judging[0]).Excluded[e.Entry] {
		t.Error("who abstains is treated as in conflict")
	}
	_, err = w.svc.Assignment(w.ctx, judging[0], desk)
	w.want(err, fault.ErrNotFound, "reading what was given back")
	again, err := w.svc.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.Even, K: 2})
	w.must(err)
	if again.Added != 1 || len(again.Unmet) != 0 || w.reads(judging[0], e) {
		t.Errorf("the free seat: %+v", again)
	}
	cells := w.states(e)
	if c := cells[judging[0].Name]; c.State != "abstained" || c.Total != nil || c.Review != nil {
		t.Errorf("in the matrix: %+v", c)
	}
	w.must(w.svc.SetWish(w.ctx, w.chair, w.rows.Challenge, jury.Wish{Seat: w.seat(judging[0]), Entry: e.Entry, Kind: jury.Pin}))
	if p := w.preview(jury.AssignRequest{Mode: jury.All}); p.Added != 0 {
		t.Errorf("given once more to who abstained: %+v", p)
	}
	if n := w.count(`select count(*) from record_leaves l join record_openings o on o.leaf_id = l.id where l.kind = 'recusal'
		and convert_from(o.payload, 'utf8')::jsonb ->> 'kind' = 'abstention'`); n != 1 {
		t.Errorf("%d abstentions on record", n)
	}
	round, err := w.svc.Lock(w.ctx, w.chair, w.rows.Challenge, true)
	w.must(err)
	r, err := w.svc.Ranking(w.ctx, w.official, w.rows.Challenge)
	w.must(err)
	if round.Reviews != 1 || r.Rows[0].Mean != 80 {
		t.Errorf("%d reviews with a mean of %v, want the other one's 80", round.Reviews, r.Rows[0].Mean)
	}
	w.want(w.svc.Abstain(w.ctx, judging[1], w.desk(judging[1], e)), jury.ErrLocked, "after the lock")
}

// The matrix calls a conflict only what is one: not what moved, nor what somebody gave back who dropped out.
func TestTheMatrixSaysWhyAPairEnded(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 3)
	w.assignAll()
	w.declareAll()
	_, err := w.svc.DropOut(w.ctx, w.chair, w.rows.Challenge, w.seat(w.jurors[0]), false)
	w.must(err)
	w.must(w.svc.Recuse(w.ctx, w.jurors[1], w.desk(w.jurors[1], w.entries[0]), "I advise them."))
	cells := w.states(w.entries[0])
	if cells["Juror 01"].State != "none" && cells["Juror 01"].State != "" || cells["Juror 02"].State != "conflict" || cells["Juror 03"].State != "todo" {
		t.Errorf("%+v", cells)
	}
	testkit.Exec(t, w.db, `insert into exclusions (person_id, entry_id, kind) values ($1, $2, 'conflict')`, w.jurors[0].PersonID, w.entries[0].Entry)
	if c := w.states(w.entries[0])["Juror 01"]; c.State != "conflict" {
		t.Errorf("in conflict after the drop-out: %+v", c)
	}
}

// A total in which a criterion did not apply is marked, for those who may see totals.
func TestWhatDidNotApplyIsMarked(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1, 2)
	w.assignAll()
	w.declareAll()
	testkit.Exec(t, w.db, `update criteria set may_not_apply = true where challenge_id = $1`, w.rows.Challenge)
	d := w.draft(4, 5, 3)
	d.Scores[w.rows.Criteria["fit"]] = score.NotApplicable
	desk := w.desk(w.jurors[0], w.entries[0])
	r, err := w.svc.SaveReview(w.ctx, w.jurors[0], desk, 0, d)
	w.must(err)
	_, err = w.svc.SubmitReview(w.ctx, w.jurors[0], desk, r.Version)
	w.must(err)
	w.judge(w.jurors[1], w.entries[0], 4, 4, 4)
	if cells := w.states(w.entries[0]); cells["Juror 01"].Left != 1 || cells["Juror 02"].Left != 0 {
		t.Errorf("%+v", cells)
	}
	w.chair = w.seated("A Judging Chair", authz.Chair, authz.Juror)
	w.assignAll()
	w.must(w.svc.Declare(w.ctx, w.chair, w.rows.Challenge, nil))
	if c := w.states(w.entries[0])["Juror 01"]; c.Left != 0 || c.Total != nil {
		t.Errorf("sealed: %+v", c)
	}
}
