package juryapi

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/jury"
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
			Why: []common.ConflictHintWhy{}}
		if h.Domain {
			x.Why = append(x.Why, common.ConflictHintWhy("domain"))
		}
		if h.Past {
			x.Why = append(x.Why, common.ConflictHintWhy("past"))
		}
		out.Items = append(out.Items, x)
	}
	return out, nil
}

// RuleOnConflict decides about one.
func (s *server) RuleOnConflict(ctx context.Context, r api.RuleOnConflictRequestObject) (api.RuleOnConflictResponseObject, error) {
	if err := s.jury.Rule(ctx, authz.From(ctx), r.Id, r.Body.SeatId, r.Body.EntryId, r.Body.Confirmed, r.Body.Reason); err != nil {
		return nil, err
	}
	return api.RuleOnConflict204Response{}, nil
}
