package entry

import (
	"context"
	"time"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
)

// StageKey names where an entry stands, to its team.
type StageKey string

// The stages. What an official found or the host decided shows only once the team may know it.
const (
	StageDraft        StageKey = "draft"
	StageUnsent       StageKey = "changes_not_submitted"
	StageSubmitted    StageKey = "submitted"
	StageWithdrawn    StageKey = "withdrawn"
	StageMissed       StageKey = "missed" // the deadline passed over a draft
	StageScreening    StageKey = "screening"
	StageCorrection   StageKey = "correction"
	StageFailed       StageKey = "failed_screening"
	StageJudging      StageKey = "judging"
	StageDeliberation StageKey = "deliberation"
	StageAwarded      StageKey = "awarded"
	StageReserve      StageKey = "reserve"
	StageNotSelected  StageKey = "not_selected"
	StageResults      StageKey = "results" // out, with no decision on this entry
)

// Step is one thing that comes next, and when.
type Step struct {
	What string // submit_before, revive_before, correct_before, closes, judging_ends, results, objections_until, trial_starts, trial_ends
	At   time.Time
}

// Stage is where an entry stands and what comes next, in the order in which it comes.
type Stage struct {
	Key   StageKey
	Steps []Step
}

// stageOf reads what the view does not say yet: the decision, once it is released. The view is the
// team's own, with its status and with what officials told it.
func stageOf(ctx context.Context, q database.Queryer, v View) (Stage, error) {
	d := v.Challenge.Dates
	closes := v.Window.Last()
	ahead := []Step{{"judging_ends", d.JudgingEnds}, {"results", d.Results}}
	switch {
	case v.Status == StatusNotSubmitted:
		return upcoming(v.Now, StageDraft, append([]Step{{"submit_before", closes}}, ahead...)), nil
	case v.Status == StatusChangesNotSubmitted:
		return upcoming(v.Now, StageUnsent, append([]Step{{"submit_before", closes}}, ahead...)), nil
	case v.Status == StatusSubmitted:
		return upcoming(v.Now, StageSubmitted, append([]Step{{"closes", closes}}, ahead...)), nil
	case v.Status == StatusWithdrawn:
		return upcoming(v.Now, StageWithdrawn, []Step{{"revive_before", closes}}), nil
	case v.Status == StatusMissed:
		return upcoming(v.Now, StageMissed, []Step{{"results", d.Results}}), nil
	case v.Official.Correction != nil:
		return upcoming(v.Now, StageCorrection, append([]Step{{"correct_before", v.Official.Correction.Until}}, ahead...)), nil
	case v.Phase == contest.Results:
		return decided(ctx, q, v)
	case v.Official.Failed != nil:
		return upcoming(v.Now, StageFailed, []Step{{"results", d.Results}}), nil
	case v.Phase == contest.Deliberation:
		return upcoming(v.Now, StageDeliberation, []Step{{"results", d.Results}}), nil
	case v.Phase == contest.Judging:
		return upcoming(v.Now, StageJudging, ahead), nil
	}
	return upcoming(v.Now, StageScreening, ahead), nil
}

func decided(ctx context.Context, q database.Queryer, v View) (Stage, error) {
	var outcome string
	var until time.Time
	var starts, ends *time.Time
	err := q.QueryRow(ctx, `
		select coalesce(d.outcome, ''), c.released_at + make_interval(days => k.standstill_days),
		       a.starts_on::timestamp at time zone coalesce(y.time_zone, 'UTC'), (a.ends_on + 1)::timestamp at time zone coalesce(y.time_zone, 'UTC') - interval '1 minute'
		from entries e join challenges c on c.id = e.challenge_id join contests k on k.id = c.contest_id
		left join decisions d on d.entry_id = e.id
		left join awards a on a.entry_id = e.id and a.state in ('offered','accepted') and a.starts_on is not null
		left join cities y on y.id = a.city_id
		where e.id = $1 and c.released_at is not null order by a.starts_on limit 1`, v.ID).Scan(&outcome, &until, &starts, &ends)
	if database.NotFound(err) {
		return Stage{Key: StageResults, Steps: []Step{}}, nil
	}
	if err != nil {
		return Stage{}, err
	}
	steps := []Step{{"objections_until", until}}
	switch outcome {
	case "winner":
		if starts != nil {
			steps = append(steps, Step{"trial_starts", *starts}, Step{"trial_ends", *ends})
		}
		return upcoming(v.Now, StageAwarded, steps), nil
	case "reserve":
		return upcoming(v.Now, StageReserve, steps), nil
	case "not_selected":
		return upcoming(v.Now, StageNotSelected, steps), nil
	}
	if v.Official.Failed != nil {
		return upcoming(v.Now, StageFailed, steps), nil
	}
	return Stage{Key: StageResults, Steps: []Step{}}, nil
}

// upcoming leaves out what has passed: a date that was missed is no promise.
func upcoming(now time.Time, key StageKey, steps []Step) Stage {
	out := Stage{Key: key, Steps: []Step{}}
	for _, s := range steps {
		if s.At.After(now) {
			out.Steps = append(out.Steps, s)
		}
	}
	return out
}
