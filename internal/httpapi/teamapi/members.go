package teamapi

import (
	"context"

	"fieldtrial/internal/authz"
	api "fieldtrial/internal/httpapi/oapi/team"
)

// ChangeTeamMember changes what a member may do.
func (s *server) ChangeTeamMember(ctx context.Context, r api.ChangeTeamMemberRequestObject) (api.ChangeTeamMemberResponseObject, error) {
	t, err := s.teams.SetRole(ctx, authz.From(ctx), r.Id, r.PersonId, authz.Role(r.Body.Role))
	if err != nil {
		return nil, err
	}
	return api.ChangeTeamMember200JSONResponse(teamOf(authz.From(ctx), t)), nil
}

// RemoveTeamMember takes a member out, or lets the caller leave.
func (s *server) RemoveTeamMember(ctx context.Context, r api.RemoveTeamMemberRequestObject) (api.RemoveTeamMemberResponseObject, error) {
	if err := s.teams.Remove(ctx, authz.From(ctx), r.Id, r.PersonId); err != nil {
		return nil, err
	}
	return api.RemoveTeamMember204Response{}, nil
}

// ResendTeamInvitation mails an invitation again.
func (s *server) ResendTeamInvitation(ctx context.Context, r api.ResendTeamInvitationRequestObject) (api.ResendTeamInvitationResponseObject, error) {
	t, err := s.teams.Resend(ctx, authz.From(ctx), r.Id, r.InvitationId)
	if err != nil {
		return nil, err
	}
	return api.ResendTeamInvitation200JSONResponse(teamOf(authz.From(ctx), t)), nil
}

// RevokeTeamInvitation takes an invitation back.
func (s *server) RevokeTeamInvitation(ctx context.Context, r api.RevokeTeamInvitationRequestObject) (api.RevokeTeamInvitationResponseObject, error) {
	t, err := s.teams.Revoke(ctx, authz.From(ctx), r.Id, r.InvitationId)
	if err != nil {
		return nil, err
	}
	return api.RevokeTeamInvitation200JSONResponse(teamOf(authz.From(ctx), t)), nil
}

// OfferTeam offers the ownership to a member.
func (s *server) OfferTeam(ctx context.Context, r api.OfferTeamRequestObject) (api.OfferTeamResponseObject, error) {
	t, err := s.teams.Offer(ctx, authz.From(ctx), r.Id, r.Body.To)
	if err != nil {
		return nil, err
	}
	return api.OfferTeam200JSONResponse(teamOf(authz.From(ctx), t)), nil
}

// WithdrawTeamOffer takes an offer back.
func (s *server) WithdrawTeamOffer(ctx context.Context, r api.WithdrawTeamOfferRequestObject) (api.WithdrawTeamOfferResponseObject, error) {
	t, err := s.teams.Withdraw(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.WithdrawTeamOffer200JSONResponse(teamOf(authz.From(ctx), t)), nil
}

// AcceptTeam makes the caller the owner.
func (s *server) AcceptTeam(ctx context.Context, r api.AcceptTeamRequestObject) (api.AcceptTeamResponseObject, error) {
	t, err := s.teams.Answer(ctx, authz.From(ctx), r.Id, true)
	if err != nil {
		return nil, err
	}
	return api.AcceptTeam200JSONResponse(teamOf(authz.From(ctx), t)), nil
}

// DeclineTeam turns an offer down.
func (s *server) DeclineTeam(ctx context.Context, r api.DeclineTeamRequestObject) (api.DeclineTeamResponseObject, error) {
	t, err := s.teams.Answer(ctx, authz.From(ctx), r.Id, false)
	if err != nil {
		return nil, err
	}
	return api.DeclineTeam200JSONResponse(teamOf(authz.From(ctx), t)), nil
}
