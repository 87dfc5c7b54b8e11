package authoringapi

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/httpapi"
	api "fieldtrial/internal/httpapi/oapi/authoring"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/markdown"
)

// ListTermsTemplates answers with the templates in one language.
func (s *server) ListTermsTemplates(_ context.Context, r api.ListTermsTemplatesRequestObject) (api.ListTermsTemplatesResponseObject, error) {
	out := api.ListTermsTemplates200JSONResponse{Items: []common.TermsTemplate{}}
	for _, t := range contest.TermsTemplates() {
		out.Items = append(out.Items, termsOf(t, wanted(r.Params.Lang)))
	}
	return out, nil
}

// ChooseTerms settles the terms of a draft.
func (s *server) ChooseTerms(ctx context.Context, r api.ChooseTermsRequestObject) (api.ChooseTermsResponseObject, error) {
	version, err := httpapi.Version(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	err = s.contests.ChooseTerms(ctx, authz.From(ctx), r.Id, version, string(r.Body.Template))
	out, err := s.sheet(ctx, r.Id, err)
	return api.ChooseTerms200JSONResponse{ChallengeAuthoringJSONResponse: out}, err
}

// GetChallengeExtras answers with what stands beside a published challenge's texts.
func (s *server) GetChallengeExtras(ctx context.Context, r api.GetChallengeExtrasRequestObject) (api.GetChallengeExtrasResponseObject, error) {
	d, err := s.contests.Public(ctx, r.Slug)
	if err != nil {
		return nil, err
	}
	out, err := s.extrasOf(ctx, d, wanted(r.Params.Lang))
	return api.GetChallengeExtras200JSONResponse(out), err
}

// PreviewChallengeExtras answers with the same before publication.
func (s *server) PreviewChallengeExtras(ctx context.Context, r api.PreviewChallengeExtrasRequestObject) (api.PreviewChallengeExtrasResponseObject, error) {
	d, err := s.contests.Dossier(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	out, err := s.extrasOf(ctx, d, wanted(r.Params.Lang))
	return api.PreviewChallengeExtras200JSONResponse(out), err
}

func (s *server) extrasOf(ctx context.Context, d contest.Dossier, want lang.Tag) (common.ChallengeExtras, error) {
	out := common.ChallengeExtras{Eligibility: []common.AskedEligibility{}}
	if t, ok := contest.TermsByKey(d.TermsKey); ok {
		terms := termsOf(t, want)
		out.Terms = &terms
	}
	for _, q := range d.Eligibility {
		out.Eligibility = append(out.Eligibility, askedOf(entry.Eligible{Question: q}, want))
	}
	var err error
	out.Resources, err = s.offered(ctx, d.ID, want)
	return out, err
}

func termsOf(t contest.Terms, want lang.Tag) common.TermsTemplate {
	return common.TermsTemplate{Key: common.TermsTemplateKey(t.Key), Name: t.Name[want], Summary: t.Summary[want], Html: markdown.HTML(t.Text[want])}
}
