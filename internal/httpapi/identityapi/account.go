package identityapi

import (
	"context"
	"fieldtrial/internal/httpapi"

	. "fieldtrial/internal/httpapi/oapi/common"
	oapi "fieldtrial/internal/httpapi/oapi/identity"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/lang"
)

// Register makes an account.
func (h *handlers) Register(ctx context.Context, r oapi.RegisterRequestObject) (oapi.RegisterResponseObject, error) {
	n := identity.NewAccount{
		Email: r.Body.Email, Name: r.Body.Name, Password: r.Body.Password,
		Language: lang.Tag(r.Body.Language), TimeZone: httpapi.Value(r.Body.TimeZone),
	}
	return oapi.Register204Response{}, h.svc.Register(ctx, n, browserOf(ctx).address())
}

// ConfirmEmail confirms the address a token was mailed to.
func (h *handlers) ConfirmEmail(ctx context.Context, r oapi.ConfirmEmailRequestObject) (oapi.ConfirmEmailResponseObject, error) {
	return oapi.ConfirmEmail204Response{}, h.svc.Confirm(ctx, r.Body.Token, browserOf(ctx).address())
}

// ResendConfirmation mails the confirmation again.
func (h *handlers) ResendConfirmation(ctx context.Context, r oapi.ResendConfirmationRequestObject) (oapi.ResendConfirmationResponseObject, error) {
	return oapi.ResendConfirmation204Response{}, h.svc.ResendConfirmation(ctx, r.Body.Email, browserOf(ctx).address())
}

// RequestReset mails a link to set a new password.
func (h *handlers) RequestReset(ctx context.Context, r oapi.RequestResetRequestObject) (oapi.RequestResetResponseObject, error) {
	return oapi.RequestReset204Response{}, h.svc.RequestReset(ctx, r.Body.Email, browserOf(ctx).address())
}

// ResetPassword sets a new password with a mailed token.
func (h *handlers) ResetPassword(ctx context.Context, r oapi.ResetPasswordRequestObject) (oapi.ResetPasswordResponseObject, error) {
	return oapi.ResetPassword204Response{}, h.svc.ResetPassword(ctx, r.Body.Token, r.Body.Password, browserOf(ctx).address())
}

// SignIn opens a session.
func (h *handlers) SignIn(ctx context.Context, r oapi.SignInRequestObject) (oapi.SignInResponseObject, error) {
	b := browserOf(ctx)
	s, err := h.svc.SignIn(ctx, r.Body.Email, r.Body.Password, b.address(), b.agent())
	if err != nil {
		return nil, err
	}
	if s.Step != nil {
		return oapi.SignIn202JSONResponse(stepOf(*s.Step)), nil
	}
	b.keep(s)
	return oapi.SignIn200JSONResponse(sessionOf(s)), nil
}

// RefreshSession renews a session. A session that has ended takes its cookie with it.
func (h *handlers) RefreshSession(ctx context.Context, _ oapi.RefreshSessionRequestObject) (oapi.RefreshSessionResponseObject, error) {
	b := browserOf(ctx)
	s, err := h.svc.Refresh(ctx, b.token())
	if err != nil {
		if ended(err) {
			b.forget()
		}
		return nil, err
	}
	b.keep(s)
	return oapi.RefreshSession200JSONResponse(sessionOf(s)), nil
}

// SignOut ends the session, or all of the person's.
func (h *handlers) SignOut(ctx context.Context, r oapi.SignOutRequestObject) (oapi.SignOutResponseObject, error) {
	b := browserOf(ctx)
	everywhere := r.Body != nil && r.Body.Everywhere != nil && *r.Body.Everywhere
	if err := h.svc.SignOut(ctx, b.token(), everywhere); err != nil {
		return nil, err
	}
	b.forget()
	return oapi.SignOut204Response{}, nil
}

func sessionOf(s identity.Session) Session {
	return Session{AccessToken: s.Access, ExpiresAt: s.AccessExpires}
}
