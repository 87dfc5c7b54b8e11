package jury

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// Hint is a possible conflict that the program found: a fact, not a verdict.
type Hint struct {
	Seat  uuid.UUID
	Juror string
	Entry Candidate // without the team where judging is blind to the actor
	// Domain: the juror's e-mail address has the domain of a member's or of the team's website.
	Domain bool
	// Past: the juror founded the team, was invited to it or asked to speak for it.
	Past bool
}

// mailHosts give addresses to everybody: sharing one says nothing.
const mailHosts = `'gmail.com','googlemail.com','outlook.com','outlook.es','outlook.jp','hotmail.com','hotmail.es','live.com','yahoo.com','yahoo.es',
	'yahoo.co.jp','ymail.ne.jp','icloud.com','me.com','proton.me','protonmail.com','gmx.com','gmx.net','gmx.es','aol.com','mail.com','zoho.com',
	'telefonica.net','docomo.ne.jp','ezweb.ne.jp','au.com','softbank.ne.jp','i.softbank.jp','nifty.com','ocn.ne.jp'`

const selectHints = `
	select * from (
		select s.id, p.name, e.id as entry,
		       split_part(p.email, '@', 2) not in (` + mailHosts + `) and (
		         regexp_replace(lower(t.website), '^https?://(www\.)?([^/:?#]+).*$', '\2') = split_part(p.email, '@', 2)
		         or exists (select from grants g join people m on m.id = g.person_id
		           where g.scope_kind = 'team' and g.scope_id = t.id and m.id <> p.id and split_part(m.email, '@', 2) = split_part(p.email, '@', 2))) as domain,
		       coalesce(t.created_by = p.id, false)
		         or exists (select from team_claims k where k.team_id = t.id and k.person_id = p.id)
		         or exists (select from invitations i where i.scope_kind = 'team' and i.scope_id = t.id and i.email = p.email) as past
		from seats s join people p on p.id = s.person_id cross join entries e join teams t on t.id = e.team_id
		where s.contest_id = $1 and s.active and e.id = any($2) and p.id <> $3
		  and exists (select from grants g where g.person_id = p.id and g.scope_kind = 'contest' and g.scope_id = s.contest_id and g.role in ('juror', 'chair'))
		  and not exists (select from exclusions x where x.person_id = p.id and x.entry_id = e.id)
		  and not exists (select from conflict_rulings r where r.seat_id = s.id and r.entry_id = e.id)
	) h where domain or past order by lower(name), id, entry`

// Hints lists possible conflicts between jurors and entries for the chair to decide: by e-mail domain, website and
// past team. Nothing about the actor is among them, nor about entries that the actor must not see: another chair
// decides about those.
func (s *Service) Hints(ctx context.Context, actor authz.Actor, challenge uuid.UUID) ([]Hint, error) {
	q := s.db.Pool()
	c, err := contest.Load(ctx, q, challenge)
	if err != nil {
		return nil, err
	}
	if err := actor.Require(authz.AssignJurors, c.Scope()); err != nil {
		return nil, err
	}
	now, err := s.db.Now(ctx)
	if err != nil {
		return nil, err
	}
	out := []Hint{}
	if !c.AfterDeadline(now) {
		return out, nil
	}
	all, err := roster(ctx, q, c.ID)
	if err != nil {
		return nil, err
	}
	seen := visible(actor, all)
	rows, err := q.Query(ctx, selectHints, c.ContestID, idsOf(seen), actor.PersonID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	entries := byEntry(seen)
	for rows.Next() {
		var h Hint
		var entryID uuid.UUID
		if err := rows.Scan(&h.Seat, &h.Juror, &entryID, &h.Domain, &h.Past); err != nil {
			return nil, err
		}
		h.Entry = unnamed(actor, c, entries[entryID])
		out = append(out, h)
	}
	return out, rows.Err()
}

// Rule decides about a possible conflict. A confirmed one takes the juror off the entry, as if declared, and is on
// record; a dismissed one is not shown again. The reason stays with the chair's decision.
func (s *Service) Rule(ctx context.Context, actor authz.Actor, challenge, seatID, entryID uuid.UUID, confirmed bool, reason string) error {
	reason, err := checkReason(reason)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := contest.LockShared(tx, challenge)
		if err != nil {
			return err
		}
		scope := c.Scope()
		scope.Entry = entryID // who is in conflict with the entry decides nothing about it
		if err := actor.Require(authz.AssignJurors, scope); err != nil {
			return err
		}
		if c.LockedAt != nil {
			return ErrLocked
		}
		all, err := roster(ctx, tx.Pgx(), c.ID)
		if err != nil {
			return err
		}
		of := seat{ID: seatID}
		err = tx.Pgx().QueryRow(ctx, `select person_id, pseudonym from seats where id = $1 and contest_id = $2 and person_id is not null`,
			seatID, c.ContestID).Scan(&of.Person, &of.Pseudonym)
		if database.NotFound(err) || (err == nil && (of.Person == actor.PersonID || !slices.Contains(idsOf(all), entryID))) {
			return fault.ErrNotFound // nobody decides about oneself
		}
		if err != nil {
			return err
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		if _, err := tx.Pgx().Exec(ctx, `insert into conflict_rulings (seat_id, entry_id, confirmed, reason, decided_by, decided_at)
			values ($1,$2,$3,$4,$5,$6) on conflict (seat_id, entry_id) do update set confirmed = excluded.confirmed, reason = excluded.reason,
			decided_by = excluded.decided_by, decided_at = excluded.decided_at`, seatID, entryID, confirmed, reason, actor.PersonID, now); err != nil {
			return err
		}
		if !confirmed {
			return nil
		}
		return exclude(tx, c, of, entryID, "conflict", reason, now)
	})
}
