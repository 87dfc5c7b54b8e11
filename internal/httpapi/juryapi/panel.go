package juryapi

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/jury"
	"fieldtrial/internal/lang"
)

// GetAffiliations answers with what the caller has stated.
func (s *server) GetAffiliations(ctx context.Context, r api.GetAffiliationsRequestObject) (api.GetAffiliationsResponseObject, error) {
	stated, err := s.jury.Affiliations(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.GetAffiliations200JSONResponse{Body: common.JuryAffiliations{Organisations: stated},
		Headers: api.GetAffiliations200ResponseHeaders{ETag: common.ETag(stated.Version())}}, nil
}

// StateAffiliations takes what the caller states.
func (s *server) StateAffiliations(ctx context.Context, r api.StateAffiliationsRequestObject) (api.StateAffiliationsResponseObject, error) {
	version, err := common.VersionOf(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	stated, err := s.jury.StateAffiliations(ctx, authz.From(ctx), r.Id, version, r.Body.Organisations)
	if err != nil {
		return nil, err
	}
	return api.StateAffiliations200JSONResponse{Body: common.JuryAffiliations{Organisations: stated},
		Headers: api.StateAffiliations200ResponseHeaders{ETag: common.ETag(stated.Version())}}, nil
}

// GetEntryPanel answers a team with who judges.
func (s *server) GetEntryPanel(ctx context.Context, r api.GetEntryPanelRequestObject) (api.GetEntryPanelResponseObject, error) {
	out, err := s.panel(ctx, r.Id)
	return api.GetEntryPanel200JSONResponse(out), err
}

// NameJuror takes a team's word about a juror.
func (s *server) NameJuror(ctx context.Context, r api.NameJurorRequestObject) (api.NameJurorResponseObject, error) {
	err := s.jury.NameJuror(ctx, authz.From(ctx), r.Id, r.SeatId, r.Body.Reason, lang.Tag(r.Body.Language))
	if _, again := database.Replayed(err); err != nil && !again {
		return nil, err
	}
	out, err := s.panel(ctx, r.Id)
	return api.NameJuror200JSONResponse(out), err
}

// TakeNamingBack takes it back.
func (s *server) TakeNamingBack(ctx context.Context, r api.TakeNamingBackRequestObject) (api.TakeNamingBackResponseObject, error) {
	if err := s.jury.TakeNamingBack(ctx, authz.From(ctx), r.Id, r.SeatId); err != nil {
		return nil, err
	}
	out, err := s.panel(ctx, r.Id)
	return api.TakeNamingBack200JSONResponse(out), err
}

func (s *server) panel(ctx context.Context, entry uuid.UUID) (common.EntryPanel, error) {
	p, err := s.jury.Panel(ctx, authz.From(ctx), entry)
	out := common.EntryPanel{EntryId: entry, State: common.EntryPanelState(p.State), From: p.From, Blind: p.Blind, Title: common.TextOf(p.Title),
		Jurors: []common.PanelJuror{}, AllowedActions: []string{}}
	for _, j := range p.Jurors {
		out.Jurors = append(out.Jurors, common.PanelJuror{SeatId: j.Seat, Name: j.Name, Organisations: j.Organisations, Chair: j.Chair, Naming: naming(j.Naming)})
	}
	for _, a := range p.Allowed {
		out.AllowedActions = append(out.AllowedActions, string(a))
	}
	return out, err
}
