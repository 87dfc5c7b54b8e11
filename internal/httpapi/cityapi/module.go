// Package cityapi answers for the programme, cities, testbeds and slots.
package cityapi

import (
	"context"
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/city"
	"fieldtrial/internal/database"
	"fieldtrial/internal/httpapi"
	api "fieldtrial/internal/httpapi/oapi/city"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/programme"
)

type server struct {
	db     *database.DB
	cities *city.Service
}

// Module registers the handlers.
func Module(db *database.DB, cities *city.Service) httpapi.Module {
	return func(r httpapi.Router) {
		api.RegisterHandlers(r, api.NewStrictHandler(&server{db, cities}, nil))
	}
}

func actions(list []authz.Action) []string {
	out := make([]string, len(list))
	for i, a := range list {
		out[i] = string(a)
	}
	return out
}

func day(t time.Time) common.Day { return openapi_types.Date{Time: t} }

// Mark shows a city as lists and pages show it: shape, name, colour.
func Mark(c city.City) common.CityMark {
	return common.CityMark{Id: c.ID, Slug: c.Slug, Name: httpapi.LocalText(c.Name), Position: c.Position, TimeZone: c.Zone, Country: c.Country}
}

// GetProgramme answers with the programme and its target groups.
func (s *server) GetProgramme(ctx context.Context, _ api.GetProgrammeRequestObject) (api.GetProgrammeResponseObject, error) {
	p, err := programme.Current(ctx, s.db.Pool())
	if err != nil {
		return nil, err
	}
	now, err := s.db.Now(ctx)
	if err != nil {
		return nil, err
	}
	out := api.GetProgramme200JSONResponse{
		Slug: p.Slug, Name: p.Name, Title: httpapi.LocalText(p.Title), Grants: p.Grants, StartsOn: day(p.StartsOn), Shifted: p.Shifted,
		Months: p.Months, CurrentMonth: p.Month(now), AssessedInMonths: p.AssessedInMonths, Languages: languages(p.Languages),
		TimeZone: p.Zone, TargetGroups: []common.TargetGroup{},
	}
	for _, g := range p.TargetGroups {
		out.TargetGroups = append(out.TargetGroups, common.TargetGroup{Slug: g.Slug, Name: httpapi.LocalText(g.Name), Needs: httpapi.LocalText(g.Needs)})
	}
	return out, nil
}

func languages(tags []lang.Tag) []common.Lang {
	out := make([]common.Lang, len(tags))
	for i, t := range tags {
		out[i] = common.Lang(t)
	}
	return out
}

func etag(version int) *string {
	tag := httpapi.ETag(version)
	return &tag
}
