package jury

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/record"
)

// Organisation is one that entered a challenge, without anything of its entry.
type Organisation struct {
	TeamID    uuid.UUID
	Name      string
	LatinName string
	Kind      string
	Country   string
	Own       bool // the actor is a member: always a conflict
}

// Organisations is what conflicts are declared against.
type Organisations struct {
	Challenge uuid.UUID
	Title     lang.Text
	Declared  bool
	Items     []Organisation
}

// Organisations lists who entered a challenge, once its deadline has passed. Those the actor is in
// conflict with already are gone from it, as from everywhere.
func (s *Service) Organisations(ctx context.Context, actor authz.Actor, challenge uuid.UUID) (Organisations, error) {
	q := s.db.Pool()
	c, seat, err := s.sitting(ctx, actor, challenge)
	if err != nil {
		return Organisations{}, err
	}
	out := Organisations{Challenge: c.ID, Title: c.Title, Items: []Organisation{}}
	if out.Declared, err = declared(ctx, q, seat.ID, c.ID); err != nil {
		return out, err
	}
	all, err := roster(ctx, q, c.ID)
	if err != nil {
		return out, err
	}
	teams := []uuid.UUID{}
	for _, e := range visible(actor, all) {
		teams = append(teams, e.TeamID)
	}
	rows, err := q.Query(ctx, `select id, name, latin_name, kind, country from teams where id = any($1)
		order by lower(coalesce(nullif(latin_name, ''), name)), id`, teams)
	if err != nil {
		return out, err
	}
	defer rows.Close()
	for rows.Next() {
		var o Organisation
		if err := rows.Scan(&o.TeamID, &o.Name, &o.LatinName, &o.Kind, &o.Country); err != nil {
			return out, err
		}
		o.Own = inTeam(actor, o.TeamID)
		out.Items = append(out.Items, o)
	}
	return out, rows.Err()
}

func inTeam(actor authz.Actor, team uuid.UUID) bool {
	return slices.Contains(actor.IDs(authz.Team, authz.TeamRoles...), team)
}

// sitting loads a challenge for one of its jurors. Before the deadline there is nothing to see.
func (s *Service) sitting(ctx context.Context, actor authz.Actor, challenge uuid.UUID) (contest.Challenge, seat, error) {
	c, err := contest.Load(ctx, s.db.Pool(), challenge)
	if err != nil {
		return c, seat{}, err
	}
	mine, err := seatOf(ctx, s.db.Pool(), actor, c)
	if err != nil {
		return c, mine, err
	}
	now, err := s.db.Now(ctx)
	if err == nil && !c.AfterDeadline(now) {
		err = contest.ErrStillOpen
	}
	return c, mine, err
}

// Declare records that the actor went through the organisations and is in conflict with these
// teams, or with none. Their entries are gone for the actor from this moment; the actor's own
// teams are always among them. It can be done again to add to it, until the lock.
func (s *Service) Declare(ctx context.Context, actor authz.Actor, challenge uuid.UUID, teams []uuid.UUID) error {
	return s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := contest.LockShared(tx, challenge)
		if err != nil {
			return err
		}
		mine, err := seatOf(ctx, tx.Pgx(), actor, c)
		if err != nil {
			return err
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		if !c.AfterDeadline(now) {
			return contest.ErrStillOpen
		}
		if c.LockedAt != nil {
			return ErrLocked
		}
		all, err := roster(ctx, tx.Pgx(), c.ID)
		if err != nil {
			return err
		}
		var check fault.Check
		for i, t := range teams {
			known := false
			for _, e := range all {
				known = known || e.TeamID == t
			}
			check.That(known, fmt.Sprintf("/teamIds/%d", i), "unknown")
		}
		if err := check.Err(); err != nil {
			return err
		}
		for _, e := range all {
			if actor.Excluded[e.EntryID] || (!slices.Contains(teams, e.TeamID) && !inTeam(actor, e.TeamID)) {
				continue
			}
			if err := exclude(tx, c, mine, e.EntryID, "conflict", "", now); err != nil {
				return err
			}
		}
		_, err = tx.Pgx().Exec(ctx, `insert into conflict_declarations (seat_id, challenge_id) values ($1, $2)
			on conflict do nothing`, mine.ID, c.ID)
		return err
	})
}

// Recuse takes the actor off one entry because of a conflict found later. The reason is for the
// chair; the record keeps that it happened.
func (s *Service) Recuse(ctx context.Context, actor authz.Actor, assignment uuid.UUID, reason string) error {
	return s.db.InTx(ctx, func(tx database.Tx) error {
		d, err := lockDesk(tx, actor, assignment)
		if err != nil {
			return err
		}
		reason, err := checkReason(reason)
		if err != nil {
			return err
		}
		if d.challenge.LockedAt != nil {
			return ErrLocked
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		return exclude(tx, d.challenge, d.seat, d.entry, "recusal", reason, now)
	})
}

// exclude makes the juror blind for the entry, ends the assignment and puts it on record.
func exclude(tx database.Tx, c contest.Challenge, by seat, entryID uuid.UUID, kind, reason string, now time.Time) error {
	if err := authz.Exclude(tx, by.Person, entryID, kind, reason); err != nil {
		return err
	}
	if _, err := tx.Pgx().Exec(tx.Context(), `update assignments set ended_at = $3, ended_why = $4
		where seat_id = $1 and entry_id = $2 and ended_at is null`, by.ID, entryID, now, kind); err != nil {
		return err
	}
	_, err := record.Put(tx, record.KindRecusal, c.RecordScope, entryID, map[string]any{
		"challenge": c.ID, "entry": entryID, "juror": mask(by.Pseudonym, entryID), "kind": kind, "time": record.Stamp(now)})
	return err
}
