package meeting

import (
	"context"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/award"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
)

// State is how far a meeting is.
type State string

// The states, in order.
const (
	Planned State = "planned"
	Open    State = "open"
	Closed  State = "closed"
)

// Plan is what is known of a meeting beside its agenda. Quorum counts members of the jury.
type Plan struct {
	Place     string
	Language  lang.Tag // of everything that is written in it
	Quorum    int
	Secretary string
	Guests    string
	Notes     string
}

// Votes are those of the members in the room.
type Votes struct{ For, Against, Abstain int }

func (v Votes) cast() int { return v.For + v.Against + v.Abstain }

// proposal is what the jury makes of one entry. Outcome is "" while it is pending; Place is 0 without one.
type proposal struct {
	Position int
	Rank     int // 0: not ranked
	Outcome  award.Outcome
	Place    int
	Reason   string
	Notes    string
	Votes    Votes
	Version  int
	voters   int // who could vote when the vote was kept, and how many it took; 0 without a recommendation
	needed   int
}

// voted reports whether d is the recommendation and the vote that are kept already.
func (p proposal) voted(d Draft) bool {
	return p.Outcome == d.Outcome && p.Place == d.Place && p.Votes == d.Votes
}

// state is a meeting as it is stored; ID is uuid.Nil before it was planned.
type state struct {
	ID       uuid.UUID
	Plan     Plan
	Current  *uuid.UUID
	Version  int
	OpenedAt *time.Time
	ClosedAt *time.Time
}

func (s state) phase() State {
	switch {
	case s.ClosedAt != nil:
		return Closed
	case s.OpenedAt != nil:
		return Open
	}
	return Planned
}

func load(ctx context.Context, q database.Queryer, challenge uuid.UUID) (state, error) {
	var s state
	err := q.QueryRow(ctx, `select id, place, language, quorum, secretary, guests, notes, current_entry, version, opened_at, closed_at
		from meetings where challenge_id = $1`, challenge).Scan(&s.ID, &s.Plan.Place, (*string)(&s.Plan.Language), &s.Plan.Quorum,
		&s.Plan.Secretary, &s.Plan.Guests, &s.Plan.Notes, &s.Current, &s.Version, &s.OpenedAt, &s.ClosedAt)
	if database.NotFound(err) {
		return state{}, nil
	}
	return s, err
}

// proposals reads the agenda by entry.
func proposals(ctx context.Context, q database.Queryer, meeting uuid.UUID) (map[uuid.UUID]proposal, error) {
	rows, err := q.Query(ctx, `select entry_id, position, coalesce(jury_rank, 0), coalesce(outcome, ''), coalesce(place, 0), reason, notes,
		votes_for, votes_against, votes_abstain, version, coalesce(voters, 0), coalesce(needed, 0) from meeting_items where meeting_id = $1`, meeting)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[uuid.UUID]proposal{}
	for rows.Next() {
		var id uuid.UUID
		var p proposal
		if err := rows.Scan(&id, &p.Position, &p.Rank, &p.Outcome, &p.Place, &p.Reason, &p.Notes, &p.Votes.For, &p.Votes.Against,
			&p.Votes.Abstain, &p.Version, &p.voters, &p.needed); err != nil {
			return nil, err
		}
		out[id] = p
	}
	return out, rows.Err()
}

// lead holds the challenge for a change of its meeting by somebody who leads it.
func lead(tx database.Tx, actor authz.Actor, challenge uuid.UUID) (contest.Challenge, state, error) {
	c, err := contest.LockExclusive(tx, challenge)
	if err != nil {
		return c, state{}, err
	}
	if err := actor.Require(authz.RunMeeting, c.Scope()); err != nil {
		return c, state{}, err
	}
	s, err := load(tx.Context(), tx.Pgx(), challenge)
	switch {
	case err != nil:
		return c, s, err
	case s.ClosedAt != nil:
		return c, s, ErrClosed
	case c.DecidedAt != nil:
		return c, s, contest.ErrDecided
	}
	return c, s, nil
}

// leadEntry is lead for what is done about one entry of an open meeting. Who is recused from the entry
// finds nothing: somebody else leads it.
func leadEntry(tx database.Tx, actor authz.Actor, challenge, entry uuid.UUID) (contest.Challenge, state, proposal, error) {
	c, s, err := lead(tx, actor, challenge)
	if err != nil {
		return c, s, proposal{}, err
	}
	if s.phase() != Open {
		return c, s, proposal{}, ErrNotOpen
	}
	scope := c.Scope()
	scope.Entry = entry
	if err := actor.Require(authz.RunMeeting, scope); err != nil {
		return c, s, proposal{}, err
	}
	all, err := proposals(tx.Context(), tx.Pgx(), s.ID)
	if err != nil {
		return c, s, proposal{}, err
	}
	p, there := all[entry]
	if !there {
		return c, s, p, ErrNotInAgenda
	}
	return c, s, p, nil
}
