// Package outreachapi serves follows, campaign links and the numbers of a challenge's reach, and
// the short addresses of campaign links.
package outreachapi

import (
	"context"
	"strings"

	"github.com/labstack/echo/v4"

	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/outreach"
	"fieldtrial/internal/outreach"
)

type server struct {
	outreach  *outreach.Service
	publicURL string
}

var _ api.StrictServerInterface = (*server)(nil)

// Module serves the outreach room's operations. publicURL begins the short addresses.
func Module(s *outreach.Service, publicURL string) httpapi.Module {
	return func(r httpapi.Router) {
		api.RegisterHandlers(r, api.NewStrictHandler(&server{s, strings.TrimSuffix(publicURL, "/")}, []api.StrictMiddlewareFunc{visitor}))
	}
}

// seen is what a request tells of its visitor, to tell visitors apart for an hour.
type seen struct{ address, agent string }

type seenKey struct{}

// visitor hands the address and the browser's name to the handler that counts looks.
func visitor(next api.StrictHandlerFunc, operation string) api.StrictHandlerFunc {
	if operation != "NoteView" {
		return next
	}
	return func(c echo.Context, request any) (any, error) {
		r := c.Request()
		c.SetRequest(r.WithContext(context.WithValue(r.Context(), seenKey{}, seen{c.RealIP(), r.UserAgent()})))
		return next(c, request)
	}
}

func (s *server) linkOf(l outreach.Link) common.CampaignLink {
	return common.CampaignLink{Id: l.ID, Code: l.Code, Label: l.Label, Url: s.publicURL + "/c/" + l.Code, CreatedAt: l.CreatedAt, RetiredAt: l.RetiredAt}
}

func numbersOf(n outreach.Numbers) common.ReachNumbers {
	return common.ReachNumbers{Views: n.Views, Follows: n.Follows, Drafts: n.Drafts, Submitted: n.Submitted}
}
