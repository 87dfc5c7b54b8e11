package openings_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/audit"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/record"
	"fieldtrial/internal/testkit"
)

// lied is a bundle whose lock was made up to go with another ranking: all hashes fit, the numbers do not.
func (w *world) lied(b audit.Bundle, change func(string) string) audit.Bundle {
	w.Helper()
	before := sha256.Sum256([]byte(b.Ranking))
	said := change(b.Ranking)
	if said == b.Ranking {
		w.Fatal("nothing was changed")
	}
	after := sha256.Sum256([]byte(said))
	text := base64.StdEncoding.EncodeToString
	b.Ranking = said
	b.Round = w.act(record.KindRoundLocked, strings.Replace(payloadOf(w.T, b.Round), text(before[:]), text(after[:]), 1))
	return b
}

// An operator who stores another ranking with the lock is found by the reviews themselves: every number that
// decides is computed again. In this contest a juror stepped back from an entry after scoring it, and a
// criterion does not apply in one review.
func TestAnAuditorFindsARankingThatWasMadeUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "calibrated")
	testkit.Exec(t, w.db, `update criteria set may_not_apply = true where challenge_id = $1 and key = 'fit'`, w.rows.Challenge)
	assignment := func(j, e int) (id uuid.UUID) {
		w.must(w.db.Pool().QueryRow(t.Context(), `select a.id from assignments a join seats s on s.id = a.seat_id
			where s.person_id = $1 and a.entry_id = $2`, w.jurors[j].PersonID, w.entries[e].Entry).Scan(&id))
		return id
	}
	sheet := score.Sheet{w.rows.Criteria["impact"]: 5, w.rows.Criteria["fit"]: score.NotApplicable, w.rows.Criteria["team"]: 5}
	r, err := w.jury.SaveReview(t.Context(), w.jurors[0], assignment(0, 0), 1, jury.Draft{Scores: sheet, ToTeam: "A clear plan with open questions.", Language: "en"})
	w.must(err)
	_, err = w.jury.SubmitReview(t.Context(), w.jurors[0], assignment(0, 0), r.Version)
	w.must(err)
	w.must(w.jury.Recuse(t.Context(), w.jurors[2], assignment(2, 3), "Worked for them."))
	w.lock()
	file, b := w.bundle()
	got, err := audit.VerifyBundle(file, "")
	w.must(err)
	first, fourth := got.Entries[0], got.Entries[0]
	for _, e := range got.Entries {
		if e.Entry == w.entries[3].Entry {
			fourth = e
		}
	}
	// 100 without what does not apply, 80 and 92; of the fourth entry two reviews count.
	if got.Round.Reviews != 11 || first.Entry != w.entries[0].Entry || fmt.Sprintf("%.4f", first.Mean) != "90.6667" || fourth.Reviews != 2 || first.Calibrated == nil {
		t.Errorf("%+v", got)
	}
	swapped := b
	swapped.Reviews = append([]audit.SeatedReview{}, b.Reviews...)
	for i := range swapped.Reviews {
		swap(&swapped.Reviews[i].Payload, `"fit":null`, `"fit":5`)
	}
	w.refused("what does not apply", swapped, audit.CodeOtherReview, "do not give the root")
	var left audit.SeatedReview // the review of who stepped back, as it stands on record
	w.must(w.db.Pool().QueryRow(t.Context(), `select r.seat_id, encode(o.salt, 'base64'), convert_from(o.payload, 'UTF8') from reviews r join review_versions v on v.review_id = r.id and v.version = r.submitted_version
		join assignments a on a.id = r.assignment_id and a.ended_at is not null join record_openings o on o.leaf_id = v.leaf_id`).Scan(&left.Seat, &left.Salt, &left.Payload))
	back := b
	back.Reviews = append(append([]audit.SeatedReview{}, b.Reviews...), left)
	w.refused("a review of who stepped back", back, audit.CodeOtherReview, "12 reviews do not give the root of the 11")

	number := func(name string) func(string) string {
		at := regexp.MustCompile(`"` + name + `":\d+(\.\d+)?`)
		return func(s string) string {
			head, entries, _ := strings.Cut(s, `"entries":`)
			return head + `"entries":` + strings.Replace(entries, at.FindString(entries), `"`+name+`":41.5`, 1)
		}
	}
	for what, c := range map[string]struct {
		change func(string) string
		want   record.Code
		says   string
	}{
		"a mean":             {number("mean"), audit.CodeOtherTotal, "other numbers"},
		"a calibrated score": {number("calibrated"), audit.CodeOtherTotal, "other numbers"},
		"a criterion's mean": {func(s string) string { return strings.Replace(s, `"criteria":[`, `"criteria":[1`, 1) }, audit.CodeOtherTotal, "other numbers"},
		"how many reviews":   {func(s string) string { return strings.Replace(s, `"reviews":2`, `"reviews":3`, 1) }, audit.CodeOtherTotal, "other numbers"},
		"no calibration":     {func(s string) string { return strings.ReplaceAll(s, `"calibrated":`, `"was":`) }, audit.CodeOtherTotal, "other numbers"},
		"what decides":       {func(s string) string { return strings.Replace(s, `"order":"calibrated"`, `"order":"raw"`, 1) }, audit.CodeOtherResult, "rules of the lock"},
		"an entry gone": {func(s string) string {
			var all map[string]json.RawMessage
			var entries []json.RawMessage
			w.must(json.Unmarshal([]byte(s), &all))
			w.must(json.Unmarshal(all["entries"], &entries))
			all["entries"], err = json.Marshal(entries[1:])
			w.must(err)
			out, err := json.Marshal(all)
			w.must(err)
			return string(out)
		}, audit.CodeOtherResult, "which was reviewed"},
	} {
		w.refused(what, w.lied(b, c.change), c.want, c.says)
	}
}
