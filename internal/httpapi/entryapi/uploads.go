package entryapi

import (
	"context"
	"encoding/hex"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/entry"
)

// StartUpload announces a file.
func (s *server) StartUpload(ctx context.Context, r api.StartUploadRequestObject) (api.StartUploadResponseObject, error) {
	u, err := s.entries.StartUpload(ctx, authz.From(ctx), r.Id, entry.FileStart{Field: r.Body.FieldId, Name: r.Body.Name, Size: r.Body.Size, Type: r.Body.Type})
	if err != nil {
		return nil, err
	}
	return api.StartUpload201JSONResponse(uploadOf(u)), nil
}

// GetUpload says which parts have arrived.
func (s *server) GetUpload(ctx context.Context, r api.GetUploadRequestObject) (api.GetUploadResponseObject, error) {
	u, err := s.entries.Upload(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.GetUpload200JSONResponse(uploadOf(u)), nil
}

func uploadOf(u entry.Upload) common.Upload {
	out := common.Upload{File: fileOf(u.File), PartSize: u.PartSize, PartCount: u.PartCount, Parts: make([]common.UploadPart, 0, len(u.Parts))}
	for _, p := range u.Parts {
		out.Parts = append(out.Parts, common.UploadPart{Number: p.Number, Size: p.Size})
	}
	return out
}

// SignParts signs addresses for parts.
func (s *server) SignParts(ctx context.Context, r api.SignPartsRequestObject) (api.SignPartsResponseObject, error) {
	links, until, err := s.entries.SignParts(ctx, authz.From(ctx), r.Id, r.Body.Numbers)
	if err != nil {
		return nil, err
	}
	out := api.SignParts200JSONResponse{Links: make([]common.PartLink, 0, len(links)), ExpiresAt: until}
	for _, l := range links {
		out.Links = append(out.Links, common.PartLink{Number: l.Number, Url: l.URL})
	}
	return out, nil
}

// CompleteUpload joins the parts.
func (s *server) CompleteUpload(ctx context.Context, r api.CompleteUploadRequestObject) (api.CompleteUploadResponseObject, error) {
	f, err := s.entries.CompleteUpload(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.CompleteUpload200JSONResponse(fileOf(f)), nil
}

// PromiseFile commits to a file's hash.
func (s *server) PromiseFile(ctx context.Context, r api.PromiseFileRequestObject) (api.PromiseFileResponseObject, error) {
	sum, err := hex.DecodeString(r.Body.Sha256)
	if err != nil {
		return nil, fault.ErrInvalid.At("/sha256", "malformed", nil)
	}
	f, err := s.entries.Promise(ctx, authz.From(ctx), r.Id, sum)
	if err != nil {
		return nil, err
	}
	return api.PromiseFile200JSONResponse(fileOf(f)), nil
}

// RestoreFile puts an earlier version back.
func (s *server) RestoreFile(ctx context.Context, r api.RestoreFileRequestObject) (api.RestoreFileResponseObject, error) {
	v, err := s.entries.RestoreFile(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.RestoreFile200JSONResponse(entryOf(v)), nil
}

// RemoveFile takes a file out of the entry.
func (s *server) RemoveFile(ctx context.Context, r api.RemoveFileRequestObject) (api.RemoveFileResponseObject, error) {
	if err := s.entries.RemoveFile(ctx, authz.From(ctx), r.Id); err != nil {
		return nil, err
	}
	return api.RemoveFile204Response{}, nil
}

// LinkFile gives an address to open a file under.
func (s *server) LinkFile(ctx context.Context, r api.LinkFileRequestObject) (api.LinkFileResponseObject, error) {
	l, err := s.entries.LinkFor(ctx, authz.From(ctx), r.Id, entry.Disposition(r.Body.Disposition))
	if err != nil {
		return nil, err
	}
	return api.LinkFile200JSONResponse{Url: l.URL, ExpiresAt: l.ExpiresAt, Type: l.Type, Scanned: l.Scanned}, nil
}

// ListChallengeEntries answers with numbers and, after the deadline, entries.
func (s *server) ListChallengeEntries(ctx context.Context, r api.ListChallengeEntriesRequestObject) (api.ListChallengeEntriesResponseObject, error) {
	p := r.Params
	o, err := s.entries.Overview(ctx, authz.From(ctx), r.Id, entry.Filter{
		Query: httpapi.Value(p.Q), Country: httpapi.Value(p.Country), Kind: string(httpapi.Value(p.Kind)), Sort: string(httpapi.Value(p.Sort)),
		State: entry.State(httpapi.Value(p.State)), Cursor: httpapi.Value(p.Cursor), Limit: limitOf(p.Limit),
	})
	if err != nil {
		return nil, err
	}
	n := common.EntryNumbers{Started: o.Numbers.Started, Submitted: o.Numbers.Submitted, Withdrawn: o.Numbers.Withdrawn, ByCountry: []common.CountryNumber{}}
	for _, c := range o.Numbers.ByCountry {
		n.ByCountry = append(n.ByCountry, common.CountryNumber{Country: c.Country, Submitted: c.Submitted})
	}
	out := api.ListChallengeEntries200JSONResponse{
		Sealed: o.Sealed, Closes: o.Closes, Numbers: n, Items: make([]common.ChallengeEntry, 0, len(o.Items)),
		NextCursor: httpapi.NextCursor(o.Next), ServerTime: o.Now,
	}
	for _, e := range o.Items {
		out.Items = append(out.Items, common.ChallengeEntry{
			Id: e.ID, Reference: e.Reference, Team: teamMarkOf(e.Team), Language: common.Lang(e.Language),
			State: common.ChallengeEntryState(e.State), Title: optional(e.Title), SubmittedAt: e.SubmittedAt,
			Submissions: e.Submissions, Files: e.Files,
		})
	}
	return out, nil
}
