package contestapi

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/contest"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/markdown"
)

// SendChallenge sends a draft for approval.
func (s *server) SendChallenge(ctx context.Context, r api.SendChallengeRequestObject) (api.SendChallengeResponseObject, error) {
	d, err := s.contests.Send(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.SendChallenge200JSONResponse{ManagedChallengeJSONResponse: answer(ctx, d)}, nil
}

// ReturnChallenge gives a challenge back for changes.
func (s *server) ReturnChallenge(ctx context.Context, r api.ReturnChallengeRequestObject) (api.ReturnChallengeResponseObject, error) {
	d, err := s.contests.Return(ctx, authz.From(ctx), r.Id, r.Body.Reason)
	if err != nil {
		return nil, err
	}
	return api.ReturnChallenge200JSONResponse{ManagedChallengeJSONResponse: answer(ctx, d)}, nil
}

// ApproveChallenge is the word of a second official.
func (s *server) ApproveChallenge(ctx context.Context, r api.ApproveChallengeRequestObject) (api.ApproveChallengeResponseObject, error) {
	d, err := s.contests.Approve(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.ApproveChallenge200JSONResponse{ManagedChallengeJSONResponse: answer(ctx, d)}, nil
}

// PublishChallenge makes an approved challenge public.
func (s *server) PublishChallenge(ctx context.Context, r api.PublishChallengeRequestObject) (api.PublishChallengeResponseObject, error) {
	d, err := s.contests.Publish(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.PublishChallenge200JSONResponse{ManagedChallengeJSONResponse: answer(ctx, d)}, nil
}

// ListTranslations answers with what waits for translation.
func (s *server) ListTranslations(ctx context.Context, r api.ListTranslationsRequestObject) (api.ListTranslationsResponseObject, error) {
	found, err := s.contests.Translations(ctx, authz.From(ctx), contest.TranslationFilter{Target: lang.Tag(httpapi.Value(r.Params.Target)),
		Words: httpapi.Value(r.Params.Q), Cursor: httpapi.Value(r.Params.Cursor), Limit: httpapi.Value(r.Params.Limit)})
	if err != nil {
		return nil, err
	}
	out := api.ListTranslations200JSONResponse{Items: []common.Translation{}, NextCursor: httpapi.NextCursor(found.Next), Total: found.Total}
	for _, t := range found.Items {
		state := common.TranslationState("missing")
		if t.Stale {
			state = "stale"
		}
		out.Items = append(out.Items, common.Translation{
			ChallengeId: t.Challenge, Slug: t.Slug, Title: t.Title, Lang: common.Lang(t.Language), Target: common.Lang(t.Target),
			State: state, ClosesAt: t.Closes,
		})
	}
	return out, nil
}

// GetChallengeTemplate answers with what a challenge is started from.
func (s *server) GetChallengeTemplate(context.Context, api.GetChallengeTemplateRequestObject) (api.GetChallengeTemplateResponseObject, error) {
	t := contest.ProgrammeTemplate()
	out := api.GetChallengeTemplate200JSONResponse{
		Name: httpapi.LocalText(t.Name), Description: httpapi.LocalText(t.Description), Sections: []common.TemplateSection{},
		Criteria: criteriaOf(contest.TemplateRubric()),
	}
	for _, x := range t.Sections {
		out.Sections = append(out.Sections, common.TemplateSection{
			Key: x.Key, Format: common.TemplateSectionFormat(x.Format), Required: x.Required, Limit: x.Limit,
			Label: httpapi.LocalText(x.Label), Hint: httpapi.LocalText(x.Hint), Starter: httpapi.LocalText(x.Starter),
		})
	}
	return out, nil
}

// RenderMarkdown answers with Markdown as the public page shows it.
func (s *server) RenderMarkdown(_ context.Context, r api.RenderMarkdownRequestObject) (api.RenderMarkdownResponseObject, error) {
	return api.RenderMarkdown200JSONResponse{Html: markdown.HTML(r.Body.Text)}, nil
}
