package entryapi

import (
	"context"
	"net/http"
	"time"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/entry"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/objstore"
)

// StartEntry starts a team's entry.
func (s *server) StartEntry(ctx context.Context, r api.StartEntryRequestObject) (api.StartEntryResponseObject, error) {
	v, err := s.entries.Begin(ctx, authz.From(ctx), r.Slug, r.Body.TeamId, lang.Tag(r.Body.Language))
	if err != nil {
		return nil, err
	}
	if err := s.entries.CameFrom(ctx, authz.From(ctx), v.ID, httpapi.Value(r.Body.Source)); err != nil {
		return nil, err
	}
	at := httpapi.Base + "/entries/" + v.ID.String()
	return api.StartEntry201JSONResponse{Body: entryOf(v), Headers: api.StartEntry201ResponseHeaders{Location: &at}}, nil
}

// ListMyEntries answers with the entries of the caller's teams.
func (s *server) ListMyEntries(ctx context.Context, r api.ListMyEntriesRequestObject) (api.ListMyEntriesResponseObject, error) {
	actor, cursor, limit := authz.From(ctx), httpapi.Value(r.Params.Cursor), limitOf(r.Params.Limit)
	read := s.entries.ListMine
	if of := r.Params.Team; of != nil {
		read = func(ctx context.Context, a authz.Actor, cursor string, limit int) ([]entry.Mine, string, time.Time, error) {
			return s.entries.ListTeam(ctx, a, *of, cursor, limit)
		}
	}
	list, next, now, err := read(ctx, actor, cursor, limit)
	if err != nil {
		return nil, err
	}
	out := api.ListMyEntries200JSONResponse{Items: []common.MyEntry{}, NextCursor: httpapi.NextCursor(next), ServerTime: now}
	for _, m := range list {
		out.Items = append(out.Items, common.MyEntry{
			Id: m.ID, Reference: m.Reference, Challenge: challengeOf(m.Challenge, m.Cities, m.Phase), Team: teamMarkOf(m.Team),
			Language: common.Lang(m.Language), Status: common.EntryStatus(m.Status), Next: nextOf(m.Next), Stage: stageOf(m.Stage),
			ChangedAt: m.ChangedAt, SubmittedAt: m.SubmittedAt,
		})
	}
	return out, nil
}

// GetEntry answers with one entry.
func (s *server) GetEntry(ctx context.Context, r api.GetEntryRequestObject) (api.GetEntryResponseObject, error) {
	v, err := s.entries.Get(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.GetEntry200JSONResponse(entryOf(v)), nil
}

// SaveAnswers saves answers field by field.
func (s *server) SaveAnswers(ctx context.Context, r api.SaveAnswersRequestObject) (api.SaveAnswersResponseObject, error) {
	batch := make([]entry.Typed, 0, len(r.Body.Answers))
	for _, a := range r.Body.Answers {
		batch = append(batch, entry.Typed{FieldID: a.FieldId, Value: a.Value, Version: a.Version})
	}
	out, err := s.entries.SaveAnswers(ctx, authz.From(ctx), r.Id, batch)
	if err != nil {
		return nil, err
	}
	return api.SaveAnswers200JSONResponse{
		Saved: answersOf(out.Saved), Conflicts: answersOf(out.Conflicts), Frozen: answersOf(out.Frozen), SavedAt: out.At, ChangesNotSubmitted: out.Unsent,
		Sections: sectionsOf(out.Sections), Missing: missingOf(out.Missing), FormVersion: out.FormNow,
	}, nil
}

// ListAnswerVersions answers with earlier texts of an answer.
func (s *server) ListAnswerVersions(ctx context.Context, r api.ListAnswerVersionsRequestObject) (api.ListAnswerVersionsResponseObject, error) {
	list, err := s.entries.AnswerVersions(ctx, authz.From(ctx), r.Id, r.FieldId)
	if err != nil {
		return nil, err
	}
	out := api.ListAnswerVersions200JSONResponse{Items: make([]common.AnswerVersion, 0, len(list))}
	for _, v := range list {
		out.Items = append(out.Items, common.AnswerVersion{Value: v.Value, Version: v.Version, WrittenAt: v.At, WrittenBy: optional(v.By)})
	}
	return out, nil
}

// SubmitEntry submits.
func (s *server) SubmitEntry(ctx context.Context, r api.SubmitEntryRequestObject) (api.SubmitEntryResponseObject, error) {
	v, err := s.entries.Submit(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.SubmitEntry200JSONResponse(entryOf(v)), nil
}

// WithdrawEntry withdraws.
func (s *server) WithdrawEntry(ctx context.Context, r api.WithdrawEntryRequestObject) (api.WithdrawEntryResponseObject, error) {
	v, err := s.entries.Withdraw(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.WithdrawEntry200JSONResponse(entryOf(v)), nil
}

// ReviveEntry submits a withdrawn entry again.
func (s *server) ReviveEntry(ctx context.Context, r api.ReviveEntryRequestObject) (api.ReviveEntryResponseObject, error) {
	v, err := s.entries.Revive(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.ReviveEntry200JSONResponse(entryOf(v)), nil
}

// GetReceipt answers with the receipt as a download.
func (s *server) GetReceipt(ctx context.Context, r api.GetReceiptRequestObject) (api.GetReceiptResponseObject, error) {
	b, reference, err := s.entries.Receipt(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return receipt{b, "receipt-" + reference + ".json"}, nil
}

// receipt goes out byte for byte as the record wrote it.
type receipt struct {
	bytes []byte
	name  string
}

// VisitGetReceiptResponse writes the receipt.
func (r receipt) VisitGetReceiptResponse(w http.ResponseWriter) error {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", objstore.Disposition(false, r.name))
	w.WriteHeader(http.StatusOK)
	_, err := w.Write(r.bytes)
	return err
}
