package calroundapi

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/calround"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/httpapi/juryapi"
	api "fieldtrial/internal/httpapi/oapi/calround"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/lang"
)

// GetCalibrationDesk answers with the round as the caller scores it.
func (s *server) GetCalibrationDesk(ctx context.Context, r api.GetCalibrationDeskRequestObject) (api.GetCalibrationDeskResponseObject, error) {
	d, err := s.rounds.Desk(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	c := d.Challenge
	out := api.GetCalibrationDesk200JSONResponse{ChallengeId: c.ID, Slug: c.Slug, Title: common.TextOf(c.Title), Language: common.Lang(c.Language),
		TimeZone: c.Zone, State: common.CalibrationState(d.Round.State()), Counts: d.Round.Counts, Blind: c.Blind, Reason: some(d.Round.Reason),
		ClosedAt: d.Round.ClosedAt, HandedInAt: d.HandedAt, Criteria: juryapi.Criteria(d.Criteria), Items: []common.CalibrationItem{}, Spread: spreadOf(d.Spread)}
	for _, x := range d.Items {
		item := common.CalibrationItem{Entry: entryOf(x.Entry), Sheet: sheetOf(d.Criteria, x.Sheet), Total: x.Total, AssignmentId: x.Assignment, Fresh: x.Fresh}
		if x.Paper != nil {
			answers, files := juryapi.Paper(*x.Paper)
			item.Paper = &common.CalibrationPaper{Language: common.Lang(x.Paper.Content.Language), Answers: answers, Files: files}
		}
		out.Items = append(out.Items, item)
	}
	return out, nil
}

// SaveCalibrationSheet keeps scores.
func (s *server) SaveCalibrationSheet(ctx context.Context, r api.SaveCalibrationSheetRequestObject) (api.SaveCalibrationSheetResponseObject, error) {
	version, err := common.VersionOf(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	draft := jury.Draft{Scores: juryapi.ScoresIn(r.Body.Scores), ToTeam: r.Body.ToTeam, Language: lang.Tag(r.Body.Language)}
	saved, err := s.rounds.Save(ctx, authz.From(ctx), r.Id, r.EntryId, version, draft)
	if err != nil {
		return nil, err
	}
	out := common.CalibrationSheet{Version: saved.Version, Scores: r.Body.Scores, ToTeam: saved.ToTeam, Language: r.Body.Language}
	return api.SaveCalibrationSheet200JSONResponse{Body: out, Headers: api.SaveCalibrationSheet200ResponseHeaders{ETag: common.ETag(saved.Version)}}, nil
}

// HandInCalibration hands in all sheets of the caller.
func (s *server) HandInCalibration(ctx context.Context, r api.HandInCalibrationRequestObject) (api.HandInCalibrationResponseObject, error) {
	read := []calround.Own{}
	for _, x := range r.Body.Sheets {
		read = append(read, calround.Own{Entry: x.EntryId, Version: x.Version})
	}
	if err := s.rounds.HandIn(ctx, authz.From(ctx), r.Id, read); err != nil {
		return nil, err
	}
	return api.HandInCalibration204Response{}, nil
}

// RecuseInCalibration takes the caller off an entry.
func (s *server) RecuseInCalibration(ctx context.Context, r api.RecuseInCalibrationRequestObject) (api.RecuseInCalibrationResponseObject, error) {
	if err := s.rounds.Recuse(ctx, authz.From(ctx), r.Id, r.EntryId, r.Body.Reason); err != nil {
		return nil, err
	}
	return api.RecuseInCalibration204Response{}, nil
}

// CopyCalibrationSheet begins a review with what was handed in.
func (s *server) CopyCalibrationSheet(ctx context.Context, r api.CopyCalibrationSheetRequestObject) (api.CopyCalibrationSheetResponseObject, error) {
	id, err := s.rounds.Copy(ctx, authz.From(ctx), r.Id, r.EntryId)
	if err != nil {
		return nil, err
	}
	return api.CopyCalibrationSheet200JSONResponse{AssignmentId: id}, nil
}

// LinkCalibrationFile answers with a short-lived address of a file.
func (s *server) LinkCalibrationFile(ctx context.Context, r api.LinkCalibrationFileRequestObject) (api.LinkCalibrationFileResponseObject, error) {
	how := entry.Inline
	if d := r.Params.Disposition; d != nil && string(*d) == string(entry.Download) {
		how = entry.Download
	}
	link, err := s.rounds.FileLink(ctx, authz.From(ctx), r.Id, r.EntryId, r.FileId, how)
	if err != nil {
		return nil, err
	}
	return api.LinkCalibrationFile200JSONResponse{Url: link.URL, ExpiresAt: link.ExpiresAt, Scanned: link.Scanned}, nil
}
