package seed

import (
	"fmt"
	"maps"
	"strconv"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/kpi"
)

type contestDates struct{ opens, closes, judgingEnds, results time.Time }

// The contest opened a week before the first start, so that there is something to enter, and closes
// a month after it opened. All in days.
const (
	openedBefore = 7
	openFor      = 30
	judgedFor    = 14
	decidedFor   = 7
)

// plan sets the contest's dates in the zone of the programme: it opens at nine and closes at
// eighteen o'clock. With real dates it opens with its month.
func (l *loader) plan() contestDates {
	day := l.now.In(l.zone()).AddDate(0, 0, -openedBefore)
	if l.opt.RealDates {
		day = l.startsOn().AddDate(0, l.content.Contest.Month-1, 0)
	}
	at := func(days, hour int) time.Time {
		return time.Date(day.Year(), day.Month(), day.Day()+days, hour, 0, 0, 0, l.zone())
	}
	return contestDates{at(0, 9), at(openFor, 18), at(openFor+judgedFor, 18), at(openFor+judgedFor+decidedFor, 18)}
}

func (l *loader) loadContest() error {
	l.contest, l.dates = uuid.Must(uuid.NewV7()), l.plan()
	names := l.content.Names.Contest
	if err := l.exec(`insert into contests (id, programme_id, slug, record_scope, title, focus, how_to_apply, month, time_zone,
			opens_at, closes_at, judging_ends_at, results_at, announced_at)
		values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$10)`, l.contest, l.programme, contestSlug, newScope(), names.Title, names.Focus,
		names.HowToApply, l.content.Contest.Month, l.zone().String(), l.dates.opens, l.dates.closes, l.dates.judgingEnds, l.dates.results); err != nil {
		return err
	}
	for i, p := range l.content.Contest.Prizes {
		var region any
		if p.Region != "" {
			region = p.Region
		}
		if err := l.exec(`insert into prizes (id, contest_id, kind, region, text, position) values ($1,$2,$3,$4,$5,$6)`,
			uuid.Must(uuid.NewV7()), l.contest, p.Kind, region, names.Prizes[i], i+1); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) loadKPIs() error {
	defs := []kpi.Definition{}
	for i, k := range l.content.KPIs {
		target, err := strconv.ParseFloat(k["target"], 64)
		if err != nil {
			return fmt.Errorf("%s: %w", k["slug"], err)
		}
		n := l.content.Names.KPIs[k["slug"]]
		d := kpi.Definition{
			Programme: l.programme, TargetGroup: k["target_group"], Slug: k["slug"], Parent: k["parent"], Name: n.Name, Definition: n.Definition,
			Unit: l.content.Names.Units[k["unit"]], Op: k["op"], Target: target, Position: i + 1,
		}
		if d.Slug == kpi.ContestStartups {
			d.CountedBy = kpi.ContestStartups
		}
		defs = append(defs, d)
	}
	return kpi.Define(l.tx, defs)
}

// sampleTerms are the terms of the samples: the mildest for a startup.
const sampleTerms = "startup-keeps"

// loadChallenges publishes the samples as they are: nobody sent or approved them.
func (l *loader) loadChallenges() error {
	for _, c := range l.content.Challenges {
		published := l.dates.opens
		p := contest.Plan{
			Contest: l.contest, Slug: c.Slug, Cities: []uuid.UUID{}, Language: languageOf(c.Language), Texts: contest.Texts{},
			Testbeds: []uuid.UUID{l.testbeds[c.Testbed]}, Tags: c.Tags, Weights: maps.Clone(c.CriteriaWeights), Sample: c.Sample, Terms: sampleTerms, Published: &published,
		}
		for _, slug := range c.Cities {
			p.Cities = append(p.Cities, l.cities[slug])
		}
		for tag, t := range c.Texts {
			p.Texts[tag] = contest.Text{Title: t.Title, Summary: t.Summary, Sections: map[string]string{
				"problem": t.Problem, "context": t.Context, "success": t.Success, "resources": t.Resources,
				"eligibility": t.Eligibility, "demonstration": t.Demonstration, "terms": t.Terms,
			}}
		}
		id, err := contest.Insert(l.tx, p)
		if err != nil {
			return fmt.Errorf("%s: %w", c.Slug, err)
		}
		if err := contest.Freeze(l.tx, id, l.now); err != nil {
			return fmt.Errorf("%s: %w", c.Slug, err)
		}
	}
	return nil
}
