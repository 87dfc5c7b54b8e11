package authoringapi

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/cityapi"
	api "fieldtrial/internal/httpapi/oapi/authoring"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/lang"
)

// ListChallengeSources answers with challenges to start from.
func (s *server) ListChallengeSources(ctx context.Context, r api.ListChallengeSourcesRequestObject) (api.ListChallengeSourcesResponseObject, error) {
	found, err := s.contests.Sources(ctx, authz.From(ctx), httpapi.Value(r.Params.Q), wanted(r.Params.Lang))
	if err != nil {
		return nil, err
	}
	out := api.ListChallengeSources200JSONResponse{Items: []common.ChallengeSource{}}
	for _, m := range found {
		x := common.ChallengeSource{
			Id: m.ID, Title: m.Heading, Lang: common.Lang(m.Lang), Languages: []common.Lang{}, Cities: []common.CityMark{},
			Contest: httpapi.LocalText(m.Edition.Title), State: common.ChallengeState(m.State), ClosesAt: m.Dates.Closes,
		}
		for _, l := range m.Written {
			x.Languages = append(x.Languages, common.Lang(l))
		}
		for _, h := range m.Hosts {
			x.Cities = append(x.Cities, cityapi.Mark(h))
		}
		out.Items = append(out.Items, x)
	}
	return out, nil
}

// CloneChallenge starts a challenge from an earlier one.
func (s *server) CloneChallenge(ctx context.Context, r api.CloneChallengeRequestObject) (api.CloneChallengeResponseObject, error) {
	d, err := s.contests.StartFrom(ctx, authz.From(ctx), contest.Clone{
		Source: r.Id, Contest: r.Body.ContestId, LeadCity: r.Body.LeadCityId, Language: lang.Tag(httpapi.Value(r.Body.Language)), Title: httpapi.Value(r.Body.Title),
	})
	if err != nil {
		return nil, err
	}
	tag := httpapi.ETag(d.Version)
	return api.CloneChallenge201JSONResponse{Body: s.managed(ctx, d), Headers: api.CloneChallenge201ResponseHeaders{ETag: &tag}}, nil
}
