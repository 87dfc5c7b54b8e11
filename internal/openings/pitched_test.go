package openings_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/audit"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/pitch"
	"fieldtrial/internal/record"
	"fieldtrial/internal/testkit"
)

// announcePitch announces a pitch round as before the opening (as of a draft): three at most, 40 per cent, on
// clarity (60, 0 to 5) and proof (40, 0 to 10, which may not apply).
func (w *world) announcePitch() {
	w.Helper()
	id := w.rows.Challenge
	k := func(key string, weight, highest int) contest.Criterion {
		c := contest.Criterion{Key: key, Weight: weight, Highest: highest, Name: lang.Text{lang.ES: key}, MayNotApply: key == "proof"}
		for n := range highest + 1 {
			c.Anchors = append(c.Anchors, lang.Text{lang.ES: fmt.Sprint(n)})
		}
		return c
	}
	testkit.Exec(w, w.db, `update challenges set published_at = null where id = $1`, id)
	_, err := pitch.New(w.db).SavePlan(w.Context(), w.official, id, 0, pitch.Plan{Held: true, Invited: 3, Share: 40, Criteria: []contest.Criterion{k("clarity", 60, 5), k("proof", 40, 10)}})
	w.must(err)
	testkit.Exec(w, w.db, `update challenges set published_at = opens_at where id = $1`, id)
}

// pitch names a shortlist that departs from the order of rank, has two jurors score it, and locks. The first
// entry's sheets come to 36 + 20 = 56 and, without proof, 80; the third's to 100 twice.
func (w *world) pitch() {
	w.Helper()
	ctx, id, rounds := w.Context(), w.rows.Challenge, pitch.New(w.db)
	invite := func(n int, reason string) pitch.Named {
		return pitch.Named{Entry: w.entries[n].Entry, Invited: true, Reason: reason, At: time.Now().Add(time.Hour), Place: "Town hall"}
	}
	_, err := rounds.Name(ctx, w.chair, id, []pitch.Named{invite(0, ""), invite(2, "The jury has open questions."), {Entry: w.entries[1].Entry, Reason: "Nothing is left to ask."}})
	w.must(err)
	for n, scores := range [2][2][2]int{{{3, 5}, {5, 10}}, {{4, score.NotApplicable}, {5, 10}}} {
		d, err := rounds.Desk(ctx, w.jurors[n], id)
		w.must(err)
		for i, e := range []uuid.UUID{w.entries[0].Entry, w.entries[2].Entry} {
			_, _, err = rounds.Score(ctx, w.jurors[n], id, e, 0, score.Sheet{d.Criteria[0].ID: scores[i][0], d.Criteria[1].ID: scores[i][1]}, "Heard.")
			w.must(err)
		}
	}
	_, err = rounds.Lock(ctx, w.chair, id, 1, true)
	w.must(err)
	w.sign()
}

// act puts a leaf of one's own making on record and gives its receipt.
func (w *world) act(kind record.Kind, payload string) json.RawMessage {
	w.Helper()
	var leaf int64
	w.must(w.db.InTx(w.Context(), func(tx database.Tx) (err error) {
		leaf, err = record.Append(tx, record.Leaf{Kind: kind, Scope: w.rows.RecordScope, Payload: []byte(payload)})
		return err
	}))
	w.sign()
	b, err := record.ReadFirstReceipt(w.Context(), w.db, leaf)
	w.must(err)
	return b
}

func (w *world) bundle() ([]byte, audit.Bundle) {
	w.Helper()
	file, _, err := w.svc.Bundle(w.Context(), w.auditor, w.rows.Challenge)
	w.must(err)
	var b audit.Bundle
	w.must(json.Unmarshal(file, &b))
	return file, b
}

// refused expects that a bundle is refused for a reason.
func (w *world) refused(what string, b audit.Bundle, want record.Code, says string) {
	w.Helper()
	bad, err := audit.Marshal(b)
	w.must(err)
	_, err = audit.VerifyBundle(bad, "")
	var wrong *record.VerifyError
	if !errors.As(err, &wrong) || wrong.Code != want || !strings.Contains(wrong.Detail, says) {
		w.Errorf("%s: %v, want %s (%s)", what, err, want, says)
	}
}

func payloadOf(t *testing.T, receipt json.RawMessage) string {
	t.Helper()
	r, err := record.Verify(receipt, record.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return string(r.Payload)
}

// By hand: 40 per cent of the pitches, 68 and 100, and 60 of the calibrated scores.
func TestAnAuditorRecomputesThePitchRound(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "calibrated")
	w.announcePitch()
	early := w.act(record.KindPitchNamed, `{"challenge":"`+w.rows.Challenge.String()+`","entries":[]}`) // a shortlist before the lock, made up
	w.lock()
	if _, b := w.bundle(); b.Pitch != nil {
		t.Error("a pitch round before there is one")
	}
	w.pitch()
	_, open := w.bundle()
	w.release()
	file, b := w.bundle()
	r, err := audit.VerifyBundle(file, w.signer.VerifierKey())
	w.must(err)
	x, y := r.Entries[0], r.Entries[1]
	if x.Entry != w.entries[0].Entry || x.Final.Rank != 1 || y.Entry != w.entries[2].Entry || y.Final.Rank != 2 || y.Rank < 3 || r.Entries[2].Final.Rank != 3 || r.Pitch.Share != 40 ||
		*x.Pitched.Pitch != 68 || *y.Pitched.Pitch != 100 || *x.Pitched.Total != .4*68+.6**x.Calibrated || len(r.Pitch.Departs) != 2 || r.Entries[2].Pitched != nil {
		t.Errorf("%+v", r)
	}
	public, err := w.svc.Public(t.Context(), w.rows.Slug)
	w.must(err)
	var kinds []record.Kind
	for _, act := range public {
		kinds = append(kinds, act.Kind)
	}
	if !slices.Equal(kinds, []record.Kind{record.KindAssignment, record.KindPitchRules, record.KindRoundLocked, record.KindPitchLocked, record.KindDecision, record.KindResultPublished}) {
		t.Errorf("public acts: %v", kinds)
	}
	path := filepath.Join(t.TempDir(), "bundle.json")
	w.must(os.WriteFile(path, file, 0o600))
	for lang, says := range map[string]string{"en": "40 % of the final total\n    1. E-Team1", "es": "presentación 68.00, ambas rondas", "ja": "ピッチ 100.00、両審査の合計"} {
		var out, errs bytes.Buffer
		if code := audit.RunVerify([]string{path, "--lang", lang}, &out, &errs); code != 0 || !strings.Contains(out.String(), says) {
			t.Errorf("%d %s%s", code, out.String(), errs.String())
		}
	}
	tamperWithThePitch(w, file, early)
	for what, c := range map[string]struct{ from, to audit.Bundle }{"kept back": {b, audit.Bundle{}}, "made up": {b, open}} {
		bad := c.from
		bad.Pitch = c.to.Pitch
		if what == "made up" { // results of a challenge without a pitch round
			bad.Result = w.act(record.KindResultPublished, `{"challenge":"`+w.rows.Challenge.String()+`","winners":[]}`)
		}
		w.refused(what, bad, audit.CodeOtherPitch, "published upon another")
	}
}

// tamperWithThePitch changes what a dishonest operator would, and expects the reason by name.
func tamperWithThePitch(w *world, file []byte, early json.RawMessage) {
	w.Helper()
	round := func(from, to string) string { return fmt.Sprintf("%s became %s", from, to) }
	lock := func(old, by string) func(*audit.Bundle) {
		return func(b *audit.Bundle) {
			b.Pitch.Lock = w.act(record.KindPitchLocked, strings.Replace(payloadOf(w.T, b.Pitch.Lock), old, by, 1))
		}
	}
	result := func(old, by string) func(*audit.Bundle) {
		return func(b *audit.Bundle) {
			if !strings.Contains(b.Pitch.Result, old) {
				w.Error(round(old, by) + ": there is nothing to change")
			}
			swap(&b.Pitch.Result, old, by)
		}
	}
	for _, c := range []struct {
		what   string
		change func(*audit.Bundle)
		want   record.Code
		says   string
	}{
		{"a score", result(`"clarity":3`, `"clarity":4`), audit.CodeOtherTotal, "a sheet gives another total"},
		{"a total", result(`"total":56`, `"total":57`), audit.CodeOtherTotal, "a sheet gives another total"},
		{"what does not apply", result(`"proof":null`, `"proof":10`), audit.CodeOtherTotal, "a sheet gives another total"},
		{"a score and what it gives elsewhere", result(`"clarity":4,"proof":null`, `"clarity":4,"proof":8`), audit.CodeOtherPitch, "not the one that its lock"},
		{"a juror", result(`"seat":"`, `"seat":"00000000-0000-0000-0000-000000000000","was":"`), audit.CodeOtherPitch, "not the one that its lock"},
		{"the mean", result(`"pitch":68`, `"pitch":69`), audit.CodeOtherTotal, "another mean"},
		{"the share", result(`"share":40`, `"share":60`), audit.CodeOtherPitch, "not computed by the rules"},
		{"whose round", result(`"challenge":"`, `"challenge":"00000000-0000-0000-0000-000000000000","was":"`), audit.CodeOtherPitch, "not computed by the rules"},
		{"the number that decided first", result(`"order":"calibrated"`, `"order":"raw"`), audit.CodeOtherPitch, "not computed by the rules"},
		{"who pitched", result(w.entries[2].Entry.String(), w.entries[1].Entry.String()), audit.CodeOtherList, "pitched and was not invited"},
		{"no result", func(b *audit.Bundle) { b.Pitch.Result = "" }, audit.CodeMalformed, "result"},
		{"the final order", func(b *audit.Bundle) { b.Pitch.Entries[0].Rank, b.Pitch.Entries[1].Rank = 2, 1 }, audit.CodeOtherRank, "has rank 1 by the rules, 2"},
		{"the order of the first round", func(b *audit.Bundle) { b.Pitch.Entries = b.Entries }, audit.CodeOtherRank, "by the rules"},
		{"an entry gone from the final order", func(b *audit.Bundle) { b.Pitch.Entries = b.Pitch.Entries[1:] }, audit.CodeOtherRank, "has rank 1 by the rules, 0"},
		{"the rules", func(b *audit.Bundle) { b.Pitch.Rules = b.Pitch.Lock }, record.CodeUnrelated, "no pitch.rules"},
		{"the shortlist", func(b *audit.Bundle) { b.Pitch.Shortlist = b.Pitch.Rules }, record.CodeUnrelated, "no pitch.shortlist"},
		{"the lock", func(b *audit.Bundle) { b.Pitch.Lock = b.Pitch.Rules }, record.CodeUnrelated, "no pitch.locked"},
		{"another challenge's rules", func(b *audit.Bundle) {
			b.Pitch.Rules = w.act(record.KindPitchRules, strings.Replace(payloadOf(w.T, b.Pitch.Rules), w.rows.Challenge.String(), uuid.NewString(), 1))
		}, record.CodeUnrelated, "no pitch.rules"},
		{"rules that came late", func(b *audit.Bundle) { b.Pitch.Rules = w.act(record.KindPitchRules, payloadOf(w.T, b.Pitch.Rules)) }, audit.CodeOtherPitch, "in their order"},
		{"a shortlist that came early", func(b *audit.Bundle) { b.Pitch.Shortlist = early }, audit.CodeOtherPitch, "in their order"},
		{"a shortlist that came late", func(b *audit.Bundle) {
			b.Pitch.Shortlist = w.act(record.KindPitchNamed, payloadOf(w.T, b.Pitch.Shortlist))
		}, audit.CodeOtherPitch, "in their order"},
		{"another share at the lock", lock(`"share":40`, `"share":60`), audit.CodeOtherPitch, "that were announced"},
		{"fewer entries at the lock", lock(`"entries":2`, `"entries":1`), audit.CodeOtherPitch, "not computed by the rules"},
		{"a lock after the results", lock("", ""), record.CodeUnrelated, "the results stand before the lock"},
	} {
		var b audit.Bundle
		w.must(json.Unmarshal(file, &b))
		c.change(&b)
		w.refused(c.what, b, c.want, c.says)
	}
}
