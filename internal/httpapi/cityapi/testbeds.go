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

// ListTestbeds answers with testbeds and their slots.
func (s *server) ListTestbeds(ctx context.Context, r api.ListTestbedsRequestObject) (api.ListTestbedsResponseObject, error) {
	found, err := s.cities.Testbeds(ctx, httpapi.Value(r.Params.City))
	if err != nil {
		return nil, err
	}
	items, err := s.testbedsOf(ctx, found)
	if err != nil {
		return nil, err
	}
	may := []string{}
	if actor := authz.From(ctx); actor.HasAnywhere(authz.Admin) || actor.HasAnywhere(authz.Official) {
		may = append(may, string(authz.ManageTestbeds))
	}
	return api.ListTestbeds200JSONResponse{Items: items, AllowedActions: may}, nil
}

// GetTestbed answers with one testbed.
func (s *server) GetTestbed(ctx context.Context, r api.GetTestbedRequestObject) (api.GetTestbedResponseObject, error) {
	t, err := s.cities.Testbed(ctx, r.Id)
	if err != nil {
		return nil, err
	}
	out, err := s.testbedsOf(ctx, []city.Testbed{t})
	if err != nil {
		return nil, err
	}
	return api.GetTestbed200JSONResponse{Body: out[0], Headers: api.GetTestbed200ResponseHeaders{ETag: etag(t.Version)}}, nil
}

// CreateTestbed offers a testbed.
func (s *server) CreateTestbed(ctx context.Context, r api.CreateTestbedRequestObject) (api.CreateTestbedResponseObject, error) {
	t := city.Testbed{
		Slug: httpapi.Value(r.Body.Slug), Provider: httpapi.Value(r.Body.Provider), Partner: httpapi.Value(r.Body.Partner), Name: httpapi.Text(r.Body.Name),
		Capacity: 1, Open: true, Cities: r.Body.CityIds, Gives: givesOf(r.Body.Gives),
	}
	if r.Body.Summary != nil {
		t.Summary = httpapi.Text(*r.Body.Summary)
	}
	if r.Body.Capacity != nil {
		t.Capacity = *r.Body.Capacity
	}
	if r.Body.Open != nil {
		t.Open = *r.Body.Open
	}
	t, err := s.cities.OfferTestbed(ctx, authz.From(ctx), t)
	if err != nil {
		return nil, err
	}
	out, err := s.testbedsOf(ctx, []city.Testbed{t})
	if err != nil {
		return nil, err
	}
	return api.CreateTestbed201JSONResponse{Body: out[0], Headers: api.CreateTestbed201ResponseHeaders{ETag: etag(t.Version)}}, nil
}

// UpdateTestbed changes a testbed.
func (s *server) UpdateTestbed(ctx context.Context, r api.UpdateTestbedRequestObject) (api.UpdateTestbedResponseObject, error) {
	version, err := httpapi.Version(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	change := city.TestbedChange{Provider: r.Body.Provider, Partner: r.Body.Partner, Capacity: r.Body.Capacity, Open: r.Body.Open}
	if r.Body.Name != nil {
		change.Name = httpapi.Text(*r.Body.Name)
	}
	if r.Body.Summary != nil {
		change.Summary = httpapi.Text(*r.Body.Summary)
	}
	if r.Body.Gives != nil {
		change.Gives = givesOf(r.Body.Gives)
	}
	t, err := s.cities.UpdateTestbed(ctx, authz.From(ctx), r.Id, version, change)
	if err != nil {
		return nil, err
	}
	out, err := s.testbedsOf(ctx, []city.Testbed{t})
	if err != nil {
		return nil, err
	}
	return api.UpdateTestbed200JSONResponse{Body: out[0], Headers: api.UpdateTestbed200ResponseHeaders{ETag: etag(t.Version)}}, nil
}

// AddSlot offers a slot.
func (s *server) AddSlot(ctx context.Context, r api.AddSlotRequestObject) (api.AddSlotResponseObject, error) {
	slot, err := s.cities.AddSlot(ctx, authz.From(ctx), r.Id, city.Slot{CityID: r.Body.CityId, StartsOn: r.Body.StartsOn.Time, EndsOn: r.Body.EndsOn.Time})
	if err != nil {
		return nil, err
	}
	return api.AddSlot201JSONResponse(SlotOf(slot)), nil
}

// RemoveSlot takes a slot back.
func (s *server) RemoveSlot(ctx context.Context, r api.RemoveSlotRequestObject) (api.RemoveSlotResponseObject, error) {
	if err := s.cities.RemoveSlot(ctx, authz.From(ctx), r.Id); err != nil {
		return nil, err
	}
	return api.RemoveSlot204Response{}, nil
}

// SlotOf shows a slot.
func SlotOf(s city.Slot) common.Slot {
	return common.Slot{Id: s.ID, CityId: s.CityID, StartsOn: day(s.StartsOn), EndsOn: day(s.EndsOn)}
}

func (s *server) testbedsOf(ctx context.Context, list []city.Testbed) ([]common.Testbed, error) {
	cities, err := s.cities.Cities(ctx)
	if err != nil {
		return nil, err
	}
	marks := map[common.Id]common.CityMark{}
	for _, c := range cities {
		marks[c.ID] = Mark(c)
	}
	actor := authz.From(ctx)
	out := []common.Testbed{}
	for _, t := range list {
		b := common.Testbed{
			Id: t.ID, Slug: t.Slug, Pilot: t.Pilot, Provider: t.Provider, Partner: t.Partner, Name: httpapi.LocalText(t.Name),
			Summary: httpapi.LocalText(t.Summary), Gives: givesShown(t.Gives), Capacity: t.Capacity, Open: t.Open, Version: t.Version,
			Cities: []common.CityMark{}, Slots: []common.Slot{}, AllowedActions: actions(actor.Allowed(t.Scope(), authz.ManageTestbeds)),
		}
		for _, c := range t.Cities {
			b.Cities = append(b.Cities, marks[c])
		}
		for _, slot := range t.Slots {
			b.Slots = append(b.Slots, SlotOf(slot))
		}
		out = append(out, b)
	}
	return out, nil
}

func givesOf(g *common.TestbedGives) map[string]lang.Text {
	out := map[string]lang.Text{}
	if g == nil {
		return out
	}
	for k, t := range map[string]*common.LocalText{"place": g.Place, "devices": g.Devices, "data": g.Data, "apis": g.Apis} {
		if t != nil && len(httpapi.Text(*t)) > 0 {
			out[k] = httpapi.Text(*t)
		}
	}
	return out
}

func givesShown(g map[string]lang.Text) common.TestbedGives {
	at := func(k string) *common.LocalText {
		if len(g[k]) == 0 {
			return nil
		}
		t := httpapi.LocalText(g[k])
		return &t
	}
	return common.TestbedGives{Place: at("place"), Devices: at("devices"), Data: at("data"), Apis: at("apis")}
}
