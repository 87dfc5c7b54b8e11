package authoringapi

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/httpapi"
	api "fieldtrial/internal/httpapi/oapi/authoring"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/lang"
)

// GetEligibilityQuestions answers with the questions in every language.
func (s *server) GetEligibilityQuestions(ctx context.Context, r api.GetEligibilityQuestionsRequestObject) (api.GetEligibilityQuestionsResponseObject, error) {
	d, err := s.contests.Dossier(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	tag := httpapi.ETag(d.Version)
	return api.GetEligibilityQuestions200JSONResponse{Body: questionsOf(d), Headers: api.GetEligibilityQuestions200ResponseHeaders{ETag: &tag}}, nil
}

// PutEligibilityQuestions writes the questions of a draft.
func (s *server) PutEligibilityQuestions(ctx context.Context, r api.PutEligibilityQuestionsRequestObject) (api.PutEligibilityQuestionsResponseObject, error) {
	version, err := httpapi.Version(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	list := []contest.Question{}
	for _, q := range r.Body.Questions {
		list = append(list, contest.Question{Key: q.Key, Text: httpapi.Text(q.Text), Explanation: httpapi.Text(q.Explanation), Expected: q.Expected, Blocking: q.Blocking})
	}
	d, err := s.contests.SetEligibility(ctx, authz.From(ctx), r.Id, version, list)
	if err != nil {
		return nil, err
	}
	tag := httpapi.ETag(d.Version)
	return api.PutEligibilityQuestions200JSONResponse{Body: questionsOf(d), Headers: api.PutEligibilityQuestions200ResponseHeaders{ETag: &tag}}, nil
}

func questionsOf(d contest.Dossier) common.EligibilityQuestions {
	out := common.EligibilityQuestions{Questions: []common.EligibilityQuestion{}}
	for _, q := range d.Eligibility {
		out.Questions = append(out.Questions, common.EligibilityQuestion{
			Key: q.Key, Text: httpapi.LocalText(q.Text), Explanation: httpapi.LocalText(q.Explanation), Expected: q.Expected, Blocking: q.Blocking,
		})
	}
	return out
}

// GetEntryEligibility answers with an entry's questions and answers.
func (s *server) GetEntryEligibility(ctx context.Context, r api.GetEntryEligibilityRequestObject) (api.GetEntryEligibilityResponseObject, error) {
	out, err := s.eligibility(ctx, r.Id, wanted(r.Params.Lang))
	return api.GetEntryEligibility200JSONResponse(out), err
}

// AnswerEntryEligibility keeps answers of an entry's team.
func (s *server) AnswerEntryEligibility(ctx context.Context, r api.AnswerEntryEligibilityRequestObject) (api.AnswerEntryEligibilityResponseObject, error) {
	answers := map[string]bool{}
	for _, a := range r.Body.Answers {
		answers[a.Key] = a.Answer
	}
	if err := s.entries.AnswerEligibility(ctx, authz.From(ctx), r.Id, answers); err != nil {
		return nil, err
	}
	out, err := s.eligibility(ctx, r.Id, wanted(r.Params.Lang))
	return api.AnswerEntryEligibility200JSONResponse(out), err
}

func (s *server) eligibility(ctx context.Context, id uuid.UUID, want lang.Tag) (common.EntryEligibility, error) {
	list, editable, err := s.entries.EligibilityFor(ctx, authz.From(ctx), id)
	out := common.EntryEligibility{Items: []common.AskedEligibility{}, Editable: editable}
	for _, e := range list {
		out.Items = append(out.Items, askedOf(e, want))
	}
	return out, err
}

func askedOf(e entry.Eligible, want lang.Tag) common.AskedEligibility {
	return common.AskedEligibility{
		Key: e.Key, Text: textIn(e.Text, want), Explanation: textIn(e.Explanation, want), Expected: e.Expected, Blocking: e.Blocking, Answer: e.Answer,
	}
}

func textIn(t lang.Text, want lang.Tag) common.LangText {
	s, l := t.In(want)
	return common.LangText{Text: s, Lang: common.Lang(l)}
}
