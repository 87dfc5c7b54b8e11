// Package juryapi answers for jurors and for the chair of the jury.
package juryapi

import (
	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/jury"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/jury/score"
)

type server struct{ jury *jury.Service }

// Module registers the handlers.
func Module(svc *jury.Service) httpapi.Module {
	return func(r httpapi.Router) {
		api.RegisterHandlers(r, api.NewStrictHandler(&server{svc}, nil))
	}
}

// Mark shows a city as lists and pages show it.
func Mark(m jury.Mark) common.CityMark {
	return common.CityMark{Id: m.ID, Slug: m.Slug, Name: common.TextOf(m.Name), Position: m.Position, TimeZone: m.Zone, Country: m.Country}
}

// Criteria shows a rubric.
func Criteria(list []contest.Criterion) []common.JuryCriterion {
	out := make([]common.JuryCriterion, len(list))
	for i, c := range list {
		anchors := make([]common.LocalText, len(c.Anchors))
		for k, a := range c.Anchors {
			anchors[k] = common.TextOf(a)
		}
		out[i] = common.JuryCriterion{Id: c.ID, Key: c.Key, Weight: c.Weight, Lowest: c.Lowest, Highest: c.Highest,
			Name: common.TextOf(c.Name), Description: common.TextOf(c.Description), Anchors: anchors, MayNotApply: &c.MayNotApply}
	}
	return out
}

// Sheet shows scores in the rubric's order.
func Sheet(criteria []contest.Criterion, s score.Sheet) []common.ReviewScore {
	out := []common.ReviewScore{}
	for _, c := range criteria {
		if v, given := s[c.ID]; given {
			out = append(out, Scored(c.ID, v))
		}
	}
	return out
}

// Scored shows one score; a criterion that does not apply comes without a number.
func Scored(criterion uuid.UUID, v int) common.ReviewScore {
	if v == score.NotApplicable {
		return common.ReviewScore{CriterionId: criterion}
	}
	return common.ReviewScore{CriterionId: criterion, Score: &v}
}

// ScoresIn reads a sheet.
func ScoresIn(list []common.ReviewScore) score.Sheet {
	out := make(score.Sheet, len(list))
	for _, x := range list {
		out[x.CriterionId] = score.NotApplicable
		if x.Score != nil {
			out[x.CriterionId] = *x.Score
		}
	}
	return out
}

func actions(list []authz.Action) []string {
	out := make([]string, len(list))
	for i, a := range list {
		out[i] = string(a)
	}
	return out
}

// some is nil for "" and 0, which the contract leaves out.
func some[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

func ids(p *[]uuid.UUID) []uuid.UUID {
	if p == nil {
		return nil
	}
	return *p
}
