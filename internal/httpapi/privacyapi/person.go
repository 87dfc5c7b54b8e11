package privacyapi

import (
	"bytes"
	"context"

	"fieldtrial/internal/authz"
	. "fieldtrial/internal/httpapi/oapi/common"
	oapi "fieldtrial/internal/httpapi/oapi/privacy"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/privacy"
)

// ListCopies lists one's copies.
func (h *handlers) ListCopies(ctx context.Context, _ oapi.ListCopiesRequestObject) (oapi.ListCopiesResponseObject, error) {
	list, err := h.svc.Copies(ctx, authz.From(ctx))
	if err != nil {
		return nil, err
	}
	out := DataCopyList{Items: []DataCopy{}}
	for _, c := range list {
		out.Items = append(out.Items, copyOf(c))
	}
	return oapi.ListCopies200JSONResponse(out), nil
}

// AskCopy has a copy made.
func (h *handlers) AskCopy(ctx context.Context, _ oapi.AskCopyRequestObject) (oapi.AskCopyResponseObject, error) {
	c, err := h.svc.AskCopy(ctx, authz.From(ctx))
	return oapi.AskCopy201JSONResponse(copyOf(c)), err
}

// GetCopy gives the file.
func (h *handlers) GetCopy(ctx context.Context, r oapi.GetCopyRequestObject) (oapi.GetCopyResponseObject, error) {
	content, err := h.svc.CopyContent(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	name := `attachment; filename="fieldtrial-my-data.zip"`
	return oapi.GetCopy200ApplicationzipResponse{
		Body: bytes.NewReader(content), ContentLength: int64(len(content)),
		Headers: oapi.GetCopy200ResponseHeaders{ContentDisposition: &name},
	}, nil
}

// ListConsents tells what one has agreed to.
func (h *handlers) ListConsents(ctx context.Context, _ oapi.ListConsentsRequestObject) (oapi.ListConsentsResponseObject, error) {
	list, err := h.svc.Consents(ctx, authz.From(ctx))
	if err != nil {
		return nil, err
	}
	out := ConsentList{Items: []Consent{}}
	for _, c := range list {
		out.Items = append(out.Items, Consent{Purpose: ConsentPurpose(c.Purpose), Version: c.Version, Given: c.Given, At: c.At})
	}
	return oapi.ListConsents200JSONResponse(out), nil
}

// AnswerConsent gives or withdraws consent.
func (h *handlers) AnswerConsent(ctx context.Context, r oapi.AnswerConsentRequestObject) (oapi.AnswerConsentResponseObject, error) {
	b := r.Body
	return oapi.AnswerConsent204Response{}, h.svc.Answer(ctx, authz.From(ctx), privacy.Purpose(r.Purpose), b.Version, b.Given, lang.Tag(b.Language))
}

// ExportContacts gives the file of those who agreed that cities write to them.
func (h *handlers) ExportContacts(ctx context.Context, _ oapi.ExportContactsRequestObject) (oapi.ExportContactsResponseObject, error) {
	var file bytes.Buffer
	if err := h.svc.WriteContacts(ctx, authz.From(ctx), &file); err != nil {
		return nil, err
	}
	name := `attachment; filename="contacts.csv"`
	return oapi.ExportContacts200TextcsvResponse{
		Body: &file, ContentLength: int64(file.Len()), Headers: oapi.ExportContacts200ResponseHeaders{ContentDisposition: &name},
	}, nil
}

// EraseMe erases one's account.
func (h *handlers) EraseMe(ctx context.Context, _ oapi.EraseMeRequestObject) (oapi.EraseMeResponseObject, error) {
	return oapi.EraseMe204Response{}, h.svc.EraseMe(ctx, authz.From(ctx))
}

// ErasePerson erases somebody's account.
func (h *handlers) ErasePerson(ctx context.Context, r oapi.ErasePersonRequestObject) (oapi.ErasePersonResponseObject, error) {
	return oapi.ErasePerson204Response{}, h.svc.Erase(ctx, authz.From(ctx), r.Id)
}

func copyOf(c privacy.Copy) DataCopy {
	return DataCopy{Id: c.ID, State: DataCopyState(c.State), Done: c.Done, Total: c.Total, CreatedAt: c.Created, ExpiresAt: c.Expires}
}
