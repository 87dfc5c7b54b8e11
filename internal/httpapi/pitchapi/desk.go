package pitchapi

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi/juryapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/pitch"
	"fieldtrial/internal/pitch"
)

// GetPitchDesk answers a juror with the pitches to score.
func (s *server) GetPitchDesk(ctx context.Context, r api.GetPitchDeskRequestObject) (api.GetPitchDeskResponseObject, error) {
	d, err := s.pitches.Desk(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	c := d.Challenge
	out := api.GetPitchDesk200JSONResponse{ChallengeId: c.ID, Title: common.TextOf(c.Title), Language: common.Lang(c.Language), TimeZone: c.Zone,
		Locked: d.Locked, Criteria: juryapi.Criteria(d.Criteria), Items: []common.PitchDeskItem{}}
	for _, h := range d.Items {
		out.Items = append(out.Items, heard(d, h))
	}
	return out, nil
}

// SavePitchScore keeps a juror's sheet.
func (s *server) SavePitchScore(ctx context.Context, r api.SavePitchScoreRequestObject) (api.SavePitchScoreResponseObject, error) {
	version, err := common.VersionOf(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	h, d, err := s.pitches.Score(ctx, authz.From(ctx), r.Id, r.Body.EntryId, version, sheetIn(r.Body.Scores), r.Body.Comment)
	if err != nil {
		return nil, err
	}
	return api.SavePitchScore200JSONResponse{Body: heard(d, h), Headers: api.SavePitchScore200ResponseHeaders{ETag: common.ETag(h.Version)}}, nil
}

// ListMyPitchRounds answers a juror with the rounds there are.
func (s *server) ListMyPitchRounds(ctx context.Context, _ api.ListMyPitchRoundsRequestObject) (api.ListMyPitchRoundsResponseObject, error) {
	list, err := s.pitches.Duties(ctx, authz.From(ctx))
	if err != nil {
		return nil, err
	}
	out := api.ListMyPitchRounds200JSONResponse{Items: []common.PitchDuty{}}
	for _, x := range list {
		out.Items = append(out.Items, common.PitchDuty{ChallengeId: x.Challenge, Title: common.TextOf(x.Title), Language: common.Lang(x.Language), TimeZone: x.Zone,
			First: x.First, Pitches: x.Pitches, Scored: x.Scored, Locked: x.Locked})
	}
	return out, nil
}

func heard(d pitch.Desk, h pitch.Heard) common.PitchDeskItem {
	return common.PitchDeskItem{EntryId: h.Entry.EntryID, Reference: h.Entry.Reference, Title: h.Entry.Title, TeamName: some(h.Entry.TeamName),
		At: h.At, Place: h.Place, Scores: sheetOut(d.Criteria, h.Scores), Comment: h.Comment, Total: h.Total, Version: h.Version}
}
