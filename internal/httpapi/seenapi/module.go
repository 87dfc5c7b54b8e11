// Package seenapi serves the log of who opened what.
package seenapi

import (
	"context"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/seen"
	"fieldtrial/internal/seen"
)

const pageSize = 50

type server struct{ seen *seen.Service }

var _ api.StrictServerInterface = (*server)(nil)

// Module serves the log.
func Module(s *seen.Service) httpapi.Module {
	return func(r httpapi.Router) { api.RegisterHandlers(r, api.NewStrictHandler(&server{s}, nil)) }
}

// ListLooks answers with a page of the log, for admins.
func (s *server) ListLooks(ctx context.Context, r api.ListLooksRequestObject) (api.ListLooksResponseObject, error) {
	p := r.Params
	f := seen.Filter{
		Person: httpapi.Value(p.Person), Thing: httpapi.Value(p.Thing), Kind: seen.Kind(httpapi.Value(p.Kind)), From: p.From, Until: p.Until,
		Sort: string(httpapi.Value(p.Sort)), Cursor: httpapi.Value(p.Cursor), Limit: pageSize,
	}
	if p.Limit != nil {
		f.Limit = *p.Limit
	}
	list, next, err := s.seen.Log(ctx, authz.From(ctx), f)
	if err != nil {
		return nil, err
	}
	out := api.ListLooks200JSONResponse{Items: make([]common.Look, 0, len(list))}
	if next != "" {
		out.NextCursor = &next
	}
	for _, l := range list {
		out.Items = append(out.Items, common.Look{
			EntryId: l.Entry, Reference: l.Reference, ChallengeId: l.Challenge, PersonId: l.Person, Name: l.Name, Role: common.LookRole(l.Role), Kind: common.LookKind(l.Kind),
			File: optional(l.File), FirstAt: l.First, LastAt: l.Last, Times: l.Times,
		})
	}
	return out, nil
}

// ListEntryLooks answers a team with who opened its entry, by role and day.
func (s *server) ListEntryLooks(ctx context.Context, r api.ListEntryLooksRequestObject) (api.ListEntryLooksResponseObject, error) {
	list, err := s.seen.OfEntry(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	out := api.ListEntryLooks200JSONResponse{Items: make([]common.EntryLook, 0, len(list))}
	for _, g := range list {
		out.Items = append(out.Items, common.EntryLook{
			Role: common.LookRole(g.Role), Kind: common.LookKind(g.Kind), File: optional(g.File),
			Day: openapi_types.Date{Time: g.Day}, Readers: g.Readers,
		})
	}
	return out, nil
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
