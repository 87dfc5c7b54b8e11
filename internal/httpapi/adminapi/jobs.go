package adminapi

import (
	"context"

	"fieldtrial/internal/authz"
	api "fieldtrial/internal/httpapi/oapi/admin"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/jobs"
)

var jobStates = []common.JobState{
	common.JobStateRunning, common.JobStateAvailable, common.JobStateScheduled, common.JobStatePending,
	common.JobStateRetryable, common.JobStateDiscarded, common.JobStateCancelled, common.JobStateCompleted,
}

// ListJobs answers with background jobs.
func (s *server) ListJobs(ctx context.Context, r api.ListJobsRequestObject) (api.ListJobsResponseObject, error) {
	actor := authz.From(ctx)
	page, err := s.jobs.List(ctx, actor, jobs.Filter{
		State: string(value(r.Params.State, "")), Kind: value(r.Params.Kind, ""), Cursor: value(r.Params.Cursor, ""), Limit: value(r.Params.Limit, pageSize),
	})
	if err != nil {
		return nil, err
	}
	out := api.ListJobs200JSONResponse{Items: []common.Job{}, Counts: []common.JobCount{}, NextCursor: orNil(page.Next), Kinds: page.Kinds}
	for _, j := range page.Items {
		out.Items = append(out.Items, jobOf(actor, j))
	}
	for _, state := range jobStates {
		if n := page.Counts[string(state)]; n > 0 {
			out.Counts = append(out.Counts, common.JobCount{State: state, Count: n})
		}
	}
	return out, nil
}

func jobOf(actor authz.Actor, j jobs.Job) common.Job {
	out := common.Job{
		Id: j.ID, Kind: j.Kind, State: common.JobState(j.State), Attempt: j.Attempt, MaxAttempts: j.MaxAttempts,
		CreatedAt: j.CreatedAt, ScheduledAt: j.ScheduledAt, FinishedAt: j.FinishedAt, LastError: j.LastError, AllowedActions: []common.JobAllowedActions{},
	}
	if actor.May(authz.ManageJobs, authz.Scope{}) {
		if j.MayRetry() {
			out.AllowedActions = append(out.AllowedActions, common.JobAllowedActionsRetry)
		}
		if j.MayCancel() {
			out.AllowedActions = append(out.AllowedActions, common.JobAllowedActionsCancel)
		}
	}
	return out
}

// RetryJob runs a job again now.
func (s *server) RetryJob(ctx context.Context, r api.RetryJobRequestObject) (api.RetryJobResponseObject, error) {
	actor := authz.From(ctx)
	j, err := s.jobs.Retry(ctx, actor, r.Id)
	if err != nil {
		return nil, err
	}
	return api.RetryJob200JSONResponse(jobOf(actor, j)), nil
}

// CancelJob stops a job.
func (s *server) CancelJob(ctx context.Context, r api.CancelJobRequestObject) (api.CancelJobResponseObject, error) {
	actor := authz.From(ctx)
	j, err := s.jobs.Cancel(ctx, actor, r.Id)
	if err != nil {
		return nil, err
	}
	return api.CancelJob200JSONResponse(jobOf(actor, j)), nil
}
