package rulesapi

import (
	"context"
	"time"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/rules"
	"fieldtrial/internal/lang"
)

// GetRulesDesk answers with versions and draft.
func (s *server) GetRulesDesk(ctx context.Context, r api.GetRulesDeskRequestObject) (api.GetRulesDeskResponseObject, error) {
	d, err := s.contests.RulesDesk(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.GetRulesDesk200JSONResponse{RulesDeskJSONResponse: deskOf(ctx, d, r.Params.Lang)}, nil
}

// SaveRulesDraft writes the draft of the next version.
func (s *server) SaveRulesDraft(ctx context.Context, r api.SaveRulesDraftRequestObject) (api.SaveRulesDraftResponseObject, error) {
	version, err := httpapi.Version(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	a := contest.Amendment{Dates: amendedDates(r.Body.Dates), Grace: r.Body.GraceMinutes}
	if t := r.Body.Text; t != nil {
		a.Text = &contest.AmendedText{Sections: map[string]string{}}
		for k, text := range t.Sections {
			switch k {
			case "title":
				a.Text.Title = text
			case "summary":
				a.Text.Summary = text
			default:
				a.Text.Sections[k] = text
			}
		}
	}
	if r.Body.Criteria != nil {
		a.Criteria = criteriaIn(*r.Body.Criteria)
	}
	d, err := s.contests.SaveRulesDraft(ctx, authz.From(ctx), r.Id, version, a, httpapi.Text(r.Body.Reason))
	if err != nil {
		return nil, err
	}
	return api.SaveRulesDraft200JSONResponse{RulesDeskJSONResponse: deskOf(ctx, d, nil)}, nil
}

// DropRulesDraft throws the draft away.
func (s *server) DropRulesDraft(ctx context.Context, r api.DropRulesDraftRequestObject) (api.DropRulesDraftResponseObject, error) {
	version, err := httpapi.Version(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	if err := s.contests.DropRulesDraft(ctx, authz.From(ctx), r.Id, version); err != nil {
		return nil, err
	}
	return api.DropRulesDraft204Response{}, nil
}

// PublishRules publishes the draft as the next version.
func (s *server) PublishRules(ctx context.Context, r api.PublishRulesRequestObject) (api.PublishRulesResponseObject, error) {
	d, err := s.contests.PublishRules(ctx, authz.From(ctx), r.Id, r.Body.Version)
	if err != nil {
		return nil, err
	}
	return api.PublishRules200JSONResponse{RulesDeskJSONResponse: deskOf(ctx, d, nil)}, nil
}

// ExtendDeadline moves the deadline later.
func (s *server) ExtendDeadline(ctx context.Context, r api.ExtendDeadlineRequestObject) (api.ExtendDeadlineResponseObject, error) {
	actor := authz.From(ctx)
	if err := s.contests.Extend(ctx, actor, r.Id, amendedDates(&r.Body.Dates), httpapi.Text(r.Body.Reason)); err != nil {
		return nil, err
	}
	d, err := s.contests.RulesDesk(ctx, actor, r.Id)
	if err != nil {
		return nil, err
	}
	return api.ExtendDeadline200JSONResponse{RulesDeskJSONResponse: deskOf(ctx, d, nil)}, nil
}

// ListAcceptances answers with which version entries stand on.
func (s *server) ListAcceptances(ctx context.Context, r api.ListAcceptancesRequestObject) (api.ListAcceptancesResponseObject, error) {
	counts, list, err := s.contests.Acceptances(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	out := api.ListAcceptances200JSONResponse{Counts: []common.AcceptanceCount{}}
	for n := 1; len(out.Counts) < len(counts); n++ {
		if k, there := counts[n]; there {
			out.Counts = append(out.Counts, common.AcceptanceCount{Version: n, Entries: k})
		}
	}
	if list != nil {
		items := []common.Acceptance{}
		for _, a := range list {
			items = append(items, common.Acceptance{EntryId: a.Entry, Reference: a.Reference, Team: a.Team, SubmittedUnder: a.Submitted,
				Accepted: a.Accepted, AcceptedAt: a.AcceptedAt})
		}
		out.Items = &items
	}
	return out, nil
}

func deskOf(ctx context.Context, d contest.RulesDesk, reader *common.Lang) api.RulesDeskJSONResponse {
	want := wanted(reader, lang.Tag(authz.From(ctx).Language).Or(d.Language))
	after := contest.OwnDates(d.Draft.Amendment.Dates).Over(d.Dates)
	out := common.RulesDesk{
		Id: d.ID, Slug: d.Slug, Title: d.Texts[d.Language].Title, TimeZone: d.Zone, Language: common.Lang(d.Language), Published: d.PublishedAt != nil,
		Dates: datesOf(d.Dates), Versions: versionsOf(contest.ViewVersions(d.Versions), want, d.Language), DraftVersion: d.Draft.Version,
		Reason: httpapi.LocalText(d.Draft.Reason), Sections: []common.RulesSection{}, Criteria: criteriaOut(d.After.Criteria),
		DraftDates: datesOf(after), GraceMinutes: int(d.Grace / time.Minute), DraftGraceMinutes: d.After.Dates.GraceMinutes, Changes: changesOf(d.Changes, want, d.Language), Missing: missingOf(d.Missing), Entries: d.Entries,
		AllowedActions: names(d.Actions), ServerTime: d.Now,
	}
	if n := len(d.Versions); n > 0 {
		out.Standing = d.Versions[n-1].Number
	}
	if d.Draft.Version > 0 {
		out.DraftedBy, out.DraftedAt = &d.Draft.UpdatedBy, &d.Draft.UpdatedAt
	}
	for _, s := range contest.ProgrammeTemplate().Sections {
		text := d.After.Sections[s.Key]
		switch s.Key {
		case "title":
			text = d.After.Title
		case "summary":
			text = d.After.Summary
		}
		out.Sections = append(out.Sections, common.RulesSection{Key: s.Key, Label: textIn(s.Label, want, d.Language), Text: text, Limit: s.Limit})
	}
	tag := httpapi.ETag(d.Draft.Version)
	return api.RulesDeskJSONResponse{Body: out, Headers: api.RulesDeskResponseHeaders{ETag: &tag}}
}
