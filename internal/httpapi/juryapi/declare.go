package juryapi

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/jury"
)

// GetJury answers with the caller's challenges.
func (s *server) GetJury(ctx context.Context, _ api.GetJuryRequestObject) (api.GetJuryResponseObject, error) {
	duties, err := s.jury.Overview(ctx, authz.From(ctx))
	if err != nil {
		return nil, err
	}
	out := api.GetJury200JSONResponse{Items: []common.JuryDuty{}}
	for _, d := range duties {
		x := common.JuryDuty{
			ChallengeId: d.Challenge, Slug: d.Slug, Title: common.TextOf(d.Title), Language: common.Lang(d.Language),
			ContestTitle: common.TextOf(d.ContestTitle), City: Mark(d.City), TimeZone: d.City.Zone,
			ClosesAt: d.ClosesAt, JudgingEndsAt: d.JudgingEnds, State: common.JuryDutyState(d.State), Declared: d.Declared,
			Assigned: d.Assigned, Submitted: d.Submitted, Drafts: d.Drafts, NextAssignmentId: d.Next, Chair: d.Chair, Calibration: some(d.Calibration),
		}
		if d.Meeting != "" {
			x.Meeting = new(common.JuryDutyMeeting(d.Meeting))
		}
		out.Items = append(out.Items, x)
	}
	return out, nil
}

// ListJuryOrganisations answers with the organisations to declare against.
func (s *server) ListJuryOrganisations(ctx context.Context, r api.ListJuryOrganisationsRequestObject) (api.ListJuryOrganisationsResponseObject, error) {
	list, err := s.jury.Organisations(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	out := api.ListJuryOrganisations200JSONResponse{ChallengeId: list.Challenge, Title: common.TextOf(list.Title), Declared: list.Declared, Items: []common.JuryOrganisation{}}
	for _, o := range list.Items {
		out.Items = append(out.Items, common.JuryOrganisation{TeamId: o.TeamID, Name: o.Name, LatinName: o.LatinName, Kind: o.Kind, Country: o.Country, Own: o.Own})
	}
	return out, nil
}

// DeclareConflicts records a declaration.
func (s *server) DeclareConflicts(ctx context.Context, r api.DeclareConflictsRequestObject) (api.DeclareConflictsResponseObject, error) {
	if err := s.jury.Declare(ctx, authz.From(ctx), r.Id, r.Body.TeamIds); err != nil {
		return nil, err
	}
	return api.DeclareConflicts204Response{}, nil
}

// Recuse takes the caller off one entry, because of a conflict or without one.
func (s *server) Recuse(ctx context.Context, r api.RecuseRequestObject) (api.RecuseResponseObject, error) {
	if k := r.Body.Kind; k != nil && *k == common.JuryStepBackKindAbstention {
		return api.Recuse204Response{}, s.jury.Abstain(ctx, authz.From(ctx), r.Id)
	}
	reason := ""
	if r.Body.Reason != nil {
		reason = *r.Body.Reason
	}
	return api.Recuse204Response{}, s.jury.Recuse(ctx, authz.From(ctx), r.Id, reason)
}
