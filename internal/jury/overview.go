package jury

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/lang"
)

// DutyState says what a juror has to do in a challenge.
type DutyState string

// The states of a duty, in order.
const (
	Upcoming DutyState = "upcoming"  // entries are still coming in
	ToDo     DutyState = "declare"   // conflicts come first
	First    DutyState = "calibrate" // the entries of the calibration round come before all others
	Waiting  DutyState = "waiting"   // nothing is assigned yet
	Judging  DutyState = "judging"
	Done     DutyState = "done"
	Locked   DutyState = "locked"
)

// Mark is a city as the page draws it.
type Mark struct {
	ID       uuid.UUID
	Slug     string
	Name     lang.Text
	Position int
	Zone     string
	Country  string
}

// Duty is one challenge that the actor judges. Counts leave out entries the actor must not see.
type Duty struct {
	Challenge    uuid.UUID
	Slug         string
	Title        lang.Text
	Language     lang.Tag
	ContestTitle lang.Text
	City         Mark
	ClosesAt     time.Time
	JudgingEnds  time.Time
	State        DutyState
	Declared     bool
	Assigned     int
	Submitted    int
	Drafts       int
	Next         *uuid.UUID // the first assignment that is not submitted
	Chair        bool
	Calibration  bool   // there is a calibration round, open or closed
	Meeting      string // "planned", "open" or "closed" where the jury meets and the actor is asked to come; else ""
}

var selectDuties = `
	select c.id, c.slug, c.language,
	       (select coalesce(jsonb_object_agg(t.language, t.title), '{}') from challenge_texts t where t.challenge_id = c.id and t.title <> ''),
	       k.title, k.id, y.id, y.slug, y.name, y.position, y.time_zone, y.country,
	       coalesce(c.closes_at, k.closes_at), coalesce(c.judging_ends_at, k.judging_ends_at),
	       coalesce(c.closes_at, k.closes_at) > clock_timestamp(), c.locked_at is not null,
	       exists (select from conflict_declarations d where d.seat_id = s.id and d.challenge_id = c.id),
	       w.assigned, w.submitted, w.drafts,
	       (select a.id from assignments a join entries e on e.id = a.entry_id left join reviews r on r.assignment_id = a.id
	        where a.seat_id = s.id and e.challenge_id = c.id and a.ended_at is null and e.state = 'submitted'
	          and r.submitted_version is null and %s
	        order by e.reference limit 1),
	       coalesce((select case when m.closed_at is not null then 'closed' when m.opened_at is not null then 'open' else 'planned' end
	        from meetings m join meeting_people p on p.meeting_id = m.id and p.person_id = s.person_id where m.challenge_id = c.id), ''),
	       ` + owesSheets("s.id", "$1", "c.id") + `,
	       exists (select from calibrations b where b.challenge_id = c.id and b.cancelled_at is null)
	from seats s
	join contests k on k.id = s.contest_id
	join challenges c on c.contest_id = k.id and c.published_at is not null
	join cities y on y.id = c.lead_city_id
	cross join lateral (
		select count(*) as assigned, count(r.submitted_version) as submitted,
		       count(*) filter (where r.id is not null and r.submitted_version is null) as drafts
		from assignments a join entries e on e.id = a.entry_id left join reviews r on r.assignment_id = a.id
		where a.seat_id = s.id and e.challenge_id = c.id and a.ended_at is null and e.state = 'submitted' and %s) w
	where s.person_id = $1 and s.active and s.contest_id = any($2)
	order by coalesce(c.judging_ends_at, k.judging_ends_at), c.slug`

var duties = strings.ReplaceAll(selectDuties, "%s", authz.NotExcluded("e.id", "$1"))

// Overview lists the challenges of the contests in whose juries the actor sits.
func (s *Service) Overview(ctx context.Context, actor authz.Actor) ([]Duty, error) {
	rows, err := s.db.Pool().Query(ctx, duties, actor.PersonID, actor.IDs(authz.Contest, authz.Juror, authz.Chair))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Duty{}
	for rows.Next() {
		var d Duty
		var contestID uuid.UUID
		var open, locked, owes bool
		if err := rows.Scan(&d.Challenge, &d.Slug, &d.Language, &d.Title, &d.ContestTitle, &contestID,
			&d.City.ID, &d.City.Slug, &d.City.Name, &d.City.Position, &d.City.Zone, &d.City.Country,
			&d.ClosesAt, &d.JudgingEnds, &open, &locked, &d.Declared, &d.Assigned, &d.Submitted, &d.Drafts, &d.Next, &d.Meeting, &owes, &d.Calibration); err != nil {
			return nil, err
		}
		d.Chair = actor.Has(authz.Chair, authz.Scope{Contest: contestID, Challenge: d.Challenge})
		asked := d.Assigned > 0 || actor.Has(authz.Juror, authz.Scope{Contest: contestID, Challenge: d.Challenge})
		d.State = dutyState(open, locked, owes && asked, d)
		out = append(out, d)
	}
	return out, rows.Err()
}

func dutyState(open, locked, owes bool, d Duty) DutyState {
	switch {
	case open:
		return Upcoming
	case locked:
		return Locked
	case !d.Declared:
		return ToDo
	case owes:
		return First
	case d.Assigned == 0:
		return Waiting
	case d.Submitted == d.Assigned:
		return Done
	}
	return Judging
}
