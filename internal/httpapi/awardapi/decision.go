package awardapi

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/award"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/juryapi"
	api "fieldtrial/internal/httpapi/oapi/award"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/lang"
)

// GetDecision answers with the draft or the decision.
func (s *server) GetDecision(ctx context.Context, r api.GetDecisionRequestObject) (api.GetDecisionResponseObject, error) {
	d, err := s.awards.Decision(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.GetDecision200JSONResponse{Body: decision(d), Headers: api.GetDecision200ResponseHeaders{ETag: common.ETag(d.Version)}}, nil
}

// SaveDecision keeps the draft.
func (s *server) SaveDecision(ctx context.Context, r api.SaveDecisionRequestObject) (api.SaveDecisionResponseObject, error) {
	version, err := common.VersionOf(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	draft := award.Draft{Language: lang.Tag(r.Body.Language)}
	for _, x := range r.Body.Choices {
		c := award.Choice{Entry: x.EntryId, Outcome: award.Outcome(x.Outcome), Reason: x.Reason, Feedback: x.Feedback, Prize: x.PrizeId, Slot: x.SlotId}
		if x.Place != nil {
			c.Place = *x.Place
		}
		draft.Choices = append(draft.Choices, c)
	}
	d, err := s.awards.Save(ctx, authz.From(ctx), r.Id, version, draft)
	if err != nil {
		return nil, err
	}
	return api.SaveDecision200JSONResponse{Body: decision(d), Headers: api.SaveDecision200ResponseHeaders{ETag: common.ETag(d.Version)}}, nil
}

// Decide makes the decision.
func (s *server) Decide(ctx context.Context, r api.DecideRequestObject) (api.DecideResponseObject, error) {
	version, err := common.VersionOf(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	d, err := s.awards.Decide(ctx, authz.From(ctx), r.Id, version)
	if err != nil {
		return nil, err
	}
	return api.Decide200JSONResponse{Body: decision(d), Headers: api.Decide200ResponseHeaders{ETag: common.ETag(d.Version)}}, nil
}

// ReleaseResults makes the results public.
func (s *server) ReleaseResults(ctx context.Context, r api.ReleaseResultsRequestObject) (api.ReleaseResultsResponseObject, error) {
	at, sent, err := s.awards.Release(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.ReleaseResults200JSONResponse{ReleasedAt: at, Notices: sent}, nil
}

func decision(d award.Decision) common.Decision {
	c := d.Challenge
	out := common.Decision{ChallengeId: c.ID, Slug: c.Slug, Title: common.TextOf(c.Title), Language: common.Lang(d.Language), TimeZone: c.Zone,
		Phase: string(d.Phase), Order: common.DecisionOrder(d.Order), ResultsAt: some(c.Dates.Results), Version: d.Version, DecidedAt: c.DecidedAt, ReleasedAt: c.ReleasedAt,
		LotteryOpen: some(d.Lottery), Rows: []common.DecisionRow{}, Slots: []common.DecisionSlot{}, Prizes: []common.DecisionPrize{},
		Notices: d.Notices, AllowedActions: []string{}}
	for _, r := range d.Rows {
		out.Rows = append(out.Rows, row(r))
	}
	for _, s := range d.Slots {
		out.Slots = append(out.Slots, common.DecisionSlot{Id: s.ID, TestbedId: s.TestbedID, Testbed: common.TextOf(s.Testbed), City: juryapi.Mark(s.City),
			StartsOn: day(s.StartsOn), EndsOn: day(s.EndsOn), Capacity: s.Capacity, Taken: s.Taken})
	}
	for _, p := range d.Prizes {
		out.Prizes = append(out.Prizes, common.DecisionPrize{Id: p.ID, Kind: common.DecisionPrizeKind(p.Kind), Text: common.TextOf(p.Text)})
	}
	for _, a := range d.Allowed {
		out.AllowedActions = append(out.AllowedActions, string(a))
	}
	return out
}

func row(r award.Row) common.DecisionRow {
	out := common.DecisionRow{EntryId: r.Entry, Reference: r.Summary.Reference, Title: r.Summary.Title, TeamName: r.Summary.TeamName,
		Country: r.Summary.Country, Reviews: r.Reviews, Rank: some(r.Rank), Se: r.SE, RawRank: some(r.RawRank),
		Calibrated: r.Calibrated, CalibratedSe: r.Error, CalibratedRank: some(r.CalibratedRank), ReasonNeeded: r.NeedsReason, Testbeds: []common.LocalText{}}
	for _, b := range r.Testbeds {
		out.Testbeds = append(out.Testbeds, httpapi.LocalText(b))
	}
	if r.Reviews > 0 {
		mean := r.Mean
		out.Mean = &mean
	}
	if x := r.Recommended; x != nil {
		out.Recommended = &common.Recommendation{Outcome: common.Outcome(x.Outcome), Place: some(x.Place), Reason: x.Reason, Language: common.Lang(x.Language)}
	}
	if x := r.Choice; x != nil {
		o := common.Outcome(x.Outcome)
		out.Outcome, out.Place, out.Reason, out.Feedback, out.PrizeId, out.SlotId = &o, some(x.Place), x.Reason, x.Feedback, x.Prize, x.Slot
	}
	return out
}
