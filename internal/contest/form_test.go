package contest_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

func ja(s string) lang.Text { return lang.Text{lang.JA: s} }

func plan(d contest.FormDraft) contest.FormPlan {
	return contest.FormPlan{Sections: d.Sections, Fields: slices.Clone(d.Fields)}
}

func field(f []contest.Field, key string) *contest.Field {
	for i := range f {
		if f[i].Key == key {
			return &f[i]
		}
	}
	return nil
}

// Every kind of field with everything it can carry is kept, and the template's own flags are there.
func TestSaveFormKeepsEveryKind(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx := context.Background()
	d := k.start(t)
	draft, err := k.s.FormDraft(ctx, k.author, d.ID)
	want(t, "read", err, nil)
	if !field(draft.Fields, "demonstration").Demonstration || !field(draft.Fields, "website").Identifying || len(draft.Sections) != 4 || !draft.Editable {
		t.Fatalf("template's form %+v", draft)
	}
	low, high := 0.5, 1e6
	freeze := d.Dates.Opens.Add(time.Hour).UTC().Truncate(time.Second)
	p := plan(draft)
	p.Sections = append(p.Sections, contest.FormSection{Key: "numbers", Label: ja("数値")})
	p.Fields = append(p.Fields,
		contest.Field{Key: "people", Section: "numbers", Kind: contest.Number, Min: &low, Max: &high, Unit: ja("人"), Label: ja("人数"), JurySees: true},
		contest.Field{Key: "regions", Section: "numbers", Kind: contest.Choices, Label: ja("地域"), Hint: ja("いくつでも"), Required: true,
			Options: []contest.Option{{Key: "coast", Label: ja("海岸")}, {Key: "hills", Label: ja("丘")}}},
		contest.Field{Key: "sand", Section: "numbers", Kind: contest.Long, MaxChars: 200, MaxWords: 40, Label: ja("砂"), FrozenAfter: &freeze,
			ShownIf: &contest.Condition{Field: "regions", Equals: "coast"}, Identifying: true},
		contest.Field{Key: "ready-by", Section: "numbers", Kind: contest.Date, Label: ja("準備の日")},
		contest.Field{Key: "slides", Section: "numbers", Kind: contest.File, Accept: []string{"slides", "image"}, MaxBytes: 5 << 20, Label: ja("資料")},
	)
	saved, err := k.s.SaveForm(ctx, k.author, d.ID, draft.Version, p)
	want(t, "save", err, nil)
	if saved.Version != 2 || k.read(t, d.ID).Version != d.Version+1 {
		t.Errorf("version %d of the form, %d of the challenge", saved.Version, k.read(t, d.ID).Version)
	}
	got := field(saved.Fields, "sand")
	if got == nil || got.MaxWords != 40 || got.ShownIf == nil || *got.ShownIf != (contest.Condition{Field: "regions", Equals: "coast"}) ||
		!got.FrozenAfter.Equal(freeze) || !got.Identifying || got.JurySees || got.Heading[lang.JA] != "数値" || got.AddedIn != 2 {
		t.Errorf("field %+v", got)
	}
	if n := field(saved.Fields, "people"); *n.Min != low || *n.Max != high || n.Unit[lang.JA] != "人" {
		t.Errorf("number %+v", n)
	}
	if f := field(saved.Fields, "slides"); strings.Join(f.Accept, " ") != "slides image" || f.MaxBytes != 5<<20 {
		t.Errorf("file %+v", f)
	}

	again, err := k.s.SaveForm(ctx, k.author, d.ID, saved.Version, plan(saved))
	want(t, "the same again", err, nil)
	if again.Version != saved.Version {
		t.Errorf("the same form became version %d", again.Version)
	}
	_, err = k.s.SaveForm(ctx, k.second, d.ID, draft.Version, plan(draft))
	want(t, "over an older version", err, fault.ErrStale)
	_, err = k.s.SaveForm(ctx, k.elsewhere, d.ID, saved.Version, plan(saved))
	want(t, "from another city", err, fault.ErrNotFound)
	_, err = k.s.SaveForm(ctx, k.translator, d.ID, saved.Version, plan(saved))
	want(t, "as a translator", err, fault.ErrForbidden)
	testkit.Exec(t, k.db, `update challenges set submitted_at = clock_timestamp() where id = $1`, d.ID)
	_, err = k.s.SaveForm(ctx, k.author, d.ID, saved.Version, plan(saved))
	want(t, "while it waits for approval", err, contest.ErrInApproval)
}

func TestSaveFormNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx := context.Background()
	d := k.start(t)
	draft, err := k.s.FormDraft(ctx, k.author, d.ID)
	want(t, "read", err, nil)
	low, high := 2.0, 1.0
	late := d.Dates.Closes.Add(time.Hour)
	base := contest.Field{Key: "q", Section: "about", Kind: contest.Short, Label: ja("問い")}
	for name, c := range map[string]struct {
		change func(*contest.Field)
		want   string
	}{
		"no label in the language that counts": {func(f *contest.Field) { f.Label = lang.Text{lang.EN: "Question"} }, "/label/ja required"},
		"long label":                           {func(f *contest.Field) { f.Label = ja(strings.Repeat("長", 201)) }, "/label/ja too_long"},
		"long hint":                            {func(f *contest.Field) { f.Hint = ja(strings.Repeat("長", 1001)) }, "/hint/ja too_long"},
		"a key that is taken":                  {func(f *contest.Field) { f.Key = "summary" }, "/key taken"},
		"a key with a space":                   {func(f *contest.Field) { f.Key = "a b" }, "/key malformed"},
		"a section that is not there":          {func(f *contest.Field) { f.Section = "nowhere" }, "/section unknown"},
		"an unknown kind":                      {func(f *contest.Field) { f.Kind = "colour" }, "/kind not_a_choice"},
		"a limit past any answer":              {func(f *contest.Field) { f.MaxChars = 20001 }, "/maxChars too_large"},
		"words past any answer":                {func(f *contest.Field) { f.MaxWords = 20001 }, "/maxWords too_large"},
		"one option": {func(f *contest.Field) {
			f.Kind, f.Options = contest.Choice, []contest.Option{{Key: "a", Label: ja("あ")}}
		}, "/options too_few"},
		"options alike": {func(f *contest.Field) {
			f.Kind, f.Options = contest.Choices, []contest.Option{{Key: "a", Label: ja("あ")}, {Key: "a", Label: ja("い")}}
		}, "/options/1/key taken"},
		"an option without words": {func(f *contest.Field) {
			f.Kind, f.Options = contest.Choice, []contest.Option{{Key: "a", Label: ja("あ")}, {Key: "b"}}
		}, "/options/1/label/ja required"},
		"most below least":             {func(f *contest.Field) { f.Kind, f.Min, f.Max = contest.Number, &low, &high }, "/max range"},
		"no kind of file":              {func(f *contest.Field) { f.Kind, f.MaxBytes = contest.File, 1 }, "/accept too_few"},
		"an unknown kind of file":      {func(f *contest.Field) { f.Kind, f.MaxBytes, f.Accept = contest.File, 1, []string{"exe"} }, "/accept/0 not_a_choice"},
		"no size":                      {func(f *contest.Field) { f.Kind, f.Accept = contest.File, []string{"pdf"} }, "/maxBytes required"},
		"a size past any file":         {func(f *contest.Field) { f.Kind, f.Accept, f.MaxBytes = contest.File, []string{"pdf"}, 3<<30 }, "/maxBytes file_too_large"},
		"frozen after the deadline":    {func(f *contest.Field) { f.FrozenAfter = &late }, "/frozenAfter between"},
		"frozen before it opens":       {func(f *contest.Field) { f.FrozenAfter = &d.Dates.Opens }, "/frozenAfter between"},
		"depends on itself":            {func(f *contest.Field) { f.ShownIf = &contest.Condition{Field: "q", Equals: "a"} }, "/shownIf choice_before"},
		"depends on a text":            {func(f *contest.Field) { f.ShownIf = &contest.Condition{Field: "summary", Equals: "a"} }, "/shownIf choice_before"},
		"depends on what is no choice": {func(f *contest.Field) { f.ShownIf = &contest.Condition{Field: "stage", Equals: "dream"} }, "/shownIf not_a_choice"},
		"a demonstration by number":    {func(f *contest.Field) { f.Kind, f.Demonstration = contest.Number, true }, "/kind not_a_choice"},
	} {
		p, f := plan(draft), base
		c.change(&f)
		p.Fields = append(p.Fields, f)
		_, err := k.s.SaveForm(ctx, k.author, d.ID, draft.Version, p)
		e, ok := fault.As(err)
		if !ok || len(e.Fields) != 1 {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := e.Fields[0].Pointer + " " + e.Fields[0].Code; got != fmt.Sprintf("/fields/%d%s", len(draft.Fields), c.want) {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	_, err = k.s.SaveForm(ctx, k.author, d.ID, draft.Version, contest.FormPlan{Sections: draft.Sections})
	if e, ok := fault.As(err); !ok || e.Fields[0].Pointer != "/fields" {
		t.Errorf("no fields at all: %v", err)
	}
	p := plan(draft)
	p.Sections = append(slices.Clone(p.Sections), contest.FormSection{Key: "about"})
	_, err = k.s.SaveForm(ctx, k.author, d.ID, draft.Version, p)
	if e, ok := fault.As(err); !ok || len(e.Fields) != 2 || e.Fields[0].Pointer != "/sections/4/key" || e.Fields[1].Pointer != "/sections/4/label/ja" {
		t.Errorf("a section twice, without words: %v", err)
	}
}

// A form that changes under answers: what is asked anew and otherwise is marked with the version,
// what is no longer asked stays while somebody answered it, and comes back under its key.
func TestSetFormUnderAnswers(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx := context.Background()
	d := k.start(t)
	entry, team := testkit.NewID(), testkit.NewID()
	testkit.Exec(t, k.db, `insert into teams (id, name, kind, country) values ($1, 'Gull', 'startup', 'ES')`, team)
	testkit.Exec(t, k.db, `insert into entries (id, challenge_id, team_id, reference, language) values ($1, $2, $3, 'FT-1', 'ja')`, entry, d.ID, team)
	draft, err := k.s.FormDraft(ctx, k.author, d.ID)
	want(t, "read", err, nil)
	website, summary := field(draft.Fields, "website"), field(draft.Fields, "summary")
	testkit.Exec(t, k.db, `insert into answers (entry_id, field_id, value) values ($1, $2, 'https://gull.example'), ($1, $3, '要約')`, entry, website.ID, summary.ID)

	p := plan(draft)
	p.Fields = slices.DeleteFunc(p.Fields, func(f contest.Field) bool { return f.Key == "website" || f.Key == "video" })
	field(p.Fields, "summary").MaxChars = 300
	field(p.Fields, "stage").Hint = lang.Text{lang.JA: field(p.Fields, "stage").Hint[lang.JA], lang.EN: "Another translation."}
	p.Fields = append(p.Fields, contest.Field{Key: "new", Section: "files", Kind: contest.Date, Label: ja("日")})
	saved, err := k.s.SaveForm(ctx, k.author, d.ID, draft.Version, p)
	want(t, "save", err, nil)
	if len(saved.Dropped) != 1 || saved.Dropped[0].Key != "website" || saved.Dropped[0].RemovedIn != 2 || saved.Dropped[0].ID != website.ID {
		t.Errorf("no longer asked: %+v", saved.Dropped)
	}
	for key, v := range map[string][2]int{"summary": {1, 2}, "stage": {1, 1}, "new": {2, 2}, "project-title": {1, 1}} {
		if f := field(saved.Fields, key); f.AddedIn != v[0] || f.ChangedIn != v[1] {
			t.Errorf("%s: added in %d, changed in %d", key, f.AddedIn, f.ChangedIn)
		}
	}
	if saved.Entries != 1 {
		t.Errorf("%d entries", saved.Entries)
	}

	p = plan(saved)
	f := field(p.Fields, "summary")
	f.Kind, f.Accept, f.MaxBytes = contest.File, []string{"pdf"}, 1
	_, err = k.s.SaveForm(ctx, k.author, d.ID, saved.Version, p)
	if e, ok := fault.As(err); !ok || len(e.Fields) != 1 || e.Fields[0].Code != "answered" || !strings.HasSuffix(e.Fields[0].Pointer, "/kind") {
		t.Errorf("an answered text becomes a file: %v", err)
	}

	p = plan(saved)
	p.Fields = append(p.Fields, contest.Field{Key: "website", Section: "about", Kind: contest.URL, Label: ja("サイト")})
	saved, err = k.s.SaveForm(ctx, k.author, d.ID, saved.Version, p)
	want(t, "save", err, nil)
	if back := field(saved.Fields, "website"); back == nil || back.ID != website.ID || back.AddedIn != 3 || len(saved.Dropped) != 0 {
		t.Errorf("asked again: %+v", back)
	}
}

func TestWhatTheFormLacksAndItsCopy(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx := context.Background()
	d := k.complete(t)
	draft, err := k.s.FormDraft(ctx, k.author, d.ID)
	want(t, "read", err, nil)
	freeze := d.Dates.Opens.Add(time.Hour)
	p := plan(draft)
	p.Fields[0].FrozenAfter = &freeze
	if _, err = k.s.SaveForm(ctx, k.author, d.ID, draft.Version, p); err != nil {
		t.Fatal(err)
	}
	opens := freeze.Add(time.Hour)
	testkit.Exec(t, k.db, `update challenges set opens_at = $2 where id = $1`, d.ID, opens)
	missing := k.read(t, d.ID).Missing()
	if len(missing) != 1 || missing[0].Pointer != "/form/project-title" || missing[0].Code != "between" {
		t.Errorf("frozen before it opens: %+v", missing)
	}

	other := k.start(t)
	if err := k.db.InTx(ctx, func(tx database.Tx) error { return contest.CopyForm(tx, d.ID, other.ID) }); err != nil {
		t.Fatal(err)
	}
	copied, err := k.s.FormDraft(ctx, k.author, other.ID)
	want(t, "read the copy", err, nil)
	if len(copied.Fields) != len(p.Fields) || copied.Fields[0].FrozenAfter != nil || copied.Fields[0].ID == p.Fields[0].ID || len(copied.Sections) != 4 {
		t.Errorf("copy %+v", copied)
	}
}
