package adminapi

import (
	"context"

	"fieldtrial/internal/authz"
	api "fieldtrial/internal/httpapi/oapi/admin"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/notify"
)

var noticeStates = []common.NoticeState{common.NoticeStateHeld, common.NoticeStateQueued, common.NoticeStateSent, common.NoticeStateFailed, common.NoticeStateCancelled}

// ListNotices answers with the outbox.
func (s *server) ListNotices(ctx context.Context, r api.ListNoticesRequestObject) (api.ListNoticesResponseObject, error) {
	actor := authz.From(ctx)
	list, next, counts, err := s.outbox.List(ctx, actor, notify.OutboxFilter{
		State: string(value(r.Params.State, "")), Kind: value(r.Params.Kind, ""), Query: value(r.Params.Q, ""),
		Cursor: value(r.Params.Cursor, ""), Limit: value(r.Params.Limit, pageSize),
	})
	if err != nil {
		return nil, err
	}
	out := api.ListNotices200JSONResponse{Items: []common.Notice{}, Counts: []common.NoticeCount{}, NextCursor: orNil(next)}
	for _, e := range list {
		out.Items = append(out.Items, noticeOf(actor, e))
	}
	for _, state := range noticeStates {
		out.Counts = append(out.Counts, common.NoticeCount{State: state, Count: counts[string(state)]})
	}
	return out, nil
}

func noticeOf(actor authz.Actor, e notify.Entry) common.Notice {
	out := common.Notice{
		Id: e.ID, Kind: e.Kind, Email: e.Email, Name: orNil(e.Name), Language: common.Lang(e.Language), State: common.NoticeState(e.State),
		Attempts: e.Attempts, LastError: e.LastError, CreatedAt: e.Created, SentAt: e.Sent, AllowedActions: []common.NoticeAllowedActions{},
	}
	if actor.May(authz.ManageOutbox, authz.Scope{}) {
		if e.CanRetry() {
			out.AllowedActions = append(out.AllowedActions, common.NoticeAllowedActionsRetry)
		}
		if e.CanCancel() {
			out.AllowedActions = append(out.AllowedActions, common.NoticeAllowedActionsCancel)
		}
	}
	return out
}

// GetNotice answers with a notice as its reader gets it.
func (s *server) GetNotice(ctx context.Context, r api.GetNoticeRequestObject) (api.GetNoticeResponseObject, error) {
	actor := authz.From(ctx)
	e, content, err := s.outbox.Preview(ctx, actor, r.Id)
	if err != nil {
		return nil, err
	}
	return api.GetNotice200JSONResponse{Notice: noticeOf(actor, e), Subject: content.Subject, Text: content.Text}, nil
}

// RetryNotice sends a failed or cancelled notice again.
func (s *server) RetryNotice(ctx context.Context, r api.RetryNoticeRequestObject) (api.RetryNoticeResponseObject, error) {
	actor := authz.From(ctx)
	if err := s.outbox.Retry(ctx, actor, r.Id); err != nil {
		return nil, err
	}
	e, err := s.outbox.Entry(ctx, actor, r.Id)
	return api.RetryNotice200JSONResponse(noticeOf(actor, e)), err
}

// CancelNotice keeps a notice from being sent.
func (s *server) CancelNotice(ctx context.Context, r api.CancelNoticeRequestObject) (api.CancelNoticeResponseObject, error) {
	actor := authz.From(ctx)
	if err := s.outbox.Cancel(ctx, actor, r.Id); err != nil {
		return nil, err
	}
	e, err := s.outbox.Entry(ctx, actor, r.Id)
	return api.CancelNotice200JSONResponse(noticeOf(actor, e)), err
}
