package authoringapi

import (
	"context"
	"slices"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/httpapi"
	api "fieldtrial/internal/httpapi/oapi/authoring"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/markdown"
)

// GetChallengeAuthoring answers with the sections of a challenge.
func (s *server) GetChallengeAuthoring(ctx context.Context, r api.GetChallengeAuthoringRequestObject) (api.GetChallengeAuthoringResponseObject, error) {
	out, err := s.sheet(ctx, r.Id, nil)
	return api.GetChallengeAuthoring200JSONResponse{ChallengeAuthoringJSONResponse: out}, err
}

// RequestEdit asks for an edit of one section.
func (s *server) RequestEdit(ctx context.Context, r api.RequestEditRequestObject) (api.RequestEditResponseObject, error) {
	err := s.contests.RequestEdit(ctx, authz.From(ctx), r.Id, contest.Part(r.Body.Section), r.Body.Text, lang.Tag(r.Body.Lang))
	out, err := s.sheet(ctx, r.Id, err)
	return api.RequestEdit201JSONResponse(out), err
}

// MarkEdit notes that a requested edit is done or not.
func (s *server) MarkEdit(ctx context.Context, r api.MarkEditRequestObject) (api.MarkEditResponseObject, error) {
	id, err := s.contests.MarkEdit(ctx, authz.From(ctx), r.Id, r.Body.Done)
	out, err := s.sheet(ctx, id, err)
	return api.MarkEdit200JSONResponse{ChallengeAuthoringJSONResponse: out}, err
}

// WithdrawEdit takes a requested edit back.
func (s *server) WithdrawEdit(ctx context.Context, r api.WithdrawEditRequestObject) (api.WithdrawEditResponseObject, error) {
	id, err := s.contests.WithdrawEdit(ctx, authz.From(ctx), r.Id)
	out, err := s.sheet(ctx, id, err)
	return api.WithdrawEdit200JSONResponse{ChallengeAuthoringJSONResponse: out}, err
}

// SchedulePublication sets the moment of publication.
func (s *server) SchedulePublication(ctx context.Context, r api.SchedulePublicationRequestObject) (api.SchedulePublicationResponseObject, error) {
	err := s.contests.Schedule(ctx, authz.From(ctx), r.Id, r.Body.At)
	out, err := s.sheet(ctx, r.Id, err)
	return api.SchedulePublication200JSONResponse{ChallengeAuthoringJSONResponse: out}, err
}

// CancelPublication takes the moment of publication back.
func (s *server) CancelPublication(ctx context.Context, r api.CancelPublicationRequestObject) (api.CancelPublicationResponseObject, error) {
	err := s.contests.CancelSchedule(ctx, authz.From(ctx), r.Id)
	out, err := s.sheet(ctx, r.Id, err)
	return api.CancelPublication200JSONResponse{ChallengeAuthoringJSONResponse: out}, err
}

func authoringOf(actor authz.Actor, a contest.Authoring) common.ChallengeAuthoring {
	out := common.ChallengeAuthoring{
		Id: a.ID, Sections: []common.ChallengePartState{}, Complete: a.Complete(), Edits: []common.EditRequest{},
		Changes: []common.ChallengePartChange{}, ChangesSince: a.ChangesSince, Round: a.Round, MayRequestEdits: a.MayRequestEdits,
		MayMarkEdits: a.MayMarkEdits, PublishAt: a.PublishAt, Writers: a.Writers, Version: a.Version, TimeZone: a.Zone, ServerTime: a.Now,
	}
	texts := a.PartTexts()
	for _, p := range a.Parts {
		x := common.ChallengePartState{Key: common.ChallengePart(p.Key), Label: httpapi.LocalText(p.Label), Complete: len(p.Missing) == 0, Missing: []common.FieldError{}, Text: texts[p.Key]}
		for _, f := range p.Missing {
			e := common.FieldError{Pointer: f.Pointer, Code: f.Code}
			if f.Params != nil {
				e.Params = &f.Params
			}
			x.Missing = append(x.Missing, e)
		}
		if html := markdown.HTML(x.Text); slices.Contains(contest.SectionKeys, string(p.Key)) && html != "" {
			x.Html = &html
		}
		out.Sections = append(out.Sections, x)
	}
	for _, e := range a.Edits {
		x := common.EditRequest{Id: e.ID, Section: common.ChallengePart(e.Part), Text: e.Text, Lang: common.Lang(e.Language), By: e.By, At: e.At,
			Own: e.ByID == actor.PersonID, DoneAt: e.DoneAt}
		if e.DoneAt != nil {
			x.DoneBy = &e.DoneBy
		}
		out.Edits = append(out.Edits, x)
	}
	for _, c := range a.Changes {
		out.Changes = append(out.Changes, common.ChallengePartChange{Section: common.ChallengePart(c.Part), Before: c.Before, After: c.After})
	}
	if a.PublishBy != "" {
		out.PublishBy = &a.PublishBy
	}
	if a.ClonedFrom != "" {
		out.ClonedFrom = &a.ClonedFrom
	}
	if a.TermsKey != "" {
		key := common.TermsTemplateKey(a.TermsKey)
		out.Terms = &key
	}
	return out
}
