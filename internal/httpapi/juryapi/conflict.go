package juryapi

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/jury"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/lang"
)

// ListConflictHints answers with what the chair has to decide.
func (s *server) ListConflictHints(ctx context.Context, r api.ListConflictHintsRequestObject) (api.ListConflictHintsResponseObject, error) {
	hints, err := s.jury.Hints(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	out := api.ListConflictHints200JSONResponse{Items: []common.ConflictHint{}}
	for _, h := range hints {
		x := common.ConflictHint{SeatId: h.Seat, Juror: h.Juror, EntryId: h.Entry.EntryID, Reference: h.Entry.Reference, TeamName: some(h.Entry.TeamName),
			Why: []common.ConflictHintWhy{}, States: some(h.States), Naming: naming(h.Naming)}
		for _, w := range []struct {
			holds bool
			why   common.ConflictHintWhy
		}{{h.Domain, "domain"}, {h.Past, "past"}, {h.Organisation, "organisation"}, {h.Partner, "partner"}, {h.Host, "host"}} {
			if w.holds {
				x.Why = append(x.Why, w.why)
			}
		}
		out.Items = append(out.Items, x)
	}
	return out, nil
}

// RuleOnConflict decides about one.
func (s *server) RuleOnConflict(ctx context.Context, r api.RuleOnConflictRequestObject) (api.RuleOnConflictResponseObject, error) {
	b := r.Body
	ruling := jury.Ruling{Seat: b.SeatId, Entry: b.EntryId, Confirmed: b.Confirmed, Reason: b.Reason, ToTeam: httpapi.Value(b.ToTeam)}
	if b.Language != nil {
		ruling.Language = lang.Tag(*b.Language)
	}
	if err := s.jury.Rule(ctx, authz.From(ctx), r.Id, ruling); err != nil {
		return nil, err
	}
	return api.RuleOnConflict204Response{}, nil
}

func naming(n *jury.Naming) *common.JurorNaming {
	if n == nil {
		return nil
	}
	out := &common.JurorNaming{Reason: n.Reason, Language: common.Lang(n.Language), At: n.At, State: common.JurorNamingState(n.State), AnsweredAt: n.RuledAt}
	if n.ToTeam != "" {
		answer := common.Lang(n.ToTeamLanguage)
		out.Answer, out.AnswerLanguage = &n.ToTeam, &answer
	}
	return out
}
