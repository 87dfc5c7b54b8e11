package team

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/lang"
)

// Invite writes to somebody and offers a role in the team, any of authz.TeamRoles. An empty language
// is the inviter's.
func (s *Service) Invite(ctx context.Context, actor authz.Actor, id uuid.UUID, n identity.NewInvitation) (Team, error) {
	return s.keep(ctx, actor, id, func(tx database.Tx) error {
		n.Kind, n.ScopeID = authz.Team, id
		n.Language = n.Language.Or(lang.Tag(actor.Language))
		if !slices.Contains(authz.TeamRoles, n.Role) {
			return fault.ErrInvalid.At("/role", "not_a_choice", nil)
		}
		var member bool
		if err := tx.Pgx().QueryRow(ctx, `select exists (select from grants g join people p on p.id = g.person_id
			where g.scope_kind = 'team' and g.scope_id = $1 and p.email = $2)`, id, strings.ToLower(strings.TrimSpace(n.Email))).Scan(&member); err != nil {
			return err
		}
		if member {
			return ErrMember.At("/email", "taken", nil)
		}
		_, err := identity.Invite(tx, n, actor.PersonID)
		return err
	})
}

// Resend mails an invitation again with a new link; the old one stops working.
func (s *Service) Resend(ctx context.Context, actor authz.Actor, id, invitation uuid.UUID) (Team, error) {
	return s.keep(ctx, actor, id, func(tx database.Tx) error {
		return identity.Resend(tx, authz.Team, id, invitation, actor.PersonID)
	})
}

// Revoke takes an invitation back.
func (s *Service) Revoke(ctx context.Context, actor authz.Actor, id, invitation uuid.UUID) (Team, error) {
	return s.keep(ctx, actor, id, func(tx database.Tx) error {
		return identity.Revoke(tx, authz.Team, id, invitation)
	})
}

// SetRole changes what a member may do. Ownership is given by Offer, whose other side has to accept;
// the last owner stays one.
func (s *Service) SetRole(ctx context.Context, actor authz.Actor, id, person uuid.UUID, role authz.Role) (Team, error) {
	return s.keep(ctx, actor, id, func(tx database.Tx) error {
		if role == authz.TeamOwner || !slices.Contains(authz.TeamRoles, role) {
			return fault.ErrInvalid.At("/role", "not_a_choice", nil)
		}
		now, err := roleOf(tx, id, person)
		if err != nil || now == role {
			return err
		}
		if err := setRole(tx, actor.PersonID, id, person, role); err != nil {
			return err
		}
		return ownerLeft(tx, id)
	})
}

// Remove takes a member out of the team: an owner anybody, and everybody themselves. What the person
// could see and do as a member ends with the next request.
func (s *Service) Remove(ctx context.Context, actor authz.Actor, id, person uuid.UUID) error {
	return s.db.InTx(ctx, func(tx database.Tx) error {
		need := authz.EditTeam
		if person == actor.PersonID {
			need = authz.SeeTeam
		}
		if err := actor.Require(need, authz.Scope{Team: id}); err != nil {
			return err
		}
		if err := lock(tx, id); err != nil {
			return err
		}
		if _, err := roleOf(tx, id, person); err != nil {
			return err
		}
		if err := setRole(tx, actor.PersonID, id, person, ""); err != nil {
			return err
		}
		return ownerLeft(tx, id)
	})
}

// Joined is what happens besides the grant when somebody accepts a role in a team: of several roles
// the highest stays, and the team has somebody who speaks for it.
func Joined(tx database.Tx, person uuid.UUID, g authz.Grant) error {
	best, err := roleOf(tx, g.ID, person)
	if err != nil {
		return err
	}
	if _, err := tx.Pgx().Exec(tx.Context(), `delete from grants where scope_kind = 'team' and scope_id = $1 and person_id = $2 and role <> $3`,
		g.ID, person, string(best)); err != nil {
		return err
	}
	_, err = tx.Pgx().Exec(tx.Context(), `update teams set unclaimed = false where id = $1 and unclaimed and $2`, g.ID, best == authz.TeamOwner)
	return err
}

// keep runs an owner's change of who belongs to the team and reads the team after it.
func (s *Service) keep(ctx context.Context, actor authz.Actor, id uuid.UUID, change func(tx database.Tx) error) (Team, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		if err := actor.Require(authz.EditTeam, authz.Scope{Team: id}); err != nil {
			return err
		}
		if err := lock(tx, id); err != nil {
			return err
		}
		tx.Remember(id.String())
		return change(tx)
	})
	if err := done(err); err != nil {
		return Team{}, err
	}
	return s.readAgain(ctx, actor, id)
}

// lock holds the team: two owners cannot leave at once, each counting on the other.
func lock(tx database.Tx, id uuid.UUID) error {
	tag, err := tx.Pgx().Exec(tx.Context(), `select from teams where id = $1 for update`, id)
	if err == nil && tag.RowsAffected() == 0 {
		return fault.ErrNotFound
	}
	return err
}

// roleOf gives the highest role that a member has; fault.ErrNotFound for somebody else.
func roleOf(tx database.Tx, id, person uuid.UUID) (authz.Role, error) {
	for _, r := range authz.TeamRoles {
		var has bool
		if err := tx.Pgx().QueryRow(tx.Context(), `select exists (select from grants where scope_kind = 'team' and scope_id = $1
			and person_id = $2 and role = $3 and (expires_at is null or expires_at > clock_timestamp()))`, id, person, string(r)).Scan(&has); err != nil {
			return "", err
		}
		if has {
			return r, nil
		}
	}
	return "", fault.ErrNotFound
}

// setRole puts one role in the place of all that a person has in the team; "" leaves none. Offers of
// ownership from or to somebody whose role changes are void.
func setRole(tx database.Tx, by, id, person uuid.UUID, role authz.Role) error {
	if _, err := tx.Pgx().Exec(tx.Context(), `delete from grants where scope_kind = 'team' and scope_id = $1 and person_id = $2`, id, person); err != nil {
		return err
	}
	if _, err := tx.Pgx().Exec(tx.Context(), `update team_transfers set outcome = 'cancelled', ended_at = clock_timestamp()
		where team_id = $1 and outcome is null and (from_id = $2 or to_id = $2)`, id, person); err != nil {
		return err
	}
	if role == "" {
		return nil
	}
	return authz.Give(tx, person, authz.Grant{Role: role, Kind: authz.Team, ID: id}, by, time.Time{})
}

// ownerLeft is ErrLastOwner when the transaction would leave nobody who can sign in as an owner.
func ownerLeft(tx database.Tx, id uuid.UUID) error {
	var left bool
	err := tx.Pgx().QueryRow(tx.Context(), `select exists (select from grants g join people p on p.id = g.person_id
		where g.scope_kind = 'team' and g.scope_id = $1 and g.role = 'team_owner' and p.disabled_at is null
		and (g.expires_at is null or g.expires_at > clock_timestamp()))`, id).Scan(&left)
	if err == nil && !left {
		return ErrLastOwner
	}
	return err
}

// readAgain reads the team as the actor sees it after a change of their own role.
func (s *Service) readAgain(ctx context.Context, actor authz.Actor, id uuid.UUID) (Team, error) {
	now, _, err := authz.Load(ctx, s.db.Pool(), actor.PersonID, actor.SessionID)
	if err != nil {
		return Team{}, err
	}
	return s.Get(ctx, now, id)
}

// done turns a replayed request into a plain success: the answer is read again.
func done(err error) error {
	if _, again := database.Replayed(err); again {
		return nil
	}
	return err
}
