// Package teamapi serves teams, their members and their invitations.
package teamapi

import (
	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi"
	api "fieldtrial/internal/httpapi/oapi/team"
	"fieldtrial/internal/team"
)

type server struct{ teams *team.Service }

var _ api.StrictServerInterface = (*server)(nil)

// Module serves the team room's operations.
func Module(teams *team.Service) httpapi.Module {
	return func(r httpapi.Router) {
		api.RegisterHandlers(r, api.NewStrictHandler(&server{teams}, nil))
	}
}

const defaultLimit = 20

func limitOf(n *int) int {
	if n == nil {
		return defaultLimit
	}
	return *n
}

func actions(list []authz.Action) []string {
	out := make([]string, 0, len(list))
	for _, a := range list {
		out = append(out, string(a))
	}
	return out
}
