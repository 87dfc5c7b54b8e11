// Package translationsapi answers for the desk where translations are asked for.
package translationsapi

import (
	"context"
	"time"

	openapi "github.com/oapi-codegen/runtime/types"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/translations"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/translate"
)

type server struct{ translate *translate.Service }

// Module registers the handlers.
func Module(service *translate.Service) httpapi.Module {
	return func(r httpapi.Router) {
		api.RegisterHandlers(r, api.NewStrictHandler(&server{service}, nil))
	}
}

// GetTranslationDesk answers with where each language stands.
func (s *server) GetTranslationDesk(ctx context.Context, r api.GetTranslationDeskRequestObject) (api.GetTranslationDeskResponseObject, error) {
	d, err := s.translate.Desk(ctx, authz.From(ctx), r.Id)
	return api.GetTranslationDesk200JSONResponse(deskOf(d)), err
}

// RequestTranslation asks somebody for a translation.
func (s *server) RequestTranslation(ctx context.Context, r api.RequestTranslationRequestObject) (api.RequestTranslationResponseObject, error) {
	a := translate.Ask{Challenge: r.Id, Language: lang.Tag(r.Body.Lang), Email: r.Body.Email}
	if r.Body.Name != nil {
		a.Name = *r.Body.Name
	}
	if r.Body.Note != nil {
		a.Note = *r.Body.Note
	}
	if r.Body.DueOn != nil {
		a.Due = &r.Body.DueOn.Time
	}
	d, err := s.translate.Request(ctx, authz.From(ctx), a)
	return api.RequestTranslation201JSONResponse(deskOf(d)), err
}

// CancelTranslationRequest takes a request back.
func (s *server) CancelTranslationRequest(ctx context.Context, r api.CancelTranslationRequestRequestObject) (api.CancelTranslationRequestResponseObject, error) {
	d, err := s.translate.Cancel(ctx, authz.From(ctx), r.Id)
	return api.CancelTranslationRequest200JSONResponse(deskOf(d)), err
}

func deskOf(d translate.Desk) common.TranslationDesk {
	out := common.TranslationDesk{
		ChallengeId: d.Challenge.ID, Slug: d.Challenge.Slug, Title: d.Title, Language: common.Lang(d.Challenge.Language),
		Published: d.Challenge.PublishedAt != nil, Languages: []common.TranslationLanguage{}, AllowedActions: []string{},
	}
	for _, a := range d.Actions {
		out.AllowedActions = append(out.AllowedActions, string(a))
	}
	for _, l := range d.Languages {
		row := common.TranslationLanguage{Lang: common.Lang(l.Lang), State: common.TranslationLanguageState(l.State), UpdatedAt: l.UpdatedAt, Requests: []common.TranslationRequest{}}
		for _, q := range l.Requests {
			state := "invited"
			switch {
			case l.State == translate.Done && l.UpdatedAt != nil && l.UpdatedAt.After(q.RequestedAt):
				state = "done"
			case q.Accepted:
				state = "open"
			}
			row.Requests = append(row.Requests, common.TranslationRequest{
				Id: q.ID, Email: q.Email, Name: q.Name, Note: q.Note, DueOn: day(q.Due), RequestedAt: q.RequestedAt, RequestedBy: q.RequestedBy,
				State: common.TranslationRequestState(state),
			})
		}
		out.Languages = append(out.Languages, row)
	}
	return out
}

func day(t *time.Time) *openapi.Date {
	if t == nil {
		return nil
	}
	return &openapi.Date{Time: *t}
}
