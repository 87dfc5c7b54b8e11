package entry

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

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

// place is all that decides on the stage of an entry.
type place struct {
	Now    time.Time
	Status Status
	Phase  contest.Phase // of the challenge, whatever time this team has
	Dates  contest.Dates
	Last   time.Time // until when this team may send
	Told   told
}

// stage reads it off, in the order of what matters most to the team.
func (p place) stage() Stage {
	ahead := []Step{{"judging_ends", p.Dates.JudgingEnds}, {"results", p.Dates.Results}}
	next := func(key StageKey, steps ...Step) Stage { return upcoming(p.Now, key, steps) }
	switch {
	case p.Status == StatusNotSubmitted:
		return next(StageDraft, append([]Step{{"submit_before", p.Last}}, ahead...)...)
	case p.Status == StatusChangesNotSubmitted:
		return next(StageUnsent, append([]Step{{"submit_before", p.Last}}, ahead...)...)
	case p.Status == StatusSubmitted:
		return next(StageSubmitted, append([]Step{{"closes", p.Last}}, ahead...)...)
	case p.Status == StatusWithdrawn:
		return next(StageWithdrawn, Step{"revive_before", p.Last})
	case p.Status == StatusMissed:
		return next(StageMissed, Step{"results", p.Dates.Results})
	case p.Told.CorrectBefore != nil:
		return next(StageCorrection, append([]Step{{"correct_before", *p.Told.CorrectBefore}}, ahead...)...)
	case p.Phase == contest.Results:
		return p.decided()
	case p.Told.Failed:
		return next(StageFailed, Step{"results", p.Dates.Results})
	case p.Phase == contest.Deliberation:
		return next(StageDeliberation, Step{"results", p.Dates.Results})
	case p.Phase == contest.Judging:
		return next(StageJudging, ahead...)
	}
	return next(StageScreening, ahead...)
}

func (p place) decided() Stage {
	t := p.Told
	steps := []Step{}
	if t.ObjectUntil != nil {
		steps = append(steps, Step{"objections_until", *t.ObjectUntil})
	}
	switch {
	case t.Outcome == "winner":
		if t.Starts != nil {
			steps = append(steps, Step{"trial_starts", *t.Starts}, Step{"trial_ends", *t.Ends})
		}
		return upcoming(p.Now, StageAwarded, steps)
	case t.Outcome == "reserve":
		return upcoming(p.Now, StageReserve, steps)
	case t.Outcome == "not_selected":
		return upcoming(p.Now, StageNotSelected, steps)
	case t.Failed:
		return upcoming(p.Now, StageFailed, steps)
	}
	return Stage{Key: StageResults, Steps: []Step{}}
}

// told is what officials did about an entry and its team knows. What the host decided is in it once
// the results are out.
type told struct {
	CorrectBefore *time.Time
	Failed        bool
	Outcome       string // winner, reserve, not_selected; empty before the release
	ObjectUntil   *time.Time
	Starts, Ends  *time.Time // of the trial
}

// toldOf reads it for entries, in one query however many there are.
func toldOf(ctx context.Context, q database.Queryer, entries []uuid.UUID) (map[uuid.UUID]told, error) {
	rows, err := q.Query(ctx, `
		select e.id,
		       (select x.until from corrections x where x.entry_id = e.id and x.closed_at is null and x.until > clock_timestamp()
		          and e.state = 'submitted' and c.locked_at is null),
		       exists (select from screenings s where s.entry_id = e.id and s.undone_at is null and not s.passed and s.told_at is not null),
		       coalesce(d.outcome, ''), c.released_at + make_interval(days => k.standstill_days), a.starts, a.ends
		from entries e join challenges c on c.id = e.challenge_id join contests k on k.id = c.contest_id
		left join decisions d on d.entry_id = e.id and c.released_at is not null
		left join lateral (
			select a.starts_on::timestamp at time zone coalesce(y.time_zone, 'UTC') as starts,
			       (a.ends_on + 1)::timestamp at time zone coalesce(y.time_zone, 'UTC') - interval '1 minute' as ends
			from awards a left join cities y on y.id = a.city_id
			where a.entry_id = e.id and a.state in ('offered','accepted') and a.starts_on is not null
			order by a.starts_on limit 1) a on c.released_at is not null
		where e.id = any($1)`, entries)
	if err != nil {
		return nil, err
	}
	out := make(map[uuid.UUID]told, len(entries))
	var id uuid.UUID
	var t told
	_, err = pgx.ForEachRow(rows, []any{&id, &t.CorrectBefore, &t.Failed, &t.Outcome, &t.ObjectUntil, &t.Starts, &t.Ends}, func() error {
		out[id] = t
		t = told{}
		return nil
	})
	return out, err
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
