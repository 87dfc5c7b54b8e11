package screening

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/record"
	"fieldtrial/internal/testkit"
)

func (b *bench) save(t *testing.T, e testkit.EntryRows, key, value string, version int) error {
	t.Helper()
	_, err := b.entries.SaveAnswers(t.Context(), e.Owner, e.Entry, []entry.Typed{{FieldID: b.c.Fields[key], Value: value, Version: version}})
	return err
}

func TestACorrectionReopensNamedFieldsUntilItsMoment(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	e := b.entered(t, 2)
	// An edit after the last submission, before the deadline, that was never sent.
	testkit.Exec(t, b.db, `update answers set value = 'never sent' where entry_id = $1 and field_id = $2`, e[0].Entry, b.c.Fields["title"])
	if err := b.save(t, e[0], "summary", "x", 1); !errors.Is(err, entry.ErrDeadlinePassed) {
		t.Fatalf("before it was asked for: %v", err)
	}
	until := time.Now().Add(time.Hour).Truncate(time.Second)
	ask := Request{Act: Correct, Entries: ids(e[0]), Fields: []uuid.UUID{b.c.Fields["summary"], b.c.Fields["pitch"]}, Until: until, Note: "概要を補ってください。", Language: "ja"}
	for name, change := range map[string]func(*Request){
		"/fieldIds required": func(r *Request) { r.Fields = nil },
		"/fieldIds unknown":  func(r *Request) { r.Fields = append([]uuid.UUID{uuid.New()}, r.Fields...) },
		"/until past":        func(r *Request) { r.Until = time.Now().Add(-time.Minute) },
		"/until order":       func(r *Request) { r.Until = time.Now().AddDate(0, 3, 0) },
		"/note required":     func(r *Request) { r.Note = "" },
	} {
		r := ask
		change(&r)
		_, err := b.Do(t.Context(), b.official, b.c.Challenge, r)
		var f *fault.Error
		if !errors.As(err, &f) || len(f.Fields) != 1 || f.Fields[0].Pointer+" "+f.Fields[0].Code != name {
			t.Errorf("%s: %v", name, err)
		}
	}
	b.do(t, ask)
	if n := b.count(t, `select count(*) from notices where kind = 'correction-requested' and subject_id = $1`, e[0].Entry); n != 1 {
		t.Errorf("%d mails", n)
	}
	v, err := b.entries.Get(t.Context(), e[0].Owner, e[0].Entry)
	must(t, err)
	if c := v.Official.Correction; c == nil || !c.Until.Equal(until) || len(c.Fields) != 2 || c.Note != ask.Note || !e[0].Owner.May(authz.EditEntry, authz.Scope{Team: e[0].Team}) {
		t.Fatalf("the team sees %+v", c)
	}
	if got := fmt.Sprint(v.Allowed); got != "[entry.see entry.receipt entry.edit entry.submit]" {
		t.Errorf("allowed: %s", got)
	}
	for _, a := range v.Answers {
		if a.Value == "never sent" {
			t.Error("an unsent edit of another field is shown as if it could be sent")
		}
	}
	// Only the named fields, only of this entry.
	if err := b.save(t, e[0], "title", "Better title", 1); !errors.Is(err, entry.ErrFieldClosed) {
		t.Errorf("another field: %v", err)
	}
	if _, err := b.entries.StartUpload(t.Context(), e[0].Owner, e[0].Entry, entry.FileStart{Field: b.c.Fields["video"], Name: "v.mp4", Size: 10, Type: "video/mp4"}); !errors.Is(err, entry.ErrFieldClosed) {
		t.Errorf("a file of another field: %v", err)
	}
	if err := b.save(t, e[1], "summary", "x", 1); !errors.Is(err, entry.ErrDeadlinePassed) {
		t.Errorf("another entry: %v", err)
	}
	if _, err := b.entries.Withdraw(t.Context(), e[0].Owner, e[0].Entry); !errors.Is(err, entry.ErrDeadlinePassed) {
		t.Errorf("withdrawing in a correction: %v", err)
	}
	if _, err := b.entries.Submit(t.Context(), e[0].Owner, e[0].Entry); !errors.Is(err, entry.ErrUncorrected) {
		t.Errorf("nothing changed: %v", err)
	}
	must(t, b.save(t, e[0], "summary", "A fuller summary.", 1))
	if run := b.do(t, Request{Act: Pass, Entries: ids(e...)}); run.Done != 1 || run.Skipped[0].Code != "correcting" {
		t.Errorf("a verdict while the team has time: %+v", run)
	}
	v, err = b.entries.Submit(t.Context(), e[0].Owner, e[0].Entry)
	must(t, err)
	if v.Submission.Number != 2 || v.Official.Correction.SentAt == nil || v.Official.Correction.Changed {
		t.Errorf("sent: %+v %+v", v.Submission, v.Official.Correction)
	}
	if _, err := b.entries.Submit(t.Context(), e[0].Owner, e[0].Entry); err != nil {
		t.Errorf("the same again: %v", err)
	}
	var kind, title, summary string
	must(t, b.db.Pool().QueryRow(t.Context(), `select s.kind, s.answers ->> 'title', s.answers ->> 'summary' from submissions s join entries e on e.last_submission_id = s.id
		where e.id = $1`, e[0].Entry).Scan(&kind, &title, &summary))
	if kind != "correction" || title != "The plan of Team A" || summary != "A fuller summary." {
		t.Errorf("what counts now: %s, %q, %q", kind, title, summary)
	}
	if n := b.count(t, `select count(*) from record_leaves where kind = $1 and subject = $2`, string(record.KindEntryCorrected), e[0].Entry); n != 1 {
		t.Errorf("%d leaves", n)
	}
	d, err := b.Entry(t.Context(), b.official, e[0].Entry)
	must(t, err)
	f := d.Corrections[0].Fields
	if len(f) != 2 || f[0].Before != "What **Team A** would do." || f[0].After != "A fuller summary." || !f[0].Changed || f[1].Changed || len(f[1].FilesBefore) != 1 || d.Item.Screening != Corrected {
		t.Errorf("before and after: %+v", f)
	}
	// A file that a correction took out can still be compared.
	testkit.Exec(t, b.db, `update submissions set files = '[]' where entry_id = $1 and number = 2`, e[0].Entry)
	if _, err := b.entries.LinkFor(t.Context(), b.official, e[0].File, entry.Download); err != nil {
		t.Errorf("the file before the correction: %v", err)
	}
	// The moment passes by the database's clock.
	testkit.Exec(t, b.db, `update corrections set until = clock_timestamp() where entry_id = $1`, e[0].Entry)
	if err := b.save(t, e[0], "summary", "Too late.", 2); !errors.Is(err, entry.ErrDeadlinePassed) {
		t.Errorf("after its moment: %v", err)
	}
	if _, err := b.entries.Submit(t.Context(), e[0].Owner, e[0].Entry); !errors.Is(err, entry.ErrDeadlinePassed) {
		t.Errorf("sent after its moment: %v", err)
	}
	if run := b.do(t, Request{Act: Pass, Entries: ids(e[0])}); run.Done != 1 {
		t.Errorf("a verdict on it: %+v", run)
	}
}

func TestAnOpenCorrectionCanBeClosedBeforeItsTime(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	e := b.entered(t, 1)
	b.do(t, Request{Act: Correct, Entries: ids(e...), Fields: []uuid.UUID{b.c.Fields["summary"]}, Until: time.Now().Add(time.Hour), Note: "x"})
	must(t, b.save(t, e[0], "summary", "New.", 1))
	if run := b.do(t, Request{Act: Close, Entries: ids(e...)}); run.Done != 1 {
		t.Fatalf("closed: %+v", run)
	}
	if err := b.save(t, e[0], "summary", "Newer.", 2); !errors.Is(err, entry.ErrDeadlinePassed) {
		t.Errorf("after it was closed: %v", err)
	}
	if run := b.do(t, Request{Act: Close, Entries: ids(e...)}); run.Skipped[0].Code != "not_correcting" {
		t.Errorf("again: %+v", run)
	}
}
