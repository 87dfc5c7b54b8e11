package juryapi

import (
	"context"
	"slices"
	"strings"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/jury"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/markdown"
)

// GetJuryQueue answers with the caller's entries of a challenge.
func (s *server) GetJuryQueue(ctx context.Context, r api.GetJuryQueueRequestObject) (api.GetJuryQueueResponseObject, error) {
	q, err := s.jury.Queue(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	c := q.Challenge
	out := api.GetJuryQueue200JSONResponse{
		ChallengeId: c.ID, Slug: c.Slug, Title: common.TextOf(c.Title), Language: common.Lang(c.Language), TimeZone: c.Zone,
		JudgingEndsAt: c.Dates.JudgingEnds, KeepUntil: q.KeepUntil, Blind: c.Blind, Locked: c.LockedAt != nil, Criteria: Criteria(q.Criteria), Items: []common.JuryQueueItem{},
	}
	out.CalibrateFirst = some(q.First)
	for _, w := range q.Items {
		out.Items = append(out.Items, common.JuryQueueItem{AssignmentId: w.Assignment, Reference: w.Entry.Reference, Title: w.Entry.Title,
			TeamName: some(w.Entry.TeamName), State: common.ReviewState(w.State), Scores: Sheet(q.Criteria, w.Scores), Total: w.Total})
	}
	return out, nil
}

// GetAssignment answers with one entry and the caller's review of it.
func (s *server) GetAssignment(ctx context.Context, r api.GetAssignmentRequestObject) (api.GetAssignmentResponseObject, error) {
	a, err := s.jury.Assignment(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	c := a.Content
	out := common.JuryAssignment{
		Id: a.ID, ChallengeId: a.Challenge.ID, Reference: c.Reference, Title: a.Title, Language: common.Lang(c.Language),
		Blind: a.Challenge.Blind, TeamName: some(c.Team.Name), TeamKind: some(c.Team.Kind), Country: some(c.Team.Country),
		SubmittedAt: &c.SubmittedAt, Review: review(a.Review),
	}
	out.Answers, out.Files = Paper(a.Paper)
	return api.GetAssignment200JSONResponse{Body: out, Headers: api.GetAssignment200ResponseHeaders{ETag: common.ETag(a.Review.Version)}}, nil
}

// Paper shows what was submitted.
func Paper(p jury.Paper) ([]common.JuryAnswer, []common.JuryFile) {
	answers, files := []common.JuryAnswer{}, []common.JuryFile{}
	for _, x := range p.Content.Answers {
		answers = append(answers, answer(x))
	}
	for _, f := range p.Content.Files {
		files = append(files, common.JuryFile{Id: f.ID, FieldKey: f.Field, Label: common.TextOf(p.Fields[f.Field].Label), Name: f.Name,
			Size: f.Size, MediaType: f.Type, State: common.JuryFileState(f.State)})
	}
	return answers, files
}

func answer(x entry.SentAnswer) common.JuryAnswer {
	out := common.JuryAnswer{Key: x.Field.Key, Label: common.TextOf(x.Field.Label), Kind: common.FormFieldKind(x.Field.Kind), Value: x.Value}
	switch x.Field.Kind {
	case contest.Long:
		html := markdown.Lines(x.Value)
		out.Html = &html
	case contest.Choice:
		if i := slices.IndexFunc(x.Field.Options, func(o contest.Option) bool { return o.Key == x.Value }); i >= 0 {
			label := common.TextOf(x.Field.Options[i].Label)
			out.Choice = &label
		}
	case contest.Choices:
		list := []common.LocalText{}
		for _, o := range x.Field.Options {
			if slices.Contains(strings.Split(x.Value, ","), o.Key) {
				list = append(list, common.TextOf(o.Label))
			}
		}
		out.Choices = &list
	case contest.Number:
		if unit := common.TextOf(x.Field.Unit); len(x.Field.Unit) > 0 {
			out.Unit = &unit
		}
	}
	return out
}

func review(r jury.Review) common.Review {
	out := common.Review{Version: r.Version, State: common.ReviewState(r.State), Scores: []common.ReviewScore{}, ToTeam: r.ToTeam, ToJury: r.ToJury,
		Language: common.Lang(r.Language), Total: r.Total, Locked: r.Locked, SubmittedAt: r.SubmittedAt, UpdatedAt: r.UpdatedAt}
	for id, v := range r.Scores {
		out.Scores = append(out.Scores, Scored(id, v))
	}
	slices.SortFunc(out.Scores, func(a, b common.ReviewScore) int { return slices.Compare(a.CriterionId[:], b.CriterionId[:]) })
	return out
}

// LinkJuryFile answers with a short-lived address of a file.
func (s *server) LinkJuryFile(ctx context.Context, r api.LinkJuryFileRequestObject) (api.LinkJuryFileResponseObject, error) {
	how := entry.Inline
	if d := r.Params.Disposition; d != nil && string(*d) == string(entry.Download) {
		how = entry.Download
	}
	link, err := s.jury.FileLink(ctx, authz.From(ctx), r.Id, r.FileId, how)
	if err != nil {
		return nil, err
	}
	return api.LinkJuryFile200JSONResponse{Url: link.URL, ExpiresAt: link.ExpiresAt, Scanned: link.Scanned}, nil
}
