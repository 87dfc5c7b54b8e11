package teamapi

import (
	"context"

	"fieldtrial/internal/authz"

	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/team"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/team"
)

// ListMyTeams answers with the caller's teams.
func (s *server) ListMyTeams(ctx context.Context, r api.ListMyTeamsRequestObject) (api.ListMyTeamsResponseObject, error) {
	list, next, err := s.teams.List(ctx, authz.From(ctx), httpapi.Value(r.Params.Cursor), limitOf(r.Params.Limit))
	if err != nil {
		return nil, err
	}
	out := api.ListMyTeams200JSONResponse{Items: []common.Team{}, NextCursor: httpapi.NextCursor(next)}
	for _, t := range list {
		out.Items = append(out.Items, teamOf(authz.From(ctx), t))
	}
	return out, nil
}

// CreateTeam makes a team.
func (s *server) CreateTeam(ctx context.Context, r api.CreateTeamRequestObject) (api.CreateTeamResponseObject, error) {
	b := r.Body
	t, err := s.teams.Create(ctx, authz.From(ctx), team.Form{
		Name: b.Name, LatinName: httpapi.Value(b.LatinName), Kind: string(b.Kind), Country: b.Country, City: httpapi.Value(b.City),
		Website: httpapi.Value(b.Website), Source: httpapi.Value(b.Source), Partners: httpapi.Value(b.Partners),
	})
	if err != nil {
		return nil, err
	}
	tag, at := httpapi.ETag(t.Version), httpapi.Base+"/teams/"+t.ID.String()
	return api.CreateTeam201JSONResponse{Body: teamOf(authz.From(ctx), t), Headers: api.CreateTeam201ResponseHeaders{ETag: &tag, Location: &at}}, nil
}

// GetTeam answers with one team.
func (s *server) GetTeam(ctx context.Context, r api.GetTeamRequestObject) (api.GetTeamResponseObject, error) {
	t, err := s.teams.Get(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	tag := httpapi.ETag(t.Version)
	return api.GetTeam200JSONResponse{Body: teamOf(authz.From(ctx), t), Headers: api.GetTeam200ResponseHeaders{ETag: &tag}}, nil
}

// EditTeam changes a team.
func (s *server) EditTeam(ctx context.Context, r api.EditTeamRequestObject) (api.EditTeamResponseObject, error) {
	version, err := httpapi.Version(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	b := r.Body
	t, err := s.teams.Change(ctx, authz.From(ctx), r.Id, version, team.Edit{
		Name: b.Name, LatinName: b.LatinName, Kind: (*string)(b.Kind), Country: b.Country, City: b.City, Website: b.Website, Partners: b.Partners,
	})
	if err != nil {
		return nil, err
	}
	tag := httpapi.ETag(t.Version)
	return api.EditTeam200JSONResponse{Body: teamOf(authz.From(ctx), t), Headers: api.EditTeam200ResponseHeaders{ETag: &tag}}, nil
}

func teamOf(actor authz.Actor, t team.Team) common.Team {
	out := common.Team{
		Id: t.ID, Name: t.Name, LatinName: t.LatinName, Kind: common.TeamKind(t.Kind), Country: t.Country, City: t.City,
		Website: t.Website, Partners: t.Partners, Version: t.Version, CreatedAt: t.CreatedAt, AllowedActions: actions(t.Allowed),
		Members: []common.TeamMember{}, Invitations: []common.TeamInvitation{},
	}
	for _, m := range t.Members {
		out.Members = append(out.Members, common.TeamMember{Id: m.PersonID, Since: m.Since, Name: m.Name, Role: common.TeamRole(m.Role), You: m.PersonID == actor.PersonID})
	}
	for _, i := range t.Invitations {
		out.Invitations = append(out.Invitations, common.TeamInvitation{
			Id: i.ID, Email: i.Email, Role: common.TeamRole(i.Role), SentAt: i.SentAt, ExpiresAt: i.ExpiresAt, Expired: i.Expired,
		})
	}
	if x := t.Transfer; x != nil {
		out.Transfer = &common.TeamTransfer{From: x.FromName, To: x.ToName, ToYou: x.To == actor.PersonID, ExpiresAt: x.Expires}
	}
	return out
}

// InviteTeamMember invites somebody into a team.
func (s *server) InviteTeamMember(ctx context.Context, r api.InviteTeamMemberRequestObject) (api.InviteTeamMemberResponseObject, error) {
	t, err := s.teams.Invite(ctx, authz.From(ctx), r.Id, identity.NewInvitation{
		Email: r.Body.Email, Name: httpapi.Value(r.Body.Name), Role: authz.Role(r.Body.Role), Language: lang.Tag(httpapi.Value(r.Body.Language)),
	})
	if err != nil {
		return nil, err
	}
	return api.InviteTeamMember200JSONResponse(teamOf(authz.From(ctx), t)), nil
}
