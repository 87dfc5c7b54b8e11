package contestapi

import (
	"context"
	"time"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/city"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/cityapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/contest"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/markdown"
)

// GetChallenge answers with a published challenge.
func (s *server) GetChallenge(ctx context.Context, r api.GetChallengeRequestObject) (api.GetChallengeResponseObject, error) {
	d, err := s.contests.Public(ctx, r.Slug)
	if err != nil {
		return nil, err
	}
	out := detailOf(authz.From(ctx), d, wanted(r.Params.Lang))
	tag, control, same := cached(&out, &out.ServerTime, r.Params.IfNoneMatch)
	if same {
		return api.GetChallenge304Response{Headers: api.NotModifiedResponseHeaders{ETag: tag, CacheControl: control}}, nil
	}
	return api.GetChallenge200JSONResponse{Body: out, Headers: api.GetChallenge200ResponseHeaders{ETag: tag, CacheControl: control}}, nil
}

// PreviewChallenge answers with a challenge as it would be published, by the same rendering.
func (s *server) PreviewChallenge(ctx context.Context, r api.PreviewChallengeRequestObject) (api.PreviewChallengeResponseObject, error) {
	d, err := s.contests.Dossier(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.PreviewChallenge200JSONResponse(detailOf(authz.From(ctx), d, wanted(r.Params.Lang))), nil
}

// sourceOf says where an imported challenge comes from.
func sourceOf(d contest.Dossier) *common.ImportSource {
	if d.Agency == "" && d.SourceURL == "" {
		return nil
	}
	out := common.ImportSource{Agency: d.Agency}
	if d.SourceURL != "" {
		out.Url = &d.SourceURL
	}
	return &out
}

// detailOf is the one rendering of a challenge.
func detailOf(actor authz.Actor, d contest.Dossier, want lang.Tag) common.ChallengeDetail {
	t := d.Texts.Pick(want, d.Language)
	out := common.ChallengeDetail{
		Id: d.ID, Slug: d.Slug, Contest: briefOf(d.Edition), Lang: common.ChallengeDetailLang(t.Language),
		Language: common.ChallengeDetailLanguage(d.Language), Languages: languages(d.Texts.Written()),
		TranslationPending: t.Language != want, TranslationStale: d.Texts.Stale(t.Language, d.Language),
		Title: t.Title, Summary: t.Summary, Sections: sectionsOf(t, want), Cities: marks(d.Hosts), TimeZone: d.Zone,
		Phase: common.ChallengePhase(d.Phase(d.Now)), Dates: extended(d.Challenge), Timeline: timelineOf(d),
		Criteria: []common.ChallengeCriterion{}, Testbeds: []common.ChallengeTestbed{}, Prizes: []common.ChallengePrize{},
		Form: fieldsOf(d.Form, want), EntryLanguages: languages(d.EntryLanguages), Blind: d.Blind,
		BytesGraceHours: int(d.BytesGrace / time.Hour), GraceMinutes: int(d.Grace / time.Minute), Source: sourceOf(d), Tags: d.Tags, Sample: d.Sample, ServerTime: d.Now,
		AllowedActions: actions(allowed(actor, d)),
	}
	if d.CalibrationCounts {
		out.CalibrationCounts = &d.CalibrationCounts
	}
	for _, c := range d.Rubric {
		k := common.ChallengeCriterion{
			Key: c.Key, Weight: c.Weight, Lowest: c.Lowest, Highest: c.Highest, Name: textIn(c.Name, want),
			Description: textIn(c.Description, want), Anchors: []common.LangText{}, MayNotApply: &c.MayNotApply,
		}
		for _, a := range c.Anchors {
			k.Anchors = append(k.Anchors, textIn(a, want))
		}
		out.Criteria = append(out.Criteria, k)
	}
	known := map[common.Id]common.CityMark{}
	for _, h := range d.Hosts {
		known[h.ID] = cityapi.Mark(h)
	}
	for _, b := range d.Testbeds {
		out.Testbeds = append(out.Testbeds, testbedOf(b, known, want))
	}
	for _, p := range d.Edition.Prizes {
		out.Prizes = append(out.Prizes, common.ChallengePrize{Kind: common.ChallengePrizeKind(p.Kind), Region: region(p.Region), Text: textIn(p.Text, want)})
	}
	return out
}

// allowed adds to the authors' actions what any member may do while the challenge is open.
func allowed(actor authz.Actor, d contest.Dossier) []authz.Action {
	out := d.Allowed(actor)
	if d.Phase(d.Now) == contest.Open && actor.May(authz.CreateTeam, authz.Scope{}) {
		out = append(out, authz.CreateEntry)
	}
	return out
}

func briefOf(k contest.Edition) common.ChallengeContest {
	return common.ChallengeContest{Id: k.ID, Slug: k.Slug, Title: httpapi.LocalText(k.Title), StandstillDays: k.StandstillDays, Rehearsal: k.Rehearsal}
}

func sectionsOf(t contest.Text, want lang.Tag) []common.ChallengeSection {
	labels := map[string]lang.Text{}
	for _, s := range contest.ProgrammeTemplate().Sections {
		labels[s.Key] = s.Label
	}
	out := []common.ChallengeSection{}
	for _, key := range contest.SectionKeys {
		if html := markdown.HTML(t.Sections[key]); html != "" {
			out = append(out, common.ChallengeSection{Key: common.ChallengeSectionKey(key), Label: textIn(labels[key], want), Html: html})
		}
	}
	return out
}

func timelineOf(d contest.Dossier) []common.ChallengeStep {
	out := []common.ChallengeStep{}
	add := func(key string, at time.Time, done bool) {
		out = append(out, common.ChallengeStep{Key: common.ChallengeStepKey(key), At: at, Done: done})
	}
	if d.Phase(d.Now) == contest.Archived { // it was judged elsewhere; a date that is not known is left out
		if d.OwnDates.Opens != nil {
			add("opens", d.Dates.Opens, true)
		}
		if d.OwnDates.Closes != nil {
			add("closes", d.Dates.Closes, true)
		}
		return out
	}
	if d.PublishedAt != nil && d.PublishedAt.Before(d.Dates.Opens) {
		add("published", *d.PublishedAt, true)
	}
	passed := func(t time.Time) bool { return d.PublishedAt != nil && !d.Now.Before(t) }
	add("opens", d.Dates.Opens, passed(d.Dates.Opens))
	add("closes", d.Dates.Closes, passed(d.Dates.Closes))
	if d.LockedAt != nil {
		add("judgingEnds", *d.LockedAt, true)
	} else {
		add("judgingEnds", d.Dates.JudgingEnds, false)
	}
	results := d.Dates.Results
	if d.ReleasedAt != nil {
		results = *d.ReleasedAt
	}
	add("results", results, d.ReleasedAt != nil)
	awards := results.AddDate(0, 0, d.Edition.StandstillDays)
	add("awards", awards, d.ReleasedAt != nil && passed(awards))
	return out
}

func testbedOf(b city.Testbed, known map[common.Id]common.CityMark, want lang.Tag) common.ChallengeTestbed {
	summary, in := b.Summary.In(want)
	out := common.ChallengeTestbed{
		Id: b.ID, Slug: b.Slug, Pilot: b.Pilot, Provider: b.Provider, Partner: b.Partner, Name: textIn(b.Name, want),
		SummaryHtml: markdown.HTML(summary), SummaryLang: common.Lang(in), Capacity: b.Capacity,
		Gives: []common.ChallengeGift{}, Cities: []common.CityMark{}, Slots: []common.Slot{},
	}
	for _, g := range city.Gifts {
		if len(b.Gives[g]) > 0 {
			out.Gives = append(out.Gives, common.ChallengeGift{Kind: common.ChallengeGiftKind(g), Text: textIn(b.Gives[g], want)})
		}
	}
	for _, c := range b.Cities {
		if m, ok := known[c]; ok {
			out.Cities = append(out.Cities, m)
		}
	}
	for _, s := range b.Slots {
		if _, ok := known[s.CityID]; ok {
			out.Slots = append(out.Slots, cityapi.SlotOf(s))
		}
	}
	return out
}

func fieldsOf(form []contest.Field, want lang.Tag) []common.ChallengeField {
	out := []common.ChallengeField{}
	for _, f := range form {
		x := common.ChallengeField{
			Key: f.Key, Section: f.Section, Heading: textIn(f.Heading, want), Kind: common.FormFieldKind(f.Kind),
			Required: f.Required, Accept: f.Accept, Label: textIn(f.Label, want), Hint: textIn(f.Hint, want),
			Options: []common.ChallengeOption{},
		}
		if f.MaxChars > 0 {
			x.MaxChars = &f.MaxChars
		}
		if f.MaxBytes > 0 {
			x.MaxBytes = &f.MaxBytes
		}
		for _, o := range f.Options {
			x.Options = append(x.Options, common.ChallengeOption{Key: o.Key, Label: textIn(o.Label, want)})
		}
		out = append(out, x)
	}
	return out
}
