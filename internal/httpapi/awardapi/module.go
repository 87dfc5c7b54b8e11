// Package awardapi answers for decisions and results.
package awardapi

import (
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"fieldtrial/internal/award"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/juryapi"
	api "fieldtrial/internal/httpapi/oapi/award"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/lang"
)

type server struct{ awards *award.Service }

// Module registers the handlers.
func Module(svc *award.Service) httpapi.Module {
	return func(r httpapi.Router) {
		api.RegisterHandlers(r, api.NewStrictHandler(&server{svc}, nil))
	}
}

func day(t time.Time) openapi_types.Date { return openapi_types.Date{Time: t} }

// some is nil for "" and 0, which the contract leaves out.
func some[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

func text(t lang.Text) *common.LocalText {
	if len(t) == 0 {
		return nil
	}
	out := common.TextOf(t)
	return &out
}

func trial(t *award.Trial) *common.AwardTrial {
	if t == nil {
		return nil
	}
	return &common.AwardTrial{Testbed: common.TextOf(t.Testbed), TestbedSlug: some(t.TestbedSlug), City: juryapi.Mark(t.City), StartsOn: day(t.StartsOn), EndsOn: day(t.EndsOn)}
}
