package database

import (
	"errors"
	"net"

	"github.com/jackc/pgx/v5/pgconn"

	"fieldtrial/internal/fault"
)

var constraints = map[string]*fault.Error{}

// Constraint ties the name of a constraint to the fault that breaking it means. Features call it
// in a package variable, so that nobody checks first and inserts later.
func Constraint(name string, e *fault.Error) *fault.Error {
	constraints[name] = e
	return e
}

// translate maps broken constraints and a database that went away to faults; the rest is kept.
func translate(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		if e, ok := constraints[pg.ConstraintName]; ok && pg.ConstraintName != "" {
			return e.Wrap(err)
		}
		switch pg.Code[:2] {
		case "57", "08", "53": // shut down, connection, out of resources
			return fault.ErrUnavailable.Wrap(err)
		}
		return err
	}
	var ne net.Error
	var ce *pgconn.ConnectError
	if errors.As(err, &ce) || (errors.As(err, &ne) && !ne.Timeout()) {
		return fault.ErrUnavailable.Wrap(err)
	}
	return err
}

// Unavailable reports whether err means that the database cannot be reached for now.
func Unavailable(err error) bool { return errors.Is(translate(err), fault.ErrUnavailable) }
