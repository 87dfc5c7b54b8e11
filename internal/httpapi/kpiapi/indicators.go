package kpiapi

import (
	"context"
	"fieldtrial/internal/httpapi"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/kpi"
	"fieldtrial/internal/kpi"
)

// ListIndicators answers with the whole board.
func (s *server) ListIndicators(ctx context.Context, _ api.ListIndicatorsRequestObject) (api.ListIndicatorsResponseObject, error) {
	b, err := s.svc.Board(ctx, authz.From(ctx))
	if err != nil {
		return nil, err
	}
	out := api.ListIndicators200JSONResponse{
		Programme: programmeOf(b.Programme), AsOf: b.AsOf, Groups: []common.KpiGroup{}, Contests: []common.KpiContest{}, AllowedActions: actions(b.Allowed),
	}
	for _, g := range b.Groups {
		group := common.KpiGroup{Slug: g.Slug, Name: common.TextOf(g.Name), Indicators: []common.Kpi{}}
		for _, i := range g.Indicators {
			group.Indicators = append(group.Indicators, kpiOf(i))
		}
		out.Groups = append(out.Groups, group)
	}
	for _, c := range b.Exports {
		out.Contests = append(out.Contests, common.KpiContest{Slug: c.Slug, Title: common.TextOf(c.Title), Rehearsal: c.Rehearsal})
	}
	return out, nil
}

// GetIndicator answers with one indicator down to its rows.
func (s *server) GetIndicator(ctx context.Context, r api.GetIndicatorRequestObject) (api.GetIndicatorResponseObject, error) {
	q := kpi.Query{Verdict: kpi.Verdict(httpapi.Value(r.Params.Verdict)), Cursor: httpapi.Value(r.Params.Cursor), Limit: httpapi.Value(r.Params.Limit)}
	d, err := s.svc.Indicator(ctx, authz.From(ctx), r.Slug, q)
	if err != nil {
		return nil, err
	}
	out := api.GetIndicator200JSONResponse{
		Programme: programmeOf(d.Programme), AsOf: d.AsOf, Group: common.TextOf(d.Group), Indicator: kpiOf(d.Indicator),
		Measurements: []common.Measurement{}, Verdicts: []common.KpiVerdictCount{}, Rows: common.KpiRows{Items: []common.KpiRow{}},
		AllowedActions: actions(d.Allowed),
	}
	for _, m := range d.Measurements {
		out.Measurements = append(out.Measurements, measurementOf(m))
	}
	for _, v := range d.Verdicts {
		out.Verdicts = append(out.Verdicts, common.KpiVerdictCount{Verdict: common.KpiVerdict(v.Verdict), Count: v.Count})
	}
	for _, row := range d.Rows {
		out.Rows.Items = append(out.Rows.Items, rowOf(row))
	}
	if d.Next != "" {
		out.Rows.NextCursor = &d.Next
	}
	return out, nil
}

// EnterMeasurement adds a measurement; a repeat under the same key answers with the first.
func (s *server) EnterMeasurement(ctx context.Context, r api.EnterMeasurementRequestObject) (api.EnterMeasurementResponseObject, error) {
	form := kpi.Form{On: r.Body.MeasuredOn.Time, Value: r.Body.Value, Note: httpapi.Value(r.Body.Note), Evidence: r.Body.Evidence}
	m, err := s.svc.Enter(ctx, authz.From(ctx), r.Slug, form)
	if err != nil {
		return nil, err
	}
	return api.EnterMeasurement201JSONResponse(measurementOf(m)), nil
}

// WithdrawMeasurement takes a measurement out of the value.
func (s *server) WithdrawMeasurement(ctx context.Context, r api.WithdrawMeasurementRequestObject) (api.WithdrawMeasurementResponseObject, error) {
	if err := s.svc.Withdraw(ctx, authz.From(ctx), r.Id); err != nil {
		return nil, err
	}
	return api.WithdrawMeasurement204Response{}, nil
}
