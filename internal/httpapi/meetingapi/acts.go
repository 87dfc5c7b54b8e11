package meetingapi

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/award"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/meeting"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/meeting"
)

// GetMeeting answers with the meeting.
func (s *server) GetMeeting(ctx context.Context, r api.GetMeetingRequestObject) (api.GetMeetingResponseObject, error) {
	m, err := s.meetings.Meeting(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.GetMeeting200JSONResponse{Body: shown(m), Headers: api.GetMeeting200ResponseHeaders{ETag: common.ETag(m.Version)}}, nil
}

// SaveMeeting keeps the plan and who is there.
func (s *server) SaveMeeting(ctx context.Context, r api.SaveMeetingRequestObject) (api.SaveMeetingResponseObject, error) {
	version, err := common.VersionOf(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	p := r.Body
	plan := meeting.Plan{Place: p.Place, Language: lang.Tag(p.Language), Quorum: p.Quorum, Secretary: p.Secretary, Guests: p.Guests, Notes: p.Notes}
	there := map[uuid.UUID]meeting.Presence{}
	for _, x := range p.People {
		there[x.PersonId] = meeting.Presence(x.Presence)
	}
	m, err := s.meetings.Save(ctx, authz.From(ctx), r.Id, version, plan, there)
	if err != nil {
		return nil, err
	}
	return api.SaveMeeting200JSONResponse{Body: shown(m), Headers: api.SaveMeeting200ResponseHeaders{ETag: common.ETag(m.Version)}}, nil
}

// OpenMeeting makes the ranking the agenda.
func (s *server) OpenMeeting(ctx context.Context, r api.OpenMeetingRequestObject) (api.OpenMeetingResponseObject, error) {
	version, err := common.VersionOf(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	m, err := s.meetings.Open(ctx, authz.From(ctx), r.Id, version)
	if err != nil {
		return nil, err
	}
	return api.OpenMeeting200JSONResponse{Body: shown(m), Headers: api.OpenMeeting200ResponseHeaders{ETag: common.ETag(m.Version)}}, nil
}

// CallMeetingItem begins or ends the discussion of an entry.
func (s *server) CallMeetingItem(ctx context.Context, r api.CallMeetingItemRequestObject) (api.CallMeetingItemResponseObject, error) {
	m, err := s.meetings.Call(ctx, authz.From(ctx), r.Id, httpapi.Value(r.Body.EntryId), r.Body.Left)
	if err != nil {
		return nil, err
	}
	return api.CallMeetingItem200JSONResponse{Body: shown(m), Headers: api.CallMeetingItem200ResponseHeaders{ETag: common.ETag(m.Version)}}, nil
}

// RecuseInMeeting takes somebody off an entry.
func (s *server) RecuseInMeeting(ctx context.Context, r api.RecuseInMeetingRequestObject) (api.RecuseInMeetingResponseObject, error) {
	m, err := s.meetings.Recuse(ctx, authz.From(ctx), r.Id, r.Body.EntryId, r.Body.PersonId, r.Body.Reason)
	if err != nil {
		return nil, err
	}
	return api.RecuseInMeeting200JSONResponse{Body: shown(m), Headers: api.RecuseInMeeting200ResponseHeaders{ETag: common.ETag(m.Version)}}, nil
}

// SaveMeetingItem keeps what is written on an entry.
func (s *server) SaveMeetingItem(ctx context.Context, r api.SaveMeetingItemRequestObject) (api.SaveMeetingItemResponseObject, error) {
	version, err := common.VersionOf(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	d := meeting.Draft{Outcome: award.Outcome(httpapi.Value(r.Body.Outcome)), Place: httpapi.Value(r.Body.Place), Reason: r.Body.Reason, Notes: r.Body.Notes,
		Votes: meeting.Votes{For: r.Body.Votes.For, Against: r.Body.Votes.Against, Abstain: r.Body.Votes.Abstain}}
	m, err := s.meetings.SaveItem(ctx, authz.From(ctx), r.Id, r.Body.EntryId, version, d)
	if err != nil {
		return nil, err
	}
	return api.SaveMeetingItem200JSONResponse{Body: shown(m), Headers: api.SaveMeetingItem200ResponseHeaders{ETag: common.ETag(m.Version)}}, nil
}

// CloseMeeting applies everything.
func (s *server) CloseMeeting(ctx context.Context, r api.CloseMeetingRequestObject) (api.CloseMeetingResponseObject, error) {
	version, err := common.VersionOf(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	m, err := s.meetings.Close(ctx, authz.From(ctx), r.Id, version)
	if err != nil {
		return nil, err
	}
	return api.CloseMeeting200JSONResponse{Body: shown(m), Headers: api.CloseMeeting200ResponseHeaders{ETag: common.ETag(m.Version)}}, nil
}

// GetProjector answers with what the room may see.
func (s *server) GetProjector(ctx context.Context, r api.GetProjectorRequestObject) (api.GetProjectorResponseObject, error) {
	p, err := s.meetings.Projector(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	out := api.GetProjector200JSONResponse{Title: common.TextOf(p.Challenge.Title), State: common.ProjectorState(p.State), Present: p.There, Members: p.Members,
		Quorum: p.Quorum, Hides: p.Hides, Items: []common.ProjectorItem{}}
	for _, x := range p.Items {
		out.Items = append(out.Items, wall(x))
	}
	if p.Current != nil {
		current := wall(*p.Current)
		out.Current = &current
	}
	return out, nil
}

func wall(x meeting.Shown) common.ProjectorItem {
	out := common.ProjectorItem{Reference: x.Reference, Title: x.Title, TeamName: x.TeamName, Rank: some(x.Rank), Official: x.Official, Place: some(x.Place),
		Scores: x.Totals}
	if x.Totals == nil {
		out.Scores = []float64{}
	}
	if x.Outcome != "" {
		o, v := common.Outcome(x.Outcome), votes(x.Votes)
		out.Outcome, out.Votes = &o, &v
	}
	return out
}
