package identityapi

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi"
	. "fieldtrial/internal/httpapi/oapi/common"
	oapi "fieldtrial/internal/httpapi/oapi/identity"
	"fieldtrial/internal/identity"
)

// FinishSignIn takes the second factor.
func (h *handlers) FinishSignIn(ctx context.Context, r oapi.FinishSignInRequestObject) (oapi.FinishSignInResponseObject, error) {
	b := browserOf(ctx)
	s, err := h.svc.FinishSignIn(ctx, r.Body.Ticket, r.Body.Code, b.address(), b.agent())
	if err != nil {
		return nil, err
	}
	b.keep(s)
	return oapi.FinishSignIn200JSONResponse(sessionOf(s)), nil
}

// ListWaysIn tells the ways to sign in.
func (h *handlers) ListWaysIn(context.Context, oapi.ListWaysInRequestObject) (oapi.ListWaysInResponseObject, error) {
	return oapi.ListWaysIn200JSONResponse{Passkey: true, City: optional(h.svc.OIDCName())}, nil
}

// AskPasskey begins signing in with a passkey.
func (h *handlers) AskPasskey(ctx context.Context, _ oapi.AskPasskeyRequestObject) (oapi.AskPasskeyResponseObject, error) {
	ask, err := h.svc.AskPasskey(ctx)
	if err != nil {
		return nil, err
	}
	out, err := httpapi.PasskeyAsk(ask.Ticket, ask.Options)
	return oapi.AskPasskey200JSONResponse(out), err
}

// SignInWithPasskey opens a session.
func (h *handlers) SignInWithPasskey(ctx context.Context, r oapi.SignInWithPasskeyRequestObject) (oapi.SignInWithPasskeyResponseObject, error) {
	b := browserOf(ctx)
	credential, err := json.Marshal(r.Body.Credential)
	if err != nil {
		return nil, err
	}
	s, err := h.svc.SignInPasskey(ctx, r.Body.Ticket, credential, b.address(), b.agent())
	if err != nil {
		return nil, err
	}
	b.keep(s)
	return oapi.SignInWithPasskey200JSONResponse(sessionOf(s)), nil
}

// StartCitySignIn gives the address of the city's own sign-in.
func (h *handlers) StartCitySignIn(ctx context.Context, _ oapi.StartCitySignInRequestObject) (oapi.StartCitySignInResponseObject, error) {
	b := browserOf(ctx)
	url, keep, err := h.svc.StartOIDC(ctx)
	if err != nil {
		return nil, err
	}
	k := b.cookie(keep, time.Time{}) //nolint:gosec // its attributes are set below
	k.Name, k.MaxAge = b.cookieName()+"-city", 600
	b.c.SetCookie(k)
	return oapi.StartCitySignIn200JSONResponse{Url: url}, nil
}

// FinishCitySignIn opens a session with what the city's sign-in answered.
func (h *handlers) FinishCitySignIn(ctx context.Context, r oapi.FinishCitySignInRequestObject) (oapi.FinishCitySignInResponseObject, error) {
	b := browserOf(ctx)
	name := b.cookieName() + "-city"
	k, err := b.c.Cookie(name)
	if err != nil {
		k = &http.Cookie{}
	}
	gone := b.cookie("", time.Unix(1, 0)) //nolint:gosec // its attributes are set below
	gone.Name, gone.MaxAge = name, -1
	b.c.SetCookie(gone)
	s, err := h.svc.FinishOIDC(ctx, k.Value, r.Body.Code, r.Body.State, b.address(), b.agent())
	if err != nil {
		return nil, err
	}
	if s.Step != nil {
		return oapi.FinishCitySignIn202JSONResponse(stepOf(*s.Step)), nil
	}
	b.keep(s)
	return oapi.FinishCitySignIn200JSONResponse(sessionOf(s)), nil
}

// LookAtEmailChange says what a mailed link is for.
func (h *handlers) LookAtEmailChange(ctx context.Context, r oapi.LookAtEmailChangeRequestObject) (oapi.LookAtEmailChangeResponseObject, error) {
	e, err := h.svc.LookAtEmailChange(ctx, r.Body.Token, browserOf(ctx).address())
	return oapi.LookAtEmailChange200JSONResponse(changeOf(e)), err
}

// AnswerEmailChange agrees or refuses.
func (h *handlers) AnswerEmailChange(ctx context.Context, r oapi.AnswerEmailChangeRequestObject) (oapi.AnswerEmailChangeResponseObject, error) {
	e, err := h.svc.AnswerEmailChange(ctx, r.Body.Token, r.Body.Agree, browserOf(ctx).address())
	return oapi.AnswerEmailChange200JSONResponse(changeOf(e)), err
}

// ResetFactors takes somebody's second factors away.
func (h *handlers) ResetFactors(ctx context.Context, r oapi.ResetFactorsRequestObject) (oapi.ResetFactorsResponseObject, error) {
	return oapi.ResetFactors204Response{}, h.svc.ResetFactors(ctx, authz.From(ctx), r.Id)
}

func changeOf(e identity.EmailChange) EmailChange {
	return EmailChange{NewEmail: e.NewEmail, Present: e.Old, Agreed: e.Agreed, Done: e.Done}
}

func stepOf(s identity.SecondStep) SecondStep {
	out := SecondStep{Ticket: s.Ticket, Ways: []SecondStepWays{}}
	for _, w := range s.Ways {
		out.Ways = append(out.Ways, SecondStepWays(w))
	}
	return out
}
