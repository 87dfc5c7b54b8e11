package screeningapi

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi"
	api "fieldtrial/internal/httpapi/oapi/screening"
	"fieldtrial/internal/lang"
)

// ProposeEarlyOpening asks for sealed entries to be opened early.
func (s *server) ProposeEarlyOpening(ctx context.Context, r api.ProposeEarlyOpeningRequestObject) (api.ProposeEarlyOpeningResponseObject, error) {
	if err := s.screening.ProposeEarly(ctx, authz.From(ctx), r.Id, r.Body.Reason, lang.Tag(httpapi.Value(r.Body.Language))); err != nil {
		return nil, err
	}
	return api.ProposeEarlyOpening204Response{}, nil
}

// TakeBackEarlyOpening ends a proposal.
func (s *server) TakeBackEarlyOpening(ctx context.Context, r api.TakeBackEarlyOpeningRequestObject) (api.TakeBackEarlyOpeningResponseObject, error) {
	if err := s.screening.TakeBackEarly(ctx, authz.From(ctx), r.Id); err != nil {
		return nil, err
	}
	return api.TakeBackEarlyOpening204Response{}, nil
}

// ConfirmEarlyOpening opens sealed entries.
func (s *server) ConfirmEarlyOpening(ctx context.Context, r api.ConfirmEarlyOpeningRequestObject) (api.ConfirmEarlyOpeningResponseObject, error) {
	if err := s.screening.ConfirmEarly(ctx, authz.From(ctx), r.Id); err != nil {
		return nil, err
	}
	return api.ConfirmEarlyOpening204Response{}, nil
}
