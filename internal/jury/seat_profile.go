package jury

import (
	"context"
	"fmt"
	"unicode/utf8"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// SeatEdit is what the chair sets for a juror: the host city (uuid.Nil for none), the languages of
// entries the juror reads (none: all), the tags the juror knows, the most reviews in the contest.
type SeatEdit struct {
	City      uuid.UUID
	Languages []string
	Tags      []string
	Limit     *int
}

// EditSeat changes what the assignment knows of a juror; version is the one that was seen. It holds
// from the next assignment on.
func (s *Service) EditSeat(ctx context.Context, actor authz.Actor, seatID uuid.UUID, version int, e SeatEdit) (int, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		var contestID uuid.UUID
		var have int
		err := tx.Pgx().QueryRow(ctx, `select contest_id, version from seats where id = $1 for update`, seatID).Scan(&contestID, &have)
		if database.NotFound(err) {
			return fault.ErrNotFound
		}
		if err != nil {
			return err
		}
		if err := actor.Require(authz.AssignJurors, authz.Scope{Contest: contestID}); err != nil {
			return err
		}
		if have != version {
			return fault.ErrStale
		}
		if err := checkSeat(ctx, tx, e); err != nil {
			return err
		}
		var city *uuid.UUID
		if e.City != uuid.Nil {
			city = &e.City
		}
		_, err = tx.Pgx().Exec(ctx, `update seats set city_id = $2, languages = $3, tags = $4, max_reviews = $5, version = version + 1 where id = $1`,
			seatID, city, append([]string{}, e.Languages...), append([]string{}, e.Tags...), e.Limit)
		return err
	})
	return version + 1, err
}

func checkSeat(ctx context.Context, tx database.Tx, e SeatEdit) error {
	var check fault.Check
	for i, l := range e.Languages {
		check.That(lang.Tag(l).Valid(), fmt.Sprintf("/languages/%d", i), "not_a_choice")
	}
	for i, t := range e.Tags {
		check.That(t != "" && utf8.RuneCountInString(t) <= 200, fmt.Sprintf("/tags/%d", i), "malformed")
	}
	check.That(len(e.Tags) <= 200, "/tags", "too_many", "max", 200)
	if e.Limit != nil {
		check.That(*e.Limit >= 0, "/maxReviews", "too_small", "min", 0)
		check.That(*e.Limit <= 10000, "/maxReviews", "too_large", "max", 10000)
	}
	if e.City != uuid.Nil {
		var known bool
		if err := tx.Pgx().QueryRow(ctx, `select exists (select from cities where id = $1)`, e.City).Scan(&known); err != nil {
			return err
		}
		check.That(known, "/cityId", "unknown")
	}
	return check.Err()
}
