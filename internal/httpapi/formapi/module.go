// Package formapi answers for the forms that entries are made of: as officials edit them, and what
// of a changed form a team has seen.
package formapi

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/httpapi"
	api "fieldtrial/internal/httpapi/oapi/form"
)

type server struct {
	contests *contest.Service
	entries  *entry.Service
}

// Module registers the handlers.
func Module(contests *contest.Service, entries *entry.Service) httpapi.Module {
	return func(r httpapi.Router) {
		api.RegisterHandlers(r, api.NewStrictHandler(&server{contests, entries}, nil))
	}
}

// GetChallengeForm answers with a form as its authors edit it.
func (s *server) GetChallengeForm(ctx context.Context, r api.GetChallengeFormRequestObject) (api.GetChallengeFormResponseObject, error) {
	d, err := s.contests.FormDraft(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.GetChallengeForm200JSONResponse{FormDraftJSONResponse: answer(d)}, nil
}

// PutChallengeForm writes the whole form of a draft.
func (s *server) PutChallengeForm(ctx context.Context, r api.PutChallengeFormRequestObject) (api.PutChallengeFormResponseObject, error) {
	version, err := httpapi.Version(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	d, err := s.contests.SaveForm(ctx, authz.From(ctx), r.Id, version, planOf(*r.Body))
	if err != nil {
		return nil, err
	}
	return api.PutChallengeForm200JSONResponse{FormDraftJSONResponse: answer(d)}, nil
}

// MarkEntryFormSeen notes that the team has seen a version of the form.
func (s *server) MarkEntryFormSeen(ctx context.Context, r api.MarkEntryFormSeenRequestObject) (api.MarkEntryFormSeenResponseObject, error) {
	if err := s.entries.SeeForm(ctx, authz.From(ctx), r.Id, r.Body.Version); err != nil {
		return nil, err
	}
	return api.MarkEntryFormSeen204Response{}, nil
}

func answer(d contest.FormDraft) api.FormDraftJSONResponse {
	tag := httpapi.ETag(d.Version)
	return api.FormDraftJSONResponse{Body: draftOf(d), Headers: api.FormDraftResponseHeaders{ETag: &tag}}
}
