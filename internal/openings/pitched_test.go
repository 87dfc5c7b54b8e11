package openings_test

import (
	"time"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/pitch"
	"fieldtrial/internal/testkit"
)

// pitchRound announces a pitch round as before the opening (as of a draft), names a shortlist of the first, and locks.
func (w *world) pitchRound() {
	w.Helper()
	ctx, id, rounds := w.Context(), w.rows.Challenge, pitch.New(w.db)
	words := lang.Text{lang.ES: "Claridad"}
	plan := pitch.Plan{Held: true, Invited: 1, Share: 40, Criteria: []contest.Criterion{{Key: "clarity", Weight: 100, Highest: 1, Name: words, Anchors: []lang.Text{words, words}}}}
	testkit.Exec(w, w.db, `update challenges set published_at = null where id = $1`, id)
	_, err := rounds.SavePlan(ctx, w.official, id, 0, plan)
	w.must(err)
	testkit.Exec(w, w.db, `update challenges set published_at = opens_at where id = $1`, id)
	_, err = rounds.Name(ctx, w.chair, id, []pitch.Named{{Entry: w.entries[0].Entry, Invited: true, At: time.Now().Add(time.Hour), Place: "Town hall"}})
	w.must(err)
	_, err = rounds.Lock(ctx, w.chair, id, 1, true)
	w.must(err)
}
