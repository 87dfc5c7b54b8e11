package juryapi

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/jury"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/lang"
)

// GetJuryForm answers with a spreadsheet to fill in.
func (s *server) GetJuryForm(ctx context.Context, r api.GetJuryFormRequestObject) (api.GetJuryFormResponseObject, error) {
	l := lang.EN
	if r.Params.Lang != nil && lang.Tag(*r.Params.Lang).Valid() {
		l = lang.Tag(*r.Params.Lang)
	}
	file, err := s.jury.Form(ctx, authz.From(ctx), r.Id, l)
	if err != nil {
		return nil, err
	}
	return api.GetJuryForm200JSONResponse{Name: "fieldtrial-" + string(l) + ".xlsx", Content: file}, nil
}

// TakeJuryForm reads a spreadsheet back.
func (s *server) TakeJuryForm(ctx context.Context, r api.TakeJuryFormRequestObject) (api.TakeJuryFormResponseObject, error) {
	report, err := s.jury.TakeForm(ctx, authz.From(ctx), r.Id, r.Body.Content, r.Body.Apply, r.Body.Send)
	if err != nil {
		return nil, err
	}
	out := api.TakeJuryForm200JSONResponse{Applied: report.Applied, Criteria: Criteria(report.Criteria), Rows: []common.JuryFormRow{}}
	for _, row := range report.Rows {
		out.Rows = append(out.Rows, formRow(row))
	}
	return out, nil
}

func formRow(row jury.FormRow) common.JuryFormRow {
	out := common.JuryFormRow{Row: row.Row, AssignmentId: row.Assignment, Reference: row.Reference, Outcome: common.JuryFormRowOutcome(row.Outcome),
		Incomplete: row.Incomplete, Changes: []common.JuryFormChange{}, Faults: []common.JuryFormFault{}}
	for _, c := range row.Changes {
		out.Changes = append(out.Changes, common.JuryFormChange{Field: c.Field, Before: c.Before, After: c.After})
	}
	for _, f := range row.Faults {
		out.Faults = append(out.Faults, common.JuryFormFault{Field: f.Field, Code: common.JuryFormFaultCode(f.Code), Text: f.Text})
	}
	return out
}
