// Package rulesapi answers for the versions of a challenge's rules: what the world reads, what
// officials draft and publish, and what teams accept.
package rulesapi

import (
	"encoding/base64"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/rules"
	"fieldtrial/internal/lang"
)

type server struct{ contests *contest.Service }

// Module registers the handlers.
func Module(contests *contest.Service) httpapi.Module {
	return func(r httpapi.Router) {
		api.RegisterHandlers(r, api.NewStrictHandler(&server{contests}, nil))
	}
}

func wanted(l *common.Lang, otherwise lang.Tag) lang.Tag {
	if l == nil {
		return otherwise
	}
	return lang.Tag(*l).Or(otherwise)
}

// textIn gives a text in the wanted language, else in the authoritative one, else in any.
func textIn(t lang.Text, want, authoritative lang.Tag) common.LangText {
	if t[want] == "" && t[authoritative] != "" {
		want = authoritative
	}
	s, l := t.In(want)
	return common.LangText{Text: s, Lang: common.Lang(l)}
}

func versionsOf(list []contest.VersionView, want, authoritative lang.Tag) []common.RulesVersion {
	out := []common.RulesVersion{}
	for _, v := range list {
		x := common.RulesVersion{Number: v.Number, Kind: common.RulesVersionKind(v.Kind), At: v.At,
			Hash: base64.StdEncoding.EncodeToString(v.Hash[:]), Changes: changesOf(v.Changes, want, authoritative)}
		if len(v.Reason) > 0 {
			reason := textIn(v.Reason, want, authoritative)
			x.Reason = &reason
		}
		out = append(out, x)
	}
	return out
}

func changesOf(list []contest.RulesChange, want, authoritative lang.Tag) []common.RulesChange {
	labels := map[string]lang.Text{}
	for _, s := range contest.ProgrammeTemplate().Sections {
		labels[s.Key] = s.Label
	}
	out := []common.RulesChange{}
	for _, c := range list {
		label := c.Label
		if c.Part == "text" {
			label = labels[c.Key]
		}
		x := common.RulesChange{Part: common.RulesChangePart(c.Part), Key: c.Key, Label: textIn(label, want, authoritative),
			Aspect: common.RulesChangeAspect(c.Aspect), Score: c.Score, Before: c.Before, After: c.After}
		if c.Language != "" {
			l := common.Lang(c.Language)
			x.Lang = &l
		}
		out = append(out, x)
	}
	return out
}

func datesOf(d contest.Dates) common.ContestDates {
	return common.ContestDates{OpensAt: d.Opens, ClosesAt: d.Closes, JudgingEndsAt: d.JudgingEnds, ResultsAt: d.Results}
}

func amendedDates(d *common.RulesDates) contest.AmendedDates {
	if d == nil {
		return contest.AmendedDates{}
	}
	return contest.AmendedDates{Opens: d.OpensAt, Closes: d.ClosesAt, JudgingEnds: d.JudgingEndsAt, Results: d.ResultsAt}
}

func criteriaIn(list []common.ManagedCriterion) []contest.Criterion {
	out := []contest.Criterion{}
	for _, c := range list {
		k := contest.Criterion{Key: c.Key, Weight: c.Weight, Lowest: c.Lowest, Highest: c.Highest, Name: httpapi.Text(c.Name), Description: httpapi.Text(c.Description), MayNotApply: c.MayNotApply != nil && *c.MayNotApply}
		for _, a := range c.Anchors {
			k.Anchors = append(k.Anchors, httpapi.Text(a))
		}
		out = append(out, k)
	}
	return out
}

func criteriaOut(list []contest.RulesCriterion) []common.ManagedCriterion {
	out := []common.ManagedCriterion{}
	for _, c := range list {
		k := common.ManagedCriterion{Key: c.Key, Weight: c.Weight, Lowest: c.Lowest, Highest: c.Highest, Name: httpapi.LocalText(c.Name),
			Description: httpapi.LocalText(c.Description), Anchors: []common.LocalText{}, MayNotApply: &c.MayNotApply}
		for _, a := range c.Anchors {
			k.Anchors = append(k.Anchors, httpapi.LocalText(a))
		}
		out = append(out, k)
	}
	return out
}

func missingOf(fields []fault.Field) []common.FieldError {
	out := []common.FieldError{}
	for _, f := range fields {
		e := common.FieldError{Pointer: f.Pointer, Code: f.Code}
		if f.Params != nil {
			e.Params = &f.Params
		}
		out = append(out, e)
	}
	return out
}

func names(list []authz.Action) []string {
	out := make([]string, len(list))
	for i, a := range list {
		out[i] = string(a)
	}
	return out
}
