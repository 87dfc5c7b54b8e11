package award

import (
	"time"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
)

// Stocked says how a demonstration is decided: the jury's order makes so many winners and reserves.
// Winners get no slot: a demonstration takes nothing from real contests.
type Stocked struct {
	Winners, Reserves int
	Decided           time.Time
	Released          time.Time // zero: not released yet
}

// Stock decides a challenge of a demonstration whose scores are locked. Nobody is written to. The
// caller holds the challenge with LockExclusive.
func Stock(tx database.Tx, actor authz.Actor, c contest.Challenge, s Stocked) error {
	d, err := readDecision(tx.Context(), tx.Pgx(), actor, c)
	if err != nil {
		return err
	}
	draft := Draft{Language: c.Language}
	for i, r := range d.Rows {
		x := Choice{Entry: r.Entry, Outcome: NotSelected}
		switch {
		case i < s.Winners:
			x.Outcome, x.Place = Winner, i+1
		case i < s.Winners+s.Reserves:
			x.Outcome, x.Place = Reserve, i+1-s.Winners
		}
		draft.Choices = append(draft.Choices, x)
		d.Rows[i].Choice = &x
	}
	if err := write(tx, actor, c, draft); err != nil {
		return err
	}
	if err := contest.MarkDecided(tx, c.ID, actor.PersonID, s.Decided); err != nil {
		return err
	}
	if err := onRecord(tx, d, s.Decided); err != nil || s.Released.IsZero() {
		return err
	}
	if err := contest.MarkReleased(tx, c.ID, actor.PersonID, s.Released); err != nil {
		return err
	}
	return publish(tx, c, s.Released)
}
