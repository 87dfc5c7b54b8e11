package contestapi

import (
	"context"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/contest"
)

// ListContests answers with the announced contests.
func (s *server) ListContests(ctx context.Context, _ api.ListContestsRequestObject) (api.ListContestsResponseObject, error) {
	found, err := s.contests.Editions(ctx)
	if err != nil {
		return nil, err
	}
	out := api.ListContests200JSONResponse{Items: []common.Contest{}}
	for _, k := range found {
		c, err := s.contestOf(ctx, k)
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, c)
	}
	return out, nil
}

// GetContest answers with one contest.
func (s *server) GetContest(ctx context.Context, r api.GetContestRequestObject) (api.GetContestResponseObject, error) {
	k, err := s.contests.Edition(ctx, r.Slug)
	if err != nil {
		return nil, err
	}
	c, err := s.contestOf(ctx, k)
	return api.GetContest200JSONResponse(c), err
}

func (s *server) contestOf(ctx context.Context, k contest.Edition) (common.Contest, error) {
	now, err := s.contests.Now(ctx)
	out := common.Contest{
		Id: k.ID, Slug: k.Slug, Title: httpapi.LocalText(k.Title), Focus: httpapi.LocalText(k.Focus), HowToApply: httpapi.LocalText(k.HowToApply),
		TimeZone: k.Zone, Dates: dates(k.Dates), Prizes: []common.Prize{}, EntryLanguages: languages(k.EntryLanguages),
		StandstillDays: k.StandstillDays, Rehearsal: k.Rehearsal, Challenges: k.Challenges, ServerTime: now,
	}
	if k.Month > 0 {
		out.Month = &k.Month
	}
	for _, p := range k.Prizes {
		out.Prizes = append(out.Prizes, common.Prize{Kind: common.PrizeKind(p.Kind), Region: region(p.Region), Text: httpapi.LocalText(p.Text)})
	}
	return out, err
}

// ListChallenges answers with a page of published challenges.
func (s *server) ListChallenges(ctx context.Context, r api.ListChallengesRequestObject) (api.ListChallengesResponseObject, error) {
	p := r.Params
	page, err := s.contests.Search(ctx, contest.Filter{
		Words: httpapi.Value(p.Q), City: httpapi.Value(p.City), Contest: httpapi.Value(p.Contest), Status: string(httpapi.Value(p.Status)), Sort: string(httpapi.Value(p.Sort)),
		Want: wanted(p.Lang), Cursor: httpapi.Value(p.Cursor), Limit: httpapi.Value(p.Limit),
	})
	if err != nil {
		return nil, err
	}
	out := common.ChallengeList{Items: []common.ChallengeItem{}, Total: page.Total, ServerTime: page.Now}
	if page.Next != "" {
		out.NextCursor = &page.Next
	}
	for _, i := range page.Items {
		item := common.ChallengeItem{
			Id: i.ID, Slug: i.Slug, Title: i.Title, Lang: common.Lang(i.Lang), TranslationPending: i.Pending, Summary: i.Summary,
			Cities: marks(i.Hosts), Contest: i.ContestSlug, Phase: common.ChallengePhase(i.Phase(page.Now)), OpensAt: i.Dates.Opens,
			ClosesAt: i.Dates.Closes, ExtendedFrom: i.ExtendedFrom, Prizes: []common.PrizeMark{}, Sample: i.Sample, Rehearsal: i.Rehearsal, Tags: i.Tags,
		}
		for _, z := range i.Prizes {
			item.Prizes = append(item.Prizes, common.PrizeMark{Kind: common.PrizeMarkKind(z.Kind), Region: region(z.Region)})
		}
		out.Items = append(out.Items, item)
	}
	tag, control, same := cached(&out, &out.ServerTime, p.IfNoneMatch)
	if same {
		return api.ListChallenges304Response{Headers: api.NotModifiedResponseHeaders{ETag: tag, CacheControl: control}}, nil
	}
	return api.ListChallenges200JSONResponse{Body: out, Headers: api.ListChallenges200ResponseHeaders{ETag: tag, CacheControl: control}}, nil
}
