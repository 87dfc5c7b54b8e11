// Package adminapi answers for the outbox and the background jobs.
package adminapi

import (
	"fieldtrial/internal/httpapi"
	api "fieldtrial/internal/httpapi/oapi/admin"
	"fieldtrial/internal/jobs"
	"fieldtrial/internal/notify"
)

type server struct {
	outbox *notify.Outbox
	jobs   *jobs.Board
}

// Module registers the handlers.
func Module(outbox *notify.Outbox, board *jobs.Board) httpapi.Module {
	return func(r httpapi.Router) {
		api.RegisterHandlers(r, api.NewStrictHandler(&server{outbox, board}, nil))
	}
}

// pageSize is the limit of a list when none is asked for.
const pageSize = 20

func value[T any](p *T, otherwise T) T {
	if p == nil {
		return otherwise
	}
	return *p
}

func orNil(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
