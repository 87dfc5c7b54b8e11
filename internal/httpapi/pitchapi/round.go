package pitchapi

import (
	"context"
	"time"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/pitch"
	"fieldtrial/internal/pitch"
)

// GetPitch answers with the round.
func (s *server) GetPitch(ctx context.Context, r api.GetPitchRequestObject) (api.GetPitchResponseObject, error) {
	x, err := s.pitches.Round(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.GetPitch200JSONResponse{Body: shown(x), Headers: api.GetPitch200ResponseHeaders{ETag: common.ETag(x.Version)}}, nil
}

// NamePitchShortlist names the shortlist.
func (s *server) NamePitchShortlist(ctx context.Context, r api.NamePitchShortlistRequestObject) (api.NamePitchShortlistResponseObject, error) {
	list := []pitch.Named{}
	for _, e := range r.Body.Entries {
		list = append(list, pitch.Named{Entry: e.EntryId, Invited: e.Invited, Reason: httpapi.Value(e.Reason), At: httpapi.Value(e.At), Place: httpapi.Value(e.Place)})
	}
	x, err := s.pitches.Name(ctx, authz.From(ctx), r.Id, list)
	if err != nil {
		return nil, err
	}
	return api.NamePitchShortlist200JSONResponse{Body: shown(x), Headers: api.NamePitchShortlist200ResponseHeaders{ETag: common.ETag(x.Version)}}, nil
}

// MovePitch gives an entry another time or place.
func (s *server) MovePitch(ctx context.Context, r api.MovePitchRequestObject) (api.MovePitchResponseObject, error) {
	version, err := common.VersionOf(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	x, err := s.pitches.Move(ctx, authz.From(ctx), r.Id, r.Body.EntryId, version, r.Body.At, r.Body.Place)
	if err != nil {
		return nil, err
	}
	return api.MovePitch200JSONResponse{Body: shown(x), Headers: api.MovePitch200ResponseHeaders{ETag: common.ETag(x.Version)}}, nil
}

// LockPitch locks the round.
func (s *server) LockPitch(ctx context.Context, r api.LockPitchRequestObject) (api.LockPitchResponseObject, error) {
	version, err := common.VersionOf(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	x, err := s.pitches.Lock(ctx, authz.From(ctx), r.Id, version, r.Body.AcceptMissing)
	if err != nil {
		return nil, err
	}
	return api.LockPitch200JSONResponse{Body: shown(x), Headers: api.LockPitch200ResponseHeaders{ETag: common.ETag(x.Version)}}, nil
}

func shown(x pitch.Round) common.PitchRound {
	c := x.Challenge
	out := common.PitchRound{ChallengeId: c.ID, Slug: c.Slug, Title: common.TextOf(c.Title), Language: common.Lang(c.Language), TimeZone: c.Zone,
		State: common.PitchState(x.State), Invited: x.Plan.Invited, Share: x.Plan.Share, Criteria: criteriaOut(x.Plan.Criteria), Version: x.Version,
		Order: common.PitchRoundOrder(x.Order), LotteryOpen: x.Lottery, NamedAt: x.NamedAt, LockedAt: x.LockedAt, Rows: []common.PitchRow{}, AllowedActions: actions(x.Allowed)}
	for _, r := range x.Rows {
		row := common.PitchRow{EntryId: r.Entry, Reference: r.Summary.Reference, Title: r.Summary.Title, TeamName: r.Summary.TeamName, Rank: r.Rank,
			First: r.First, Suggested: r.Suggested, Edge: r.Edge, Invited: r.Invited, Reason: r.Reason, At: r.At, Place: r.Place, Sheets: r.Complete,
			Pitch: r.Pitch, Spread: r.Spread, Total: r.Total, FinalRank: some(r.Final.Rank), Tie: r.Final.Tie, Totals: []common.PitchTotal{}}
		for _, t := range r.Totals {
			row.Totals = append(row.Totals, common.PitchTotal{Label: t.Label, Name: some(t.Name), Total: t.Total, Comment: some(t.Comment)})
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// GetPitchInvitation answers a team with its own invitation.
func (s *server) GetPitchInvitation(ctx context.Context, r api.GetPitchInvitationRequestObject) (api.GetPitchInvitationResponseObject, error) {
	x, err := s.pitches.Invitation(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	if x == nil {
		return api.GetPitchInvitation200JSONResponse{}, nil
	}
	at, criteria := x.At.UTC().Truncate(time.Second), criteriaOut(x.Plan.Criteria)
	return api.GetPitchInvitation200JSONResponse{Invited: true, At: &at, Place: &x.Place, TimeZone: &x.Zone, Pitch: x.Pitch,
		Criteria: &criteria, Share: &x.Plan.Share}, nil
}
