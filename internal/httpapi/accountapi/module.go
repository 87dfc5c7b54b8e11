// Package accountapi serves what a person does with their own account: second factors, sessions,
// personal tokens and the address.
package accountapi

import (
	"fieldtrial/internal/httpapi"
	oapi "fieldtrial/internal/httpapi/oapi/account"
	"fieldtrial/internal/identity"
)

type handlers struct{ svc *identity.Service }

// Module registers the handlers.
func Module(svc *identity.Service) httpapi.Module {
	return func(r httpapi.Router) {
		oapi.RegisterHandlers(r, oapi.NewStrictHandler(&handlers{svc}, nil))
	}
}
