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

// GetMe reads the signed-in person.
func (h *handlers) GetMe(ctx context.Context, _ oapi.GetMeRequestObject) (oapi.GetMeResponseObject, error) {
	m, err := h.svc.Me(ctx, authz.From(ctx))
	if err != nil {
		return nil, err
	}
	tag := httpapi.ETag(m.Version)
	return oapi.GetMe200JSONResponse{Body: meOf(m), Headers: oapi.GetMe200ResponseHeaders{ETag: &tag}}, nil
}

// UpdateMe changes name, language or zone.
func (h *handlers) UpdateMe(ctx context.Context, r oapi.UpdateMeRequestObject) (oapi.UpdateMeResponseObject, error) {
	version, err := httpapi.Version(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	actor := authz.From(ctx)
	ch := identity.MeChange{Name: r.Body.Name, TimeZone: r.Body.TimeZone}
	if r.Body.Language != nil {
		l := lang.Tag(*r.Body.Language)
		ch.Language = &l
	}
	if err := h.svc.ChangeMe(ctx, actor, version, ch); err != nil {
		return nil, err
	}
	m, err := h.svc.Me(ctx, actor)
	if err != nil {
		return nil, err
	}
	tag := httpapi.ETag(m.Version)
	return oapi.UpdateMe200JSONResponse{Body: meOf(m), Headers: oapi.UpdateMe200ResponseHeaders{ETag: &tag}}, nil
}

// ChangePassword sets a new password.
func (h *handlers) ChangePassword(ctx context.Context, r oapi.ChangePasswordRequestObject) (oapi.ChangePasswordResponseObject, error) {
	return oapi.ChangePassword204Response{}, h.svc.ChangePassword(ctx, authz.From(ctx), r.Body.Current, r.Body.Password)
}

func meOf(m identity.Me) Me {
	out := Me{
		Id: m.ID, Email: m.Email, Name: m.Name, Language: Lang(m.Language), TimeZone: m.TimeZone,
		Confirmed: m.Confirmed, Demo: m.Demo, FactorMissing: m.FactorMissing, Grants: grantsOf(m.Grants), Areas: []Area{},
	}
	for _, a := range m.Areas {
		out.Areas = append(out.Areas, Area(a))
	}
	return out
}
