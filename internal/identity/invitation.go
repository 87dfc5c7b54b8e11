package identity

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// InvitationState is what became of an invitation.
type InvitationState string

// The states of an invitation.
const (
	InvitationOpen     InvitationState = "open"
	InvitationAccepted InvitationState = "accepted"
	InvitationDeclined InvitationState = "declined"
	InvitationRevoked  InvitationState = "revoked"
	InvitationExpired  InvitationState = "expired"
)

// Invitation is an offer of a role as it stands.
type Invitation struct {
	ID         uuid.UUID
	Email      string
	Name       string
	Language   lang.Tag
	Role       authz.Role
	Scope      Scope
	InvitedBy  string // name, "" when that account is gone
	State      InvitationState
	Created    time.Time
	Expires    time.Time
	HasAccount bool // the address has one
}

func (i Invitation) grant() authz.Grant {
	return authz.Grant{Role: i.Role, Kind: i.Scope.Kind, ID: i.Scope.ID}
}

func (i Invitation) visibleTo(actor authz.Actor) bool {
	return !isTeamRole(i.Role) && actor.May(actionToGive(i.Role), authzScope(i.Scope.Kind, i.Scope.ID))
}

// openNow is nil for an open invitation, else says what became of it.
func (i Invitation) openNow() error {
	switch i.State {
	case InvitationAccepted:
		return ErrAccepted
	case InvitationDeclined:
		return ErrDeclined
	case InvitationRevoked:
		return ErrRevoked
	case InvitationExpired:
		return ErrExpired
	}
	return nil
}

const invitationState = `case when i.accepted_at is not null then 'accepted' when i.declined_at is not null then 'declined'
	when i.revoked_at is not null then 'revoked' when i.expires_at <= clock_timestamp() then 'expired' else 'open' end`

var invitationColumns = `i.id, i.email, i.name, i.language, i.role, i.scope_kind, i.scope_id, ` + scopeName("i") + `,
	coalesce((select name from people where id = i.invited_by), ''), ` + invitationState + `, i.created_at, i.expires_at,
	exists (select from people where email = i.email)`

func scanInvitation(r pgx.CollectableRow) (Invitation, error) {
	var i Invitation
	var scope *uuid.UUID
	err := r.Scan(&i.ID, &i.Email, &i.Name, &i.Language, &i.Role, &i.Scope.Kind, &scope, &i.Scope.Name,
		&i.InvitedBy, &i.State, &i.Created, &i.Expires, &i.HasAccount)
	if scope != nil {
		i.Scope.ID = *scope
	}
	return i, err
}

// lockInvitation reads one row for change, by "id" or by "token_hash".
func lockInvitation(tx database.Tx, column string, value any) (Invitation, error) {
	rows, err := tx.Pgx().Query(tx.Context(), `select `+invitationColumns+` from invitations i where i.`+column+` = $1 for update of i`, value)
	if err != nil {
		return Invitation{}, err
	}
	i, err := pgx.CollectExactlyOneRow(rows, scanInvitation)
	if database.NotFound(err) {
		err = fault.ErrNotFound
	}
	return i, err
}

// Look says what an invitation is for. It changes nothing, so that programs which open links in
// mails accept nothing.
func (s *Service) Look(ctx context.Context, token, from string) (Invitation, error) {
	if ok, err := s.take(ctx, tokensOfAddress, from); err != nil || !ok {
		return Invitation{}, orTooMany(err)
	}
	rows, err := s.db.Pool().Query(ctx, `select `+invitationColumns+` from invitations i where i.token_hash = $1`, hashToken(token))
	if err != nil {
		return Invitation{}, err
	}
	i, err := pgx.CollectExactlyOneRow(rows, scanInvitation)
	if database.NotFound(err) {
		err = ErrNoInvitation
	}
	return i, err
}

// Decline turns an open invitation down.
func (s *Service) Decline(ctx context.Context, token, from string) error {
	if ok, err := s.take(ctx, tokensOfAddress, from); err != nil || !ok {
		return orTooMany(err)
	}
	return s.db.InTx(plain(ctx), func(tx database.Tx) error {
		inv, err := lockInvitation(tx, "token_hash", hashToken(token))
		if err != nil {
			return orNoInvitation(err)
		}
		if err := inv.openNow(); err != nil {
			return err
		}
		_, err = tx.Pgx().Exec(ctx, `update invitations set declined_at = clock_timestamp() where id = $1`, inv.ID)
		return err
	})
}

func orNoInvitation(err error) error {
	if f, ok := fault.As(err); ok && f.Kind == fault.NotFound {
		return ErrNoInvitation
	}
	return err
}

// InvitationFilter narrows the list; zero values do not.
type InvitationFilter struct {
	State   InvitationState
	Contest uuid.UUID
	Cursor  string
	Limit   int
}

// Invitations lists what the actor may offer: an admin all outside teams, a chair the jurors of the
// own contests. Newest first.
func (s *Service) Invitations(ctx context.Context, actor authz.Actor, f InvitationFilter) ([]Invitation, string, error) {
	all := actor.May(authz.ManagePeople, authz.Scope{})
	own := actor.IDs(authz.Contest, authz.Chair)
	if !all && len(own) == 0 {
		return nil, "", fault.ErrNotFound
	}
	var before *time.Time
	var last uuid.UUID
	var at time.Time
	if more, err := database.DecodeCursor(f.Cursor, &at, &last); err != nil {
		return nil, "", err
	} else if more {
		before = &at
	}
	var contest any
	if f.Contest != uuid.Nil {
		contest = f.Contest
	}
	rows, err := s.db.Pool().Query(ctx, `select `+invitationColumns+` from invitations i
		where i.scope_kind <> 'team'
		and ($1 or (i.role = 'juror' and i.scope_kind = 'contest' and i.scope_id = any($2)))
		and ($3 = '' or `+invitationState+` = $3)
		and ($4::uuid is null or (i.scope_kind = 'contest' and i.scope_id = $4))
		and ($5::timestamptz is null or (i.created_at, i.id) < ($5, $6))
		order by i.created_at desc, i.id desc limit $7`,
		all, own, string(f.State), contest, before, last, f.Limit+1)
	if err != nil {
		return nil, "", err
	}
	list, err := pgx.CollectRows(rows, scanInvitation)
	if err != nil || len(list) <= f.Limit {
		return list, "", err
	}
	list = list[:f.Limit]
	end := list[len(list)-1]
	return list, database.EncodeCursor(end.Created, end.ID), nil
}

// Invitation reads one that the actor may offer.
func (s *Service) Invitation(ctx context.Context, actor authz.Actor, id uuid.UUID) (Invitation, error) {
	rows, err := s.db.Pool().Query(ctx, `select `+invitationColumns+` from invitations i where i.id = $1`, id)
	if err != nil {
		return Invitation{}, err
	}
	i, err := pgx.CollectExactlyOneRow(rows, scanInvitation)
	if database.NotFound(err) || (err == nil && !i.visibleTo(actor)) {
		return Invitation{}, fault.ErrNotFound
	}
	return i, err
}
