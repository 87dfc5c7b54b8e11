// Package lateapi serves the late policy of a challenge and the extensions of single teams.
package lateapi

import (
	"context"
	"strconv"
	"time"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/late"
	"fieldtrial/internal/lang"
)

type server struct{ entries *entry.Service }

var _ api.StrictServerInterface = (*server)(nil)

// Module serves the operations on what happens around a deadline.
func Module(entries *entry.Service) httpapi.Module {
	return func(r httpapi.Router) {
		api.RegisterHandlers(r, api.NewStrictHandler(&server{entries}, nil))
	}
}

// GetLatePolicy answers with the policy.
func (s *server) GetLatePolicy(ctx context.Context, r api.GetLatePolicyRequestObject) (api.GetLatePolicyResponseObject, error) {
	l, err := s.entries.Late(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.GetLatePolicy200JSONResponse{Body: policyOf(l), Headers: api.GetLatePolicy200ResponseHeaders{ETag: etag(l)}}, nil
}

// SetGrace sets the challenge's own grace.
func (s *server) SetGrace(ctx context.Context, r api.SetGraceRequestObject) (api.SetGraceResponseObject, error) {
	version, err := httpapi.Version(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	l, err := s.entries.SetGrace(ctx, authz.From(ctx), r.Id, version, r.Body.GraceMinutes)
	if err != nil {
		return nil, err
	}
	return api.SetGrace200JSONResponse{Body: policyOf(l), Headers: api.SetGrace200ResponseHeaders{ETag: etag(l)}}, nil
}

// ExtendEntry gives a team more time.
func (s *server) ExtendEntry(ctx context.Context, r api.ExtendEntryRequestObject) (api.ExtendEntryResponseObject, error) {
	actor := authz.From(ctx)
	x := entry.Extend{Reference: r.Body.Reference, Until: r.Body.Until, Reason: r.Body.Reason, Language: lang.Tag(actor.Language).Or(lang.EN)}
	if r.Body.Language != nil {
		x.Language = lang.Tag(*r.Body.Language)
	}
	l, err := s.entries.Extend(ctx, actor, r.Id, x)
	if err != nil {
		return nil, err
	}
	return api.ExtendEntry200JSONResponse(policyOf(l)), nil
}

func etag(l entry.Late) *string {
	tag := `"` + strconv.Itoa(l.Challenge.Version) + `"`
	return &tag
}

func policyOf(l entry.Late) common.LatePolicy {
	c := l.Challenge
	out := common.LatePolicy{
		Title: httpapi.LocalText(c.Title), TimeZone: c.Zone, Published: c.PublishedAt != nil, Opens: c.Dates.Opens, Closes: c.Dates.Closes,
		GraceMinutes: int(c.Grace / time.Minute), ContestGraceMinutes: l.Contest, OwnGraceMinutes: l.Own,
		FilesHours: int(c.BytesGrace / time.Hour), ExtendUntil: l.ExtendBy, ServerTime: l.Now,
		Extensions: make([]common.LateExtension, 0, len(l.Extensions)), Sent: make([]common.LateEntry, 0, len(l.Sent)),
		Waiting: make([]common.WaitingFile, 0, len(l.Waiting)), AllowedActions: make([]string, 0, len(l.Allowed)),
	}
	for _, a := range l.Allowed {
		out.AllowedActions = append(out.AllowedActions, string(a))
	}
	for _, x := range l.Extensions {
		e := common.LateExtension{EntryId: x.Entry, Reference: x.Reference, Team: x.Team, Until: x.Until, Reason: x.Reason,
			Language: common.Lang(x.Language), GrantedAt: x.At}
		if x.By != "" {
			e.GrantedBy = &x.By
		}
		out.Extensions = append(out.Extensions, e)
	}
	for _, x := range l.Sent {
		out.Sent = append(out.Sent, common.LateEntry{EntryId: x.Entry, Reference: x.Reference, Team: x.Team,
			Kind: common.SubmissionKind(x.Kind), SubmittedAt: x.At})
	}
	for _, x := range l.Waiting {
		out.Waiting = append(out.Waiting, common.WaitingFile{EntryId: x.Entry, Reference: x.Reference, Team: x.Team, File: x.File,
			Size: x.Size, State: common.WaitingFileState(x.State), Until: x.Until})
	}
	return out
}
