// Package entrantapi serves what entrants see beside the form: versions, the order of testbeds, the
// consent to the gallery; and the gallery itself.
package entrantapi

import (
	"fieldtrial/internal/entry"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/entrant"
)

type server struct{ entries *entry.Service }

var _ api.StrictServerInterface = (*server)(nil)

// Module serves the operations.
func Module(entries *entry.Service) httpapi.Module {
	return func(r httpapi.Router) {
		api.RegisterHandlers(r, api.NewStrictHandler(&server{entries}, nil))
	}
}

func citiesOf(list []entry.CityMark) []common.CityMark {
	out := make([]common.CityMark, 0, len(list))
	for _, m := range list {
		out = append(out, common.CityMark{Id: m.ID, Slug: m.Slug, Name: httpapi.LocalText(m.Name), Position: m.Position, TimeZone: m.Zone, Country: m.Country})
	}
	return out
}

func optional[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}
