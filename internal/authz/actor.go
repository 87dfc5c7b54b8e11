// Package authz says who may do what where: the actor of a request with its grants and exclusions,
// and the one policy table. Services load a thing, then ask actor.Require(action, its scope).
package authz

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/fault"
)

// Role is what a grant makes of somebody within its scope.
type Role string

// The roles of domain.md. Team membership is four roles of rising right:
// viewers read, editors write, submitters also send and withdraw, owners also keep the team.
const (
	Admin         Role = "admin"
	Manager       Role = "manager" // community manager
	Official      Role = "official"
	Translator    Role = "translator"
	Juror         Role = "juror"
	Chair         Role = "chair"
	Auditor       Role = "auditor"
	TeamOwner     Role = "team_owner"
	TeamSubmitter Role = "team_submitter"
	TeamEditor    Role = "team_editor"
	TeamViewer    Role = "team_viewer"
)

// TeamRoles are the roles of a team's members, the highest right first.
var TeamRoles = []Role{TeamOwner, TeamSubmitter, TeamEditor, TeamViewer}

// Kind is what a scope is about.
type Kind string

// The kinds of scope a grant can have.
const (
	Installation Kind = "installation"
	City         Kind = "city"
	Contest      Kind = "contest"
	Challenge    Kind = "challenge"
	Team         Kind = "team"
)

// Grant is one role in one scope. ID is uuid.Nil for the installation.
type Grant struct {
	Role Role
	Kind Kind
	ID   uuid.UUID
}

// Actor is who makes a request, as the database knows them at this moment: a demotion takes effect
// at the next request.
type Actor struct {
	PersonID  uuid.UUID // uuid.Nil: nobody signed in
	SessionID uuid.UUID
	Name      string
	Email     string
	Language  string
	Confirmed bool // the e-mail address
	Demo      bool // a demo account, which works on loopback only
	Grants    []Grant
	Excluded  map[uuid.UUID]bool // entries this person must not see: conflicts and recusals

	Factor   bool         // the session was opened with a second factor or a passkey
	Recent   bool         // the person proved who they are within the last quarter of an hour
	Withheld bool         // some of the person's roles rest until a second factor is given
	Token    *TokenScopes // a personal token acts, not a session; nil for sessions
}

// Scope is where a thing lies. A grant fits when its kind and id are among these; the installation
// fits everything. Entry is given so that exclusions bite.
type Scope struct {
	Cities    []uuid.UUID // all host cities; the lead first
	Contest   uuid.UUID
	Challenge uuid.UUID
	Team      uuid.UUID
	Entry     uuid.UUID
	Person    uuid.UUID // whose own thing it is, for actions that allow Self
}

// System is the actor of jobs and of the command line: it may do everything and is nobody's grant.
var System = Actor{Name: "system", Confirmed: true, Grants: []Grant{{Admin, Installation, uuid.Nil}}}

// SignedIn reports whether somebody is signed in.
func (a Actor) SignedIn() bool { return a.PersonID != uuid.Nil }

// Has reports whether the actor holds the role anywhere within the scope.
func (a Actor) Has(r Role, s Scope) bool {
	for _, g := range a.Grants {
		if g.Role == r && g.fits(s) {
			return true
		}
	}
	return false
}

// HasAnywhere reports whether the actor holds the role in any scope.
func (a Actor) HasAnywhere(r Role) bool {
	for _, g := range a.Grants {
		if g.Role == r {
			return true
		}
	}
	return false
}

// IDs lists the scopes of a kind in which the actor holds any of the roles, for the WHERE of lists.
func (a Actor) IDs(kind Kind, roles ...Role) []uuid.UUID {
	out := []uuid.UUID{}
	for _, g := range a.Grants {
		for _, r := range roles {
			if g.Kind == kind && g.Role == r {
				out = append(out, g.ID)
			}
		}
	}
	return out
}

func (g Grant) fits(s Scope) bool {
	switch g.Kind {
	case Installation:
		return true
	case City:
		for _, c := range s.Cities {
			if c == g.ID {
				return true
			}
		}
		return false
	case Contest:
		return g.ID != uuid.Nil && g.ID == s.Contest
	case Challenge:
		return g.ID != uuid.Nil && g.ID == s.Challenge
	case Team:
		return g.ID != uuid.Nil && g.ID == s.Team
	}
	return false
}

// May reports whether the policy table allows the action in the scope.
func (a Actor) May(action Action, s Scope) bool {
	if s.Entry != uuid.Nil && a.Excluded[s.Entry] {
		return false
	}
	p, known := policy[action]
	if !known {
		return false
	}
	if p.everyone || (p.anyMember && a.SignedIn()) {
		return true
	}
	if p.self && a.SignedIn() && s.Person == a.PersonID {
		return true
	}
	for _, r := range p.roles {
		if a.Has(r, s) {
			return true
		}
	}
	return false
}

// Require is May as an error: sign in first, forbidden to those who may see the thing, and not
// found to everyone else. see is the action of reading the same thing.
func (a Actor) Require(action Action, s Scope) error {
	if a.May(action, s) {
		return nil
	}
	if !a.SignedIn() {
		return fault.ErrSignIn
	}
	if see := policy[action].see; see != "" && a.May(see, s) {
		return fault.ErrForbidden
	}
	return fault.ErrNotFound
}

// Allowed filters the actions that the actor may take, for allowedActions in answers.
func (a Actor) Allowed(s Scope, actions ...Action) []Action {
	out := []Action{}
	for _, x := range actions {
		if a.May(x, s) {
			out = append(out, x)
		}
	}
	return out
}

type actorKey struct{}

// With puts the actor into a request's context.
func With(ctx context.Context, a Actor) context.Context { return context.WithValue(ctx, actorKey{}, a) }

// From gives the actor of a request; nobody when there is none.
func From(ctx context.Context) Actor {
	a, _ := ctx.Value(actorKey{}).(Actor)
	return a
}
