// Package meetingapi answers for the meeting of the jury.
package meetingapi

import (
	"encoding/hex"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/meeting"
	"fieldtrial/internal/meeting"
)

type server struct{ meetings *meeting.Service }

// Module registers the handlers.
func Module(svc *meeting.Service) httpapi.Module {
	return func(r httpapi.Router) {
		api.RegisterHandlers(r, api.NewStrictHandler(&server{svc}, nil))
	}
}

// some is nil for "" and 0, which the contract leaves out.
func some[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

func shown(m meeting.Meeting) common.Meeting {
	c, p := m.Challenge, m.Plan
	locked := c.LockedAt != nil
	out := common.Meeting{ChallengeId: c.ID, Slug: c.Slug, Title: common.TextOf(c.Title), TimeZone: c.Zone, State: common.MeetingState(m.State),
		Version: m.Version, Place: p.Place, Language: common.Lang(p.Language), Quorum: p.Quorum, Secretary: p.Secretary,
		Guests: p.Guests, Notes: p.Notes, Members: m.Members, Present: m.There, CurrentId: m.Current, OpenedAt: m.OpenedAt, ClosedAt: m.ClosedAt,
		ScoresLocked: &locked, People: []common.MeetingPerson{}, Items: []common.MeetingItem{}, AllowedActions: actions(m.Allowed)}
	for _, x := range m.People {
		out.People = append(out.People, common.MeetingPerson{PersonId: x.ID, Name: x.Name, Member: x.Member, Chair: x.Chair,
			Presence: common.MeetingPresence(x.Presence)})
	}
	for _, x := range m.Items {
		out.Items = append(out.Items, item(x))
	}
	if x := m.Minutes; x != nil {
		out.Minutes = &common.MeetingMinutes{Hash: hex.EncodeToString(x.Hash), Text: some(x.Body), MadeAt: x.At}
	}
	return out
}

func item(x meeting.Item) common.MeetingItem {
	out := common.MeetingItem{EntryId: x.Entry, Reference: x.Summary.Reference, Title: x.Summary.Title, TeamName: x.Summary.TeamName, Reviews: x.Reviews,
		Rank: some(x.StandingRow.Rank), Scores: []common.MeetingScore{}, Away: []common.MeetingAway{}, MustLeave: x.MustLeave, Voters: x.Voters, Quorum: x.Quorum,
		Place: some(x.Place), Reason: x.Reason, Notes: x.Notes, Votes: votes(x.Votes), ReasonNeeded: x.NeedsReason, Version: x.Version}
	if x.Reviews > 0 {
		official := x.Official
		out.Official = &official
	}
	if x.Worth != nil {
		out.Chance = &x.Worth.Chance
	}
	if x.Outcome != "" {
		o := common.Outcome(x.Outcome)
		out.Outcome = &o
	}
	for _, s := range x.Scores {
		out.Scores = append(out.Scores, common.MeetingScore{Label: s.Label, Name: some(s.Name), Total: s.Total})
	}
	for _, a := range x.Away {
		out.Away = append(out.Away, common.MeetingAway{PersonId: a.Person, Name: a.Name, Reason: a.Reason})
	}
	return out
}

func votes(v meeting.Votes) common.MeetingVotes {
	return common.MeetingVotes{For: v.For, Against: v.Against, Abstain: v.Abstain}
}

func actions(list []authz.Action) []string {
	out := make([]string, len(list))
	for i, a := range list {
		out[i] = string(a)
	}
	return out
}
