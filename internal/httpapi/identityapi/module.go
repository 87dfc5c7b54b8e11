// Package identityapi serves accounts, sessions, invitations and roles.
package identityapi

import (
	"net/url"
	"strings"

	"fieldtrial/internal/httpapi"
	oapi "fieldtrial/internal/httpapi/oapi/identity"
	"fieldtrial/internal/identity"
)

type handlers struct{ svc *identity.Service }

// Module registers the handlers. publicURL is the configured scheme and host: on https the cookie
// is Secure and has the __Host- prefix.
func Module(svc *identity.Service, publicURL string) httpapi.Module {
	b := browserConfig{secure: strings.HasPrefix(publicURL, "https://")}
	if u, err := url.Parse(publicURL); err == nil {
		b.host = u.Host
	}
	return func(r httpapi.Router) {
		oapi.RegisterHandlers(r, oapi.NewStrictHandler(&handlers{svc}, []oapi.StrictMiddlewareFunc{b.guard}))
	}
}
