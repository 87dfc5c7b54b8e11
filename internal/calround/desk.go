package calround

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/seen"
)

// Desk is a calibration round as one of its jurors sees it. Items are the entries that the juror scores,
// without those in conflict; none where the juror is not asked. Spread is nil until the juror has handed
// in or the round is closed.
type Desk struct {
	Challenge contest.Challenge
	Criteria  []contest.Criterion
	Round     Round
	HandedAt  *time.Time
	Items     []Item
	Spread    []Spread
}

// Item is one entry of a round with the juror's own sheet of it. Its paper can be read while the round is
// open. Assignment is the juror's own of that entry, where there is one; Fresh: nothing of its review is
// written yet.
type Item struct {
	Entry      jury.Candidate
	Paper      *jury.Paper
	Sheet      Sheet
	Total      *float64
	Assignment *uuid.UUID
	Fresh      bool
}

// tableOf finds what of a challenge's round is the actor's: who has declared the conflicts.
func (s *Service) tableOf(ctx context.Context, q database.Queryer, actor authz.Actor, c contest.Challenge, now time.Time) (table, member, error) {
	t := table{challenge: c}
	place, err := jury.Seated(ctx, q, actor, c)
	if (err == nil || errors.Is(err, jury.ErrDeclareFirst)) && !c.AfterDeadline(now) {
		err = contest.ErrStillOpen // there is nothing to read yet, nor to declare
	}
	if err != nil {
		return t, member{}, err
	}
	if t.round, err = latest(ctx, q, c.ID); err != nil {
		return t, member{}, err
	}
	jurors, err := panel(ctx, q, c, t.round.ID)
	if err != nil {
		return t, member{}, err
	}
	t.place = place
	me, asked := seatedAt(jurors, actor.PersonID)
	if !asked {
		return t, me, nil
	}
	field, err := jury.Roster(ctx, q, actor, c)
	t.entries = t.round.among(field)
	if c.Blind { // to jurors, whatever else they are
		for i := range t.entries {
			t.entries[i].TeamID, t.entries[i].TeamName, t.entries[i].TeamKind, t.entries[i].Country = uuid.Nil, "", "", ""
		}
	}
	return t, me, err
}

// mine checks that there is something for the juror, and that an entry, where given, is among it.
func (t table) mine(entryID uuid.UUID) error {
	switch {
	case len(t.entries) == 0:
		return ErrNotYou
	case entryID != uuid.Nil && !slices.Contains(idsOf(t.entries), entryID):
		return fault.ErrNotFound
	}
	return nil
}

// Desk reads the round for one of its jurors.
func (s *Service) Desk(ctx context.Context, actor authz.Actor, challenge uuid.UUID) (Desk, error) {
	q := s.db.Pool()
	t, me, err := s.look(ctx, actor, challenge)
	if err != nil {
		return Desk{}, err
	}
	out := Desk{Challenge: t.challenge, Round: t.round, HandedAt: me.HandedAt, Items: []Item{}}
	if out.Criteria, err = contest.Rubric(ctx, q, t.challenge.ID); err != nil {
		return out, err
	}
	state := t.round.State()
	if state != Open && state != Closed || len(t.entries) == 0 {
		return out, nil
	}
	sheets, err := sheetsOf(ctx, q, t.round.ID, t.place.ID)
	if err != nil {
		return out, err
	}
	for _, e := range t.entries {
		x := Item{Entry: e, Sheet: sheets[e.EntryID]}
		if x.Sheet.Version == 0 {
			x.Sheet.Language = t.challenge.Language
		}
		x.Total = jury.Total(out.Criteria, x.Sheet.Draft)
		if state == Open {
			paper, err := jury.PaperOf(ctx, q, t.challenge, e.EntryID)
			if err != nil {
				return out, err
			}
			x.Paper = &paper
		}
		out.Items = append(out.Items, x)
	}
	if err := s.assigned(ctx, t.place, out.Items); err != nil {
		return out, err
	}
	if state == Open {
		if err := seen.Note(ctx, q, actor, t.challenge.Scope(), seen.Entry, nil, idsOf(t.entries)...); err != nil {
			return out, err
		}
	}
	if me.HandedAt != nil || state == Closed {
		out.Spread, err = s.spread(ctx, actor, t.challenge, t.round, out.Criteria, t.entries, &t.place)
	}
	return out, err
}

// look is tableOf for reading.
func (s *Service) look(ctx context.Context, actor authz.Actor, challenge uuid.UUID) (table, member, error) {
	c, err := contest.Load(ctx, s.db.Pool(), challenge)
	if err != nil {
		return table{}, member{}, err
	}
	now, err := s.db.Now(ctx)
	if err != nil {
		return table{}, member{}, err
	}
	return s.tableOf(ctx, s.db.Pool(), actor, c, now)
}

// assigned says which of the entries are also given to the juror to review.
func (s *Service) assigned(ctx context.Context, p jury.Place, items []Item) error {
	rows, err := s.db.Pool().Query(ctx, `select a.entry_id, a.id, r.id is null from assignments a left join reviews r on r.assignment_id = a.id
		where a.seat_id = $1 and a.ended_at is null`, p.ID)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var entryID, id uuid.UUID
		var fresh bool
		if err := rows.Scan(&entryID, &id, &fresh); err != nil {
			return err
		}
		for i := range items {
			if items[i].Entry.EntryID == entryID {
				items[i].Assignment, items[i].Fresh = &id, fresh
			}
		}
	}
	return rows.Err()
}

// FileLink gives an address of a file of an entry that the actor is scoring in the open round.
func (s *Service) FileLink(ctx context.Context, actor authz.Actor, challenge, entryID, file uuid.UUID, how entry.Disposition) (entry.FileLink, error) {
	t, _, err := s.look(ctx, actor, challenge)
	if err == nil && t.round.State() != Open {
		err = ErrNotOpen
	}
	if err == nil {
		err = t.mine(entryID)
	}
	if err != nil {
		return entry.FileLink{}, err
	}
	return jury.LinkOf(ctx, s.db.Pool(), s.files, actor, t.challenge, entryID, file, how)
}

// Recuse takes the actor off an entry of the open round because of a conflict found while reading it, and
// off it everywhere.
func (s *Service) Recuse(ctx context.Context, actor authz.Actor, challenge, entryID uuid.UUID, reason string) error {
	return s.db.InTx(ctx, func(tx database.Tx) error {
		t, err := s.sitDown(tx, actor, challenge, entryID)
		if err != nil {
			return err
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		return jury.StepBack(tx, t.challenge, t.place, entryID, reason, now)
	})
}

// Copy begins the actor's own review of an entry with what he or she handed in of it, where the round does
// not count and nothing of the review is written yet. It gives the assignment.
func (s *Service) Copy(ctx context.Context, actor authz.Actor, challenge, entryID uuid.UUID) (uuid.UUID, error) {
	var out uuid.UUID
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := contest.LockShared(tx, challenge)
		if err != nil {
			return err
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		t, me, err := s.tableOf(ctx, tx.Pgx(), actor, c, now)
		if err != nil {
			return err
		}
		if state := t.round.State(); state != Open && state != Closed {
			return ErrNoCopy
		}
		if err := t.mine(entryID); err != nil {
			return err
		}
		if t.round.Counts || me.HandedAt == nil {
			return ErrNoCopy
		}
		sheets, err := sheetsOf(ctx, tx.Pgx(), t.round.ID, t.place.ID)
		if err != nil {
			return err
		}
		out, err = jury.Begin(tx, c, t.place, entryID, sheets[entryID].Draft)
		return err
	})
	return out, err
}
