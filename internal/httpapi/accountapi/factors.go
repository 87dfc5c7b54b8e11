package accountapi

import (
	"context"
	"encoding/json"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi"
	oapi "fieldtrial/internal/httpapi/oapi/account"
	. "fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/identity"
)

// Prove notes a fresh proof of identity.
func (h *handlers) Prove(ctx context.Context, r oapi.ProveRequestObject) (oapi.ProveResponseObject, error) {
	p := identity.Proof{Password: httpapi.Value(r.Body.Password), Code: httpapi.Value(r.Body.Code)}
	if k := r.Body.Passkey; k != nil {
		var err error
		if p.Credential, err = json.Marshal(k.Credential); err != nil {
			return nil, err
		}
		p.Ticket = k.Ticket
	}
	return oapi.Prove204Response{}, h.svc.Prove(ctx, authz.From(ctx), p)
}

// GetFactors reads one's second factors.
func (h *handlers) GetFactors(ctx context.Context, _ oapi.GetFactorsRequestObject) (oapi.GetFactorsResponseObject, error) {
	f, err := h.svc.Factors(ctx, authz.From(ctx))
	if err != nil {
		return nil, err
	}
	out := Factors{Required: f.Required, Missing: f.Missing, TotpSince: f.TOTP, RecoveryLeft: f.Recovery, Passkeys: []Passkey{}}
	for _, k := range f.Passkeys {
		out.Passkeys = append(out.Passkeys, Passkey{Id: k.ID, Name: k.Name, CreatedAt: k.Created, LastUsedAt: k.LastUsed})
	}
	return oapi.GetFactors200JSONResponse(out), nil
}

// OfferTotp makes a secret.
func (h *handlers) OfferTotp(ctx context.Context, _ oapi.OfferTotpRequestObject) (oapi.OfferTotpResponseObject, error) {
	o, err := h.svc.OfferTOTP(ctx, authz.From(ctx))
	return oapi.OfferTotp200JSONResponse{Ticket: o.Ticket, Secret: o.Secret, Url: o.URL}, err
}

// ConfirmTotp keeps the secret.
func (h *handlers) ConfirmTotp(ctx context.Context, r oapi.ConfirmTotpRequestObject) (oapi.ConfirmTotpResponseObject, error) {
	codes, err := h.svc.ConfirmTOTP(ctx, authz.From(ctx), r.Body.Ticket, r.Body.Code)
	return oapi.ConfirmTotp200JSONResponse(codesOf(codes)), err
}

// RemoveTotp forgets the app.
func (h *handlers) RemoveTotp(ctx context.Context, _ oapi.RemoveTotpRequestObject) (oapi.RemoveTotpResponseObject, error) {
	return oapi.RemoveTotp204Response{}, h.svc.RemoveTOTP(ctx, authz.From(ctx))
}

// RenewRecoveryCodes makes a new set.
func (h *handlers) RenewRecoveryCodes(ctx context.Context, _ oapi.RenewRecoveryCodesRequestObject) (oapi.RenewRecoveryCodesResponseObject, error) {
	codes, err := h.svc.RenewRecoveryCodes(ctx, authz.From(ctx))
	return oapi.RenewRecoveryCodes200JSONResponse(codesOf(codes)), err
}

// AskNewPasskey begins adding a passkey.
func (h *handlers) AskNewPasskey(ctx context.Context, _ oapi.AskNewPasskeyRequestObject) (oapi.AskNewPasskeyResponseObject, error) {
	ask, err := h.svc.AskNewPasskey(ctx, authz.From(ctx))
	if err != nil {
		return nil, err
	}
	out, err := httpapi.PasskeyAsk(ask.Ticket, ask.Options)
	return oapi.AskNewPasskey200JSONResponse(out), err
}

// AddPasskey keeps a passkey.
func (h *handlers) AddPasskey(ctx context.Context, r oapi.AddPasskeyRequestObject) (oapi.AddPasskeyResponseObject, error) {
	credential, err := json.Marshal(r.Body.Credential)
	if err != nil {
		return nil, err
	}
	codes, err := h.svc.AddPasskey(ctx, authz.From(ctx), r.Body.Ticket, r.Body.Name, credential)
	return oapi.AddPasskey200JSONResponse(codesOf(codes)), err
}

// RenamePasskey names a passkey.
func (h *handlers) RenamePasskey(ctx context.Context, r oapi.RenamePasskeyRequestObject) (oapi.RenamePasskeyResponseObject, error) {
	return oapi.RenamePasskey204Response{}, h.svc.RenamePasskey(ctx, authz.From(ctx), r.Id, r.Body.Name)
}

// RemovePasskey forgets a passkey.
func (h *handlers) RemovePasskey(ctx context.Context, r oapi.RemovePasskeyRequestObject) (oapi.RemovePasskeyResponseObject, error) {
	return oapi.RemovePasskey204Response{}, h.svc.RemovePasskey(ctx, authz.From(ctx), r.Id)
}

func codesOf(codes []string) RecoveryCodes {
	return RecoveryCodes{Codes: append([]string{}, codes...)}
}
