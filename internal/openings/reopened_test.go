package openings_test

import (
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/audit"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/openings"
)

// A review that was opened again and changed is committed to by the next lock: until then there is nothing to
// audit, and no talk of damage.
func TestAnAuditorWaitsForTheNextLock(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "raw")
	w.lock()
	var review, assignment uuid.UUID
	w.must(w.db.Pool().QueryRow(t.Context(), `select r.id, r.assignment_id from reviews r join seats s on s.id = r.seat_id where r.entry_id = $1 and s.person_id = $2`,
		w.entries[0].Entry, w.jurors[0].PersonID).Scan(&review, &assignment))
	w.must(w.jury.Reopen(t.Context(), w.chair, review, "The scores were mixed up."))
	sheet := score.Sheet{w.rows.Criteria["impact"]: 5, w.rows.Criteria["fit"]: 5, w.rows.Criteria["team"]: 5}
	r, err := w.jury.SaveReview(t.Context(), w.jurors[0], assignment, 1, jury.Draft{Scores: sheet, ToTeam: "A clear plan with open questions.", Language: "en"})
	w.must(err)
	_, err = w.jury.SubmitReview(t.Context(), w.jurors[0], assignment, r.Version)
	w.must(err)
	_, _, err = w.svc.Bundle(t.Context(), w.auditor, w.rows.Challenge)
	w.want(err, openings.ErrNotLocked, "between two locks")
	w.lock()
	file, _, err := w.svc.Bundle(t.Context(), w.auditor, w.rows.Challenge)
	w.must(err)
	if got, err := audit.VerifyBundle(file, ""); err != nil || got.Round.Round != 2 {
		t.Errorf("after the second lock: %+v %v", got, err)
	}
}
