package team

import (
	"context"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/notify"
)

// transferLife is how long an offer of ownership stands.
const transferLife = 14 * 24 * time.Hour

// Transfer is an open offer of ownership.
type Transfer struct {
	From, To         uuid.UUID // people
	FromName, ToName string
	Expires          time.Time
}

// Offer offers the actor's ownership to another member, who has to accept. One offer stands at a
// time; a new one takes the place of one that has expired.
func (s *Service) Offer(ctx context.Context, actor authz.Actor, id, to uuid.UUID) (Team, error) {
	return s.keep(ctx, actor, id, func(tx database.Tx) error {
		if to == actor.PersonID {
			return ErrOwnerAlready
		}
		role, err := roleOf(tx, id, to)
		if err != nil {
			return err
		}
		if role == authz.TeamOwner {
			return ErrOwnerAlready
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		if _, err := tx.Pgx().Exec(ctx, `update team_transfers set outcome = 'cancelled', ended_at = $2
			where team_id = $1 and outcome is null and expires_at <= $2`, id, now); err != nil {
			return err
		}
		until := now.Add(transferLife)
		if _, err := tx.Pgx().Exec(ctx, `insert into team_transfers (id, team_id, from_id, to_id, expires_at) values ($1,$2,$3,$4,$5)`,
			uuid.Must(uuid.NewV7()), id, actor.PersonID, to, until); err != nil {
			return err
		}
		address, err := identity.AddressOf(ctx, tx.Pgx(), to)
		if err != nil {
			return err
		}
		name, zone := "", "UTC"
		if err := tx.Pgx().QueryRow(ctx, `select t.name, p.time_zone from teams t, people p where t.id = $1 and p.id = $2`, id, to).Scan(&name, &zone); err != nil {
			return err
		}
		return notify.Send(tx, notify.Notice{Kind: "team-transfer", To: address, Subject: id, Params: notify.Params{
			"from": actor.Name, "team": name, "url": notify.Link("/my/teams/" + id.String()), "expires": notify.Moment{At: until, Zone: zone},
		}})
	})
}

// Answer accepts or declines an offer that was made to the actor. Who accepts is an owner from then
// on; who offered goes on as a member who edits and submits.
func (s *Service) Answer(ctx context.Context, actor authz.Actor, id uuid.UUID, accept bool) (Team, error) {
	outcome := "declined"
	if accept {
		outcome = "accepted"
	}
	return s.settle(ctx, actor, id, authz.SeeTeam, outcome, `to_id = $2 and expires_at > clock_timestamp()`, func(tx database.Tx, from uuid.UUID) error {
		if !accept {
			return nil
		}
		if role, err := roleOf(tx, id, from); err != nil || role != authz.TeamOwner {
			return ErrNoTransfer
		}
		if err := setRole(tx, from, id, actor.PersonID, authz.TeamOwner); err != nil {
			return err
		}
		return setRole(tx, actor.PersonID, id, from, authz.TeamSubmitter)
	})
}

// Withdraw takes an offer of ownership back.
func (s *Service) Withdraw(ctx context.Context, actor authz.Actor, id uuid.UUID) (Team, error) {
	return s.settle(ctx, actor, id, authz.EditTeam, "cancelled", `$2::uuid is not null`, func(database.Tx, uuid.UUID) error { return nil })
}

// settle ends the open offer that fits the condition ($1 the team, $2 the actor) and does what follows.
func (s *Service) settle(ctx context.Context, actor authz.Actor, id uuid.UUID, need authz.Action, outcome, fits string, then func(database.Tx, uuid.UUID) error) (Team, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		if err := actor.Require(need, authz.Scope{Team: id}); err != nil {
			return err
		}
		if err := lock(tx, id); err != nil {
			return err
		}
		tx.Remember(id.String())
		var from uuid.UUID
		err := tx.Pgx().QueryRow(ctx, `update team_transfers set outcome = $3, ended_at = clock_timestamp()
			where team_id = $1 and outcome is null and `+fits+` returning from_id`, id, actor.PersonID, outcome).Scan(&from)
		if database.NotFound(err) {
			return ErrNoTransfer
		}
		if err != nil {
			return err
		}
		return then(tx, from)
	})
	if err := done(err); err != nil {
		return Team{}, err
	}
	return s.readAgain(ctx, actor, id)
}
