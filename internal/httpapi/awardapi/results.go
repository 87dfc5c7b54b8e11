package awardapi

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi/juryapi"
	api "fieldtrial/internal/httpapi/oapi/award"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/markdown"
)

// GetResults answers with the public results.
func (s *server) GetResults(ctx context.Context, r api.GetResultsRequestObject) (api.GetResultsResponseObject, error) {
	x, err := s.awards.Results(ctx, r.Slug)
	if err != nil {
		return nil, err
	}
	c := x.Challenge
	out := api.GetResults200JSONResponse{Slug: c.Slug, Contest: x.Contest, Gallery: x.Gallery, Title: common.TextOf(c.Title), Language: common.Lang(c.Language), City: juryapi.Mark(x.City),
		TimeZone: c.Zone, ReleasedAt: *c.ReleasedAt, ObjectionsUntil: x.Until, Entries: x.Entries, Winners: []common.ResultsWinner{}, OtherReasons: []common.ResultsReason{}}
	for _, w := range x.Winners {
		// The summary is a long answer of the form, so it is Markdown as everywhere.
		entryLanguage, reasonLanguage := common.Lang(w.Language), common.Lang(w.Reason.Language)
		out.Winners = append(out.Winners, common.ResultsWinner{Place: w.Place, TeamName: w.TeamName, TeamKind: w.TeamKind, Country: w.Country,
			TeamCity: some(w.TeamCity), Title: w.Title, SummaryHtml: some(markdown.Lines(w.Summary)), EntryLanguage: &entryLanguage, Reason: w.Reason.Text,
			ReasonLanguage: &reasonLanguage, Trial: trial(w.Trial), Prize: text(w.Prize)})
	}
	for _, o := range x.Others {
		out.OtherReasons = append(out.OtherReasons, common.ResultsReason{Text: o.Text, Language: common.Lang(o.Language)})
	}
	return out, nil
}

// GetEntryResult answers with a team's own result.
func (s *server) GetEntryResult(ctx context.Context, r api.GetEntryResultRequestObject) (api.GetEntryResultResponseObject, error) {
	x, err := s.awards.EntryResult(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	c := x.Challenge
	out := api.GetEntryResult200JSONResponse{EntryId: x.Entry, Reference: x.Reference, ChallengeSlug: c.Slug, ChallengeTitle: common.TextOf(c.Title),
		Outcome: common.Outcome(x.Outcome), Place: some(x.Place), Reason: x.Reason, Feedback: x.Feedback, Language: common.Lang(x.Language),
		Reviews: x.Jury.Reviews, Mean: x.Jury.Mean, Calibrated: x.Jury.Counts, Criteria: []common.ResultCriterion{}, Comments: []common.ResultComment{}, Trial: trial(x.Trial),
		Prize: text(x.Prize), ReleasedAt: *c.ReleasedAt, ObjectionsUntil: x.Until, TimeZone: c.Zone}
	for i, k := range x.Jury.Criteria {
		row := common.ResultCriterion{CriterionId: k.ID, Name: common.TextOf(k.Name), Weight: k.Weight}
		if i < len(x.Jury.Means) {
			mean := x.Jury.Means[i]
			row.Mean = &mean
		}
		out.Criteria = append(out.Criteria, row)
	}
	for _, k := range x.Jury.Comments {
		out.Comments = append(out.Comments, common.ResultComment{Text: k.Text, Language: common.Lang(k.Language)})
	}
	return out, nil
}
