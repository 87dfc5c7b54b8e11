package recordapi

import (
	"context"
	"fmt"
	"io"
	"net/http"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/record"
	"fieldtrial/internal/objstore"
	"fieldtrial/internal/record"
)

// file goes out byte for byte.
type file struct {
	kind, name string
	write      func(io.Writer) error
}

func (f file) send(w http.ResponseWriter) error {
	w.Header().Set("Content-Type", f.kind)
	w.Header().Set("Content-Disposition", objstore.Disposition(false, f.name))
	w.WriteHeader(http.StatusOK)
	return f.write(w)
}

func whole(b []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	}
}

const (
	plain = "text/plain; charset=utf-8"
	json  = "application/json"
)

// VisitGetRecordLogResponse writes the log.
func (f file) VisitGetRecordLogResponse(w http.ResponseWriter) error { return f.send(w) }

// VisitGetEntryOpeningsResponse writes a team's file.
func (f file) VisitGetEntryOpeningsResponse(w http.ResponseWriter) error { return f.send(w) }

// VisitGetAuditBundleResponse writes an auditor's file.
func (f file) VisitGetAuditBundleResponse(w http.ResponseWriter) error { return f.send(w) }

// GetRecordLog answers with every public leaf.
func (s *server) GetRecordLog(ctx context.Context, _ api.GetRecordLogRequestObject) (api.GetRecordLogResponseObject, error) {
	c, err := record.LatestCheckpoint(ctx, s.db) // before the answer begins
	if err != nil {
		return nil, err
	}
	return file{plain, fmt.Sprintf("fieldtrial-log-%d.txt", c.Size), func(w io.Writer) error { return record.WriteLog(ctx, s.db, c, w) }}, nil
}

// GetChallengeRecord answers with the receipts of a challenge's public acts.
func (s *server) GetChallengeRecord(ctx context.Context, r api.GetChallengeRecordRequestObject) (api.GetChallengeRecordResponseObject, error) {
	list, err := s.openings.Public(ctx, r.Slug)
	if err != nil {
		return nil, err
	}
	out := api.GetChallengeRecord200JSONResponse{Items: []common.ChallengeReceipt{}}
	for _, each := range list {
		parsed, err := record.ParseReceipt(each.File)
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, common.ChallengeReceipt{Kind: string(each.Kind), Index: parsed.Proof.Index, Receipt: string(each.File)})
	}
	return out, nil
}

// GetEntryOpenings answers with a team's own reviews.
func (s *server) GetEntryOpenings(ctx context.Context, r api.GetEntryOpeningsRequestObject) (api.GetEntryOpeningsResponseObject, error) {
	b, reference, err := s.openings.OfEntry(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return file{json, "reviews-" + reference + ".json", whole(b)}, nil
}

// GetAuditBundle answers with every review that was locked.
func (s *server) GetAuditBundle(ctx context.Context, r api.GetAuditBundleRequestObject) (api.GetAuditBundleResponseObject, error) {
	b, slug, err := s.openings.Bundle(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return file{json, "audit-" + slug + ".json", whole(b)}, nil
}
