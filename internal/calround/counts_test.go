package calround_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/testkit"
)

func (w *world) assignedAt() bool {
	w.Helper()
	c, err := contest.Load(w.ctx, w.db.Pool(), w.rows.Challenge)
	w.must(err)
	return c.AssignedAt != nil
}

// A round that counts is the first assignment: from then on teams name no jurors any more. Where nobody handed
// anything in, nothing is assigned by it, and what left the contest meanwhile becomes no review.
func TestWhatACountingRoundAssigns(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 1)
	testkit.Exec(t, w.db, `update challenges set calibration_counts = true where id = $1`, w.rows.Challenge)
	w.open()
	w.must(w.svc.Close(w.ctx, w.chair, w.rows.Challenge))
	if w.assignedAt() {
		t.Error("a round without sheets assigned something")
	}
	testkit.Exec(t, w.db, `update calibrations set closed_at = null, closed_by = null, body = null, leaf_id = null`)
	w.handIn(w.jurors[0], w.draft(1, 2, 3), w.entries[0], w.entries[1])
	testkit.Exec(t, w.db, `update entries set state = 'withdrawn' where id = $1`, w.entries[1].Entry)
	w.must(w.svc.Close(w.ctx, w.chair, w.rows.Challenge))
	if n := w.count(`select count(*) from reviews`); n != 1 || !w.assignedAt() {
		t.Errorf("%d reviews, assigned %v: want the one of the entry that is still there", n, w.assignedAt())
	}
}

// What does not apply is said as such in the spread and on record, where scales may begin above 0; the order on
// record tells nothing.
func TestWhatDoesNotApplyIsNoScore(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 4)
	testkit.Exec(t, w.db, `update criteria set may_not_apply = true, lowest = 1, anchors = anchors - 0 where challenge_id = $1`, w.rows.Challenge)
	w.open()
	skip := w.draft(1, 5, 3)
	skip.Scores[w.rows.Criteria["fit"]] = score.NotApplicable
	for _, j := range w.jurors {
		w.handIn(j, skip, w.entries[0], w.entries[1])
	}
	s := w.overview(w.chair).Spread[0]
	if impact, fit := s.Criteria[0], s.Criteria[1]; len(impact.Counts) != 5 || impact.Counts[0] != 4 || fit.NotApplicable != 4 || fit.Median != nil || fit.Counts[4] != 0 {
		t.Errorf("spread %+v", s.Criteria)
	}
	w.must(w.svc.Close(w.ctx, w.chair, w.rows.Challenge))
	var body string
	w.must(w.db.Pool().QueryRow(w.ctx, `select body from calibrations`).Scan(&body))
	var lines []struct {
		Entry  uuid.UUID
		Juror  string
		Scores map[string]*int
	}
	w.must(json.Unmarshal([]byte(body), &lines))
	jurors := []string{}
	for _, l := range lines[:4] {
		if fit, there := l.Scores["fit"]; !there || fit != nil || *l.Scores["impact"] != 1 {
			t.Errorf("on record %+v", l)
		}
		jurors = append(jurors, l.Juror)
	}
	if !slices.IsSorted(jurors) {
		t.Errorf("the order on record is that of the seats: %v", jurors)
	}
}
