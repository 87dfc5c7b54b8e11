package entrantapi

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/entrant"
)

// GetEntryHistory answers with the versions of an entry.
func (s *server) GetEntryHistory(ctx context.Context, r api.GetEntryHistoryRequestObject) (api.GetEntryHistoryResponseObject, error) {
	h, err := s.entries.History(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	out := api.GetEntryHistory200JSONResponse{Fields: []common.HistoryField{}, Versions: []common.EntryVersion{}}
	for _, f := range h.Fields {
		field := common.HistoryField{Id: f.ID, Key: f.Key, Kind: string(f.Kind), Label: httpapi.LocalText(f.Label), Options: []common.EntryOption{}, Earlier: f.Earlier.Texts, EarlierAt: optional(f.Earlier.At)}
		for _, o := range f.Options {
			field.Options = append(field.Options, common.EntryOption{Key: o.Key, Label: httpapi.LocalText(o.Label)})
		}
		out.Fields = append(out.Fields, field)
	}
	for _, v := range h.Versions {
		version := common.EntryVersion{
			Number: v.Number, Kind: common.EntryVersionKind(v.Kind), At: v.At, By: optional(v.By), Answers: v.Answers,
			Files: []common.HistoryFile{}, Testbeds: []common.LocalText{},
		}
		for _, f := range v.Files {
			version.Files = append(version.Files, common.HistoryFile{Field: f.Field, Name: f.Name, Size: f.Size, Sha256: f.SHA256})
		}
		for _, b := range v.Testbeds {
			version.Testbeds = append(version.Testbeds, httpapi.LocalText(b.Name))
		}
		out.Versions = append(out.Versions, version)
	}
	return out, nil
}

// GetEntryTestbeds answers with the testbeds to rank.
func (s *server) GetEntryTestbeds(ctx context.Context, r api.GetEntryTestbedsRequestObject) (api.GetEntryTestbedsResponseObject, error) {
	b, err := s.entries.Testbeds(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.GetEntryTestbeds200JSONResponse(testbedsOf(b)), nil
}

// RankEntryTestbeds puts them in order.
func (s *server) RankEntryTestbeds(ctx context.Context, r api.RankEntryTestbedsRequestObject) (api.RankEntryTestbedsResponseObject, error) {
	b, err := s.entries.RankTestbeds(ctx, authz.From(ctx), r.Id, r.Body.Seen, r.Body.Ranked)
	if err != nil {
		return nil, err
	}
	return api.RankEntryTestbeds200JSONResponse(testbedsOf(b)), nil
}

func testbedsOf(b entry.Testbeds) common.EntryTestbeds {
	out := common.EntryTestbeds{Options: []common.EntryTestbed{}, Ranked: b.Ranked, Frozen: b.Frozen}
	for _, o := range b.Options {
		out.Options = append(out.Options, common.EntryTestbed{
			Id: o.ID, Slug: o.Slug, Name: httpapi.LocalText(o.Name), Summary: httpapi.LocalText(o.Summary), Own: o.Own, Cities: citiesOf(o.Cities),
		})
	}
	return out
}

// GetGalleryConsent answers with what the team said.
func (s *server) GetGalleryConsent(ctx context.Context, r api.GetGalleryConsentRequestObject) (api.GetGalleryConsentResponseObject, error) {
	c, err := s.entries.Consent(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.GetGalleryConsent200JSONResponse(consentOf(c)), nil
}

// SetGalleryConsent agrees or takes it back.
func (s *server) SetGalleryConsent(ctx context.Context, r api.SetGalleryConsentRequestObject) (api.SetGalleryConsentResponseObject, error) {
	c, err := s.entries.SetConsent(ctx, authz.From(ctx), r.Id, r.Body.Agreed)
	if err != nil {
		return nil, err
	}
	return api.SetGalleryConsent200JSONResponse(consentOf(c)), nil
}

func consentOf(c entry.Consent) common.GalleryConsent {
	return common.GalleryConsent{
		Agreed: c.Agreed, AnsweredAt: c.At, AnsweredBy: optional(c.By), Contest: c.Contest, Public: c.Public, MayAnswer: c.May,
	}
}
