// Package recordapi publishes what anybody needs to check a receipt: the key that signs, the signed
// checkpoints, proofs that each continues the one before, and the whole log. It gives teams and auditors
// what opens the reviews that concern them.
package recordapi

import (
	"context"
	"encoding/base64"
	"strings"

	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/record"
	"fieldtrial/internal/openings"
	"fieldtrial/internal/record"
)

type server struct {
	db       *database.DB
	openings *openings.Service
}

// Module registers the handlers.
func Module(db *database.DB) httpapi.Module {
	return func(r httpapi.Router) {
		api.RegisterHandlers(r, api.NewStrictHandler(&server{db, openings.New(db)}, nil))
	}
}

// GetRecordKey answers with the key that signs now; not found before the first checkpoint.
func (s *server) GetRecordKey(ctx context.Context, _ api.GetRecordKeyRequestObject) (api.GetRecordKeyResponseObject, error) {
	key, err := record.VerifierKey(ctx, s.db)
	if err != nil {
		return nil, err
	}
	origin, _, _ := strings.Cut(key, "+")
	return api.GetRecordKey200JSONResponse{Origin: origin, VerifierKey: key}, nil
}

// ListCheckpoints answers with signed checkpoints, newest first.
func (s *server) ListCheckpoints(ctx context.Context, r api.ListCheckpointsRequestObject) (api.ListCheckpointsResponseObject, error) {
	var before int64
	limit := 20
	if r.Params.Cursor != nil {
		if _, err := database.DecodeCursor(*r.Params.Cursor, &before); err != nil {
			return nil, err
		}
	}
	if r.Params.Limit != nil {
		limit = *r.Params.Limit
	}
	page, err := record.Checkpoints(ctx, s.db, before, limit+1)
	if err != nil {
		return nil, err
	}
	out := api.ListCheckpoints200JSONResponse{Items: []common.Checkpoint{}}
	if len(page) > limit {
		page = page[:limit]
		next := database.EncodeCursor(page[limit-1].Size)
		out.NextCursor = &next
	}
	for _, c := range page {
		out.Items = append(out.Items, common.Checkpoint{
			Size: c.Size, Root: base64.StdEncoding.EncodeToString(c.Root[:]), SignedAt: c.SignedAt, Note: c.Note,
		})
	}
	return out, nil
}

// GetConsistency proves that the log at one size begins with the log at a smaller one.
func (s *server) GetConsistency(ctx context.Context, r api.GetConsistencyRequestObject) (api.GetConsistencyResponseObject, error) {
	if r.Params.From > r.Params.To {
		return nil, fault.ErrInvalid.At("from", "order", nil)
	}
	proof, err := record.ReadConsistency(ctx, s.db, r.Params.From, r.Params.To)
	if err != nil {
		return nil, err
	}
	out := api.GetConsistency200JSONResponse{From: proof.OldSize, To: r.Params.To, Hashes: []string{}, File: proof.String()}
	older, err := record.Checkpoints(ctx, s.db, r.Params.From+1, 1)
	if err != nil {
		return nil, err
	}
	if len(older) > 0 && older[0].Size == r.Params.From {
		out.Older = &older[0].Note
	}
	for _, h := range proof.Hashes {
		out.Hashes = append(out.Hashes, base64.StdEncoding.EncodeToString(h[:]))
	}
	return out, nil
}
