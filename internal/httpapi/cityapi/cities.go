package cityapi

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/city"
	"fieldtrial/internal/httpapi"
	api "fieldtrial/internal/httpapi/oapi/city"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/lang"
)

// ListCities answers with every city.
func (s *server) ListCities(ctx context.Context, _ api.ListCitiesRequestObject) (api.ListCitiesResponseObject, error) {
	actor := authz.From(ctx)
	all, err := s.cities.Cities(ctx)
	if err != nil {
		return nil, err
	}
	out := api.ListCities200JSONResponse{Items: []common.City{}, AllowedActions: actions(actor.Allowed(authz.Scope{}, authz.ManageCities))}
	for _, c := range all {
		out.Items = append(out.Items, cityOf(actor, c))
	}
	return out, nil
}

func cityOf(actor authz.Actor, c city.City) common.City {
	scope := authz.Scope{Cities: []common.Id{c.ID}}
	return common.City{
		Id: c.ID, Slug: c.Slug, Name: httpapi.LocalText(c.Name), Position: c.Position, TimeZone: c.Zone, Country: c.Country,
		Region: common.Region(c.Region), Language: common.Lang(c.Language), Version: c.Version,
		AllowedActions: actions(actor.Allowed(scope, authz.ManageCities, authz.ManageTestbeds, authz.CreateChallenge)),
	}
}

// CreateCity adds a city.
func (s *server) CreateCity(ctx context.Context, r api.CreateCityRequestObject) (api.CreateCityResponseObject, error) {
	n := city.New{
		Candidate: httpapi.Value(r.Body.Candidate), Slug: httpapi.Value(r.Body.Slug), Country: httpapi.Value(r.Body.Country), Region: string(httpapi.Value(r.Body.Region)),
		Zone: httpapi.Value(r.Body.TimeZone), Language: lang.Tag(httpapi.Value(r.Body.Language)),
	}
	if r.Body.Name != nil {
		n.Name = httpapi.Text(*r.Body.Name)
	}
	c, err := s.cities.Join(ctx, authz.From(ctx), n)
	if err != nil {
		return nil, err
	}
	return api.CreateCity201JSONResponse{Body: cityOf(authz.From(ctx), c), Headers: api.CreateCity201ResponseHeaders{ETag: etag(c.Version)}}, nil
}

// UpdateCity changes a city.
func (s *server) UpdateCity(ctx context.Context, r api.UpdateCityRequestObject) (api.UpdateCityResponseObject, error) {
	version, err := httpapi.Version(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	change := city.Change{Region: string(httpapi.Value(r.Body.Region)), Zone: httpapi.Value(r.Body.TimeZone), Language: lang.Tag(httpapi.Value(r.Body.Language))}
	if r.Body.Name != nil {
		change.Name = httpapi.Text(*r.Body.Name)
	}
	c, err := s.cities.Update(ctx, authz.From(ctx), r.Id, version, change)
	if err != nil {
		return nil, err
	}
	return api.UpdateCity200JSONResponse{Body: cityOf(authz.From(ctx), c), Headers: api.UpdateCity200ResponseHeaders{ETag: etag(c.Version)}}, nil
}

// ListCityCandidates answers with the cities that could join.
func (s *server) ListCityCandidates(ctx context.Context, _ api.ListCityCandidatesRequestObject) (api.ListCityCandidatesResponseObject, error) {
	found, err := s.cities.Candidates(ctx, authz.From(ctx))
	if err != nil {
		return nil, err
	}
	out := api.ListCityCandidates200JSONResponse{Items: []common.CityCandidate{}}
	for _, c := range found {
		out.Items = append(out.Items, common.CityCandidate{
			Slug: c.Slug, Name: httpapi.LocalText(c.Name), Country: c.Country, Region: common.Region(c.Region), TimeZone: c.Zone,
			Language: common.Lang(c.Language), Via: c.Via, LocalIssues: httpapi.LocalText(c.LocalIssues),
		})
	}
	return out, nil
}
