package juryapi

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/jury"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/lang"
)

// SaveReview keeps a draft.
func (s *server) SaveReview(ctx context.Context, r api.SaveReviewRequestObject) (api.SaveReviewResponseObject, error) {
	version, err := common.VersionOf(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	draft := jury.Draft{Scores: ScoresIn(r.Body.Scores), ToTeam: r.Body.ToTeam, ToJury: r.Body.ToJury, Language: lang.Tag(r.Body.Language)}
	saved, err := s.jury.SaveReview(ctx, authz.From(ctx), r.Id, version, draft)
	if err != nil {
		return nil, err
	}
	return api.SaveReview200JSONResponse{Body: review(saved), Headers: api.SaveReview200ResponseHeaders{ETag: common.ETag(saved.Version)}}, nil
}

// SubmitReview makes the draft count.
func (s *server) SubmitReview(ctx context.Context, r api.SubmitReviewRequestObject) (api.SubmitReviewResponseObject, error) {
	version, err := common.VersionOf(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	sent, err := s.jury.SubmitReview(ctx, authz.From(ctx), r.Id, version)
	if err != nil {
		return nil, err
	}
	return api.SubmitReview200JSONResponse{Body: review(sent), Headers: api.SubmitReview200ResponseHeaders{ETag: common.ETag(sent.Version)}}, nil
}

// LockScores closes a round.
func (s *server) LockScores(ctx context.Context, r api.LockScoresRequestObject) (api.LockScoresResponseObject, error) {
	round, err := s.jury.Lock(ctx, authz.From(ctx), r.Id, r.Body.AcceptMissing)
	if err != nil {
		return nil, err
	}
	return api.LockScores200JSONResponse(roundOf(round)), nil
}

// ReopenReview lets one locked review change again.
func (s *server) ReopenReview(ctx context.Context, r api.ReopenReviewRequestObject) (api.ReopenReviewResponseObject, error) {
	if err := s.jury.Reopen(ctx, authz.From(ctx), r.Id, r.Body.Reason); err != nil {
		return nil, err
	}
	return api.ReopenReview204Response{}, nil
}
