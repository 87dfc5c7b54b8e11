package team

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/lang"
)

// Invite writes to somebody and offers a role in the team: team_viewer, team_editor or
// team_owner. An empty language is the inviter's.
func (s *Service) Invite(ctx context.Context, actor authz.Actor, id uuid.UUID, n identity.NewInvitation) (Team, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		if err := actor.Require(authz.EditTeam, authz.Scope{Team: id}); err != nil {
			return err
		}
		n.Kind, n.ScopeID = authz.Team, id
		n.Language = n.Language.Or(lang.Tag(actor.Language))
		if !slices.Contains(Roles, n.Role) {
			return fault.ErrInvalid.At("/role", "not_a_choice", nil)
		}
		tx.Remember(id.String())
		_, err := identity.Invite(tx, n, actor.PersonID)
		return err
	})
	if err := done(err); err != nil {
		return Team{}, err
	}
	return s.Get(ctx, actor, id)
}

// done turns a replayed request into a plain success: the answer is read again.
func done(err error) error {
	if _, again := database.Replayed(err); again {
		return nil
	}
	return err
}
