package pitchapi

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/pitch"
	"fieldtrial/internal/pitch"
)

// GetPitchRules answers everybody with the rules of the round.
func (s *server) GetPitchRules(ctx context.Context, r api.GetPitchRulesRequestObject) (api.GetPitchRulesResponseObject, error) {
	p, err := s.pitches.Rules(ctx, r.Slug)
	if err != nil {
		return nil, err
	}
	return api.GetPitchRules200JSONResponse{Held: p.Held, Invited: p.Invited, Share: p.Share, Criteria: criteriaOut(p.Criteria)}, nil
}

// GetPitchPlan answers the host with the plan.
func (s *server) GetPitchPlan(ctx context.Context, r api.GetPitchPlanRequestObject) (api.GetPitchPlanResponseObject, error) {
	p, err := s.pitches.Plan(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.GetPitchPlan200JSONResponse{Body: planned(p), Headers: api.GetPitchPlan200ResponseHeaders{ETag: common.ETag(p.Version)}}, nil
}

// SavePitchPlan keeps the plan.
func (s *server) SavePitchPlan(ctx context.Context, r api.SavePitchPlanRequestObject) (api.SavePitchPlanResponseObject, error) {
	version, err := common.VersionOf(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	b := r.Body
	p, err := s.pitches.SavePlan(ctx, authz.From(ctx), r.Id, version,
		pitch.Plan{Held: b.Held, Invited: b.Invited, Share: b.Share, Criteria: criteriaIn(b.Criteria)})
	if err != nil {
		return nil, err
	}
	return api.SavePitchPlan200JSONResponse{Body: planned(p), Headers: api.SavePitchPlan200ResponseHeaders{ETag: common.ETag(p.Version)}}, nil
}

func planned(p pitch.Planned) common.PitchPlan {
	c := p.Challenge
	return common.PitchPlan{ChallengeId: c.ID, Slug: c.Slug, Title: common.TextOf(c.Title), Language: common.Lang(c.Language), Held: p.Held,
		Invited: p.Invited, Share: p.Share, Criteria: criteriaOut(p.Criteria), Version: p.Version, Fixed: p.Fixed, AllowedActions: actions(p.Allowed)}
}
