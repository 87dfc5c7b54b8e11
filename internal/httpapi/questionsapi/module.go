// Package questionsapi answers for questions on challenges: what everybody reads, what one asked,
// and the desk of the officials who answer.
package questionsapi

import (
	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/questions"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/markdown"
	"fieldtrial/internal/question"
)

type server struct{ questions *question.Service }

// Module registers the handlers.
func Module(questions *question.Service) httpapi.Module {
	return func(r httpapi.Router) {
		api.RegisterHandlers(r, api.NewStrictHandler(&server{questions}, nil))
	}
}

func wanted(l *common.Lang, actor authz.Actor) lang.Tag {
	return lang.Tag(httpapi.Value(l)).Or(lang.Tag(actor.Language).Or(lang.EN))
}

func titleOf(c contest.Challenge, want lang.Tag) common.LangText {
	if t := c.Title[want]; t != "" {
		return common.LangText{Text: t, Lang: common.Lang(want)}
	}
	return common.LangText{Text: c.Title[c.Language], Lang: common.Lang(c.Language)}
}

// seenOf shows a question to a reader: everybody, or who asked it.
func seenOf(q question.Seen) common.Question {
	out := common.Question{Id: q.ID, Question: common.LangText{Text: q.Body, Lang: common.Lang(q.BodyIn)}, AskedAt: q.AskedAt,
		AnsweredAt: q.AnsweredAt, EditedAt: q.EditedAt, Public: q.Public, TranslationPending: q.Pending, TranslationStale: q.Stale}
	if q.Answer != "" {
		html, l := markdown.HTML(q.Answer), common.Lang(q.AnswerIn)
		out.AnswerHtml, out.AnswerLang = &html, &l
	}
	if q.OwnAnswer && q.HiddenAt != nil {
		out.HiddenReason = &q.HiddenReason
	}
	return out
}

func managedOf(q question.Question, asker bool) common.ManagedQuestion {
	out := common.ManagedQuestion{Id: q.ID, Text: q.Body, Lang: common.Lang(q.Language), AskedAt: q.AskedAt, Answer: q.Answer, Public: q.Public,
		AnsweredAt: q.AnsweredAt, EditedAt: q.EditedAt, Hidden: q.HiddenAt != nil, Texts: []common.QuestionText{}, Wanting: []common.Lang{}, Version: q.Version}
	if asker {
		out.AskedBy = &q.AskerName
	}
	if q.Answer != "" {
		html, l := markdown.HTML(q.Answer), common.Lang(q.AnswerLanguage)
		out.AnswerHtml, out.AnswerLang, out.AnsweredBy = &html, &l, &q.AnsweredBy
		for _, l := range q.Wanting() {
			out.Wanting = append(out.Wanting, common.Lang(l))
		}
	}
	if out.Hidden {
		out.HiddenReason = &q.HiddenReason
	}
	for _, l := range lang.All {
		if t, there := q.Texts[l]; there {
			out.Texts = append(out.Texts, common.QuestionText{Lang: common.Lang(l), Question: t.Body, Answer: t.Answer, Stale: t.SourceVersion < q.SourceVersion})
		}
	}
	return out
}
