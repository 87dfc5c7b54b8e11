package identity

import (
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// How often an invitation is mailed: a person who was mistyped into it must not be flooded.
const (
	resendAfter = time.Minute
	mostSends   = 10
)

// Resend mails an invitation of exactly this scope again, with a new link and a new end; the old
// link stops working. An expired one comes back to life. Nobody's right is asked, as with Invite.
func Resend(tx database.Tx, kind authz.Kind, scope, id, by uuid.UUID) error {
	inv, err := lockInScope(tx, kind, scope, id)
	if err != nil {
		return err
	}
	if inv.State != InvitationOpen && inv.State != InvitationExpired {
		return inv.openNow()
	}
	now, err := tx.Now()
	if err != nil {
		return err
	}
	var sent time.Time
	var sends int
	if err := tx.Pgx().QueryRow(tx.Context(), `select sent_at, sends from invitations where id = $1`, id).Scan(&sent, &sends); err != nil {
		return err
	}
	if now.Sub(sent) < resendAfter || sends >= mostSends {
		return ErrSentEnough
	}
	token, hash := newToken()
	until := now.Add(invitationLife)
	if _, err := tx.Pgx().Exec(tx.Context(), `update invitations set token_hash = $2, expires_at = $3, sent_at = $4, sends = sends + 1 where id = $1`,
		id, hash, until, now); err != nil {
		return err
	}
	n := NewInvitation{Email: inv.Email, Name: inv.Name, Language: inv.Language, Role: inv.Role, Kind: kind, ScopeID: scope}
	return mailInvitation(tx, n, inv.Scope, by, id, token, until)
}

// Revoke takes an invitation of exactly this scope back: its link stops working. Nobody's right is
// asked, as with Invite.
func Revoke(tx database.Tx, kind authz.Kind, scope, id uuid.UUID) error {
	inv, err := lockInScope(tx, kind, scope, id)
	if err != nil {
		return err
	}
	if inv.State != InvitationOpen && inv.State != InvitationExpired {
		return inv.openNow()
	}
	_, err = tx.Pgx().Exec(tx.Context(), `update invitations set revoked_at = clock_timestamp() where id = $1`, id)
	return err
}

func lockInScope(tx database.Tx, kind authz.Kind, scope, id uuid.UUID) (Invitation, error) {
	inv, err := lockInvitation(tx, "id", id)
	if err == nil && (inv.Scope.Kind != kind || inv.Scope.ID != scope) {
		return Invitation{}, fault.ErrNotFound
	}
	return inv, err
}
