package juryapi

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/jury"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/lang"
)

// AssignJurors plans or applies an assignment.
func (s *server) AssignJurors(ctx context.Context, r api.AssignJurorsRequestObject) (api.AssignJurorsResponseObject, error) {
	a, err := s.jury.Assign(ctx, authz.From(ctx), r.Id, jury.AssignRequest{
		Mode: jury.Mode(r.Body.Mode), K: httpapi.Value(r.Body.K), Seats: ids(r.Body.Seats), HostSeat: httpapi.Value(r.Body.HostSeat),
		Move: httpapi.Value(r.Body.Move), Seed: httpapi.Value(r.Body.Seed), Preview: r.Body.Preview})
	if err != nil {
		return nil, err
	}
	return api.AssignJurors200JSONResponse(plan(a)), nil
}

func plan(a jury.Allotment) common.AssignPlan {
	out := common.AssignPlan{Mode: string(a.Mode), K: a.K, HostSeat: a.HostSeat, Seed: a.Seed, Applied: a.Applied, Entries: a.Entries,
		Added: a.Added, Removed: a.Removed, Unscreened: a.Unscreened, Correcting: a.Correcting, Proven: a.Proven, Loads: []common.AssignLoad{},
		Unmet: []common.AssignUnmet{}, Waived: []common.AssignEntry{}, Refused: []common.AssignRefused{}, Parts: []common.AssignPart{}}
	for _, l := range a.Loads {
		out.Loads = append(out.Loads, common.AssignLoad{SeatId: l.Seat, Name: l.Name, Before: l.Before, After: l.After, Limit: l.Limit})
	}
	for _, u := range a.Unmet {
		out.Unmet = append(out.Unmet, common.AssignUnmet{EntryId: u.Entry.EntryID, Reference: u.Entry.Reference, TeamName: u.Entry.TeamName,
			Missing: u.Missing, Barred: u.Barred, Language: u.Language, Full: u.Full})
	}
	for _, e := range a.Waived {
		out.Waived = append(out.Waived, assignEntry(e))
	}
	for _, x := range a.Refused {
		out.Refused = append(out.Refused, common.AssignRefused{EntryId: x.Entry.EntryID, Reference: x.Entry.Reference, TeamName: x.Entry.TeamName, Juror: x.Name})
	}
	for _, p := range a.Parts {
		out.Parts = append(out.Parts, common.AssignPart{Entries: p.Entries, Jurors: p.Names})
	}
	return out
}

func assignEntry(e jury.Candidate) common.AssignEntry {
	return common.AssignEntry{EntryId: e.EntryID, Reference: e.Reference, TeamName: e.TeamName}
}

// GetAssignSetup answers with what an assignment is made from.
func (s *server) GetAssignSetup(ctx context.Context, r api.GetAssignSetupRequestObject) (api.GetAssignSetupResponseObject, error) {
	x, err := s.jury.Setup(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	out := api.GetAssignSetup200JSONResponse{Jurors: []common.AssignSeat{}, Cities: []common.CityMark{}, Languages: languages(x.Languages),
		Topics: []common.AssignTopic{}, Entries: []common.AssignEntry{}, Wishes: []common.AssignWish{}}
	for _, j := range x.Jurors {
		out.Jurors = append(out.Jurors, assignSeat(j))
	}
	for _, c := range x.Cities {
		out.Cities = append(out.Cities, Mark(c))
	}
	for _, t := range x.Topics {
		topic := common.AssignTopic{Key: t.Key, Label: common.TextOf(t.Label), Options: []common.AssignOption{}}
		for _, o := range t.Options {
			topic.Options = append(topic.Options, common.AssignOption{Tag: o.Tag, Label: common.TextOf(o.Label)})
		}
		out.Topics = append(out.Topics, topic)
	}
	for _, e := range x.Entries {
		out.Entries = append(out.Entries, assignEntry(e))
	}
	for _, w := range x.Wishes {
		out.Wishes = append(out.Wishes, common.AssignWish{SeatId: w.Seat, EntryId: w.Entry, Kind: common.AssignWishKind(w.Kind)})
	}
	return out, nil
}

func assignSeat(j jury.Profile) common.AssignSeat {
	out := common.AssignSeat{SeatId: j.Seat, Name: j.Name, Juror: j.Juror, Languages: []common.Lang{}, Tags: append([]string{}, j.Tags...),
		MaxReviews: j.Limit, Version: j.Version, Dropped: j.Dropped, Assigned: j.Assigned, Submitted: j.Submitted, Drafts: j.Drafts}
	if j.City != uuid.Nil {
		out.CityId = &j.City
	}
	for _, l := range j.Languages {
		out.Languages = append(out.Languages, common.Lang(l))
	}
	return out
}

func languages(list []lang.Tag) []common.Lang {
	out := make([]common.Lang, len(list))
	for i, l := range list {
		out[i] = common.Lang(l)
	}
	return out
}

// ListAssignments answers with the assignments that were made and their seeds.
func (s *server) ListAssignments(ctx context.Context, r api.ListAssignmentsRequestObject) (api.ListAssignmentsResponseObject, error) {
	made, err := s.jury.History(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	out := api.ListAssignments200JSONResponse{Items: []common.AssignMade{}}
	for _, m := range made {
		out.Items = append(out.Items, common.AssignMade{Mode: string(m.Mode), K: m.K, HostSeat: m.HostSeat, Seed: m.Seed, Added: m.Added, Removed: m.Removed, MadeAt: m.At})
	}
	return out, nil
}

// SetAssignWish sets the chair's word on one juror and one entry.
func (s *server) SetAssignWish(ctx context.Context, r api.SetAssignWishRequestObject) (api.SetAssignWishResponseObject, error) {
	if err := s.jury.SetWish(ctx, authz.From(ctx), r.Id, jury.Wish{Seat: r.Body.SeatId, Entry: r.Body.EntryId, Kind: jury.WishKind(r.Body.Kind)}); err != nil {
		return nil, err
	}
	return api.SetAssignWish204Response{}, nil
}

// DropOutJuror takes a juror out of the jury of a challenge.
func (s *server) DropOutJuror(ctx context.Context, r api.DropOutJurorRequestObject) (api.DropOutJurorResponseObject, error) {
	left, err := s.jury.DropOut(ctx, authz.From(ctx), r.Id, r.SeatId, r.Body.Drafts)
	if err != nil {
		return nil, err
	}
	return api.DropOutJuror200JSONResponse{Freed: left.Freed, Begun: left.Begun}, nil
}

// RejoinJuror takes a drop-out back.
func (s *server) RejoinJuror(ctx context.Context, r api.RejoinJurorRequestObject) (api.RejoinJurorResponseObject, error) {
	if err := s.jury.Rejoin(ctx, authz.From(ctx), r.Id, r.SeatId); err != nil {
		return nil, err
	}
	return api.RejoinJuror204Response{}, nil
}

// EditSeat sets what the assignment knows of a juror.
func (s *server) EditSeat(ctx context.Context, r api.EditSeatRequestObject) (api.EditSeatResponseObject, error) {
	version, err := common.VersionOf(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	edit := jury.SeatEdit{City: httpapi.Value(r.Body.CityId), Tags: r.Body.Tags, Limit: r.Body.MaxReviews}
	for _, l := range r.Body.Languages {
		edit.Languages = append(edit.Languages, string(l))
	}
	next, err := s.jury.EditSeat(ctx, authz.From(ctx), r.Id, version, edit)
	if err != nil {
		return nil, err
	}
	return api.EditSeat204Response{Headers: api.EditSeat204ResponseHeaders{ETag: common.ETag(next)}}, nil
}
