// Package calroundapi answers for calibration rounds: for the chair who runs one, and for the jurors who
// score in it.
package calroundapi

import (
	"fieldtrial/internal/calround"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/juryapi"
	api "fieldtrial/internal/httpapi/oapi/calround"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/jury"
)

type server struct{ rounds *calround.Service }

// Module registers the handlers.
func Module(svc *calround.Service) httpapi.Module {
	return func(r httpapi.Router) {
		api.RegisterHandlers(r, api.NewStrictHandler(&server{svc}, nil))
	}
}

func entryOf(e jury.Candidate) common.CalibrationEntry {
	return common.CalibrationEntry{EntryId: e.EntryID, Reference: e.Reference, Title: e.Title, TeamName: e.TeamName}
}

func entriesOf(list []jury.Candidate) []common.CalibrationEntry {
	out := []common.CalibrationEntry{}
	for _, e := range list {
		out = append(out, entryOf(e))
	}
	return out
}

// spreadOf is nil where the reader must not see it.
func spreadOf(list []calround.Spread) *[]common.CalibrationSpread {
	if list == nil {
		return nil
	}
	out := []common.CalibrationSpread{}
	for _, x := range list {
		s := common.CalibrationSpread{Entry: entryOf(x.Entry), Sheets: x.Sheets, Totals: x.Totals, Median: x.Median, Own: x.Own,
			Criteria: []common.CalibrationCriterionSpread{}}
		for _, c := range x.Criteria {
			k := common.CalibrationCriterionSpread{CriterionId: c.Criterion, Counts: c.Counts, NotApplicable: c.NotApplicable, Median: c.Median}
			if c.Own != nil {
				own := juryapi.Scored(c.Criterion, *c.Own)
				k.Own = &own
			}
			s.Criteria = append(s.Criteria, k)
		}
		out = append(out, s)
	}
	return &out
}

func sheetOf(criteria []contest.Criterion, s calround.Sheet) common.CalibrationSheet {
	return common.CalibrationSheet{Version: s.Version, Scores: juryapi.Sheet(criteria, s.Scores), ToTeam: s.ToTeam, Language: common.Lang(s.Language)}
}

// some is nil for "", which the contract leaves out.
func some(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
