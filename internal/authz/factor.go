package authz

import (
	"slices"

	"fieldtrial/internal/fault"
)

// factorRoles are those for which an installation may demand a second factor.
var factorRoles = []Role{Admin, Official, Juror, Chair}

// What a caller is asked for before something sensitive.
var (
	ErrFactor = fault.New(fault.Forbidden, "account.factor_required", "Set up a second factor first: your role needs one.")
	ErrProve  = fault.New(fault.Forbidden, "session.prove", "Prove once more that it is you.")
)

// NeedsFactor reports whether one of the grants is a role that may need a second factor.
func NeedsFactor(grants []Grant) bool {
	return slices.ContainsFunc(grants, func(g Grant) bool { return slices.Contains(factorRoles, g.Role) })
}

// Withhold takes away the roles that rest until a second factor is given. Everything else, such as
// a team's entry with its deadline, goes on.
func (a Actor) Withhold() Actor {
	kept := slices.DeleteFunc(slices.Clone(a.Grants), func(g Grant) bool { return slices.Contains(factorRoles, g.Role) })
	a.Withheld = len(kept) < len(a.Grants)
	a.Grants = kept
	return a
}

// Anywhere reports whether the table gives the action to somebody with one of the actor's roles, in
// whatever scope they hold it.
func (a Actor) Anywhere(action Action) bool {
	p := policy[action]
	if p.everyone || p.anyMember || p.self {
		return true
	}
	return slices.ContainsFunc(a.Grants, func(g Grant) bool { return slices.Contains(p.roles, g.Role) })
}

// RequireRecent asks for a proof of identity within the last quarter of an hour.
func (a Actor) RequireRecent() error {
	if !a.Recent {
		return ErrProve
	}
	return nil
}
