// Package pitchapi answers for the pitch round.
package pitchapi

import (
	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/pitch"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/pitch"
)

type server struct{ pitches *pitch.Service }

// Module registers the handlers.
func Module(svc *pitch.Service) httpapi.Module {
	return func(r httpapi.Router) {
		api.RegisterHandlers(r, api.NewStrictHandler(&server{svc}, nil))
	}
}

// some is nil for "" and 0, which the contract leaves out.
func some[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

func actions(list []authz.Action) []string {
	out := make([]string, len(list))
	for i, a := range list {
		out[i] = string(a)
	}
	return out
}

func criteriaOut(list []contest.Criterion) []common.ManagedCriterion {
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

func criteriaIn(list []common.ManagedCriterion) []contest.Criterion {
	out := []contest.Criterion{}
	for _, c := range list {
		k := contest.Criterion{Key: c.Key, Weight: c.Weight, Lowest: c.Lowest, Highest: c.Highest, Name: httpapi.Text(c.Name),
			Description: httpapi.Text(c.Description), MayNotApply: httpapi.Value(c.MayNotApply)}
		for _, a := range c.Anchors {
			k.Anchors = append(k.Anchors, httpapi.Text(a))
		}
		out = append(out, k)
	}
	return out
}

// sheetOut shows scores in the criteria's order; what does not apply comes without a number.
func sheetOut(criteria []contest.Criterion, s score.Sheet) []common.ReviewScore {
	out := []common.ReviewScore{}
	for _, c := range criteria {
		v, given := s[c.ID]
		switch {
		case given && v == score.NotApplicable:
			out = append(out, common.ReviewScore{CriterionId: c.ID})
		case given:
			out = append(out, common.ReviewScore{CriterionId: c.ID, Score: &v})
		}
	}
	return out
}

func sheetIn(list []common.ReviewScore) score.Sheet {
	out := make(score.Sheet, len(list))
	for _, x := range list {
		out[x.CriterionId] = score.NotApplicable
		if x.Score != nil {
			out[x.CriterionId] = *x.Score
		}
	}
	return out
}
