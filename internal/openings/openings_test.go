package openings_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fieldtrial/internal/audit"
	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/openings"
	"fieldtrial/internal/record"
	"fieldtrial/internal/testkit"
)

func TestATeamOpensItsOwnReviews(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "raw")
	own, other := w.entries[0], w.entries[1]
	_, _, err := w.svc.OfEntry(t.Context(), own.Owner, own.Entry)
	w.want(err, openings.ErrNotReleased, "before the lock")
	w.lock()
	_, _, err = w.svc.OfEntry(t.Context(), own.Owner, own.Entry)
	w.want(err, openings.ErrNotReleased, "before the release")
	w.release()
	file, reference, err := w.svc.OfEntry(t.Context(), own.Owner, own.Entry)
	w.must(err)
	r, err := audit.VerifyOpenings(file, w.signer.VerifierKey())
	w.must(err)
	// 94, 80 and 92: 50, 30 and 20 per cent of what the three criteria gave.
	if reference != own.Reference || len(r.Totals) != 3 || r.Mean != 88.6667 || r.Round.Reviews != 12 || !r.Lock.KeyPinned {
		t.Errorf("%s %+v", reference, r)
	}
	for name, a := range map[string]authz.Actor{"another team": other.Owner, "the auditor": w.auditor, "the official": w.official} {
		_, _, err := w.svc.OfEntry(t.Context(), a, own.Entry)
		w.want(err, fault.ErrNotFound, name)
	}
	// Two teams that lay their files side by side do not learn which juror read both.
	second, _, err := w.svc.OfEntry(t.Context(), other.Owner, other.Entry)
	w.must(err)
	s, err := audit.VerifyOpenings(second, "")
	w.must(err)
	for _, a := range r.Totals {
		for _, b := range s.Totals {
			if a.Juror == b.Juror {
				t.Errorf("juror %s is called the same in both files", a.Juror)
			}
		}
	}
	for _, word := range []string{`\"time\"`, `\"review\"`} {
		if strings.Contains(string(file), word) && strings.Contains(reviewsOf(t, file), word) {
			t.Errorf("a review tells its %s", word)
		}
	}
	flip(t, file, func(b []byte) error { _, err := audit.VerifyOpenings(b, ""); return err })
}

func reviewsOf(t *testing.T, file []byte) string {
	t.Helper()
	var in struct {
		Reviews json.RawMessage `json:"reviews"`
	}
	if err := json.Unmarshal(file, &in); err != nil {
		t.Fatal(err)
	}
	return string(in.Reviews)
}

// flip turns one bit of each byte, and of those of the reference alone expects nothing: no proof speaks of it.
func flip(t *testing.T, file []byte, verify func([]byte) error) {
	t.Helper()
	from, until := 0, 0
	if at := bytes.Index(file, []byte(`"reference":"`)); at >= 0 {
		from = at + len(`"reference":"`)
		until = from + bytes.IndexByte(file[from:], '"')
	}
	for i := range len(file) - 1 {
		if i >= from && i < until {
			continue
		}
		bad := bytes.Clone(file)
		bad[i] ^= 1 << (i % 7)
		if err := verify(bad); err == nil {
			t.Fatalf("byte %d of …%q… flipped still verifies", i, file[max(0, i-20):i+1])
		}
	}
}

func TestAnAuditorRecomputesEveryRank(t *testing.T) {
	t.Parallel()
	for _, order := range []string{"raw", "calibrated"} {
		t.Run(order, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, order)
			_, _, err := w.svc.Bundle(t.Context(), w.auditor, w.rows.Challenge)
			w.want(err, openings.ErrNotLocked, "before the lock")
			_, err = w.jury.Lock(t.Context(), w.chair, w.rows.Challenge, true)
			w.must(err)
			_, _, err = w.svc.Bundle(t.Context(), w.auditor, w.rows.Challenge)
			w.want(err, record.ErrPending, "before the lock is signed")
			w.sign()
			early, _, err := w.svc.Bundle(t.Context(), w.auditor, w.rows.Challenge)
			w.must(err)
			if r, err := audit.VerifyBundle(early, ""); err != nil || r.Out || len(r.Entries) != 4 {
				t.Errorf("before the release: %+v %v", r, err)
			}
			w.release()
			file, slug, err := w.svc.Bundle(t.Context(), w.auditor, w.rows.Challenge)
			w.must(err)
			r, err := audit.VerifyBundle(file, w.signer.VerifierKey())
			w.must(err)
			if slug != w.rows.Slug || r.Round.Order != order || r.Entries[0].Entry != w.entries[0].Entry || r.Entries[0].Won != 1 || r.Entries[3].Rank != 4 ||
				r.Entries[3].Tie != "lottery" || (r.Entries[0].Calibrated == nil) != (r.Entries[3].Calibrated == nil) || r.Winners != 1 {
				t.Errorf("%+v", r)
			}
			if n := noted(w); n != 4 {
				t.Errorf("%d entries say that they were audited, want 4", n)
			}
			tamper(t, file)
		})
	}
}

func noted(w *world) (n int) {
	w.must(w.db.Pool().QueryRow(w.Context(), `select count(distinct entry_id) from seen where person_id = $1 and kind = 'review'`, w.auditor.PersonID).Scan(&n))
	return n
}

// tamper changes what a dishonest operator would, and expects the reason by name.
func tamper(t *testing.T, file []byte) {
	t.Helper()
	open := func() (b audit.Bundle) {
		if err := json.Unmarshal(file, &b); err != nil {
			t.Fatal(err)
		}
		return b
	}
	for name, c := range map[string]struct {
		change func(*audit.Bundle)
		want   record.Code
	}{
		"a score":        {func(b *audit.Bundle) { swap(&b.Reviews[0].Payload, `"impact":`, `"impact":1,"x":`) }, audit.CodeOtherReview},
		"a review gone":  {func(b *audit.Bundle) { b.Reviews = b.Reviews[1:] }, audit.CodeOtherReview},
		"a review twice": {func(b *audit.Bundle) { b.Reviews = append(b.Reviews, b.Reviews[0]) }, audit.CodeOtherReview},
		"the ranking":    {func(b *audit.Bundle) { swap(&b.Ranking, `"mean":88`, `"mean":89`) }, audit.CodeOtherResult},
		"the order":      {func(b *audit.Bundle) { b.Entries[0].Rank, b.Entries[1].Rank = 2, 1 }, audit.CodeOtherRank},
		"the lottery":    {func(b *audit.Bundle) { b.Entries[2].Rank, b.Entries[3].Rank = 4, 3 }, audit.CodeOtherRank},
		"whose review": {func(b *audit.Bundle) {
			b.Reviews[0].Seat = b.Jurors[len(b.Jurors)-1].Seat
			b.Reviews[1].Seat = b.Jurors[0].Seat
		}, audit.CodeOtherJuror},
		"another's round":  {func(b *audit.Bundle) { b.Round = b.Result }, record.CodeUnrelated},
		"a made-up result": {func(b *audit.Bundle) { b.Result = b.Round }, record.CodeUnrelated},
		"the format":       {func(b *audit.Bundle) { b.Format = "x" }, audit.CodeMalformed},
	} {
		b := open()
		c.change(&b)
		bad, err := audit.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		_, err = audit.VerifyBundle(bad, "")
		var wrong *record.VerifyError
		if !errors.As(err, &wrong) || wrong.Code != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if _, err := audit.VerifyBundle(append(bytes.Clone(file), "{}"...), ""); err == nil {
		t.Error("something behind the bundle went unnoticed")
	}
}

func swap(s *string, old, by string) { *s = strings.Replace(*s, old, by, 1) }

func TestWhoGetsTheBundle(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "raw")
	w.lock()
	admin := testkit.Person(t, w.db, "Admin", authz.Grant{Role: authz.Admin, Kind: authz.Installation})
	for name, c := range map[string]struct {
		who  authz.Actor
		want error
	}{
		"the chair": {w.chair, fault.ErrForbidden}, "an official": {w.official, fault.ErrForbidden}, "an admin": {admin, fault.ErrNotFound},
		"a team": {w.entries[0].Owner, fault.ErrNotFound},
	} {
		_, _, err := w.svc.Bundle(t.Context(), c.who, w.rows.Challenge)
		w.want(err, c.want, name)
	}
	testkit.Exec(t, w.db, `insert into exclusions (person_id, entry_id, kind) values ($1, $2, 'conflict')`, w.auditor.PersonID, w.entries[3].Entry)
	_, _, err := w.svc.Bundle(t.Context(), testkit.Actor(t, w.db, w.auditor.PersonID, w.auditor.SessionID), w.rows.Challenge)
	w.want(err, fault.ErrNotFound, "an auditor in conflict with one entry")
}

// An entry that leaves after the lock does not stop the audit: the ranks close up, and it is named.
func TestAnEntryThatLeftIsNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "raw")
	w.lock()
	testkit.Exec(t, w.db, `update entries set state = 'withdrawn' where id = $1`, w.entries[1].Entry)
	file, _, err := w.svc.Bundle(t.Context(), w.auditor, w.rows.Challenge)
	w.must(err)
	r, err := audit.VerifyBundle(file, "")
	w.must(err)
	testkit.Exec(t, w.db, `update entries set state = 'submitted' where id = $1`, w.entries[1].Entry)
	w.release()
	testkit.Exec(t, w.db, `update entries set state = 'withdrawn' where id = $1`, w.entries[0].Entry)
	file, _, err = w.svc.Bundle(t.Context(), w.auditor, w.rows.Challenge)
	w.must(err)
	if after, err := audit.VerifyBundle(file, ""); err != nil || after.Winners != 1 || len(after.Left) != 1 {
		t.Errorf("a winner who left: %+v %v", after, err)
	}
	if len(r.Left) != 1 || r.Left[0] != w.entries[1].Entry || len(r.Entries) != 3 || r.Entries[2].Rank != 3 {
		t.Errorf("%+v", r)
	}
}

// What everybody may check of a challenge: its rules and deadline at once, the rest with the results.
func TestTheChallengesPublicActs(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "raw")
	kinds := func() string {
		list, err := w.svc.Public(t.Context(), w.rows.Slug)
		w.must(err)
		var out []string
		for _, r := range list {
			if _, err := record.Verify(r.File, record.Options{Key: w.signer.VerifierKey()}); err != nil {
				t.Errorf("%s: %v", r.Kind, err)
			}
			out = append(out, string(r.Kind))
		}
		return strings.Join(out, " ")
	}
	w.lock()
	if got := kinds(); got != "" {
		t.Errorf("before the release: %s", got)
	}
	w.release()
	if got := kinds(); got != "assignment round.locked decision result.published" {
		t.Errorf("after the release: %s", got)
	}
	_, err := w.svc.Public(t.Context(), "no-such")
	w.want(err, fault.ErrNotFound, "no such challenge")
}

// One command for every file: what it is, is seen from the file.
func TestTheCommandChecksEveryFile(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "calibrated")
	w.lock()
	w.release()
	dir := t.TempDir()
	write := func(name string, b []byte) string {
		path := filepath.Join(dir, name)
		w.must(os.WriteFile(path, b, 0o600))
		return path
	}
	own, _, err := w.svc.OfEntry(t.Context(), w.entries[0].Owner, w.entries[0].Entry)
	w.must(err)
	bundle, _, err := w.svc.Bundle(t.Context(), w.auditor, w.rows.Challenge)
	w.must(err)
	newest, err := record.LatestCheckpoint(t.Context(), w.db)
	w.must(err)
	var log bytes.Buffer
	w.must(record.WriteLog(t.Context(), w.db, newest, &log))
	note, err := record.Checkpoints(t.Context(), w.db, newest.Size, 1)
	w.must(err)
	public, err := w.svc.Public(t.Context(), w.rows.Slug)
	w.must(err)
	forged := bytes.Replace(bundle, []byte(`"rank":1`), []byte(`"rank":2`), 1)
	files := map[string]string{"own": write("own.json", own), "bundle": write("bundle.json", bundle), "log": write("log.txt", log.Bytes()),
		"note": write("note.txt", []byte(note[0].Note)), "receipt": write("receipt.json", public[0].File), "forged": write("forged.json", forged), "none": filepath.Join(dir, "none")}
	key := w.signer.VerifierKey()
	if *vectors != "" {
		w.vectors(own, bundle)
	}
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{files["own"]}, 0, "The reviews of entry E-Team1 are those that were locked"},
		{[]string{files["own"], "--lang", "es"}, 0, "No probado"},
		{[]string{files["own"], "--lang", "ja", "--key", key}, 0, "指定された検証鍵と一致しています"},
		{[]string{"--key", key, files["bundle"]}, 0, "  1. E-Team1"},
		{[]string{files["bundle"], "--json"}, 0, `"tie": "lottery"`},
		{[]string{files["bundle"], "--lang", "ja"}, 0, "採択 1 位"},
		{[]string{files["forged"]}, 1, "audit.other_rank"},
		{[]string{files["forged"], "--json"}, 1, `"valid": false`},
		{[]string{"log", files["log"], "--key", key, "--checkpoint", files["note"], "--receipt", files["receipt"]}, 0, "reviews recorded after it: 0"},
		{[]string{files["log"], "--lang", "es"}, 0, "El registro está completo"},
		{[]string{"log", files["own"]}, 1, "record.log_malformed"},
		{[]string{"log"}, 2, ""},
		{[]string{"log", files["none"]}, 2, ""},
		{[]string{files["none"]}, 2, ""},
		{[]string{files["note"], "--key", key}, 0, "The checkpoint is signed by the key you gave"},
		{[]string{files["note"]}, 2, ""},
		{[]string{files["receipt"]}, 0, "The receipt holds"},
	} {
		var out, errs bytes.Buffer
		if code := audit.RunVerify(c.args, &out, &errs); code != c.code || !strings.Contains(out.String(), c.says) {
			t.Errorf("%v: exit %d, want %d\n%s%s", c.args, code, c.code, out.String(), errs.String())
		}
	}
}
