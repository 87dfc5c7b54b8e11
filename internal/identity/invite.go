package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/notify"
)

// NewInvitation is an offer of a role to an address. Name may be "".
type NewInvitation struct {
	Email    string
	Name     string
	Language lang.Tag // of the mail
	Role     authz.Role
	Kind     authz.Kind
	ScopeID  uuid.UUID // uuid.Nil for the installation
}

func (n *NewInvitation) check() error {
	n.Email, n.Name = normalEmail(n.Email), cleanName(n.Name)
	var c fault.Check
	checkEmail(&c, "/email", n.Email)
	if n.Name != "" {
		checkName(&c, "/name", n.Name)
	}
	checkLanguage(&c, "/language", n.Language)
	checkScope(&c, n.Role, n.Kind, n.ScopeID)
	return c.Err()
}

// Invite writes an invitation and mails it. Nobody's right is asked: that is the caller's part, as
// the rooms know who may offer what. by is the person who invites and may be uuid.Nil. A second
// open invitation to the same role is ErrInvitedBefore; one that has expired is replaced.
func Invite(tx database.Tx, n NewInvitation, by uuid.UUID) (uuid.UUID, error) {
	if err := n.check(); err != nil {
		return uuid.Nil, err
	}
	ctx := tx.Context()
	scope, found, err := nameOfScope(ctx, tx.Pgx(), n.Kind, n.ScopeID)
	if err != nil {
		return uuid.Nil, err
	}
	if !found {
		return uuid.Nil, fault.ErrInvalid.At("/scopeId", "unknown", nil)
	}
	now, err := tx.Now()
	if err != nil {
		return uuid.Nil, err
	}
	var kept any
	if n.Kind != authz.Installation {
		kept = n.ScopeID
	}
	_, err = tx.Pgx().Exec(ctx, `update invitations set revoked_at = $5 where email = $1 and role = $2 and scope_kind = $3
		and scope_id is not distinct from $4::uuid and expires_at <= $5
		and accepted_at is null and declined_at is null and revoked_at is null`, n.Email, string(n.Role), string(n.Kind), kept, now)
	if err != nil {
		return uuid.Nil, err
	}
	token, hash := newToken()
	id, until := uuid.Must(uuid.NewV7()), now.Add(invitationLife)
	var inviter any
	if by != uuid.Nil {
		inviter = by
	}
	_, err = tx.Pgx().Exec(ctx, `insert into invitations (id, email, name, language, role, scope_kind, scope_id, token_hash, invited_by, expires_at)
		values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
		id, n.Email, n.Name, string(n.Language), string(n.Role), string(n.Kind), kept, hash, inviter, until)
	if err != nil {
		return uuid.Nil, err
	}
	return id, mailInvitation(tx, n, scope, by, id, token, until)
}

func mailInvitation(tx database.Tx, n NewInvitation, scope Scope, by, id uuid.UUID, token string, until time.Time) error {
	to := notify.Address{Email: n.Email, Language: n.Language}
	zone, name := "UTC", "Fieldtrial"
	err := tx.Pgx().QueryRow(tx.Context(), `select id, time_zone from people where email = $1`, n.Email).Scan(&to.Person, &zone)
	if err != nil && !database.NotFound(err) {
		return err
	}
	if by != uuid.Nil {
		if err := tx.Pgx().QueryRow(tx.Context(), `select name from people where id = $1`, by).Scan(&name); err != nil {
			return err
		}
	}
	where := scope.Name
	if scope.Kind == authz.Installation {
		where = lang.Text{lang.EN: "Fieldtrial", lang.ES: "Fieldtrial", lang.JA: "Fieldtrial"}
	}
	kind := "invitation"
	if scope.Kind == authz.Team {
		kind = "team-invitation"
	}
	return notify.Send(tx, notify.Notice{Kind: kind, To: to, Subject: id, Params: notify.Params{
		"inviter": name, "role": notify.Role(n.Role), "scope": where,
		"url": notify.SecretLink("/invitation#" + token), "expires": notify.Moment{At: until, Zone: zone},
	}})
}

// Invite offers a role: an admin any role outside teams, a chair a seat in the own contest's jury.
func (s *Service) Invite(ctx context.Context, actor authz.Actor, n NewInvitation) (uuid.UUID, error) {
	if err := actor.Require(actionToGive(n.Role), authzScope(n.Kind, n.ScopeID)); err != nil {
		return uuid.Nil, err
	}
	if isTeamRole(n.Role) {
		return uuid.Nil, ErrTeamRole
	}
	if n.Role == authz.Admin {
		if err := actor.RequireRecent(); err != nil {
			return uuid.Nil, err
		}
	}
	var id uuid.UUID
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		var err error
		if id, err = Invite(tx, n, actor.PersonID); err == nil {
			tx.Remember(id.String())
		}
		return err
	})
	if first, replayed := database.Replayed(err); replayed {
		return uuid.Parse(first)
	}
	return id, err
}

// RevokeInvitation takes an open invitation back.
func (s *Service) RevokeInvitation(ctx context.Context, actor authz.Actor, id uuid.UUID) error {
	return s.db.InTx(plain(ctx), func(tx database.Tx) error {
		inv, err := lockInvitation(tx, "id", id)
		if err != nil {
			return err
		}
		if !inv.visibleTo(actor) {
			return fault.ErrNotFound
		}
		if err := inv.openNow(); err != nil {
			return err
		}
		_, err = tx.Pgx().Exec(ctx, `update invitations set revoked_at = clock_timestamp() where id = $1`, id)
		return err
	})
}
