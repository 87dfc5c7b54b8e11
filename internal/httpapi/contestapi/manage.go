package contestapi

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/contest"
	"fieldtrial/internal/lang"
)

// ListManagedChallenges answers with the challenges the caller works on.
func (s *server) ListManagedChallenges(ctx context.Context, r api.ListManagedChallengesRequestObject) (api.ListManagedChallengesResponseObject, error) {
	actor := authz.From(ctx)
	page, err := s.contests.Manage(ctx, actor, contest.ManageFilter{
		Words: httpapi.Value(r.Params.Q), State: contest.State(httpapi.Value(r.Params.State)), Want: wanted(r.Params.Lang),
		Contest: httpapi.Value(r.Params.ContestId), Sort: sortOf(r.Params.Sort), Cursor: httpapi.Value(r.Params.Cursor), Limit: httpapi.Value(r.Params.Limit),
	})
	if err != nil {
		return nil, err
	}
	out := api.ListManagedChallenges200JSONResponse{Items: []common.ManagedChallengeItem{}, Total: page.Total, AllowedActions: []string{}}
	if actor.HasAnywhere(authz.Official) || actor.HasAnywhere(authz.Admin) {
		out.AllowedActions = append(out.AllowedActions, string(authz.CreateChallenge))
	}
	if page.Next != "" {
		out.NextCursor = &page.Next
	}
	for _, m := range page.Items {
		phase := m.Phase(page.Now)
		out.Items = append(out.Items, common.ManagedChallengeItem{
			Id: m.ID, Slug: m.Slug, Title: m.Heading, Lang: common.Lang(m.Lang), Cities: marks(m.Hosts), Contest: briefOf(m.Edition),
			State: common.ChallengeState(m.State), Phase: common.ChallengePhase(phase),
			Next: common.ChallengeNext(contest.NextOf(m.State, phase, m.DecidedAt != nil)), OpensAt: m.Dates.Opens, ClosesAt: m.Dates.Closes,
			Pending: languages(m.Pending), UpdatedAt: m.UpdatedAt, Sample: m.Sample, AllowedActions: actions(m.Allowed(actor)),
		})
	}
	return out, nil
}

func sortOf(sort *common.ListManagedChallengesParamsSort) contest.ManageSort {
	if sort == nil || *sort == "changed" {
		return contest.ByChange
	}
	return contest.ManageSort(*sort)
}

// CreateChallenge starts a challenge from the template.
func (s *server) CreateChallenge(ctx context.Context, r api.CreateChallengeRequestObject) (api.CreateChallengeResponseObject, error) {
	d, err := s.contests.Start(ctx, authz.From(ctx), contest.NewChallenge{
		Contest: r.Body.ContestId, LeadCity: r.Body.LeadCityId, Language: lang.Tag(httpapi.Value(r.Body.Language)),
		Title: httpapi.Value(r.Body.Title), Testbeds: httpapi.Value(r.Body.TestbedIds),
	})
	if err != nil {
		return nil, err
	}
	return api.CreateChallenge201JSONResponse{Body: managedOf(ctx, d), Headers: api.CreateChallenge201ResponseHeaders{ETag: etag(d.Version)}}, nil
}

// GetManagedChallenge answers with a challenge as its authors see it.
func (s *server) GetManagedChallenge(ctx context.Context, r api.GetManagedChallengeRequestObject) (api.GetManagedChallengeResponseObject, error) {
	d, err := s.contests.Dossier(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.GetManagedChallenge200JSONResponse{ManagedChallengeJSONResponse: answer(ctx, d)}, nil
}

// UpdateChallenge changes a draft's settings.
func (s *server) UpdateChallenge(ctx context.Context, r api.UpdateChallengeRequestObject) (api.UpdateChallengeResponseObject, error) {
	version, err := httpapi.Version(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	change := contest.Change{Slug: r.Body.Slug, Cities: httpapi.Value(r.Body.CityIds), Testbeds: r.Body.TestbedIds, Tags: r.Body.Tags}
	if o := r.Body.Dates; o != nil {
		change.Dates = &contest.OwnDates{Opens: o.OpensAt, Closes: o.ClosesAt, JudgingEnds: o.JudgingEndsAt, Results: o.ResultsAt}
	}
	d, err := s.contests.Update(ctx, authz.From(ctx), r.Id, version, change)
	if err != nil {
		return nil, err
	}
	return api.UpdateChallenge200JSONResponse{ManagedChallengeJSONResponse: answer(ctx, d)}, nil
}

// PutChallengeText writes the texts of one language.
func (s *server) PutChallengeText(ctx context.Context, r api.PutChallengeTextRequestObject) (api.PutChallengeTextResponseObject, error) {
	version, err := httpapi.Version(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	b := r.Body
	t, err := s.contests.Write(ctx, authz.From(ctx), r.Id, contest.Text{
		Language: lang.Tag(r.Lang), Title: b.Title, Summary: b.Summary, Version: version,
		Sections: map[string]string{
			"problem": b.Problem, "context": b.Context, "success": b.Success, "resources": b.Resources,
			"eligibility": b.Eligibility, "demonstration": b.Demonstration, "terms": b.Terms,
		},
	})
	if err != nil {
		return nil, err
	}
	return api.PutChallengeText200JSONResponse{Body: textOf(t, false), Headers: api.PutChallengeText200ResponseHeaders{ETag: etag(t.Version)}}, nil
}

// PutChallengeCriteria writes the rubric.
func (s *server) PutChallengeCriteria(ctx context.Context, r api.PutChallengeCriteriaRequestObject) (api.PutChallengeCriteriaResponseObject, error) {
	version, err := httpapi.Version(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	rubric := []contest.Criterion{}
	for _, c := range r.Body.Criteria {
		k := contest.Criterion{Key: c.Key, Weight: c.Weight, Lowest: c.Lowest, Highest: c.Highest, Name: httpapi.Text(c.Name), Description: httpapi.Text(c.Description), MayNotApply: c.MayNotApply != nil && *c.MayNotApply}
		for _, a := range c.Anchors {
			k.Anchors = append(k.Anchors, httpapi.Text(a))
		}
		rubric = append(rubric, k)
	}
	d, err := s.contests.Criteria(ctx, authz.From(ctx), r.Id, version, rubric)
	if err != nil {
		return nil, err
	}
	return api.PutChallengeCriteria200JSONResponse{ManagedChallengeJSONResponse: answer(ctx, d)}, nil
}
