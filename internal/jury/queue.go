package jury

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/jury/score"
)

// Waiter is one entry in a juror's queue, with the juror's own scores.
type Waiter struct {
	Assignment uuid.UUID
	Entry      Candidate
	State      State
	Scores     score.Sheet
	Total      *float64
}

// Queue is what a juror has to read in a challenge.
type Queue struct {
	Challenge contest.Challenge
	Criteria  []contest.Criterion
	Items     []Waiter
	First     bool      // the sheets of a calibration round come before any score here
	KeepUntil time.Time // the planned end of the contest: what jurors take along is dropped then
}

// Queue lists the entries assigned to the actor, once conflicts are declared.
func (s *Service) Queue(ctx context.Context, actor authz.Actor, challenge uuid.UUID) (Queue, error) {
	q := s.db.Pool()
	c, mine, err := s.sitting(ctx, actor, challenge)
	if err != nil {
		return Queue{}, err
	}
	ready, err := declared(ctx, q, mine.ID, c.ID)
	if err != nil {
		return Queue{}, err
	}
	if !ready {
		return Queue{}, ErrDeclareFirst
	}
	out := Queue{Challenge: c, Items: []Waiter{}}
	if out.Criteria, err = contest.Rubric(ctx, q, c.ID); err != nil {
		return out, err
	}
	err = q.QueryRow(ctx, `select $2::timestamptz + make_interval(days => standstill_days) from contests where id = $1`, c.ContestID, c.Dates.Results).Scan(&out.KeepUntil)
	if err != nil {
		return out, err
	}
	if err := q.QueryRow(ctx, `select `+owesSheets("$1", "$2", "$3"), mine.ID, mine.Person, c.ID).Scan(&out.First); err != nil {
		return out, err
	}
	all, err := roster(ctx, q, c.ID)
	if err != nil {
		return out, err
	}
	work, err := s.workOf(ctx, mine.ID, out.Criteria)
	if err != nil {
		return out, err
	}
	for _, e := range visible(actor, all) {
		if w, given := work[e.EntryID]; given {
			w.Entry = e
			if c.Blind {
				w.Entry.TeamID, w.Entry.TeamName, w.Entry.TeamKind, w.Entry.Country = uuid.Nil, "", "", ""
			}
			out.Items = append(out.Items, w)
		}
	}
	return out, nil
}

// workOf reads a seat's live assignments by entry.
func (s *Service) workOf(ctx context.Context, seatID uuid.UUID, criteria []contest.Criterion) (map[uuid.UUID]Waiter, error) {
	rows, err := s.db.Pool().Query(ctx, `select a.entry_id, a.id, r.id is not null, coalesce(r.version, 0), r.submitted_version, coalesce(r.scores, '{}')
		from assignments a left join reviews r on r.assignment_id = a.id where a.seat_id = $1 and a.ended_at is null`, seatID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[uuid.UUID]Waiter{}
	for rows.Next() {
		var entryID uuid.UUID
		var begun bool
		var version int
		var submitted *int
		var scores []byte
		w := Waiter{State: Todo}
		if err := rows.Scan(&entryID, &w.Assignment, &begun, &version, &submitted, &scores); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(scores, &w.Scores); err != nil {
			return nil, err
		}
		if begun {
			w.State = stateOf(version, submitted)
		}
		w.Total = totalOf(criteria, w.Scores)
		out[entryID] = w
	}
	return out, rows.Err()
}
