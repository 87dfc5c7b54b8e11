package identityapi

import (
	"errors"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi"
	. "fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/identity"
)

func grantsOf(list []identity.Grant) []Grant {
	out := []Grant{}
	for _, g := range list {
		out = append(out, Grant{Id: g.ID, Role: Role(g.Role), Scope: scopeOf(g.Scope), ExpiresAt: g.Expires})
	}
	return out
}

func scopeOf(s identity.Scope) GrantScope {
	out := GrantScope{Kind: ScopeKind(s.Kind)}
	if s.Kind != authz.Installation {
		name := httpapi.LocalText(s.Name)
		out.Id, out.Name = ref(s.ID), &name
	}
	return out
}

func ref(id uuid.UUID) *Id { return &id }

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func limit(n *int) int {
	if n == nil {
		return 20
	}
	return *n
}

func ended(err error) bool {
	return errors.Is(err, identity.ErrSession) || errors.Is(err, identity.ErrDemo)
}
