package outreachapi

import (
	"context"
	"net/http"
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/outreach"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/objstore"
	"fieldtrial/internal/outreach"
)

// ListCampaignLinks answers with a challenge's links.
func (s *server) ListCampaignLinks(ctx context.Context, r api.ListCampaignLinksRequestObject) (api.ListCampaignLinksResponseObject, error) {
	list, err := s.outreach.Links(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	out := api.ListCampaignLinks200JSONResponse{Items: []common.CampaignLink{}}
	for _, l := range list {
		out.Items = append(out.Items, s.linkOf(l))
	}
	return out, nil
}

// CreateCampaignLink makes a link.
func (s *server) CreateCampaignLink(ctx context.Context, r api.CreateCampaignLinkRequestObject) (api.CreateCampaignLinkResponseObject, error) {
	l, err := s.outreach.CreateLink(ctx, authz.From(ctx), r.Id, r.Body.Label)
	if err != nil {
		return nil, err
	}
	return api.CreateCampaignLink201JSONResponse(s.linkOf(l)), nil
}

// RetireCampaignLink ends a link.
func (s *server) RetireCampaignLink(ctx context.Context, r api.RetireCampaignLinkRequestObject) (api.RetireCampaignLinkResponseObject, error) {
	l, err := s.outreach.Retire(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.RetireCampaignLink200JSONResponse(s.linkOf(l)), nil
}

// GetReach answers with the numbers.
func (s *server) GetReach(ctx context.Context, r api.GetReachRequestObject) (api.GetReachResponseObject, error) {
	n, err := s.outreach.Reach(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	c := n.Challenge
	out := api.GetReach200JSONResponse{ChallengeId: c.ID, Slug: c.Slug, Title: httpapi.LocalText(c.Title), Lang: common.Lang(c.Language), TimeZone: c.Zone,
		Total: numbersOf(n.Total), Days: []common.ReachDay{}, Sources: []common.ReachSource{}, AllowedActions: []string{}, ServerTime: n.Now}
	for _, d := range n.Days {
		out.Days = append(out.Days, common.ReachDay{Day: openapi_types.Date{Time: d.Day}, Numbers: numbersOf(d.Numbers)})
	}
	for _, x := range n.Sources {
		out.Sources = append(out.Sources, common.ReachSource{Code: x.Code, Label: x.Label, Numbers: numbersOf(x.Numbers)})
	}
	for _, a := range n.Allowed {
		out.AllowedActions = append(out.AllowedActions, string(a))
	}
	return out, nil
}

// ExportReach answers with the numbers as a file.
func (s *server) ExportReach(ctx context.Context, r api.ExportReachRequestObject) (api.ExportReachResponseObject, error) {
	n, err := s.outreach.Reach(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return file{n, lang.Tag(httpapi.Value(r.Params.Lang)).Or(lang.EN)}, nil
}

type file struct {
	reach outreach.Reach
	lang  lang.Tag
}

// VisitExportReachResponse writes the file.
func (f file) VisitExportReachResponse(w http.ResponseWriter) error {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8; header=present")
	w.Header().Set("Content-Disposition", objstore.Disposition(false, "numbers-"+f.reach.Challenge.Slug+"-"+f.reach.Now.Format(time.DateOnly)+".csv"))
	w.WriteHeader(http.StatusOK)
	return f.reach.WriteCSV(w, f.lang)
}
