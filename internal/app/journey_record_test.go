package app

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"fieldtrial/internal/audit"
	"fieldtrial/internal/record"
)

// onRecord checks, from what the program gives out alone, that the whole contest is on record: the public
// acts, a team's own reviews, the log, and the checkpoint in the mail that confirmed an entry.
func (w *world) onRecord() {
	ctx := w.t.Context()
	key := val(w.nobody.want(200).GetRecordKeyWithResponse(ctx)).JSON200.VerifierKey
	// The journey turns the clock, so the deadline's leaf may come behind those of the results here.
	want := []string{"assignment", "deadline", "decision", "pitch.rules", "result.published", "round.locked", "rules.frozen"}
	var kinds []string
	var results record.Result
	w.until("the whole contest on record", time.Minute, func() bool {
		kinds = nil
		for _, act := range val(w.nobody.want(200).GetChallengeRecordWithResponse(ctx, w.kadai.Slug)).JSON200.Items {
			r, err := record.Verify([]byte(act.Receipt), record.Options{Key: key})
			must(w.t, err)
			if kinds = append(kinds, act.Kind); r.Kind == record.KindResultPublished {
				results = r
			}
		}
		slices.Sort(kinds)
		return slices.Equal(kinds, want)
	})
	if !strings.Contains(string(results.Payload), teams[0].Name) {
		w.t.Errorf("the results on record: %s", results.Payload)
	}
	for i, e := range w.entrants[:3] {
		r, err := audit.VerifyOpenings(val(e.owner.want(200).GetEntryOpeningsWithResponse(ctx, e.entry.Id)).Body, key)
		must(w.t, err)
		shown := val(e.owner.want(200).GetEntryResultWithResponse(ctx, e.entry.Id)).JSON200
		if len(r.Totals) != shown.Reviews || r.Mean < *shown.Mean-1e-4 || r.Mean > *shown.Mean+1e-4 || r.Reference != e.entry.Reference {
			w.t.Errorf("entry %d opens as %+v, shown %+v", i, r, shown)
		}
	}
	val(w.entrants[0].owner.want(404).GetEntryOpeningsWithResponse(ctx, w.entrants[1].entry.Id))
	val(w.chair.want(403).GetAuditBundleWithResponse(ctx, w.kadai.Id))
	log, err := record.VerifyLog(bytes.NewReader(val(w.nobody.want(200).GetRecordLogWithResponse(ctx)).Body), record.LogOptions{Key: key, Receipts: []record.Result{results}})
	must(w.t, err)
	w.everyKind(log)
	var mailed string
	must(w.t, w.app.parts.db.Pool().QueryRow(ctx, `select params -> 'checkpoint' ->> 's' from notices where kind = 'entry-received' order by id desc limit 1`).Scan(&mailed))
	if _, err := record.OpenCheckpoint([]byte(mailed), key); err != nil {
		w.t.Errorf("the mail's checkpoint: %v\n%s", err, mailed)
	}
}

// everyKind: what happened in this contest has left its leaves. The kinds that it had no occasion for are
// tried where their acts are.
func (w *world) everyKind(log record.LogResult) {
	at := slices.IndexFunc(log.Scopes, func(s record.LogScope) bool { return s.Kinds[record.KindRoundLocked] > 0 })
	for _, kind := range []record.Kind{record.KindRulesFrozen, record.KindEntryReceived, record.KindEntryWithdrawn, record.KindDeadline, record.KindAssignment,
		record.KindReviewSubmitted, record.KindRoundLocked, record.KindDecision, record.KindResultPublished} {
		if log.Scopes[at].Kinds[kind] == 0 {
			w.t.Errorf("no leaf of kind %s: %v", kind, log.Scopes[at].Kinds)
		}
	}
	if n := log.Scopes[at].ReviewsAfterLock; n != 0 {
		w.t.Errorf("%d reviews after the lock", n)
	}
}
