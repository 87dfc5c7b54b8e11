package team

import (
	"context"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

const selectClaims = `select c.id, t.id, t.name, t.country, t.website, p.name, p.email, c.note, c.created_at, c.approved, c.reason,
	c.decided_at, coalesce((select name from people where id = c.decided_by), '')
	from team_claims c join teams t on t.id = c.team_id join people p on p.id = c.person_id `

func scanClaim(r pgx.CollectableRow) (c Claim, err error) {
	err = r.Scan(&c.ID, &c.TeamID, &c.Team, &c.Country, &c.Website, &c.Name, &c.Email, &c.Note, &c.Created, &c.Approved, &c.Reason, &c.Decided, &c.By)
	return c, err
}

func (s *Service) claim(ctx context.Context, id uuid.UUID) (Claim, error) {
	rows, err := s.db.Pool().Query(ctx, selectClaims+`where c.id = $1`, id)
	if err != nil {
		return Claim{}, err
	}
	return pgx.CollectExactlyOneRow(rows, scanClaim)
}

// MyClaims lists the actor's claims that wait or were refused in the last thirty days, newest first.
func (s *Service) MyClaims(ctx context.Context, actor authz.Actor) ([]Claim, error) {
	if !actor.SignedIn() {
		return nil, fault.ErrSignIn
	}
	rows, err := s.db.Pool().Query(ctx, selectClaims+`where c.person_id = $1 and (c.decided_at is null
		or (not c.approved and c.decided_at > clock_timestamp() - interval '30 days')) order by c.id desc limit 20`, actor.PersonID)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanClaim)
}

// Claims lists claims for admins: those that wait, oldest first, or those decided, newest first.
func (s *Service) Claims(ctx context.Context, actor authz.Actor, decided bool, cursor string, limit int) ([]Claim, string, error) {
	if err := actor.Require(authz.ManagePeople, authz.Scope{}); err != nil {
		return nil, "", err
	}
	var after uuid.UUID
	var at time.Time
	more, err := database.DecodeCursor(cursor, &at, &after)
	if err != nil {
		return nil, "", err
	}
	where := `where c.decided_at is null and (not $1 or (c.created_at, c.id) > ($2::timestamptz, $3::uuid)) order by c.created_at, c.id limit $4`
	if decided {
		where = `where c.decided_at is not null and (not $1 or (c.decided_at, c.id) < ($2::timestamptz, $3::uuid)) order by c.decided_at desc, c.id desc limit $4`
	}
	rows, err := s.db.Pool().Query(ctx, selectClaims+where, more, at, after, limit+1)
	if err != nil {
		return nil, "", err
	}
	list, err := pgx.CollectRows(rows, scanClaim)
	if err != nil || len(list) <= limit {
		return list, "", err
	}
	list = list[:limit]
	last := list[limit-1]
	if decided {
		return list, database.EncodeCursor(*last.Decided, last.ID), nil
	}
	return list, database.EncodeCursor(last.Created, last.ID), nil
}

// Decide approves or refuses a claim that waits. A refusal gives a reason, which the claimant reads.
func (s *Service) Decide(ctx context.Context, actor authz.Actor, claim uuid.UUID, yes bool, reason string) (Claim, error) {
	reason = line(reason)
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		if err := actor.Require(authz.ManagePeople, authz.Scope{}); err != nil {
			return err
		}
		var c fault.Check
		c.That(yes || reason != "", "/reason", "required")
		c.That(utf8.RuneCountInString(reason) <= 2000, "/reason", "too_long", "max", 2000)
		if err := c.Err(); err != nil {
			return err
		}
		var id uuid.UUID // the organisation is locked first, as by whoever claims it
		err := tx.Pgx().QueryRow(ctx, `select team_id from team_claims where id = $1`, claim).Scan(&id)
		if database.NotFound(err) {
			return fault.ErrNotFound
		}
		if err != nil {
			return err
		}
		if err := lock(tx, id); err != nil {
			return err
		}
		tx.Remember(claim.String())
		var open, unclaimed bool
		if err := tx.Pgx().QueryRow(ctx, `select c.decided_at is null, t.unclaimed from team_claims c join teams t on t.id = c.team_id where c.id = $1`,
			claim).Scan(&open, &unclaimed); err != nil {
			return err
		}
		switch {
		case !open:
			return ErrClaimDecided
		case !yes:
			return refuse(tx, claim, actor.PersonID, lang.Text{lang.Tag(actor.Language).Or(lang.EN): reason})
		case !unclaimed:
			return ErrClaimed
		}
		return approve(tx, claim, actor.PersonID)
	})
	if err := done(err); err != nil {
		return Claim{}, err
	}
	return s.claim(ctx, claim)
}
