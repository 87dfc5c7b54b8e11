package app

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/record"
)

func (w *world) decide() {
	ctx, id := w.t.Context(), w.kadai.Id
	matrix := val(w.chair.want(200).GetMatrixWithResponse(ctx, id)).JSON200
	states := map[common.MatrixCellState]int{}
	for _, row := range matrix.Rows {
		for _, c := range row.Cells {
			states[c.State]++
		}
	}
	if len(matrix.Rows) != 3 || states["submitted"] != 8 || states["conflict"] != 1 || matrix.Sealed {
		w.t.Errorf("matrix %v %+v", states, matrix)
	}
	round := val(w.chair.want(200).LockScoresWithResponse(ctx, id, common.LockRequest{})).JSON200
	if round.Number != 1 || round.Reviews != 8 {
		w.t.Errorf("round %+v", round)
	}
	w.lockedScores()
	ranking := val(w.chair.want(200).GetRankingWithResponse(ctx, id)).JSON200
	for i, row := range ranking.Rows {
		if row.Reference != w.entrants[i].entry.Reference || *row.Rank != i+1 || row.Sd == nil || row.Se == nil || row.Reviews != []int{3, 2, 3}[i] || len(row.Criteria) != 5 {
			w.t.Errorf("place %d: %+v", i+1, row)
		}
	}
	if m := *ranking.Rows[1].Mean; m != 70 { // 60 and 80
		w.t.Errorf("mean %v", m)
	}
	slot := w.decision()
	val(w.entrants[0].owner.want(409, "award.not_released").GetEntryResultWithResponse(ctx, w.entrants[0].entry.Id))
	val(w.nobody.want(404).GetResultsWithResponse(ctx, w.kadai.Slug))
	val(w.entrants[1].owner.want(404).ReleaseResultsWithResponse(ctx, id))
	held := len(w.app.parts.mailbox.Messages())
	if n := val(w.fujisawa2.want(200).ReleaseResultsWithResponse(ctx, id)).JSON200.Notices; n != 4 { // the winner has two members
		w.t.Errorf("%d notices released", n)
	}
	w.released(slot, held)
	w.onTime()
	w.onRecord()
}

// lockedScores checks that a score cannot change after the lock.
func (w *world) lockedScores() {
	ctx := w.t.Context()
	queue := val(w.juror.want(200).GetJuryQueueWithResponse(ctx, w.kadai.Id)).JSON200
	a := queue.Items[0].AssignmentId
	v := val(w.juror.want(200).GetAssignmentWithResponse(ctx, a)).JSON200.Review.Version
	val(w.juror.want(409, "jury.locked").SaveReviewWithResponse(ctx, a, &common.SaveReviewParams{IfMatch: tag(v)}, w.draft(queue, 0)))
	if !queue.Locked {
		w.t.Error("the queue does not say that it is locked")
	}
}

// decision takes the jury's order over and gives the first the first slot.
func (w *world) decision() common.DecisionSlot {
	ctx, id := w.t.Context(), w.kadai.Id
	d := val(w.fujisawa.want(200).GetDecisionWithResponse(ctx, id)).JSON200
	if len(d.Rows) != 3 || len(d.Slots) == 0 || len(d.Prizes) != 4 {
		w.t.Fatalf("decision %+v", d)
	}
	at := slices.IndexFunc(d.Slots, func(s common.DecisionSlot) bool { return s.City.Slug == "fujisawa" })
	slot := d.Slots[at]
	draft := common.DecisionDraft{Language: "ja", Choices: []common.DecisionChoice{
		{EntryId: d.Rows[0].EntryId, Outcome: "winner", Place: ptr(1), Feedback: "現場での説明が分かりやすい提案でした。"},
		{EntryId: d.Rows[1].EntryId, Outcome: "reserve", Place: ptr(1)},
		{EntryId: d.Rows[2].EntryId, Outcome: "not_selected"},
	}}
	d = val(w.fujisawa.want(200).SaveDecisionWithResponse(ctx, id, &common.SaveDecisionParams{IfMatch: tag(d.Version)}, draft)).JSON200
	val(w.fujisawa.want(422).DecideWithResponse(ctx, id, &common.DecideParams{IfMatch: tag(d.Version)})) // a winner needs a slot
	draft.Choices[0].SlotId = &slot.Id
	d = val(w.fujisawa.want(200).SaveDecisionWithResponse(ctx, id, &common.SaveDecisionParams{IfMatch: tag(d.Version)}, draft)).JSON200
	val(w.chair.want(403).DecideWithResponse(ctx, id, &common.DecideParams{IfMatch: tag(d.Version)}))
	val(w.fujisawa.want(412).DecideWithResponse(ctx, id, &common.DecideParams{IfMatch: tag(d.Version - 1)}))
	d = val(w.fujisawa.want(200).DecideWithResponse(ctx, id, &common.DecideParams{IfMatch: tag(d.Version)})).JSON200
	if d.DecidedAt == nil || d.Notices != 4 || d.ReleasedAt != nil {
		w.t.Errorf("decided %+v", d)
	}
	return slot
}

func (w *world) released(slot common.DecisionSlot, before int) {
	ctx := w.t.Context()
	days := func(t time.Time) string { return fmt.Sprintf("%d年%d月%d日", t.Year(), t.Month(), t.Day()) }
	for _, to := range []string{w.entrants[0].email, "second@lab.example"} {
		m := w.mail(to, "選考結果")
		for _, want := range []string{days(slot.StartsOn.Time), days(slot.EndsOn.Time), w.entrants[0].entry.Reference, teams[0].Name} {
			if !strings.Contains(m.Text, want) {
				w.t.Errorf("the winner's mail lacks %s: %s\n%s", want, m.Subject, m.Text)
			}
		}
	}
	for _, x := range []struct{ to, subject string }{{w.entrants[1].email, "reserva"}, {w.entrants[2].email, "Result of your entry"}} {
		w.mail(x.to, x.subject)
	}
	for _, m := range w.app.parts.mailbox.Messages()[before:] {
		if slices.Contains(m.To, w.entrants[3].email) {
			w.t.Errorf("who withdrew gets %s", m.Subject)
		}
	}
	for i, e := range w.entrants[:3] {
		r := val(e.owner.want(200).GetEntryResultWithResponse(ctx, e.entry.Id)).JSON200
		if r.Outcome != []common.Outcome{"winner", "reserve", "not_selected"}[i] || len(r.Criteria) != 5 || r.Criteria[0].Mean == nil || len(r.Comments) != r.Reviews ||
			r.Reviews != []int{3, 2, 3}[i] || (r.Trial != nil) != (i == 0) || slices.ContainsFunc(r.Comments, func(c common.ResultComment) bool { return strings.Contains(c.Text, "Between us") }) {
			w.t.Errorf("result %d: %+v", i, r)
		}
	}
	val(w.entrants[0].owner.want(404).GetEntryResultWithResponse(ctx, w.entrants[1].entry.Id))
	public := val(w.nobody.want(200).GetResultsWithResponse(ctx, w.kadai.Slug))
	won := public.JSON200.Winners
	if len(won) != 1 || won[0].TeamName != teams[0].Name || won[0].Trial == nil || won[0].Trial.StartsOn != slot.StartsOn || public.JSON200.Entries != 3 ||
		strings.Contains(string(public.Body), teams[1].Name) {
		w.t.Errorf("public results: %s", public.Body)
	}
}

// onTime proves from two receipts alone that the winner's entry was recorded before the deadline.
func (w *world) onTime() {
	ctx := w.t.Context()
	key := val(w.nobody.want(200).GetRecordKeyWithResponse(ctx)).JSON200.VerifierKey
	entry, err := record.Verify(val(w.entrants[0].owner.want(200).GetReceiptWithResponse(ctx, w.entrants[0].entry.Id)).Body, record.Options{Key: key})
	must(w.t, err)
	var deadline record.Result
	w.until("the deadline on record", time.Minute, func() bool {
		leaf, err := record.LeafOf(ctx, w.app.parts.db, record.KindDeadline, w.kadai.Id.String())
		if err != nil {
			return false
		}
		b, err := record.ReadReceipt(ctx, w.app.parts.db, leaf)
		if err != nil {
			return false
		}
		deadline, err = record.Verify(b, record.Options{Key: key})
		return err == nil
	})
	must(w.t, record.OnTime(entry, deadline))
}
