package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// Acceptance is how somebody without a session accepts: the account they make. It is not looked at
// when the actor is signed in.
type Acceptance struct {
	Name     string
	Password string
	Language lang.Tag // "" for the invitation's
	TimeZone string
}

// Accept gives the invited role to the actor, or to a new account of the invited address, which
// counts as confirmed since the token came there. The session is set for a new account only.
func (s *Service) Accept(ctx context.Context, actor authz.Actor, token string, a Acceptance, from, agent string) (Invitation, *Session, error) {
	inv, err := s.Look(ctx, token, from)
	if err != nil {
		return Invitation{}, nil, err
	}
	if err := inv.openNow(); err != nil {
		return Invitation{}, nil, err
	}
	if actor.SignedIn() {
		err := s.db.InTx(plain(ctx), func(tx database.Tx) error {
			return s.acceptAs(tx, token, func(i Invitation) (uuid.UUID, error) {
				if i.Email != actor.Email {
					return actor.PersonID, nil
				}
				return actor.PersonID, confirm(tx, actor.PersonID)
			})
		})
		return inv, nil, err
	}
	if inv.HasAccount {
		return Invitation{}, nil, ErrHasAccount
	}
	n := NewAccount{Email: inv.Email, Name: a.Name, Password: a.Password, Language: a.Language.Or(inv.Language), TimeZone: a.TimeZone}
	n.clean()
	if err := n.check(); err != nil {
		return Invitation{}, nil, err
	}
	hash, err := hashPassword(ctx, s.hashParams, n.Password)
	if err != nil {
		return Invitation{}, nil, err
	}
	var session Session
	err = s.db.InTx(plain(ctx), func(tx database.Tx) error {
		return s.acceptAs(tx, token, func(Invitation) (uuid.UUID, error) {
			id, fresh, err := insertPerson(tx, n, hash)
			if err != nil {
				return uuid.Nil, err
			}
			if !fresh {
				return uuid.Nil, ErrHasAccount // registered since the look
			}
			if err := confirm(tx, id); err != nil {
				return uuid.Nil, err
			}
			session, err = s.open(tx, id, opening{from: from, agent: agent, method: byInvitation})
			return id, err
		})
	})
	return inv, &session, err
}

// acceptAs locks the invitation, asks who accepts, and gives that person the role with all that
// belongs to it.
func (s *Service) acceptAs(tx database.Tx, token string, who func(Invitation) (uuid.UUID, error)) error {
	inv, err := lockInvitation(tx, "token_hash", hashToken(token))
	if err != nil {
		return orNoInvitation(err)
	}
	if err := inv.openNow(); err != nil {
		return err
	}
	if _, there, err := nameOfScope(tx.Context(), tx.Pgx(), inv.Scope.Kind, inv.Scope.ID); err != nil || !there {
		if err == nil {
			err = ErrRevoked // what it was for is gone
		}
		return err
	}
	person, err := who(inv)
	if err != nil {
		return err
	}
	if err := s.give(tx, person, inv.grant(), inv.inviter(tx)); err != nil {
		return err
	}
	_, err = tx.Pgx().Exec(tx.Context(), `update invitations set accepted_at = clock_timestamp(), accepted_by = $2 where id = $1`, inv.ID, person)
	return err
}

// give grants a role and lets the rooms react to it.
func (s *Service) give(tx database.Tx, person uuid.UUID, g authz.Grant, by uuid.UUID) error {
	if err := authz.Give(tx, person, g, by, time.Time{}); err != nil {
		return err
	}
	if err := s.note(tx, person, by, roleGiven, string(g.Role)); err != nil {
		return err
	}
	if react := s.onAccept[g.Role]; react != nil {
		return react(tx, person, g)
	}
	return nil
}

// inviter is whose grant it becomes; uuid.Nil when that account is gone.
func (i Invitation) inviter(tx database.Tx) uuid.UUID {
	var by *uuid.UUID
	if err := tx.Pgx().QueryRow(tx.Context(), `select invited_by from invitations where id = $1`, i.ID).Scan(&by); err != nil || by == nil {
		return uuid.Nil
	}
	return *by
}

// Grant gives a person a role outside teams at once, without an invitation.
func (s *Service) Grant(ctx context.Context, actor authz.Actor, person uuid.UUID, g authz.Grant) error {
	if err := actor.Require(authz.ManagePeople, authz.Scope{}); err != nil {
		return err
	}
	if isTeamRole(g.Role) {
		return ErrTeamRole
	}
	if g.Role == authz.Admin {
		if err := actor.RequireRecent(); err != nil {
			return err
		}
	}
	var c fault.Check
	checkScope(&c, g.Role, g.Kind, g.ID)
	if err := c.Err(); err != nil {
		return err
	}
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		var there bool
		if err := tx.Pgx().QueryRow(ctx, `select exists (select from people where id = $1)`, person).Scan(&there); err != nil {
			return err
		}
		if !there {
			return fault.ErrNotFound
		}
		_, there, err := nameOfScope(ctx, tx.Pgx(), g.Kind, g.ID)
		if err != nil {
			return err
		}
		if !there {
			return fault.ErrInvalid.At("/scopeId", "unknown", nil)
		}
		return s.give(tx, person, g, actor.PersonID)
	})
	if _, replayed := database.Replayed(err); replayed {
		return nil
	}
	return err
}
