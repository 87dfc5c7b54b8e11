// Package screeningapi serves the check of entries before they go to the jury, and the early
// opening of sealed ones.
package screeningapi

import (
	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/screening"
	"fieldtrial/internal/screening"
	"fieldtrial/internal/screening/reason"
)

type server struct{ screening *screening.Service }

var _ api.StrictServerInterface = (*server)(nil)

// Module serves the screening room's operations.
func Module(s *screening.Service) httpapi.Module {
	return func(r httpapi.Router) {
		api.RegisterHandlers(r, api.NewStrictHandler(&server{s}, nil))
	}
}

const defaultLimit = 20

func limitOf(n *int) int {
	if n == nil {
		return defaultLimit
	}
	return *n
}

func some(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func actions(list []authz.Action) []string {
	out := make([]string, 0, len(list))
	for _, a := range list {
		out = append(out, string(a))
	}
	return out
}

func reasonsOf(list []reason.Reason) []common.ScreeningReason {
	out := make([]common.ScreeningReason, 0, len(list))
	for _, r := range list {
		out = append(out, common.ScreeningReason{Key: r.Key, Label: httpapi.LocalText(r.Label), Gone: gone(r)})
	}
	return out
}

func gone(r reason.Reason) *bool {
	if !r.Gone {
		return nil
	}
	return &r.Gone
}

// named gives the reasons of a verdict with their labels, in the list's order.
func named(keys []string, list []reason.Reason) []common.ScreeningReason {
	out := []common.ScreeningReason{}
	for _, r := range reasonsOf(list) {
		for _, k := range keys {
			if r.Key == k {
				out = append(out, r)
			}
		}
	}
	return out
}

func fieldsOf(form []contest.Field) []common.ScreeningField {
	out := make([]common.ScreeningField, 0, len(form))
	for _, f := range form {
		out = append(out, common.ScreeningField{Id: f.ID, Key: f.Key, Kind: string(f.Kind), Label: httpapi.LocalText(f.Label)})
	}
	return out
}

func itemOf(i screening.Item) common.ScreeningItem {
	return common.ScreeningItem{
		Id: i.ID, Reference: i.Reference, Language: common.Lang(i.Language), State: common.ScreeningItemState(i.State), Title: i.Title,
		Team:        common.EntryTeam{Id: i.Team.ID, Name: i.Team.Name, LatinName: i.Team.LatinName, Kind: common.TeamKind(i.Team.Kind), Country: i.Team.Country},
		SubmittedAt: i.SubmittedAt, Files: i.Files, Screening: common.ScreeningState(i.Screening), Reasons: i.Reasons, Told: i.Told, CorrectionUntil: i.Until,
	}
}
