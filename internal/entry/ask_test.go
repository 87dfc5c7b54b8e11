package entry

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/contest"
)

// The same table is put to the page's rules in web/src/features/question/check.test.ts.
func TestLimits(t *testing.T) {
	b, err := os.ReadFile("testdata/limits.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Name, Value, Fault string
		Field              struct {
			Kind               contest.FieldKind
			Required           bool
			MaxChars, MaxWords int
			Min, Max           *float64
			Options            []string
		}
	}
	if err := json.Unmarshal(b, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		f := contest.Field{ID: uuid.New(), Key: "q", Kind: c.Field.Kind, Required: c.Field.Required, MaxChars: c.Field.MaxChars,
			MaxWords: c.Field.MaxWords, Min: c.Field.Min, Max: c.Field.Max}
		for _, o := range c.Field.Options {
			f.Options = append(f.Options, contest.Option{Key: o})
		}
		got, _ := lack(f, Standing{Answers: map[uuid.UUID]string{f.ID: settled(f, c.Value)}})
		if got != c.Fault {
			t.Errorf("%s: %q, want %q", c.Name, got, c.Fault)
		}
	}
}

func TestSettled(t *testing.T) {
	options := []contest.Option{{Key: "coast"}, {Key: "hills"}}
	for _, c := range []struct {
		kind     contest.FieldKind
		in, want string
	}{
		{contest.Choices, "hills,coast,hills", "coast,hills"},
		{contest.Choices, "hills,desert", "hills,desert"},
		{contest.Number, " １２．５ ", "12.5"},
		{contest.Number, "−3", "-3"},
		{contest.Date, " 2027-01-02\n", "2027-01-02"},
		{contest.URL, " https://a.example ", "https://a.example"},
		{contest.Short, "ＡＢＣ", "ＡＢＣ"},
	} {
		if got := settled(contest.Field{Kind: c.kind, Options: options}, c.in); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.kind, c.in, got, c.want)
		}
	}
}

// A field that depends on a choice is neither missing nor sent while it is not asked; nor does a
// frozen one that was left empty keep an entry from being sent.
func TestAskedAndFrozen(t *testing.T) {
	id := func() uuid.UUID { return uuid.New() }
	long := time.Now().Add(-time.Hour)
	form := []contest.Field{
		{ID: id(), Key: "place", Section: "a", Kind: contest.Choice, Required: true, Options: []contest.Option{{Key: "coast"}, {Key: "hills"}}},
		{ID: id(), Key: "kinds", Section: "b", Kind: contest.Choices, Required: true, Options: []contest.Option{{Key: "beach"}, {Key: "cliff"}},
			ShownIf: &contest.Condition{Field: "place", Equals: "coast"}},
		{ID: id(), Key: "sand", Section: "b", Kind: contest.Short, Required: true, ShownIf: &contest.Condition{Field: "kinds", Equals: "beach"}},
		{ID: id(), Key: "photo", Section: "b", Kind: contest.File, Required: true, ShownIf: &contest.Condition{Field: "place", Equals: "coast"}},
		{ID: id(), Key: "early", Section: "b", Kind: contest.Short, Required: true, FrozenAfter: &long},
	}
	for _, c := range []struct{ name, place, kinds, want, sent, b string }{
		{"nothing chosen", "", "", "place", "", "complete"},
		{"the other choice", "hills", "beach", "", "place", "complete"},
		{"this choice", "coast", "", "kinds photo", "place", "in_progress"},
		{"a choice within it", "coast", "beach,cliff", "sand photo", "place kinds", "in_progress"},
	} {
		s := Standing{Now: time.Now(), Answers: map[uuid.UUID]string{form[0].ID: c.place, form[1].ID: c.kinds},
			Files: map[uuid.UUID][]File{form[3].ID: {{State: Refused}}}}
		got, sent := "", ""
		for _, m := range missing(form, s) {
			got += " " + m.Pointer[len("/fields/"):]
		}
		what := contentOf(form, s)
		for _, f := range form {
			if what.Answers[f.Key] != "" {
				sent += " " + f.Key
			}
		}
		if got != pad(c.want) || sent != pad(c.sent) || sections(form, s)[1].State != c.b {
			t.Errorf("%s: missing%s, sent%s, second section %s", c.name, got, sent, sections(form, s)[1].State)
		}
	}
	if m := missing(form[4:], Standing{Now: long.Add(-time.Minute)}); len(m) != 1 {
		t.Errorf("before its moment: %v", m)
	}
}

func pad(s string) string {
	if s == "" {
		return ""
	}
	return " " + s
}
