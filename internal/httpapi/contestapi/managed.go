package contestapi

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/contest"
	"fieldtrial/internal/lang"
)

func answer(ctx context.Context, d contest.Dossier) api.ManagedChallengeJSONResponse {
	return api.ManagedChallengeJSONResponse{Body: managedOf(ctx, d), Headers: api.ManagedChallengeResponseHeaders{ETag: etag(d.Version)}}
}

// Managed shows a challenge to those who work on it, for modules that answer with one as well.
func Managed(ctx context.Context, d contest.Dossier) common.ManagedChallenge {
	return managedOf(ctx, d)
}

// managedOf shows a challenge to those who work on it. The form is shown in the reader's language.
func managedOf(ctx context.Context, d contest.Dossier) common.ManagedChallenge {
	actor := authz.From(ctx)
	phase := d.Phase(d.Now)
	out := common.ManagedChallenge{
		Id: d.ID, Slug: d.Slug, Contest: briefOf(d.Edition), Cities: marks(d.Hosts), Language: common.Lang(d.Language), Tags: d.Tags,
		TestbedIds: []common.Id{}, Dates: extended(d.Challenge), TimeZone: d.Zone, State: common.ChallengeState(d.State()),
		OwnDates: common.ChallengeDateChange{OpensAt: d.OwnDates.Opens, ClosesAt: d.OwnDates.Closes, JudgingEndsAt: d.OwnDates.JudgingEnds, ResultsAt: d.OwnDates.Results},
		Phase:    common.ChallengePhase(phase), Next: common.ChallengeNext(contest.NextOf(d.State(), phase, d.DecidedAt != nil)),
		Acts: []common.ChallengeAct{}, Texts: []common.ChallengeText{}, Criteria: criteriaOf(d.Rubric),
		Form: fieldsOf(d.Form, lang.Tag(actor.Language).Or(d.Language)), Missing: []common.FieldError{}, Version: d.Version, Sample: d.Sample, Source: sourceOf(d),
		AllowedActions: actions(d.Allowed(actor)), ServerTime: d.Now,
	}
	for _, b := range d.Testbeds {
		out.TestbedIds = append(out.TestbedIds, b.ID)
	}
	for _, a := range d.Acts {
		act := common.ChallengeAct{Kind: common.ChallengeActKind(a.Kind), At: a.At, By: a.By}
		if a.Reason != "" {
			act.Reason = &a.Reason
		}
		out.Acts = append(out.Acts, act)
	}
	for _, l := range lang.All {
		t := d.Texts[l]
		t.Language = l
		out.Texts = append(out.Texts, textOf(t, d.Texts.Stale(l, d.Language)))
	}
	if d.State() != contest.StatePublished {
		out.Missing = missingOf(d.Missing())
	}
	return out
}

func missingOf(fields []fault.Field) []common.FieldError {
	out := []common.FieldError{}
	for _, f := range fields {
		e := common.FieldError{Pointer: f.Pointer, Code: f.Code}
		if f.Params != nil {
			e.Params = &f.Params
		}
		out = append(out, e)
	}
	return out
}

func textOf(t contest.Text, stale bool) common.ChallengeText {
	out := common.ChallengeText{
		Lang: common.Lang(t.Language), Title: t.Title, Summary: t.Summary, Version: t.Version, Stale: stale,
		Problem: t.Sections["problem"], Context: t.Sections["context"], Success: t.Sections["success"], Resources: t.Sections["resources"],
		Eligibility: t.Sections["eligibility"], Demonstration: t.Sections["demonstration"], Terms: t.Sections["terms"],
	}
	if t.Version > 0 {
		out.UpdatedAt = &t.UpdatedAt
	}
	return out
}

func criteriaOf(rubric []contest.Criterion) []common.ManagedCriterion {
	out := []common.ManagedCriterion{}
	for _, c := range rubric {
		k := common.ManagedCriterion{
			Key: c.Key, Weight: c.Weight, Lowest: c.Lowest, Highest: c.Highest, Name: httpapi.LocalText(c.Name),
			Description: httpapi.LocalText(c.Description), Anchors: []common.LocalText{}, MayNotApply: &c.MayNotApply,
		}
		for _, a := range c.Anchors {
			k.Anchors = append(k.Anchors, httpapi.LocalText(a))
		}
		out = append(out, k)
	}
	return out
}
