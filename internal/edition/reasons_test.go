package edition_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/edition"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/screening/reason"
	"fieldtrial/internal/testkit"
)

func keys(list []reason.Reason) string {
	out := []string{}
	for _, r := range list {
		out = append(out, r.Key)
	}
	return strings.Join(out, " ")
}

func TestAContestHasReasonsOfItsOwn(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	testkit.Programme(t, db)
	s := edition.NewService(db)
	ctx := t.Context()
	c, err := s.Create(ctx, admin, edition.New{Title: lang.Text{lang.EN: "Second call"}, Dates: dates(1)})
	if err != nil || c.OwnReasons || !slices.ContainsFunc(c.Reasons, func(r reason.Reason) bool { return r.Key == "incomplete" }) {
		t.Fatalf("the usual ones: %+v %v", c.Reasons, err)
	}
	list := []reason.Reason{{Label: lang.Text{lang.JA: "市外の実証である", lang.EN: " Outside the city "}}, {Key: "late", Label: lang.Text{lang.EN: "Too late"}}}
	if _, err := s.Reasons(ctx, admin, c.ID, c.Version+1, list); !errors.Is(err, fault.ErrStale) {
		t.Errorf("read at another version: %v", err)
	}
	if _, err := s.Reasons(ctx, authz.Actor{Confirmed: true}, c.ID, c.Version, list); err == nil {
		t.Error("a member may set them")
	}
	if c, err = s.Reasons(ctx, admin, c.ID, c.Version, list); err != nil || !c.OwnReasons || len(c.Reasons) != 3 {
		t.Fatalf("set: %+v %v", c.Reasons, err)
	}
	made := c.Reasons[0]
	if made.Label[lang.EN] != "Outside the city" || made.Label[lang.JA] == "" || keys(c.Reasons[1:]) != "late other" {
		t.Errorf("a new one has a key, and other is always there: %+v", c.Reasons)
	}
	for name, bad := range map[string][]reason.Reason{
		"no words":        {{Label: lang.Text{lang.EN: "  "}}},
		"an unknown key":  {{Key: "weather", Label: lang.Text{lang.EN: "Weather"}}},
		"a key twice":     {list[1], list[1]},
		"too long a text": {{Label: lang.Text{lang.ES: strings.Repeat("ñ", reason.LongestLabel+1)}}},
		"too many":        slices.Repeat([]reason.Reason{{Label: lang.Text{lang.EN: "x"}}}, reason.Most+1),
	} {
		if _, err := s.Reasons(ctx, admin, c.ID, c.Version, bad); !errors.Is(err, fault.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// What is left out keeps its words for the verdicts that name it, and its key.
	if c, err = s.Reasons(ctx, admin, c.ID, c.Version, list[1:]); err != nil || keys(c.Reasons) != "late other" {
		t.Fatalf("shortened: %+v %v", c.Reasons, err)
	}
	all, err := reason.List(ctx, db.Pool(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if words := reason.Labels(all, []string{made.Key}); len(words) != 1 || words[0][lang.JA] != "市外の実証である" {
		t.Errorf("what is gone: %+v", words)
	}
	copied, err := s.Create(ctx, admin, edition.New{CopyOf: c.ID, Title: lang.Text{lang.EN: "Third call"}, Dates: dates(60)})
	if err != nil || keys(copied.Reasons) != "late other" {
		t.Errorf("copied: %+v %v", copied.Reasons, err)
	}
	if c, err = s.Reasons(ctx, admin, c.ID, c.Version, nil); err != nil || c.OwnReasons || len(c.Reasons) < 5 {
		t.Errorf("back to the usual ones: %+v %v", c.Reasons, err)
	}
}

func TestAContestSetsAGrace(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	rows := testkit.OpenChallenge(t, db)
	s := edition.NewService(db)
	c, err := s.Create(t.Context(), admin, edition.New{Title: lang.Text{lang.EN: "Second call"}, Dates: dates(1)})
	if err != nil || c.GraceMinutes != 0 {
		t.Fatalf("none is the default: %d %v", c.GraceMinutes, err)
	}
	set := c.Settings
	set.GraceMinutes = 1441
	if _, err := s.Update(t.Context(), admin, c.ID, c.Version, set); !errors.Is(err, fault.ErrInvalid) {
		t.Errorf("more than a day: %v", err)
	}
	soon := set
	soon.Dates.JudgingEnds, soon.GraceMinutes = soon.Dates.Closes.Add(30*time.Minute), 31
	if _, err := s.Update(t.Context(), admin, c.ID, c.Version, soon); !errors.Is(err, fault.ErrInvalid) {
		t.Errorf("past the jury's end: %v", err)
	}
	set.GraceMinutes = 20
	if c, err = s.Update(t.Context(), admin, c.ID, c.Version, set); err != nil || c.GraceMinutes != 20 {
		t.Errorf("set: %d %v", c.GraceMinutes, err)
	}
	if copied, err := s.Create(t.Context(), admin, edition.New{CopyOf: c.ID, Dates: dates(60)}); err != nil || copied.GraceMinutes != 20 {
		t.Errorf("copied: %d %v", copied.GraceMinutes, err)
	}
	// What is published counts on it.
	of, err := s.Get(t.Context(), admin, rows.Contest)
	if err != nil {
		t.Fatal(err)
	}
	set = of.Settings
	set.GraceMinutes = 20
	if _, err := s.Update(t.Context(), admin, of.ID, of.Version, set); !errors.Is(err, edition.ErrOpened) {
		t.Errorf("after publication: %v", err)
	}
}
