// Package kpiapi answers for the indicators of the programme and the participation export.
package kpiapi

import (
	"log/slog"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/kpi"
	"fieldtrial/internal/kpi"
	"fieldtrial/internal/lang"
)

type server struct {
	db  *database.DB
	svc *kpi.Service
	log *slog.Logger
}

// Module registers the handlers. The log is told of exports that broke off.
func Module(db *database.DB, svc *kpi.Service, log *slog.Logger) httpapi.Module {
	return func(r httpapi.Router) {
		api.RegisterHandlers(r, api.NewStrictHandler(&server{db, svc, log}, nil))
	}
}

func programmeOf(p kpi.Programme) common.KpiProgramme {
	out := common.KpiProgramme{
		Name: p.Name, StartsOn: openapi_types.Date{Time: p.StartsOn}, Month: p.Month, Months: p.Months,
		AssessedInMonths: p.Assessed, Shifted: p.Shifted, TimeZone: p.TimeZone,
	}
	if out.AssessedInMonths == nil {
		out.AssessedInMonths = []int{}
	}
	return out
}

func kpiOf(i kpi.Indicator) common.Kpi {
	out := common.Kpi{
		Slug: i.Slug, Name: common.TextOf(i.Name), Definition: common.TextOf(i.Definition), Unit: unitOf(i.Unit),
		Op: common.KpiOp(i.Op), Target: i.Target, Counts: i.CountedBy != "", Value: i.Value, Counted: i.Counted,
		Status: common.KpiStatus(i.Status), Provisional: i.ProvisionalUntil != nil, ProvisionalUntil: i.ProvisionalUntil,
		Series: []common.KpiMonth{},
	}
	if i.Parent != "" {
		out.Parent = &i.Parent
	}
	if m := i.Measured; m != nil {
		out.Measured, out.MeasuredMonth, out.MeasuredOn = &m.Value, &m.Month, &openapi_types.Date{Time: m.On}
	}
	for _, m := range i.Series {
		out.Series = append(out.Series, common.KpiMonth{Month: m.Month, Value: m.Value})
	}
	return out
}

func unitOf(u map[lang.Tag]map[string]string) common.KpiUnit {
	forms := func(l lang.Tag) *common.KpiUnitForms {
		if f := common.KpiUnitForms(u[l]); len(f) > 0 {
			return &f
		}
		return nil
	}
	return common.KpiUnit{En: forms(lang.EN), Es: forms(lang.ES), Ja: forms(lang.JA)}
}

func measurementOf(m kpi.Measurement) common.Measurement {
	out := common.Measurement{
		Id: m.ID, MeasuredOn: openapi_types.Date{Time: m.On}, Month: m.Month, Value: m.Value, Note: m.Note, Evidence: m.Evidence,
		CreatedAt: m.CreatedAt, WithdrawnAt: m.WithdrawnAt,
	}
	if m.EnteredBy != "" {
		out.EnteredBy = &m.EnteredBy
	}
	return out
}

func rowOf(r kpi.Row) common.KpiRow {
	out := common.KpiRow{
		EntryId: r.Entry, Reference: r.Reference, Contest: r.Contest, Challenge: r.Challenge, ChallengeTitle: common.TextOf(r.ChallengeTitle),
		Kind: common.TeamKind(r.Kind), Country: r.Country, SubmittedAt: &r.SubmittedAt, Verdict: common.KpiVerdict(r.Verdict), Final: r.Final,
	}
	if r.Team != "" {
		out.Team = &r.Team
	}
	return out
}

func actions(in []authz.Action) []string {
	out := make([]string, 0, len(in))
	for _, a := range in {
		out = append(out, string(a))
	}
	return out
}
