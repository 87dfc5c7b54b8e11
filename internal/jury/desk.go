package jury

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// desk is one assignment with the juror who sits at it.
type desk struct {
	assignment uuid.UUID
	entry      uuid.UUID
	challenge  contest.Challenge
	seat       seat
}

// openDesk finds an assignment of the actor's own that has not ended. What is another's, ended or
// in conflict is not found; before the declaration there is no content.
func openDesk(ctx context.Context, q database.Queryer, actor authz.Actor, id uuid.UUID,
	load func(uuid.UUID) (contest.Challenge, error)) (desk, error) {
	d := desk{assignment: id}
	var challenge, owner uuid.UUID
	err := q.QueryRow(ctx, `select a.entry_id, e.challenge_id, a.seat_id from assignments a
		join entries e on e.id = a.entry_id where a.id = $1`, id).Scan(&d.entry, &challenge, &owner)
	if database.NotFound(err) {
		return d, fault.ErrNotFound
	}
	if err != nil {
		return d, err
	}
	if d.challenge, err = load(challenge); err != nil {
		return d, err
	}
	if d.seat, err = seatOf(ctx, q, actor, d.challenge); err != nil {
		return d, err
	}
	var live bool // asked again after the challenge is held: a recusal may have come in between, and a deadline moved
	err = q.QueryRow(ctx, `select a.seat_id = $2 and a.ended_at is null and e.state = 'submitted'
			and clock_timestamp() >= $4 and `+authz.NotExcluded("e.id", "$3")+`
		from assignments a join entries e on e.id = a.entry_id where a.id = $1`, id, d.seat.ID, actor.PersonID, d.challenge.Dates.Closes.Add(d.challenge.Grace)).Scan(&live)
	if err != nil {
		return d, err
	}
	if !live {
		return d, fault.ErrNotFound
	}
	ready, err := declared(ctx, q, d.seat.ID, challenge)
	if err == nil && !ready {
		err = ErrDeclareFirst
	}
	return d, err
}

func lockDesk(tx database.Tx, actor authz.Actor, id uuid.UUID) (desk, error) {
	return openDesk(tx.Context(), tx.Pgx(), actor, id, func(c uuid.UUID) (contest.Challenge, error) {
		return contest.LockShared(tx, c)
	})
}

func (s *Service) readDesk(ctx context.Context, actor authz.Actor, id uuid.UUID) (desk, error) {
	return openDesk(ctx, s.db.Pool(), actor, id, func(c uuid.UUID) (contest.Challenge, error) {
		return contest.Load(ctx, s.db.Pool(), c)
	})
}

func checkReason(reason string) (string, error) {
	reason = strings.TrimSpace(reason)
	var check fault.Check
	check.That(reason != "", "/reason", "required")
	check.That(utf8.RuneCountInString(reason) <= 1000, "/reason", "too_long", "max", 1000)
	return reason, check.Err()
}
