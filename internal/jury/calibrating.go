package jury

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// A calibration round comes before the reviews: its room is calround, which this one only asks by SQL.
var (
	ErrCalibrateFirst = fault.New(fault.Conflict, "jury.calibrate_first", "Hand in your scores of the calibration round first.")
	ErrFollows        = fault.New(fault.Conflict, "jury.calibration_follows", "Your review of this entry is made from what you handed in when the calibration round is closed.")
	ErrCalibrating    = fault.New(fault.Conflict, "jury.calibrating", "A calibration round is open. Close or cancel it first.")
)

// owesSheets is a condition in SQL: the calibration round of a challenge is open, and of what the person
// may see in it the seat has not handed in. Nobody who sees neither entry owes anything, nor who dropped out.
func owesSheets(seat, person, challenge string) string {
	return `exists (select from calibrations k join calibration_entries x on x.calibration_id = k.id join entries y on y.id = x.entry_id
		where k.challenge_id = ` + challenge + ` and k.closed_at is null and k.cancelled_at is null
		  and y.state = 'submitted' and y.eligible is distinct from false and ` + authz.NotExcluded("y.id", person) + `
		  and not exists (select from calibration_handed h where h.calibration_id = k.id and h.seat_id = ` + seat + `)
		  and not exists (select from dropouts o where o.challenge_id = k.challenge_id and o.seat_id = ` + seat + `))`
}

// mayScore refuses a review while the juror owes the sheets of an open calibration round, and, where
// these are to count, reviews of its entries until it is closed: they follow from the sheets.
func mayScore(tx database.Tx, d desk) error {
	var owes, follows bool
	err := tx.Pgx().QueryRow(tx.Context(), `select `+owesSheets("$1", "$2", "$3")+`,
		exists (select from calibrations k join calibration_entries x on x.calibration_id = k.id
			where k.challenge_id = $3 and k.counts and k.closed_at is null and k.cancelled_at is null and x.entry_id = $4)`,
		d.seat.ID, d.seat.Person, d.challenge.ID, d.entry).Scan(&owes, &follows)
	switch {
	case err != nil:
		return err
	case owes:
		return ErrCalibrateFirst
	case follows:
		return ErrFollows
	}
	return nil
}

func calibrating(ctx context.Context, q database.Queryer, challenge uuid.UUID) (yes bool, err error) {
	err = q.QueryRow(ctx, `select exists (select from calibrations where challenge_id = $1 and closed_at is null and cancelled_at is null)`, challenge).Scan(&yes)
	return yes, err
}
