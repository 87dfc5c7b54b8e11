package outreachapi

import (
	"context"
	"fieldtrial/internal/httpapi"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"
	"golang.org/x/text/language"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/outreach"
	"fieldtrial/internal/httpapi/page"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/outreach"
)

// NoteView counts a look. It says nothing back, whatever the address names.
func (s *server) NoteView(ctx context.Context, r api.NoteViewRequestObject) (api.NoteViewResponseObject, error) {
	v, _ := ctx.Value(seenKey{}).(seen)
	s.outreach.Note(authz.From(ctx), outreach.Look{Slug: r.Slug, From: httpapi.Value(r.Body.From), Address: v.address, Agent: v.agent})
	return api.NoteView204Response{}, nil
}

// GetFollow tells whether the caller follows.
func (s *server) GetFollow(ctx context.Context, r api.GetFollowRequestObject) (api.GetFollowResponseObject, error) {
	yes, err := s.outreach.Following(ctx, authz.From(ctx), r.Slug)
	return api.GetFollow200JSONResponse(common.Follow{Following: yes}), err
}

// Follow follows.
func (s *server) Follow(ctx context.Context, r api.FollowRequestObject) (api.FollowResponseObject, error) {
	err := s.outreach.Follow(ctx, authz.From(ctx), r.Slug, httpapi.Value(r.Body.From))
	return api.Follow200JSONResponse(common.Follow{Following: true}), err
}

// Unfollow ends it.
func (s *server) Unfollow(ctx context.Context, r api.UnfollowRequestObject) (api.UnfollowResponseObject, error) {
	err := s.outreach.Unfollow(ctx, authz.From(ctx), r.Slug)
	return api.Unfollow200JSONResponse(common.Follow{}), err
}

var spoken = language.NewMatcher([]language.Tag{language.English, language.Spanish, language.Japanese})

// Links registers the short addresses /c/<code>. They lead to the challenge in the visitor's
// language, with the code in the address and nowhere else; a code that is none leads to the list.
func Links(s *outreach.Service) func(*echo.Echo) {
	return func(e *echo.Echo) {
		h := func(c echo.Context) error {
			_, at := language.MatchStrings(spoken, c.Request().Header.Get("Accept-Language"))
			l := lang.All[at]
			to := page.Prefix(l, "/challenges")
			slug, counts, err := s.Resolve(c.Request().Context(), c.Param("code"))
			if err == nil {
				to += "/" + url.PathEscape(slug)
				if counts {
					to += "?from=" + url.QueryEscape(c.Param("code"))
				}
			}
			c.Response().Header().Set("Cache-Control", "no-store")
			c.Response().Header().Set("Vary", "Accept-Language")
			c.Response().Header().Set("Referrer-Policy", "no-referrer")
			return c.Redirect(http.StatusFound, to)
		}
		e.GET("/c/:code", h)
		e.HEAD("/c/:code", h)
	}
}
