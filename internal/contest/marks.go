package contest

import (
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// The acts of judging are recorded on the challenge by the rooms that perform them. The caller
// holds the challenge with LockExclusive and has checked that it may act; each act happens once.

// MarkAssigned records when entries were first given to jurors. Later assignments keep that time.
func MarkAssigned(tx database.Tx, id, _ uuid.UUID, at time.Time) error {
	return mark(tx, fault.ErrNotFound, `update challenges set assigned_at = coalesce(assigned_at, $2) where id = $1`, id, at)
}

// MarkCalibration settles whether a calibration round counts. The caller has checked that the challenge
// has not opened.
func MarkCalibration(tx database.Tx, id uuid.UUID, counts bool) error {
	return mark(tx, fault.ErrNotFound, `update challenges set calibration_counts = $2 where id = $1`, id, counts)
}

// MarkClosed keeps the place on record of the deadline that has passed. Repeating it keeps the first.
func MarkClosed(tx database.Tx, id uuid.UUID, leaf int64) error {
	return mark(tx, fault.ErrNotFound, `update challenges set deadline_leaf = coalesce(deadline_leaf, $2) where id = $1`, id, leaf)
}

// MarkLocked records that the scores are locked; ErrScoresLocked when they are already.
func MarkLocked(tx database.Tx, id, by uuid.UUID, at time.Time) error {
	return mark(tx, ErrScoresLocked, `update challenges set locked_at = $2, locked_by = $3
		where id = $1 and locked_at is null`, id, at, person(by))
}

// MarkDecided records the host's decision; ErrDecided when there is one.
func MarkDecided(tx database.Tx, id, by uuid.UUID, at time.Time) error {
	return mark(tx, ErrDecided, `update challenges set decided_at = $2, decided_by = $3
		where id = $1 and decided_at is null`, id, at, person(by))
}

// MarkReleased records that the results are out; ErrReleased when they are.
func MarkReleased(tx database.Tx, id, by uuid.UUID, at time.Time) error {
	return mark(tx, ErrReleased, `update challenges set released_at = $2, released_by = $3
		where id = $1 and released_at is null`, id, at, person(by))
}

func mark(tx database.Tx, otherwise error, sql string, args ...any) error {
	tag, err := tx.Pgx().Exec(tx.Context(), sql, args...)
	if err != nil {
		return err
	}
	if tag.RowsAffected() != 1 {
		return otherwise
	}
	return nil
}

// person is null for jobs and the command line, which are nobody's account.
func person(id uuid.UUID) any {
	if id == uuid.Nil {
		return nil
	}
	return id
}
