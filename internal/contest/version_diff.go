package contest

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"fieldtrial/internal/lang"
)

// RulesChange is one difference between two versions of the rules. Where Language is set, Before
// and After are text in it, to be compared word by word; else they are plain values, dates in RFC
// 3339 among them.
type RulesChange struct {
	Part     string    // text, criterion, field, date, grace (minutes)
	Key      string    // of the section, criterion, field or date
	Label    lang.Text // name of the criterion or field; empty elsewhere
	Aspect   string    // text, added, removed, weight, scale, name, description, anchor, moved, asked
	Score    *int      // of an anchor
	Language lang.Tag
	Before   string
	After    string
}

// changesBetween lists what differs, in the order in which the challenge shows it.
func changesBetween(a, b Rules) []RulesChange {
	out := []RulesChange{}
	text := func(key, before, after string) {
		if before != after {
			out = append(out, RulesChange{Part: "text", Key: key, Aspect: "text", Language: b.Language, Before: before, After: after})
		}
	}
	for _, d := range []struct {
		key           string
		before, after time.Time
	}{{"opensAt", a.Dates.OpensAt, b.Dates.OpensAt}, {"closesAt", a.Dates.ClosesAt, b.Dates.ClosesAt},
		{"judgingEndsAt", a.Dates.JudgingEndsAt, b.Dates.JudgingEndsAt}, {"resultsAt", a.Dates.ResultsAt, b.Dates.ResultsAt}} {
		if !d.before.Equal(d.after) {
			out = append(out, RulesChange{Part: "date", Key: d.key, Aspect: "moved", Before: d.before.Format(time.RFC3339Nano), After: d.after.Format(time.RFC3339Nano)})
		}
	}
	if before, after := a.Dates.GraceMinutes, b.Dates.GraceMinutes; before != after {
		out = append(out, RulesChange{Part: "grace", Key: "graceMinutes", Aspect: "moved", Before: fmt.Sprint(before), After: fmt.Sprint(after)})
	}
	text("title", a.Title, b.Title)
	text("summary", a.Summary, b.Summary)
	keys := slices.Clone(SectionKeys)
	for _, more := range slices.Sorted(maps.Keys(b.Sections)) {
		if !slices.Contains(keys, more) {
			keys = append(keys, more)
		}
	}
	for _, k := range keys {
		text(k, a.Sections[k], b.Sections[k])
	}
	return append(append(out, criteriaChanges(a.Criteria, b.Criteria)...), formChanges(a.Form, b.Form)...)
}

func criteriaChanges(a, b []RulesCriterion) []RulesChange {
	out := []RulesChange{}
	at := func(list []RulesCriterion, key string) int {
		return slices.IndexFunc(list, func(c RulesCriterion) bool { return c.Key == key })
	}
	for _, c := range b {
		change := RulesChange{Part: "criterion", Key: c.Key, Label: c.Name}
		n := at(a, c.Key)
		if n < 0 {
			change.Aspect, change.After = "added", fmt.Sprint(c.Weight)
			out = append(out, change)
			continue
		}
		old := a[n]
		plain := func(aspect, before, after string) {
			if before != after {
				x := change
				x.Aspect, x.Before, x.After = aspect, before, after
				out = append(out, x)
			}
		}
		plain("weight", fmt.Sprint(old.Weight), fmt.Sprint(c.Weight))
		plain("scale", fmt.Sprintf("%d–%d", old.Lowest, old.Highest), fmt.Sprintf("%d–%d", c.Lowest, c.Highest))
		plain("may_not_apply", fmt.Sprint(old.MayNotApply), fmt.Sprint(c.MayNotApply))
		out = append(out, textChanges(change, "name", nil, old.Name, c.Name)...)
		out = append(out, textChanges(change, "description", nil, old.Description, c.Description)...)
		for i := range max(len(old.Anchors), len(c.Anchors)) {
			score := c.Lowest + i
			out = append(out, textChanges(change, "anchor", &score, anchorAt(old.Anchors, i), anchorAt(c.Anchors, i))...)
		}
	}
	for _, c := range a {
		if at(b, c.Key) < 0 {
			out = append(out, RulesChange{Part: "criterion", Key: c.Key, Label: c.Name, Aspect: "removed", Before: fmt.Sprint(c.Weight)})
		}
	}
	return out
}

func anchorAt(list []lang.Text, i int) lang.Text {
	if i < len(list) {
		return list[i]
	}
	return lang.Text{}
}

func textChanges(of RulesChange, aspect string, score *int, before, after lang.Text) []RulesChange {
	out := []RulesChange{}
	for _, l := range lang.All {
		if before[l] != after[l] {
			of.Aspect, of.Score, of.Language, of.Before, of.After = aspect, score, l, before[l], after[l]
			out = append(out, of)
		}
	}
	return out
}

// formChanges says which questions of the form are new, gone or asked in another way.
func formChanges(a, b []map[string]any) []RulesChange {
	out := []RulesChange{}
	byKey := func(list []map[string]any) map[string]map[string]any {
		m := map[string]map[string]any{}
		for _, f := range list {
			m[fmt.Sprint(f["Key"])] = f
		}
		return m
	}
	old, now := byKey(a), byKey(b)
	for _, f := range b {
		key := fmt.Sprint(f["Key"])
		was, there := old[key]
		change := RulesChange{Part: "field", Key: key, Label: labelOf(f)}
		switch {
		case !there:
			change.Aspect = "added"
			out = append(out, change)
		case !sameJSON(was, f):
			change.Aspect = "asked"
			out = append(out, change)
		}
	}
	for _, f := range a {
		if key := fmt.Sprint(f["Key"]); now[key] == nil {
			out = append(out, RulesChange{Part: "field", Key: key, Label: labelOf(f), Aspect: "removed"})
		}
	}
	return out
}

func labelOf(f map[string]any) lang.Text {
	out := lang.Text{}
	if m, ok := f["Label"].(map[string]any); ok {
		for l, s := range m {
			out[lang.Tag(l)] = fmt.Sprint(s)
		}
	}
	return out
}

func sameJSON(a, b any) bool {
	one, err := json.Marshal(a)
	two, err2 := json.Marshal(b)
	return err == nil && err2 == nil && string(one) == string(two)
}

// VersionView is a version with what changed since the one before.
type VersionView struct {
	Version
	Changes []RulesChange // empty for version 1
}

// PublicVersions lists the versions of a published challenge's rules, newest first.
func (s *Service) PublicVersions(ctx context.Context, slug string) (Dossier, []VersionView, error) {
	d, err := s.Public(ctx, slug)
	if err != nil {
		return d, nil, err
	}
	list, _, err := versions(ctx, s.db.Pool(), d)
	return d, ViewVersions(list), err
}

// ViewVersions gives versions, oldest first, newest first and with their changes.
func ViewVersions(list []Version) []VersionView {
	out := make([]VersionView, 0, len(list))
	for i, v := range slices.Backward(list) {
		view := VersionView{Version: v, Changes: []RulesChange{}}
		if i > 0 {
			view.Changes = changesBetween(list[i-1].Rules, v.Rules)
		}
		out = append(out, view)
	}
	return out
}
