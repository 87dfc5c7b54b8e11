package jury

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// Seat gives a person a seat in the jury of a contest: at the acceptance of an invitation as juror
// or chair. city is the host city the juror belongs to, or nil. A seat that was left becomes
// active again; a second seat is never made.
func Seat(tx database.Tx, person, contestID uuid.UUID, city *uuid.UUID) error {
	var secret [16]byte
	_, _ = rand.Read(secret[:]) // never fails: the runtime stops the program first
	_, err := tx.Pgx().Exec(tx.Context(), `insert into seats (id, contest_id, person_id, pseudonym, city_id)
		values ($1, $2, $3, $4, $5)
		on conflict on constraint seats_once do update set active = true, city_id = coalesce(excluded.city_id, seats.city_id)`,
		uuid.Must(uuid.NewV7()), contestID, person, hex.EncodeToString(secret[:]), city)
	return err
}

type seat struct {
	ID        uuid.UUID
	Person    uuid.UUID
	Pseudonym string
}

// seatOf finds the actor's own seat; nobody else can tell that there is none.
func seatOf(ctx context.Context, q database.Queryer, actor authz.Actor, c contest.Challenge) (seat, error) {
	if err := actor.Require(authz.Judge, c.Scope()); err != nil {
		return seat{}, err
	}
	s := seat{Person: actor.PersonID}
	err := q.QueryRow(ctx, `select id, pseudonym from seats where contest_id = $1 and person_id = $2 and active`,
		c.ContestID, actor.PersonID).Scan(&s.ID, &s.Pseudonym)
	if database.NotFound(err) {
		return seat{}, fault.ErrNotFound
	}
	return s, err
}

func declared(ctx context.Context, q database.Queryer, seatID, challenge uuid.UUID) (yes bool, err error) {
	err = q.QueryRow(ctx, `select exists (select from conflict_declarations where seat_id = $1 and challenge_id = $2)`,
		seatID, challenge).Scan(&yes)
	return yes, err
}

// mask is what the record knows a juror by for one entry. It differs from entry to entry, so that
// two teams who open their reviews cannot tell that they had the same juror.
func mask(pseudonym string, entryID uuid.UUID) string {
	sum := sha256.Sum256([]byte(pseudonym + "\x00" + entryID.String()))
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}
