package identity

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
)

// happening is what can be done to somebody's ways in, as the security log calls it.
type happening string

// What the log knows. The names are those of the contract.
const (
	sessionOpened  happening = "signed_in"
	tokenReused    happening = "refresh_reused" // a refresh token came twice: the session was ended
	passwordSet    happening = "password_changed"
	passwordReset  happening = "password_reset"
	totpAdded      happening = "totp_added"
	totpRemoved    happening = "totp_removed"
	passkeyAdded   happening = "passkey_added"
	passkeyRemoved happening = "passkey_removed"
	codesRenewed   happening = "recovery_renewed"
	codeUsed       happening = "recovery_used"
	factorsReset   happening = "factors_reset"
	tokenMade      happening = "token_made"
	tokenRevoked   happening = "token_revoked"
	addressAsked   happening = "address_asked"
	addressChanged happening = "address_changed"
	oidcLinked     happening = "city_linked"
	accountClosed  happening = "account_closed"
	accountOpened  happening = "account_opened"
	roleGiven      happening = "role_given"
	roleTaken      happening = "role_taken"
)

// note writes to the security log what was done to a person's ways in, and by whom; uuid.Nil is
// nobody any more. detail is a name, an address or a role.
func (s *Service) note(tx database.Tx, person, by uuid.UUID, what happening, detail string) error {
	actor := &by
	if by == uuid.Nil {
		actor = nil
	}
	_, err := tx.Pgx().Exec(tx.Context(), `insert into account_events (id, person_id, actor_id, kind, detail) values ($1,$2,$3,$4,$5)`,
		uuid.Must(uuid.NewV7()), person, actor, string(what), detail)
	return err
}

// Event is one line of somebody's security log. Method, Factor, Agent and Address are of a sign-in;
// Address is "" once thirty days have passed. ByOther says that it was not the person's own act.
type Event struct {
	ID      uuid.UUID
	Kind    string
	Detail  string
	At      time.Time
	ByOther bool
	Method  string
	Factor  bool
	Agent   string
	Address string
}

// SecurityLog lists what was done to the actor's ways in, sign-ins among it, the latest first.
func (s *Service) SecurityLog(ctx context.Context, actor authz.Actor, cursor string, limit int) ([]Event, string, error) {
	var at time.Time
	var last uuid.UUID
	more, err := database.DecodeCursor(cursor, &at, &last)
	if err != nil {
		return nil, "", err
	}
	rows, err := s.db.Pool().Query(ctx, `select * from (
			select id, kind, detail, at, actor_id is distinct from person_id as by_other, '' as method, false as factor, '' as agent, '' as address
			from account_events where person_id = $1
			union all
			select id, $6, '', created_at, false, method, factor, user_agent, address from sessions where person_id = $1
		) x where not $2 or (at, id) < ($3, $4) order by at desc, id desc limit $5`, actor.PersonID, more, at, last, limit+1, string(sessionOpened))
	if err != nil {
		return nil, "", err
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Event])
	if err != nil || len(list) <= limit {
		return list, "", err
	}
	list = list[:limit]
	return list, database.EncodeCursor(list[limit-1].At, list[limit-1].ID), nil
}
