package questionsapi

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/questions"
	"fieldtrial/internal/lang"
)

// ListQuestions answers with what was answered to everyone.
func (s *server) ListQuestions(ctx context.Context, r api.ListQuestionsRequestObject) (api.ListQuestionsResponseObject, error) {
	want := lang.Tag(httpapi.Value(r.Params.Lang)).Or(lang.EN)
	b, err := s.questions.Public(ctx, r.Slug, httpapi.Value(r.Params.Q), want, httpapi.Value(r.Params.Cursor), httpapi.Value(r.Params.Limit))
	if err != nil {
		return nil, err
	}
	out := api.ListQuestions200JSONResponse{Items: []common.Question{}, NextCursor: httpapi.NextCursor(b.Next), Total: b.Total, ClosesAt: b.ClosesAt,
		Open: b.Open, Slug: b.Challenge.Slug, Title: titleOf(b.Challenge, want), TimeZone: b.Challenge.Zone, ServerTime: b.Now}
	for _, q := range b.Items {
		out.Items = append(out.Items, seenOf(q))
	}
	return out, nil
}

// AskQuestion asks the officials of a challenge.
func (s *server) AskQuestion(ctx context.Context, r api.AskQuestionRequestObject) (api.AskQuestionResponseObject, error) {
	in := lang.Tag(r.Body.Lang)
	q, err := s.questions.Ask(ctx, authz.From(ctx), r.Slug, in, r.Body.Text)
	if err != nil {
		return nil, err
	}
	seen := q.In(in)
	seen.OwnAnswer = true
	return api.AskQuestion201JSONResponse(seenOf(seen)), nil
}

// ListMyQuestions answers with what the caller asked.
func (s *server) ListMyQuestions(ctx context.Context, r api.ListMyQuestionsRequestObject) (api.ListMyQuestionsResponseObject, error) {
	actor := authz.From(ctx)
	list, err := s.questions.Mine(ctx, actor, r.Slug, wanted(r.Params.Lang, actor))
	if err != nil {
		return nil, err
	}
	out := api.ListMyQuestions200JSONResponse{Items: []common.Question{}}
	for _, q := range list {
		out.Items = append(out.Items, seenOf(q))
	}
	return out, nil
}

// ListManagedQuestions answers with the officials' desk.
func (s *server) ListManagedQuestions(ctx context.Context, r api.ListManagedQuestionsRequestObject) (api.ListManagedQuestionsResponseObject, error) {
	return s.desk(ctx, r)
}
