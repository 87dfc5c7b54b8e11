package jury_test

import (
	"testing"

	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/testkit"
)

func TestACriterionMayNotApplyWhereTheRubricSaysSo(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1, 1)
	w.assignAll()
	w.declareAll()
	j, desk := w.jurors[0], w.desk(w.jurors[0], w.entries[0])
	draft := w.draft(4, 5, 3)
	draft.Scores[w.rows.Criteria["fit"]] = score.NotApplicable
	_, err := w.svc.SaveReview(w.ctx, j, desk, 0, draft)
	w.want(err, fault.ErrInvalid, "left out against the rubric")

	testkit.Exec(t, w.db, `update criteria set may_not_apply = true where challenge_id = $1`, w.rows.Challenge)
	none := draft
	none.Scores = score.Sheet{}
	for _, id := range w.rows.Criteria {
		none.Scores[id] = score.NotApplicable
	}
	r, err := w.svc.SaveReview(w.ctx, j, desk, 0, none)
	w.must(err)
	_, err = w.svc.SubmitReview(w.ctx, j, desk, r.Version)
	w.want(err, fault.ErrInvalid, "nothing applies")

	r, err = w.svc.SaveReview(w.ctx, j, desk, r.Version, draft)
	w.must(err)
	r, err = w.svc.SubmitReview(w.ctx, j, desk, r.Version)
	w.must(err)
	// Weights 50 and 20 are left: 100 × (50 × 4/5 + 20 × 3/5) / 70.
	if r.Total == nil || score.Round2(*r.Total) != 74.29 || r.State != jury.Submitted {
		t.Errorf("total %v, state %s", r.Total, r.State)
	}
	if n := w.count(`select count(*) from record_leaves l join record_openings p on p.leaf_id = l.id
		where l.kind = 'review.submitted' and convert_from(p.payload, 'utf8')::jsonb -> 'scores' -> 'fit' = 'null'`); n != 1 {
		t.Error("the record does not say that the criterion did not apply")
	}
}
