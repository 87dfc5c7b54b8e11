package authz

import (
	"slices"

	"fieldtrial/internal/fault"
)

// TokenScope is what a personal token may do in one area: "entries:read", "kpi:write". Writing
// includes reading.
type TokenScope string

// TokenScopes are the scopes of one token.
type TokenScopes []TokenScope

// ErrTokenScope says that a personal token does not reach this operation.
var ErrTokenScope = fault.New(fault.Forbidden, "token.scope", "This token may not do that.")

// tokenAreas says which operations a personal token reaches, by area. What is in none, such as
// accounts, people, roles and sessions, is out of reach of every token.
var tokenAreas = map[string][]map[string]Need{
	"challenges": {
		cityOperations, contestOperations, contestsOperations, rulesOperations, questionsOperations,
		authoringOperations, translationsOperations, formOperations,
	},
	"entries": {teamOperations, entryOperations, entrantOperations, lateOperations, screeningOperations},
	"jury":    {juryOperations, calroundOperations, pitchOperations, awardOperations, meetingOperations, openingOperations},
	"kpi":     {kpiOperations, outreachOperations, feedsOperations, recordOperations},
}

// AllTokenScopes lists every scope that exists, in order.
func AllTokenScopes() TokenScopes {
	out := TokenScopes{}
	for area := range tokenAreas {
		out = append(out, TokenScope(area+":read"), TokenScope(area+":write"))
	}
	slices.Sort(out)
	return out
}

// Allow reports whether the token reaches an operation; reading is whether it changes nothing.
func (s TokenScopes) Allow(operation string, reading bool) bool {
	for area, tables := range tokenAreas {
		for _, t := range tables {
			if _, listed := t[operation]; listed {
				return slices.Contains(s, TokenScope(area+":write")) || (reading && slices.Contains(s, TokenScope(area+":read")))
			}
		}
	}
	return false
}
