package screeningapi

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/screening"
	"fieldtrial/internal/screening"
)

// ListScreening answers with the numbers and a page of entries.
func (s *server) ListScreening(ctx context.Context, r api.ListScreeningRequestObject) (api.ListScreeningResponseObject, error) {
	p := r.Params
	o, err := s.screening.Overview(ctx, authz.From(ctx), r.Id, screening.Filter{
		Query: httpapi.Value(p.Q), State: string(httpapi.Value(p.State)), Screening: string(httpapi.Value(p.Screening)), Country: httpapi.Value(p.Country),
		Kind: string(httpapi.Value(p.Kind)), Language: string(httpapi.Value(p.Language)), Sort: string(httpapi.Value(p.Sort)),
	}, httpapi.Value(p.Cursor), limitOf(p.Limit))
	if err != nil {
		return nil, err
	}
	c := o.Challenge
	out := api.ListScreening200JSONResponse{
		ChallengeId: c.ID, Slug: c.Slug, Title: httpapi.LocalText(c.Title), Lang: common.Lang(c.Language), TimeZone: c.Zone,
		Sealed: o.Sealed, Closes: c.Dates.Closes, Results: c.Dates.Results, Assigned: c.AssignedAt != nil,
		Numbers: common.EntryNumbers{Started: o.Numbers.Started, Submitted: o.Numbers.Submitted, Withdrawn: o.Numbers.Withdrawn, ByCountry: []common.CountryNumber{}},
		Counts:  common.ScreeningCounts{Passed: o.Counts.Passed, Failed: o.Counts.Failed, Unscreened: o.Counts.Unscreened, Correcting: o.Counts.Correcting, Untold: o.Counts.Untold},
		Items:   []common.ScreeningItem{}, Total: o.Total, NextCursor: httpapi.NextCursor(o.Next), Reasons: reasonsOf(o.Reasons), Fields: fieldsOf(o.Fields),
		AllowedActions: actions(o.Allowed), ServerTime: o.Now,
	}
	for _, n := range o.Numbers.ByCountry {
		out.Numbers.ByCountry = append(out.Numbers.ByCountry, common.CountryNumber{Country: n.Country, Submitted: n.Submitted})
	}
	for _, i := range o.Items {
		out.Items = append(out.Items, itemOf(i))
	}
	if e := o.Early; e != nil {
		out.Early = &common.EarlyOpening{At: e.At, Reason: e.Reason, Language: common.Lang(e.Language), By: some(e.By), ProposedBy: some(e.ProposedBy)}
	}
	if p := o.Proposal; p != nil {
		out.Proposal = &common.EarlyProposal{At: p.At, Reason: p.Reason, Language: common.Lang(p.Language), By: some(p.Name),
			MayConfirm: p.By != authz.From(ctx).PersonID}
	}
	return out, nil
}

// GetEntryScreening answers with what is known of the check of one entry.
func (s *server) GetEntryScreening(ctx context.Context, r api.GetEntryScreeningRequestObject) (api.GetEntryScreeningResponseObject, error) {
	d, err := s.screening.Entry(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	c := d.Challenge
	out := api.GetEntryScreening200JSONResponse{
		EntryId: d.Item.ID, Reference: d.Item.Reference, ChallengeId: c.ID, TimeZone: c.Zone, Item: itemOf(d.Item), Verdicts: []common.ScreeningVerdict{},
		Corrections: []common.CorrectionAsked{}, Reasons: reasonsOf(d.Reasons), Fields: fieldsOf(d.Fields), Results: c.Dates.Results,
		Assigned: c.AssignedAt != nil, AllowedActions: actions(d.Allowed), Eligibility: []common.EntryEligible{},
	}
	for _, e := range d.Eligibility {
		out.Eligibility = append(out.Eligibility, common.EntryEligible{Key: e.Key, Text: httpapi.LocalText(e.Text), Expected: e.Expected,
			Blocking: e.Blocking, Answer: e.Answer})
	}
	for _, v := range d.Verdicts {
		out.Verdicts = append(out.Verdicts, common.ScreeningVerdict{Passed: v.Passed, Reasons: named(v.Reasons, d.Reasons), Note: v.Note,
			Language: common.Lang(v.Language), At: v.At, By: some(v.By), ToldAt: v.ToldAt, UndoneAt: v.UndoneAt})
	}
	for _, a := range d.Corrections {
		out.Corrections = append(out.Corrections, askedOf(a))
	}
	return out, nil
}

func askedOf(a screening.Asked) common.CorrectionAsked {
	out := common.CorrectionAsked{AskedAt: a.AskedAt, Until: a.Until, By: some(a.By), Note: a.Note, Language: common.Lang(a.Language),
		Open: a.Open, SentAt: a.SentAt, Fields: []common.CorrectedField{}}
	for _, f := range a.Fields {
		x := common.CorrectedField{Key: f.Field.Key, Kind: string(f.Field.Kind), Label: httpapi.LocalText(f.Field.Label), Before: f.Before, After: f.After,
			Changed: f.Changed, FilesBefore: []common.CorrectedFile{}, FilesAfter: []common.CorrectedFile{}}
		for _, y := range f.FilesBefore {
			x.FilesBefore = append(x.FilesBefore, common.CorrectedFile{Id: y.ID, Name: y.Name, Size: y.Size})
		}
		for _, y := range f.FilesAfter {
			x.FilesAfter = append(x.FilesAfter, common.CorrectedFile{Id: y.ID, Name: y.Name, Size: y.Size})
		}
		out.Fields = append(out.Fields, x)
	}
	return out
}

// ListEarlyOpenings answers with the public list.
func (s *server) ListEarlyOpenings(ctx context.Context, r api.ListEarlyOpeningsRequestObject) (api.ListEarlyOpeningsResponseObject, error) {
	list, next, err := s.screening.Openings(ctx, httpapi.Value(r.Params.Cursor), limitOf(r.Params.Limit))
	if err != nil {
		return nil, err
	}
	out := api.ListEarlyOpenings200JSONResponse{Items: []common.EarlyOpeningItem{}, NextCursor: httpapi.NextCursor(next)}
	for _, o := range list {
		out.Items = append(out.Items, common.EarlyOpeningItem{Slug: o.Slug, Title: httpapi.LocalText(o.Title), TimeZone: o.Zone, At: o.At,
			Closes: o.Closes, Reason: o.Reason, Language: common.Lang(o.Language), LeafIndex: o.Index})
	}
	return out, nil
}
