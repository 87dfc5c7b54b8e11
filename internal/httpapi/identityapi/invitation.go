package identityapi

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi"
	. "fieldtrial/internal/httpapi/oapi/common"
	oapi "fieldtrial/internal/httpapi/oapi/identity"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/lang"
)

// ListInvitations lists what the caller may offer.
func (h *handlers) ListInvitations(ctx context.Context, r oapi.ListInvitationsRequestObject) (oapi.ListInvitationsResponseObject, error) {
	list, next, err := h.svc.Invitations(ctx, authz.From(ctx), identity.InvitationFilter{
		State: identity.InvitationState(httpapi.Value(r.Params.State)), Contest: httpapi.Value(r.Params.Contest),
		Cursor: httpapi.Value(r.Params.Cursor), Limit: limit(r.Params.Limit),
	})
	if err != nil {
		return nil, err
	}
	out := InvitationList{Items: []Invitation{}, NextCursor: httpapi.NextCursor(next)}
	for _, i := range list {
		out.Items = append(out.Items, invitationOf(i))
	}
	return oapi.ListInvitations200JSONResponse(out), nil
}

// CreateInvitation invites somebody to a role.
func (h *handlers) CreateInvitation(ctx context.Context, r oapi.CreateInvitationRequestObject) (oapi.CreateInvitationResponseObject, error) {
	actor := authz.From(ctx)
	id, err := h.svc.Invite(ctx, actor, identity.NewInvitation{
		Email: r.Body.Email, Name: httpapi.Value(r.Body.Name), Language: lang.Tag(r.Body.Language),
		Role: authz.Role(r.Body.Role), Kind: authz.Kind(r.Body.ScopeKind), ScopeID: httpapi.Value(r.Body.ScopeId),
	})
	if err != nil {
		return nil, err
	}
	i, err := h.svc.Invitation(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	return oapi.CreateInvitation201JSONResponse(invitationOf(i)), nil
}

// RevokeInvitation takes an invitation back.
func (h *handlers) RevokeInvitation(ctx context.Context, r oapi.RevokeInvitationRequestObject) (oapi.RevokeInvitationResponseObject, error) {
	return oapi.RevokeInvitation204Response{}, h.svc.RevokeInvitation(ctx, authz.From(ctx), r.Id)
}

// LookAtInvitation says what an invitation is for.
func (h *handlers) LookAtInvitation(ctx context.Context, r oapi.LookAtInvitationRequestObject) (oapi.LookAtInvitationResponseObject, error) {
	i, err := h.svc.Look(ctx, r.Body.Token, browserOf(ctx).address())
	if err != nil {
		return nil, err
	}
	return oapi.LookAtInvitation200JSONResponse(InvitationView{
		Email: i.Email, Name: i.Name, Language: Lang(i.Language), Role: Role(i.Role), Scope: scopeOf(i.Scope),
		State: InvitationState(i.State), InvitedBy: optional(i.InvitedBy), ExpiresAt: i.Expires, HasAccount: i.HasAccount,
	}), nil
}

// AcceptInvitation accepts as the signed-in person or by making an account.
func (h *handlers) AcceptInvitation(ctx context.Context, r oapi.AcceptInvitationRequestObject) (oapi.AcceptInvitationResponseObject, error) {
	b := browserOf(ctx)
	i, session, err := h.svc.Accept(ctx, authz.From(ctx), r.Body.Token, identity.Acceptance{
		Name: httpapi.Value(r.Body.Name), Password: httpapi.Value(r.Body.Password),
		Language: lang.Tag(httpapi.Value(r.Body.Language)), TimeZone: httpapi.Value(r.Body.TimeZone),
	}, b.address(), b.agent())
	if err != nil {
		return nil, err
	}
	out := InvitationAccepted{Role: Role(i.Role), Scope: scopeOf(i.Scope)}
	if session != nil {
		b.keep(*session)
		s := sessionOf(*session)
		out.Session = &s
	}
	return oapi.AcceptInvitation200JSONResponse(out), nil
}

// DeclineInvitation turns an invitation down.
func (h *handlers) DeclineInvitation(ctx context.Context, r oapi.DeclineInvitationRequestObject) (oapi.DeclineInvitationResponseObject, error) {
	return oapi.DeclineInvitation204Response{}, h.svc.Decline(ctx, r.Body.Token, browserOf(ctx).address())
}

func invitationOf(i identity.Invitation) Invitation {
	return Invitation{
		Id: i.ID, Email: i.Email, Name: i.Name, Language: Lang(i.Language), Role: Role(i.Role), Scope: scopeOf(i.Scope),
		State: InvitationState(i.State), InvitedBy: optional(i.InvitedBy), CreatedAt: i.Created, ExpiresAt: i.Expires,
	}
}
