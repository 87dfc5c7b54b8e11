// Package entryapi serves entries and files of the contract, and the short paths under which
// files are opened.
package entryapi

import (
	"fieldtrial/internal/entry"
	"fieldtrial/internal/httpapi"
	api "fieldtrial/internal/httpapi/oapi/entry"
)

type server struct{ entries *entry.Service }

var _ api.StrictServerInterface = (*server)(nil)

// Module serves the entry room's operations.
func Module(entries *entry.Service) httpapi.Module {
	return func(r httpapi.Router) {
		api.RegisterHandlers(r, api.NewStrictHandler(&server{entries}, nil))
	}
}

const defaultLimit = 20

func limitOf(n *int) int {
	if n == nil {
		return defaultLimit
	}
	return *n
}

func optional[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}
