package entry

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/contest"
)

func TestTidy(t *testing.T) {
	for _, c := range []struct {
		kind     contest.FieldKind
		in, want string
	}{
		{contest.Long, "a\r\nb\rc\x00\x07d\te", "a\nb\ncd\te"},
		{contest.Short, "a\r\nb\tc", "a b c"},
		{contest.Short, "か\u3099", "が"},
		{contest.Long, "bad \xff byte", "bad \uFFFD byte"},
	} {
		if got := tidy(c.kind, c.in); got != c.want {
			t.Errorf("tidy(%s, %q) = %q, want %q", c.kind, c.in, got, c.want)
		}
	}
}

func TestStatus(t *testing.T) {
	for _, c := range []struct {
		state  State
		unsent bool
		phase  contest.Phase
		want   Status
		next   string
	}{
		{StateDraft, false, contest.Open, StatusNotSubmitted, "submit_before"},
		{StateDraft, false, contest.Closed, StatusMissed, "none"},
		{StateSubmitted, false, contest.Open, StatusSubmitted, "closes"},
		{StateSubmitted, true, contest.Open, StatusChangesNotSubmitted, "submit_before"},
		{StateSubmitted, true, contest.Closed, StatusJudging, "judging_ends"},
		{StateSubmitted, false, contest.Deliberation, StatusJudging, "results"},
		{StateSubmitted, true, contest.Results, StatusResults, "released"},
		{StateWithdrawn, false, contest.Open, StatusWithdrawn, "closes"},
		{StateWithdrawn, false, contest.Results, StatusWithdrawn, "none"},
	} {
		got := statusOf(c.state, c.unsent, c.phase)
		if got != c.want || nextOf(got, c.phase, contest.Dates{Closes: time.Now()}).What != c.next {
			t.Errorf("%s %v %s: %s, next %s", c.state, c.unsent, c.phase, got, nextOf(got, c.phase, contest.Dates{}).What)
		}
	}
}

func TestMissingAndSections(t *testing.T) {
	id := func() uuid.UUID { return uuid.New() }
	form := []contest.Field{
		{ID: id(), Key: "title", Section: "about", Kind: contest.Short, Required: true, MaxChars: 5},
		{ID: id(), Key: "stage", Section: "about", Kind: contest.Choice, Required: true, Options: []contest.Option{{Key: "idea"}}},
		{ID: id(), Key: "site", Section: "about", Kind: contest.URL},
		{ID: id(), Key: "pitch", Section: "files", Kind: contest.File, Required: true},
		{ID: id(), Key: "video", Section: "files", Kind: contest.File},
	}
	for _, c := range []struct {
		name                 string
		title, stage, site   string
		pitch, video         []File
		want, about, filesIs string
	}{
		{"empty", "", "", "", nil, nil, "title:required stage:required pitch:required", "not_started", "not_started"},
		{"blank is empty", " \n", "", "", nil, nil, "title:required stage:required pitch:required", "not_started", "not_started"},
		{"five characters fit", "五文字です", "idea", "", []File{{State: Clean, SHA256: []byte{1}}}, nil, "", "complete", "complete"},
		{"six do not", "六文字ですよ", "idea", "", []File{{State: Clean, SHA256: []byte{1}}}, nil, "title:too_long", "in_progress", "complete"},
		{"choice and address", "a", "other", "javascript:alert(1)", []File{{State: NotScanned, SHA256: []byte{1}}}, nil, "stage:not_a_choice site:malformed", "in_progress", "complete"},
		{"hash not known yet", "a", "idea", "", []File{{State: Checking}}, nil, "pitch:file_checking", "complete", "in_progress"},
		{"hash known", "a", "idea", "", []File{{State: Checking, SHA256: []byte{1}}}, nil, "", "complete", "complete"},
		{"infected, even where optional", "a", "idea", "", []File{{State: Infected, SHA256: []byte{1}}}, []File{{State: Infected}}, "pitch:file_infected video:file_infected", "complete", "in_progress"},
		{"an older good one stays behind a refused one", "a", "idea", "", []File{{State: Refused}, {State: Clean, SHA256: []byte{1}}}, []File{{State: Uploading}}, "", "complete", "complete"},
		{"on its way", "a", "idea", "", []File{{State: Uploading}}, nil, "pitch:file_uploading", "complete", "in_progress"},
		{"refused", "a", "idea", "", []File{{State: Refused}}, nil, "pitch:file_refused", "complete", "in_progress"},
	} {
		s := Standing{Answers: map[uuid.UUID]string{form[0].ID: c.title, form[1].ID: c.stage, form[2].ID: c.site},
			Files: map[uuid.UUID][]File{form[3].ID: c.pitch, form[4].ID: c.video}}
		got := ""
		for _, m := range missing(form, s) {
			if got != "" {
				got += " "
			}
			got += m.Pointer[len("/fields/"):] + ":" + m.Code
		}
		if got != c.want {
			t.Errorf("%s: missing %q, want %q", c.name, got, c.want)
		}
		list := sections(form, s)
		if len(list) != 2 || list[0].State != c.about || list[1].State != c.filesIs {
			t.Errorf("%s: sections %+v", c.name, list)
		}
	}
}
