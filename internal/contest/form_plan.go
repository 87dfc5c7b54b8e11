package contest

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"

	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// FormPlan is a whole form as an author writes it: its sections in order, and its fields, each in
// one of them. What SetForm keeps itself (ids, headings, versions) is not read.
type FormPlan struct {
	Sections []FormSection
	Fields   []Field
}

// How much a form may hold. A character of the limit may be several code points, and a draft of
// 40,000 code points is the most that is kept.
const (
	maxFields   = 80
	maxSections = 12
	maxOptions  = 40
	maxLimit    = 20000
	maxFile     = 2 << 30
)

var keyForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,59}$`)

// check finds what is wrong with a plan. Pointers are /sections/<n>/… and /fields/<n>/…; every text
// that entrants read must exist in the authoritative language.
func (p FormPlan) check(source lang.Tag, d Dates) error {
	var v fault.Check
	v.That(len(p.Fields) > 0, "/fields", "required")
	v.That(len(p.Fields) <= maxFields, "/fields", "too_many", "max", maxFields)
	v.That(len(p.Sections) <= maxSections, "/sections", "too_many", "max", maxSections)
	sections := map[string]bool{}
	for i, s := range p.Sections {
		at := fmt.Sprintf("/sections/%d", i)
		v.That(keyForm.MatchString(s.Key), at+"/key", "malformed")
		v.That(!sections[s.Key], at+"/key", "taken")
		sections[s.Key] = true
		needText(&v, s.Label, at+"/label", source, 120)
	}
	seen := map[string]bool{}
	for i, f := range p.Fields {
		at := fmt.Sprintf("/fields/%d", i)
		v.That(keyForm.MatchString(f.Key), at+"/key", "malformed")
		v.That(!seen[f.Key], at+"/key", "taken")
		seen[f.Key] = true
		v.That(sections[f.Section], at+"/section", "unknown")
		needText(&v, f.Label, at+"/label", source, 200)
		checkText(&v, f.Hint, at+"/hint", 1000)
		f.checkKind(&v, at, source)
		p.checkCondition(&v, at, i)
		if t := f.FrozenAfter; t != nil {
			v.That(t.After(d.Opens) && t.Before(d.Closes), at+"/frozenAfter", "between", "from", d.Opens, "to", d.Closes)
		}
	}
	return v.Err()
}

// needText asks for a text in the authoritative language, and bounds it in every one.
func needText(v *fault.Check, t lang.Text, pointer string, source lang.Tag, most int) {
	v.That(strings.TrimSpace(t[source]) != "", pointer+"/"+string(source), "required")
	checkText(v, t, pointer, most)
}

func (f Field) checkKind(v *fault.Check, at string, source lang.Tag) {
	switch f.Kind {
	case Short, Long, URL:
		v.That(f.MaxChars >= 0 && f.MaxChars <= maxLimit, at+"/maxChars", "too_large", "max", maxLimit)
		v.That(f.MaxWords >= 0 && f.MaxWords <= maxLimit, at+"/maxWords", "too_large", "max", maxLimit)
	case Choice, Choices:
		f.checkOptions(v, at, source)
	case Number:
		v.That(f.Min == nil || math.Abs(*f.Min) <= 1e15, at+"/min", "too_large", "max", 1e15)
		v.That(f.Max == nil || math.Abs(*f.Max) <= 1e15, at+"/max", "too_large", "max", 1e15)
		v.That(f.Min == nil || f.Max == nil || *f.Min <= *f.Max, at+"/max", "range")
		checkText(v, f.Unit, at+"/unit", 40)
	case Date:
	case File:
		v.That(len(f.Accept) > 0, at+"/accept", "too_few", "min", 1)
		for i, a := range f.Accept {
			v.That(FileTypes[a] != nil, fmt.Sprintf("%s/accept/%d", at, i), "not_a_choice")
		}
		v.That(f.MaxBytes > 0, at+"/maxBytes", "required")
		v.That(f.MaxBytes <= maxFile, at+"/maxBytes", "file_too_large", "max", int64(maxFile))
	default:
		v.That(false, at+"/kind", "not_a_choice")
	}
	v.That(!f.Demonstration || f.Kind == Long || f.Kind == File || f.Kind == URL, at+"/kind", "not_a_choice")
}

func (f Field) checkOptions(v *fault.Check, at string, source lang.Tag) {
	v.That(len(f.Options) >= 2, at+"/options", "too_few", "min", 2)
	v.That(len(f.Options) <= maxOptions, at+"/options", "too_many", "max", maxOptions)
	seen := map[string]bool{}
	for i, o := range f.Options {
		here := fmt.Sprintf("%s/options/%d", at, i)
		v.That(keyForm.MatchString(o.Key), here+"/key", "malformed")
		v.That(!seen[o.Key], here+"/key", "taken")
		seen[o.Key] = true
		needText(v, o.Label, here+"/label", source, 200)
	}
}

// checkCondition lets a field depend only on a choice that is asked before it: no circles.
func (p FormPlan) checkCondition(v *fault.Check, at string, i int) {
	c := p.Fields[i].ShownIf
	if c == nil {
		return
	}
	j := slices.IndexFunc(p.Fields[:i], func(f Field) bool { return f.Key == c.Field })
	if j < 0 || (p.Fields[j].Kind != Choice && p.Fields[j].Kind != Choices) {
		v.That(false, at+"/shownIf", "choice_before")
		return
	}
	v.That(slices.ContainsFunc(p.Fields[j].Options, func(o Option) bool { return o.Key == c.Equals }), at+"/shownIf", "not_a_choice")
}

// tidy leaves out what a field's kind does not have, so that nothing hidden is kept with it, and
// puts the fields into the order of their sections.
func (p FormPlan) tidy() FormPlan {
	place := map[string]int{}
	for i, s := range p.Sections {
		place[s.Key] = i
	}
	out := FormPlan{Sections: p.Sections, Fields: slices.Clone(p.Fields)}
	slices.SortStableFunc(out.Fields, func(a, b Field) int { return place[a.Section] - place[b.Section] })
	for i := range out.Fields {
		f := &out.Fields[i]
		if f.Kind != Short && f.Kind != Long && f.Kind != URL {
			f.MaxChars, f.MaxWords = 0, 0
		}
		if f.Kind != Choice && f.Kind != Choices {
			f.Options = nil
		}
		if f.Kind != Number {
			f.Min, f.Max, f.Unit = nil, nil, nil
		}
		if f.Kind != File {
			f.Accept, f.MaxBytes = nil, 0
		}
		if f.FrozenAfter != nil {
			t := f.FrozenAfter.UTC().Truncate(time.Second)
			f.FrozenAfter = &t
		}
	}
	return out
}
