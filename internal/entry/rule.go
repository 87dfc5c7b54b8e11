package entry

import (
	"net/url"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// State is what is stored of an entry's course; all else follows from it and from the dates.
type State string

// The states. A draft was never submitted.
const (
	StateDraft     State = "draft"
	StateSubmitted State = "submitted"
	StateWithdrawn State = "withdrawn"
)

// Status is the state as its team is told it.
type Status string

// The words of the list and of the entry's page.
const (
	StatusNotSubmitted        Status = "not_submitted"
	StatusSubmitted           Status = "submitted"
	StatusChangesNotSubmitted Status = "changes_not_submitted"
	StatusWithdrawn           Status = "withdrawn"
	StatusMissed              Status = "missed"
	StatusJudging             Status = "judging"
	StatusResults             Status = "results"
)

// statusOf reads the state at a phase. unsent says that something was edited since the submission.
func statusOf(s State, unsent bool, p contest.Phase) Status {
	open := p == contest.Open || p == contest.Announced || p == contest.Draft
	switch {
	case s == StateWithdrawn:
		return StatusWithdrawn
	case s == StateDraft && open:
		return StatusNotSubmitted
	case s == StateDraft:
		return StatusMissed
	case p == contest.Results:
		return StatusResults
	case !open:
		return StatusJudging
	case unsent:
		return StatusChangesNotSubmitted
	}
	return StatusSubmitted
}

// Next is what happens next. At is zero where there is no date.
type Next struct {
	What string // submit_before, closes, judging_ends, results, released, none
	At   time.Time
}

func nextOf(s Status, p contest.Phase, d contest.Dates) Next {
	switch s {
	case StatusNotSubmitted, StatusChangesNotSubmitted:
		return Next{"submit_before", d.Closes}
	case StatusSubmitted:
		return Next{"closes", d.Closes}
	case StatusResults:
		return Next{"released", time.Time{}}
	case StatusJudging:
		if p == contest.Deliberation {
			return Next{"results", d.Results}
		}
		return Next{"judging_ends", d.JudgingEnds}
	case StatusWithdrawn:
		if p == contest.Open {
			return Next{"closes", d.Closes}
		}
	}
	return Next{"none", time.Time{}}
}

// tidy brings typed text into the one form that is stored: NFC, line feeds, no control characters.
func tidy(kind contest.FieldKind, s string) string {
	s = norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD"))
	s = strings.ReplaceAll(s, "\r\n", "\n")
	oneLine := kind != contest.Long
	return strings.Map(func(r rune) rune {
		switch {
		case (r == '\n' || r == '\r' || r == '\t') && oneLine:
			return ' '
		case r == '\r':
			return '\n'
		case r != '\n' && r != '\t' && unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
}

// Standing is an entry's content as it stands: answers by field, and the field's files, newest
// first, without those removed or replaced.
type Standing struct {
	Now     time.Time // by the database's clock; fields that are frozen are told by it
	Answers map[uuid.UUID]string
	Files   map[uuid.UUID][]File
}

// sent is the file that a submission takes from a field; false when there is none. One whose bytes
// are on their way is taken by its promised hash.
func (s Standing) sent(field uuid.UUID) (File, bool) {
	for _, f := range s.Files[field] {
		if f.good() || f.promised() {
			return f, true
		}
	}
	return File{}, false
}

// missing lists what stands in the way of submitting, at most one a field. Pointers are
// /fields/<key>.
func missing(form []contest.Field, s Standing) []fault.Field {
	out := []fault.Field{}
	wanted := asked(form, s)
	for _, f := range form {
		if !wanted[f.ID] {
			continue
		}
		code, params := lack(f, s)
		if code != "" {
			out = append(out, fault.Field{Pointer: "/fields/" + f.Key, Code: code, Params: params})
		}
	}
	return out
}

// lack says what keeps one field's answer from being submitted. What was left empty when the field's
// moment passed is not asked for any more: nobody is shut out by it.
func lack(f contest.Field, s Standing) (string, map[string]any) {
	if f.Frozen(s.Now) {
		f.Required = false
	}
	if f.Kind == contest.File {
		return lackFile(f, s), nil
	}
	value := s.Answers[f.ID]
	if strings.TrimSpace(value) == "" {
		if f.Required {
			return "required", nil
		}
		return "", nil
	}
	return fits(f, value)
}

// lackFile lets nothing be submitted while a file's hash is neither known nor promised, and no
// infected file stay.
func lackFile(f contest.Field, s Standing) string {
	for _, x := range s.Files[f.ID] {
		switch {
		case x.good() || x.promised():
			return ""
		case x.State == Infected:
			return "file_infected"
		case x.State == Checking:
			return "file_checking"
		}
	}
	if !f.Required {
		return ""
	}
	files := s.Files[f.ID]
	switch {
	case len(files) == 0:
		return "required"
	case files[0].State == Uploading:
		return "file_uploading"
	}
	return "file_refused"
}

func isWebAddress(s string) bool {
	u, err := url.Parse(strings.TrimSpace(s))
	return err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
}

// Section is one group of the form with how far it has come.
type Section struct {
	Key    string
	Label  lang.Text
	State  string // not_started, in_progress, complete
	Fields []uuid.UUID
}

func sections(form []contest.Field, s Standing) []Section {
	out := []Section{}
	started, wanting, wanted := map[string]bool{}, map[string]bool{}, asked(form, s)
	for _, f := range form {
		if len(out) == 0 || out[len(out)-1].Key != f.Section {
			out = append(out, Section{Key: f.Section, Label: f.Heading})
		}
		last := &out[len(out)-1]
		last.Fields = append(last.Fields, f.ID)
		if !wanted[f.ID] {
			continue
		}
		if strings.TrimSpace(s.Answers[f.ID]) != "" || len(s.Files[f.ID]) > 0 {
			started[f.Section] = true
		}
		if code, _ := lack(f, s); code != "" {
			wanting[f.Section] = true
		}
	}
	for i := range out {
		switch k := out[i].Key; {
		case !wanting[k]:
			out[i].State = "complete"
		case started[k]:
			out[i].State = "in_progress"
		default:
			out[i].State = "not_started"
		}
	}
	return out
}
