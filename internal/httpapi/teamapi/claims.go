package teamapi

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/team"
	"fieldtrial/internal/team"
)

// FindOrganisations offers organisations that nobody speaks for.
func (s *server) FindOrganisations(ctx context.Context, r api.FindOrganisationsRequestObject) (api.FindOrganisationsResponseObject, error) {
	list, err := s.teams.Find(ctx, authz.From(ctx), r.Params.Q)
	if err != nil {
		return nil, err
	}
	out := api.FindOrganisations200JSONResponse{Items: []common.Organisation{}}
	for _, f := range list {
		out.Items = append(out.Items, common.Organisation{
			Id: f.ID, Name: f.Name, LatinName: f.Latin, Kind: common.TeamKind(f.Kind), Country: f.Country, City: f.City, Website: f.Website,
			AtOnce: f.AtOnce, Asked: f.Asked,
		})
	}
	return out, nil
}

// ClaimOrganisation claims one.
func (s *server) ClaimOrganisation(ctx context.Context, r api.ClaimOrganisationRequestObject) (api.ClaimOrganisationResponseObject, error) {
	c, err := s.teams.Claim(ctx, authz.From(ctx), r.Id, httpapi.Value(r.Body.Note))
	if err != nil {
		return nil, err
	}
	return api.ClaimOrganisation200JSONResponse(claimOf(c)), nil
}

// ListMyClaims answers with the caller's claims.
func (s *server) ListMyClaims(ctx context.Context, _ api.ListMyClaimsRequestObject) (api.ListMyClaimsResponseObject, error) {
	list, err := s.teams.MyClaims(ctx, authz.From(ctx))
	if err != nil {
		return nil, err
	}
	return api.ListMyClaims200JSONResponse{Items: claimsOf(list)}, nil
}

// ListClaims answers with claims for an admin.
func (s *server) ListClaims(ctx context.Context, r api.ListClaimsRequestObject) (api.ListClaimsResponseObject, error) {
	list, next, err := s.teams.Claims(ctx, authz.From(ctx), httpapi.Value(r.Params.Decided), httpapi.Value(r.Params.Cursor), limitOf(r.Params.Limit))
	if err != nil {
		return nil, err
	}
	return api.ListClaims200JSONResponse{Items: claimsOf(list), NextCursor: httpapi.NextCursor(next)}, nil
}

// ApproveClaim makes the claimant the owner.
func (s *server) ApproveClaim(ctx context.Context, r api.ApproveClaimRequestObject) (api.ApproveClaimResponseObject, error) {
	c, err := s.teams.Decide(ctx, authz.From(ctx), r.Id, true, "")
	if err != nil {
		return nil, err
	}
	return api.ApproveClaim200JSONResponse(claimOf(c)), nil
}

// RefuseClaim refuses with a reason.
func (s *server) RefuseClaim(ctx context.Context, r api.RefuseClaimRequestObject) (api.RefuseClaimResponseObject, error) {
	c, err := s.teams.Decide(ctx, authz.From(ctx), r.Id, false, r.Body.Reason)
	if err != nil {
		return nil, err
	}
	return api.RefuseClaim200JSONResponse(claimOf(c)), nil
}

func claimsOf(list []team.Claim) []common.TeamClaim {
	out := make([]common.TeamClaim, 0, len(list))
	for _, c := range list {
		out = append(out, claimOf(c))
	}
	return out
}

func claimOf(c team.Claim) common.TeamClaim {
	out := common.TeamClaim{
		Id: c.ID, TeamId: c.TeamID, Team: c.Team, Country: c.Country, Website: c.Website, Name: c.Name, Email: c.Email, Note: c.Note,
		CreatedAt: c.Created, State: "waiting", Reason: c.Reason, DecidedAt: c.Decided,
	}
	if c.By != "" {
		out.DecidedBy = &c.By
	}
	if c.Approved != nil {
		out.State = "refused"
		if *c.Approved {
			out.State = "approved"
		}
	}
	return out
}
