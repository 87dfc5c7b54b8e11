package questionsapi

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/questions"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/question"
)

func (s *server) desk(ctx context.Context, r api.ListManagedQuestionsRequestObject) (api.ListManagedQuestionsResponseObject, error) {
	actor := authz.From(ctx)
	d, err := s.questions.Desk(ctx, actor, r.Id, question.DeskFilter{State: question.State(httpapi.Value(r.Params.State)), Sort: question.Sort(httpapi.Value(r.Params.Sort)), Words: httpapi.Value(r.Params.Q),
		Cursor: httpapi.Value(r.Params.Cursor), Limit: httpapi.Value(r.Params.Limit)})
	if err != nil {
		return nil, err
	}
	out := api.ListManagedQuestions200JSONResponse{Items: []common.ManagedQuestion{}, NextCursor: httpapi.NextCursor(d.Next),
		Counts: common.QuestionCounts{Unanswered: d.Counts[question.Unanswered], Answered: d.Counts[question.Answered],
			Pending: d.Counts[question.Pending], Hidden: d.Counts[question.Hidden]},
		ClosesAt: d.ClosesAt, OwnClosing: d.OwnClose != nil, Deadline: d.Challenge.Dates.Closes, TimeZone: d.Challenge.Zone,
		Title: titleOf(d.Challenge, wanted(nil, actor)), Language: common.Lang(d.Challenge.Language), Published: d.Challenge.PublishedAt != nil,
		AllowedActions: []string{}, ServerTime: d.Now}
	for _, a := range d.Allowed {
		out.AllowedActions = append(out.AllowedActions, string(a))
	}
	for _, q := range d.Items {
		out.Items = append(out.Items, managedOf(q, d.Asker))
	}
	return out, nil
}

// answer shows one question after an act on it; who asked is in the list alone.
func answer(q question.Question, err error) (api.ManagedQuestionJSONResponse, error) {
	if err != nil {
		return api.ManagedQuestionJSONResponse{}, err
	}
	tag := httpapi.ETag(q.Version)
	return api.ManagedQuestionJSONResponse{Body: managedOf(q, false), Headers: api.ManagedQuestionResponseHeaders{ETag: &tag}}, nil
}

// SetQuestionClosing sets until when questions are taken.
func (s *server) SetQuestionClosing(ctx context.Context, r api.SetQuestionClosingRequestObject) (api.SetQuestionClosingResponseObject, error) {
	if err := s.questions.CloseAt(ctx, authz.From(ctx), r.Id, r.Body.ClosesAt); err != nil {
		return nil, err
	}
	return api.SetQuestionClosing204Response{}, nil
}

// AnswerQuestion answers, or corrects an answer.
func (s *server) AnswerQuestion(ctx context.Context, r api.AnswerQuestionRequestObject) (api.AnswerQuestionResponseObject, error) {
	version, err := httpapi.Version(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	out, err := answer(s.questions.Answer(ctx, authz.From(ctx), r.Id, version, question.Reply{Text: r.Body.Text, Language: lang.Tag(r.Body.Lang), Public: r.Body.Public}))
	return api.AnswerQuestion200JSONResponse{ManagedQuestionJSONResponse: out}, err
}

// TranslateQuestion writes question and answer in another language.
func (s *server) TranslateQuestion(ctx context.Context, r api.TranslateQuestionRequestObject) (api.TranslateQuestionResponseObject, error) {
	version, err := httpapi.Version(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	out, err := answer(s.questions.Translate(ctx, authz.From(ctx), r.Id, version, lang.Tag(r.Lang), r.Body.Question, r.Body.Answer))
	return api.TranslateQuestion200JSONResponse{ManagedQuestionJSONResponse: out}, err
}

// HideQuestion takes a question off the public list.
func (s *server) HideQuestion(ctx context.Context, r api.HideQuestionRequestObject) (api.HideQuestionResponseObject, error) {
	version, err := httpapi.Version(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	out, err := answer(s.questions.Hide(ctx, authz.From(ctx), r.Id, version, r.Body.Reason))
	return api.HideQuestion200JSONResponse{ManagedQuestionJSONResponse: out}, err
}

// ShowQuestion puts a hidden question back.
func (s *server) ShowQuestion(ctx context.Context, r api.ShowQuestionRequestObject) (api.ShowQuestionResponseObject, error) {
	version, err := httpapi.Version(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	out, err := answer(s.questions.Show(ctx, authz.From(ctx), r.Id, version))
	return api.ShowQuestion200JSONResponse{ManagedQuestionJSONResponse: out}, err
}
