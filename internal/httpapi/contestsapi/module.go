// Package contestsapi answers for contests as a whole: making, copying, rehearsing and wiping them.
package contestsapi

import (
	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/edition"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/contests"
	"fieldtrial/internal/lang"
)

type server struct{ editions *edition.Service }

// Module registers the handlers.
func Module(editions *edition.Service) httpapi.Module {
	return func(r httpapi.Router) {
		api.RegisterHandlers(r, api.NewStrictHandler(&server{editions}, nil))
	}
}

func dates(d contest.Dates) common.ContestDates {
	return common.ContestDates{OpensAt: d.Opens, ClosesAt: d.Closes, JudgingEndsAt: d.JudgingEnds, ResultsAt: d.Results}
}

func datesOf(d common.ContestDates) contest.Dates {
	return contest.Dates{Opens: d.OpensAt, Closes: d.ClosesAt, JudgingEnds: d.JudgingEndsAt, Results: d.ResultsAt}
}

func managed(c edition.Contest) common.ManagedContest {
	out := common.ManagedContest{
		Id: c.ID, Slug: c.Slug, Title: httpapi.LocalText(c.Title), Focus: httpapi.LocalText(c.Focus), HowToApply: httpapi.LocalText(c.HowToApply),
		TimeZone: c.Zone, Dates: dates(c.Dates), StandstillDays: c.StandstillDays, EntryLanguages: []common.Lang{}, Blind: c.Blind,
		BytesGraceHours: c.BytesGraceHours, ReviewsPerEntry: c.ReviewsPerEntry, Prizes: []common.Prize{}, State: common.ContestState(c.State()),
		Rehearsal: c.Rehearsal, Challenges: c.Challenges, Published: c.Published, Entries: c.Entries, Mails: []common.ContestMail{}, GraceMinutes: c.GraceMinutes,
		ScreeningReasons: []common.ContestReason{}, OwnReasons: c.OwnReasons,
		MailKinds: edition.MailKinds, AllowedActions: []string{string(authz.ManageContests)}, ServerTime: c.Now,
	}
	out.PanelHidden = &c.PanelHidden
	order := common.RankingOrder(c.Order)
	out.Order = &order
	if c.Month > 0 {
		out.Month = &c.Month
	}
	for _, l := range c.EntryLanguages {
		out.EntryLanguages = append(out.EntryLanguages, common.Lang(l))
	}
	for _, p := range c.Prizes {
		prize := common.Prize{Kind: common.PrizeKind(p.Kind), Text: httpapi.LocalText(p.Text)}
		if p.Region != "" {
			region := common.Region(p.Region)
			prize.Region = &region
		}
		out.Prizes = append(out.Prizes, prize)
	}
	for _, kind := range edition.MailKinds {
		if text, ok := c.Mails[kind]; ok {
			out.Mails = append(out.Mails, common.ContestMail{Kind: kind, Text: httpapi.LocalText(text)})
		}
	}
	for _, r := range c.Reasons {
		out.ScreeningReasons = append(out.ScreeningReasons, common.ContestReason{Key: &r.Key, Label: httpapi.LocalText(r.Label)})
	}
	return out
}

func answer(c edition.Contest) api.ManagedContestJSONResponse {
	etag := httpapi.ETag(c.Version)
	return api.ManagedContestJSONResponse{Body: managed(c), Headers: api.ManagedContestResponseHeaders{ETag: &etag}}
}

func settingsOf(b common.ContestSettings) edition.Settings {
	out := edition.Settings{
		Slug: b.Slug, Title: httpapi.Text(b.Title), Focus: httpapi.Text(b.Focus), HowToApply: httpapi.Text(b.HowToApply), Zone: b.TimeZone,
		Dates: datesOf(b.Dates), StandstillDays: b.StandstillDays, Blind: b.Blind, PanelHidden: httpapi.Value(b.PanelHidden), BytesGraceHours: b.BytesGraceHours, GraceMinutes: b.GraceMinutes, ReviewsPerEntry: b.ReviewsPerEntry,
	}
	if b.Order != nil {
		out.Order = contest.Order(*b.Order)
	}
	if b.Month != nil {
		out.Month = *b.Month
	}
	for _, l := range b.EntryLanguages {
		out.EntryLanguages = append(out.EntryLanguages, lang.Tag(l))
	}
	for _, p := range b.Prizes {
		prize := contest.Prize{Kind: string(p.Kind), Text: httpapi.Text(p.Text)}
		if p.Region != nil {
			prize.Region = string(*p.Region)
		}
		out.Prizes = append(out.Prizes, prize)
	}
	return out
}
