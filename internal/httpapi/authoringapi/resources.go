package authoringapi

import (
	"context"
	"net/http"
	"net/url"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
	openapi "github.com/oapi-codegen/runtime/types"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/httpapi"
	api "fieldtrial/internal/httpapi/oapi/authoring"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/resource"
)

// resourcePath is where a resource is opened and counted.
const resourcePath = "/resources/"

// Resources registers where readers open the files and links of a challenge. It counts, sets no
// cookie, and leads on.
func Resources(resources *resource.Service) func(root httpapi.Router) {
	return func(root httpapi.Router) {
		root.GET(resourcePath+":id", func(c echo.Context) error {
			id, err := uuid.Parse(c.Param("id"))
			if err != nil {
				return fault.ErrNotFound
			}
			to, err := resources.Open(c.Request().Context(), id, resource.Visitor{Address: c.RealIP(), Agent: c.Request().UserAgent()})
			if err != nil {
				return err
			}
			h := c.Response().Header()
			h.Set("Cache-Control", "no-store") // the next reader is counted, too, and signed links end
			h.Set("Referrer-Policy", "no-referrer")
			h.Set("X-Robots-Tag", "noindex")
			return c.Redirect(http.StatusSeeOther, to)
		})
	}
}

// ListManagedResources answers with what is attached to a challenge, and how often it was opened.
func (s *server) ListManagedResources(ctx context.Context, r api.ListManagedResourcesRequestObject) (api.ListManagedResourcesResponseObject, error) {
	list, err := s.attached(ctx, r.Id, nil)
	return api.ListManagedResources200JSONResponse{ManagedResourcesJSONResponse: api.ManagedResourcesJSONResponse(list)}, err
}

// AddResourceLink attaches a link.
func (s *server) AddResourceLink(ctx context.Context, r api.AddResourceLinkRequestObject) (api.AddResourceLinkResponseObject, error) {
	_, err := s.resources.AddLink(ctx, authz.From(ctx), r.Id, httpapi.Text(r.Body.Title), r.Body.Url)
	list, err := s.attached(ctx, r.Id, err)
	return api.AddResourceLink201JSONResponse(list), err
}

// AddResourceFile announces a file.
func (s *server) AddResourceFile(ctx context.Context, r api.AddResourceFileRequestObject) (api.AddResourceFileResponseObject, error) {
	up, err := s.resources.AddFile(ctx, authz.From(ctx), r.Id, httpapi.Text(r.Body.Title), r.Body.Name, r.Body.Size)
	return api.AddResourceFile201JSONResponse{Id: up.ID, Links: up.Links, PartSize: up.PartSize}, err
}

// CompleteResourceFile joins the parts of a file.
func (s *server) CompleteResourceFile(ctx context.Context, r api.CompleteResourceFileRequestObject) (api.CompleteResourceFileResponseObject, error) {
	challenge, err := s.resources.Complete(ctx, authz.From(ctx), r.Id)
	list, err := s.attached(ctx, challenge, err)
	return api.CompleteResourceFile200JSONResponse{ManagedResourcesJSONResponse: api.ManagedResourcesJSONResponse(list)}, err
}

// RenameResource changes a title.
func (s *server) RenameResource(ctx context.Context, r api.RenameResourceRequestObject) (api.RenameResourceResponseObject, error) {
	challenge, err := s.resources.Rename(ctx, authz.From(ctx), r.Id, httpapi.Text(r.Body.Title))
	list, err := s.attached(ctx, challenge, err)
	return api.RenameResource200JSONResponse{ManagedResourcesJSONResponse: api.ManagedResourcesJSONResponse(list)}, err
}

// RemoveResource takes a file or link away.
func (s *server) RemoveResource(ctx context.Context, r api.RemoveResourceRequestObject) (api.RemoveResourceResponseObject, error) {
	challenge, err := s.resources.Remove(ctx, authz.From(ctx), r.Id)
	list, err := s.attached(ctx, challenge, err)
	return api.RemoveResource200JSONResponse{ManagedResourcesJSONResponse: api.ManagedResourcesJSONResponse(list)}, err
}

// opened is how often a resource was opened on a day, as the contract has it.
type opened = struct {
	Count int          `json:"count"`
	Day   openapi.Date `json:"day"`
}

// attached gives what an act has left, unless it failed.
func (s *server) attached(ctx context.Context, challenge uuid.UUID, err error) (common.ManagedResourceList, error) {
	out := common.ManagedResourceList{Items: []common.ManagedResource{}}
	if err != nil {
		return out, err
	}
	actor := authz.From(ctx)
	list, err := s.resources.List(ctx, actor, challenge)
	if err != nil {
		return out, err
	}
	if out.Editable, err = s.resources.Editable(ctx, actor, challenge); err != nil {
		return out, err
	}
	for _, r := range list {
		item := common.ManagedResource{
			Id: r.ID, Kind: common.ManagedResourceKind(r.Kind), Title: httpapi.LocalText(r.Title), State: common.ManagedResourceState(r.State),
			Scanned: r.Scanned, Downloads: r.Downloads, Url: filled(r.URL), Name: filled(r.Name), Type: filled(r.Type),
			Days: make([]opened, 0, len(r.Days)),
		}
		if r.Kind == "file" {
			item.Size = &r.Size
		}
		for _, d := range r.Days {
			var day openapi.Date
			if err := day.UnmarshalText([]byte(d.Day)); err != nil {
				return out, err
			}
			item.Days = append(item.Days, opened{d.Count, day})
		}
		out.Items = append(out.Items, item)
	}
	return out, nil
}

// offered are the resources as readers see them.
func (s *server) offered(ctx context.Context, challenge uuid.UUID, want lang.Tag) ([]common.ChallengeResource, error) {
	list, err := s.resources.Public(ctx, challenge)
	out := []common.ChallengeResource{}
	for _, r := range list {
		title, l := r.Title.In(want)
		item := common.ChallengeResource{
			Id: r.ID, Kind: common.ChallengeResourceKind(r.Kind), Title: common.LangText{Text: title, Lang: common.Lang(l)},
			Href: resourcePath + r.ID.String(), Name: filled(r.Name), Type: filled(r.Type),
		}
		if u, err := url.Parse(r.URL); err == nil && r.Kind == "link" {
			item.Host = filled(u.Host)
		}
		if r.Kind == "file" {
			item.Size, item.Scanned = &r.Size, &r.Scanned
		}
		out = append(out, item)
	}
	return out, err
}

func filled(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
