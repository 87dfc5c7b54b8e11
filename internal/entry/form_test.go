package entry

import (
	"bytes"
	"errors"
	"testing"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

// formOf reads the bench's form as a plan, to be changed and set again.
func (b *bench) formOf(t *testing.T) contest.FormPlan {
	t.Helper()
	form, err := contest.Form(t.Context(), b.db.Pool(), b.c.Challenge)
	must(t, err)
	sections, err := contest.FormSections(t.Context(), b.db.Pool(), b.c.Challenge)
	must(t, err)
	for i := range sections {
		sections[i].Label = lang.Text{lang.ES: sections[i].Key}
	}
	for i := range form {
		form[i].Label = lang.Text{lang.ES: form[i].Key}
		for j := range form[i].Options {
			form[i].Options[j].Label = lang.Text{lang.ES: form[i].Options[j].Key}
		}
	}
	return contest.FormPlan{Sections: sections, Fields: form}
}

func (b *bench) setForm(t *testing.T, p contest.FormPlan) {
	t.Helper()
	must(t, b.db.InTx(t.Context(), func(tx database.Tx) error {
		c, err := contest.LockExclusive(tx, b.c.Challenge)
		if err != nil {
			return err
		}
		_, err = contest.SetForm(tx, c, p)
		return err
	}))
}

func news(v View) map[string]string {
	out := map[string]string{}
	for _, f := range v.Form {
		switch {
		case f.AddedIn > v.FormSeen:
			out[f.Key] = "added"
		case f.ChangedIn > v.FormSeen:
			out[f.Key] = "changed"
		}
	}
	return out
}

// The city changes the form while a team fills it: answers stay by key, what is no longer asked can
// still be read, and what is new is told until the team has seen it or has submitted.
func TestAFormThatChangesWhileItIsFilled(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.setForm(t, b.formOf(t)) // as an official would have saved it first
	id := b.begin(t)
	b.fill(t, b.owner, id)
	b.save(t, b.owner, id, "website", "https://gull.example", 0)
	v, err := b.Get(t.Context(), b.owner, id)
	must(t, err)
	if len(news(v)) != 0 || len(v.Dropped) != 0 || v.FormSeen != v.FormNow {
		t.Fatalf("an entry begun on the form as it is: %v, %+v", news(v), v.Dropped)
	}

	p := b.formOf(t)
	kept := p.Fields[:0:0]
	for _, f := range p.Fields {
		switch f.Key {
		case "website":
			continue
		case "summary":
			f.MaxChars = 300
		}
		kept = append(kept, f)
	}
	p.Fields = append(kept, contest.Field{Key: "people", Section: "about", Kind: contest.Number, Required: true, Label: lang.Text{lang.ES: "Personas"}, JurySees: true})
	b.setForm(t, p)

	v, err = b.Get(t.Context(), b.owner, id)
	must(t, err)
	if got := news(v); len(got) != 2 || got["people"] != "added" || got["summary"] != "changed" {
		t.Errorf("news %v", got)
	}
	if len(v.Dropped) != 1 || v.Dropped[0].Field.Key != "website" || v.Dropped[0].Value != "https://gull.example" {
		t.Errorf("no longer asked: %+v", v.Dropped)
	}
	for _, a := range v.Answers {
		if a.FieldID == b.c.Fields["title"] && a.Value == "" {
			t.Error("an answer is gone")
		}
	}
	if codes(v.Missing) == "[]" {
		t.Error("the new question is required")
	}
	// Somebody has the old form before their eyes: all that they type is kept, and they are told of the new one.
	s, err := b.SaveAnswers(t.Context(), b.owner, id, []Typed{{b.c.Fields["website"], "https://x.example", 1}, {b.c.Fields["title"], "Cleaner air", 1}})
	if err != nil || len(s.Saved) != 2 || s.FormNow != v.FormNow || s.FormNow == v.FormSeen {
		t.Errorf("typed into the old form: %+v %v", s, err)
	}
	if v, err = b.Get(t.Context(), b.owner, id); err != nil || v.Dropped[0].Value != "https://x.example" {
		t.Errorf("no longer asked: %+v %v", v.Dropped, err)
	}

	stranger := testkit.Person(t, b.db, "Stranger")
	if err := b.SeeForm(t.Context(), stranger, id, v.FormNow); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("seen by a stranger: %v", err)
	}
	must(t, b.SeeForm(t.Context(), b.owner, id, v.FormNow+7)) // no further than there is
	v, err = b.Get(t.Context(), b.owner, id)
	must(t, err)
	if len(news(v)) != 0 || v.FormSeen != v.FormNow || len(v.Dropped) != 1 {
		t.Errorf("after it was seen: %v, seen %d of %d", news(v), v.FormSeen, v.FormNow)
	}
}

// A frozen answer stands as it is, for text and for files, by the database's clock; the rest of the
// batch is saved all the same.
func TestFrozenAnswersStand(t *testing.T) {
	t.Parallel()
	b := newBench(t).withFiles(t, nil, Config{})
	id := b.begin(t)
	b.save(t, b.owner, id, "title", "Before", 0)
	file := b.send(t, b.owner, id, "pitch", "pitch.pdf", "application/pdf", pdf(900))
	testkit.Exec(t, b.db, `update form_fields set frozen_after = clock_timestamp() - interval '1 second' where key in ('title', 'pitch')`)

	s, err := b.SaveAnswers(t.Context(), b.owner, id, []Typed{{b.c.Fields["title"], "After", 1}, {b.c.Fields["summary"], "Free", 0}})
	must(t, err)
	if len(s.Frozen) != 1 || s.Frozen[0].Value != "Before" || s.Frozen[0].Version != 1 || len(s.Saved) != 1 || len(s.Conflicts) != 0 {
		t.Errorf("batch: %+v", s)
	}
	_, err = b.StartUpload(t.Context(), b.owner, id, FileStart{Field: b.c.Fields["pitch"], Name: "b.pdf", Size: 10, Type: "application/pdf"})
	if !errors.Is(err, ErrFieldFrozen) {
		t.Errorf("another file: %v", err)
	}
	if err := b.RemoveFile(t.Context(), b.owner, file.ID); !errors.Is(err, ErrFieldFrozen) {
		t.Errorf("removing the file: %v", err)
	}
	testkit.Exec(t, b.db, `update form_fields set frozen_after = clock_timestamp() + interval '1 hour'`)
	if s := b.save(t, b.owner, id, "title", "Before that hour", 1); len(s.Saved) != 1 {
		t.Errorf("before its moment: %+v", s)
	}
}

// An upload that began before the field's moment does not become its answer after it.
func TestAnUploadThatComesTooLateForItsField(t *testing.T) {
	t.Parallel()
	b := newBench(t).withFiles(t, nil, Config{})
	id := b.begin(t)
	content := pdf(900)
	u, err := b.StartUpload(t.Context(), b.owner, id, FileStart{Field: b.c.Fields["pitch"], Name: "a.pdf", Size: int64(len(content)), Type: "application/pdf"})
	must(t, err)
	b.putParts(t, b.owner, u, content)
	testkit.Exec(t, b.db, `update form_fields set frozen_after = clock_timestamp() where key = 'pitch'`)
	if _, err := b.CompleteUpload(t.Context(), b.owner, u.File.ID); !errors.Is(err, ErrFieldFrozen) {
		t.Errorf("completed: %v", err)
	}
}

// What depends on a choice is left out of the submission while the choice says otherwise, though it
// was typed; and a form's file families are kept by the server.
func TestHiddenIsNotSent(t *testing.T) {
	t.Parallel()
	b := newBench(t).withFiles(t, nil, Config{})
	id := b.begin(t)
	b.fill(t, b.owner, id)
	b.save(t, b.owner, id, "website", "https://gull.example", 0)
	testkit.Exec(t, b.db, `update form_fields set shown_if_key = 'stage', shown_if_equals = 'pilot', position = 7 where key = 'website'`)
	testkit.Exec(t, b.db, `update answers set value = 'idea' where field_id = $1`, b.c.Fields["stage"])
	_, err := b.Submit(t.Context(), b.owner, id)
	must(t, err)
	var sent []byte
	must(t, b.db.Pool().QueryRow(t.Context(), `select answers from submissions where entry_id = $1`, id).Scan(&sent))
	if bytes.Contains(sent, []byte("gull.example")) || !bytes.Contains(sent, []byte(`"idea"`)) {
		t.Errorf("sent %s", sent)
	}
	testkit.Exec(t, b.db, `update form_fields set accept = '["slides"]' where key = 'video'`)
	pptx := contest.FileTypes["slides"][0]
	_, err = b.StartUpload(t.Context(), b.owner, id, FileStart{Field: b.c.Fields["video"], Name: "a.pptx", Size: 10, Type: pptx})
	must(t, err)
	_, err = b.StartUpload(t.Context(), b.owner, id, FileStart{Field: b.c.Fields["video"], Name: "a.mp4", Size: 10, Type: "video/mp4"})
	if f, ok := fault.As(err); !ok || f.Fields[0].Code != "file_type" {
		t.Errorf("another family: %v", err)
	}
}
