// Package privacyapi serves what people may ask about their data, and the log of breaches.
package privacyapi

import (
	"fieldtrial/internal/httpapi"
	oapi "fieldtrial/internal/httpapi/oapi/privacy"
	"fieldtrial/internal/privacy"
)

type handlers struct{ svc *privacy.Service }

// Module registers the handlers.
func Module(svc *privacy.Service) httpapi.Module {
	return func(r httpapi.Router) {
		oapi.RegisterHandlers(r, oapi.NewStrictHandler(&handlers{svc}, nil))
	}
}
