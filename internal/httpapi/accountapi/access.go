package accountapi

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi"
	oapi "fieldtrial/internal/httpapi/oapi/account"
	. "fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/identity"
)

// ListSessions lists one's open sessions.
func (h *handlers) ListSessions(ctx context.Context, _ oapi.ListSessionsRequestObject) (oapi.ListSessionsResponseObject, error) {
	list, err := h.svc.Devices(ctx, authz.From(ctx))
	if err != nil {
		return nil, err
	}
	out := DeviceList{Items: []Device{}}
	for _, d := range list {
		out.Items = append(out.Items, Device{
			Id: d.ID, Agent: d.Agent, Address: d.Address, Method: DeviceMethod(d.Method), Factor: d.Factor,
			OpenedAt: d.Opened, SeenAt: d.Seen, Current: d.Current,
		})
	}
	return oapi.ListSessions200JSONResponse(out), nil
}

// ReadSecurityLog tells what was done to one's ways in.
func (h *handlers) ReadSecurityLog(ctx context.Context, r oapi.ReadSecurityLogRequestObject) (oapi.ReadSecurityLogResponseObject, error) {
	limit := 50
	if r.Params.Limit != nil {
		limit = *r.Params.Limit
	}
	list, next, err := h.svc.SecurityLog(ctx, authz.From(ctx), httpapi.Value(r.Params.Cursor), limit)
	if err != nil {
		return nil, err
	}
	out := SecurityEventList{Items: []SecurityEvent{}, NextCursor: some(next)}
	for _, e := range list {
		x := SecurityEvent{Id: e.ID, Kind: SecurityEventKind(e.Kind), At: e.At, ByOther: e.ByOther, Detail: some(e.Detail),
			Agent: some(e.Agent), Address: some(e.Address)}
		if e.Method != "" {
			method := SecurityEventMethod(e.Method)
			x.Method, x.Factor = &method, &e.Factor
		}
		out.Items = append(out.Items, x)
	}
	return oapi.ReadSecurityLog200JSONResponse(out), nil
}

func some(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// EndSession ends one session.
func (h *handlers) EndSession(ctx context.Context, r oapi.EndSessionRequestObject) (oapi.EndSessionResponseObject, error) {
	return oapi.EndSession204Response{}, h.svc.EndDevice(ctx, authz.From(ctx), r.Id)
}

// EndOtherSessions ends all but this one.
func (h *handlers) EndOtherSessions(ctx context.Context, _ oapi.EndOtherSessionsRequestObject) (oapi.EndOtherSessionsResponseObject, error) {
	return oapi.EndOtherSessions204Response{}, h.svc.EndOtherDevices(ctx, authz.From(ctx))
}

// ListTokens lists one's personal tokens.
func (h *handlers) ListTokens(ctx context.Context, _ oapi.ListTokensRequestObject) (oapi.ListTokensResponseObject, error) {
	list, err := h.svc.Tokens(ctx, authz.From(ctx))
	if err != nil {
		return nil, err
	}
	out := ApiTokenList{Items: []ApiToken{}}
	for _, t := range list {
		out.Items = append(out.Items, tokenOf(t))
	}
	return oapi.ListTokens200JSONResponse(out), nil
}

// MakeToken makes a personal token.
func (h *handlers) MakeToken(ctx context.Context, r oapi.MakeTokenRequestObject) (oapi.MakeTokenResponseObject, error) {
	n := identity.NewAPIToken{Name: r.Body.Name, Days: r.Body.Days}
	for _, s := range r.Body.Scopes {
		n.Scopes = append(n.Scopes, authz.TokenScope(s))
	}
	text, t, err := h.svc.MakeToken(ctx, authz.From(ctx), n)
	return oapi.MakeToken201JSONResponse{Text: text, Token: tokenOf(t)}, err
}

// RevokeToken ends a personal token.
func (h *handlers) RevokeToken(ctx context.Context, r oapi.RevokeTokenRequestObject) (oapi.RevokeTokenResponseObject, error) {
	return oapi.RevokeToken204Response{}, h.svc.RevokeToken(ctx, authz.From(ctx), r.Id)
}

// RequestEmailChange mails both addresses.
func (h *handlers) RequestEmailChange(ctx context.Context, r oapi.RequestEmailChangeRequestObject) (oapi.RequestEmailChangeResponseObject, error) {
	return oapi.RequestEmailChange204Response{}, h.svc.RequestEmailChange(ctx, authz.From(ctx), r.Body.Email)
}

func tokenOf(t identity.APIToken) ApiToken {
	out := ApiToken{Id: t.ID, Name: t.Name, Scopes: []TokenScope{}, CreatedAt: t.Created, ExpiresAt: t.Expires, LastUsedAt: t.LastUsed}
	for _, s := range t.Scopes {
		out.Scopes = append(out.Scopes, TokenScope(s))
	}
	return out
}
