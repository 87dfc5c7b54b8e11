package rulesapi

import (
	"context"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/rules"
	"fieldtrial/internal/lang"
)

// ListRulesVersions answers with the versions of a published challenge.
func (s *server) ListRulesVersions(ctx context.Context, r api.ListRulesVersionsRequestObject) (api.ListRulesVersionsResponseObject, error) {
	d, list, err := s.contests.PublicVersions(ctx, r.Slug)
	if err != nil {
		return nil, err
	}
	want := wanted(r.Params.Lang, lang.EN)
	t := d.Texts.Pick(want, d.Language)
	out := api.ListRulesVersions200JSONResponse{Slug: d.Slug, Title: common.LangText{Text: t.Title, Lang: common.Lang(t.Language)}, TimeZone: d.Zone,
		ClosesAt: d.Dates.Closes, ExtendedFrom: d.ExtendedFrom, GraceMinutes: int(d.Grace / time.Minute), Items: versionsOf(list, want, d.Language)}
	if len(list) > 0 {
		out.InForce = list[0].Number
	}
	return out, nil
}

// GetEntryRules answers with the version that an entry stands on.
func (s *server) GetEntryRules(ctx context.Context, r api.GetEntryRulesRequestObject) (api.GetEntryRulesResponseObject, error) {
	e, err := s.contests.EntryRules(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.GetEntryRules200JSONResponse(entryRules(ctx, r.Id, e, r.Params.Lang)), nil
}

// AcceptRules accepts the version in force for a team's entry.
func (s *server) AcceptRules(ctx context.Context, r api.AcceptRulesRequestObject) (api.AcceptRulesResponseObject, error) {
	e, err := s.contests.AcceptFor(ctx, authz.From(ctx), r.Id, r.Body.Version)
	if err != nil {
		return nil, err
	}
	return api.AcceptRules200JSONResponse(entryRules(ctx, r.Id, e, r.Params.Lang)), nil
}

func entryRules(ctx context.Context, id uuid.UUID, e contest.EntryRules, reader *common.Lang) common.EntryRules {
	want := wanted(reader, lang.Tag(authz.From(ctx).Language).Or(lang.EN))
	return common.EntryRules{EntryId: id, Slug: e.Slug, TimeZone: e.Zone, InForce: e.InForce, Kind: common.EntryRulesKind(e.Kind), ChangedAt: e.ChangedAt,
		Accepted: e.Accepted, AcceptedAt: e.AcceptedAt, MustAccept: e.Must, SubmittedUnder: e.Submitted,
		Newer: versionsOf(e.Newer, want, e.Language), AllowedActions: names(e.Allowed)}
}
