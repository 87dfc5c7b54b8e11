package kpi

import (
	"context"
	"math"
	"strings"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// ErrWithdrawn says that a measurement was withdrawn before.
var ErrWithdrawn = fault.New(fault.Conflict, "kpi.measurement_withdrawn", "This measurement was withdrawn already.")

// Measurement is the total that was reached outside the platform by the end of a day.
type Measurement struct {
	ID          uuid.UUID
	On          time.Time // a date
	Month       int       // of the programme
	Value       float64
	Note        string
	Evidence    string // where it can be checked
	EnteredBy   string // a name; "" where the account is gone
	CreatedAt   time.Time
	WithdrawnAt *time.Time
}

// Form is what a person enters. On is a date.
type Form struct {
	On       time.Time
	Value    float64
	Note     string
	Evidence string
}

// check holds what must be true of a form: starts is the first day of Month 1, today the date in
// the programme's zone.
func (f Form) check(starts, today time.Time) error {
	var c fault.Check
	c.That(!f.On.After(today), "/measuredOn", "in_the_future")
	c.That(!f.On.Before(starts), "/measuredOn", "before_programme", "date", starts.Format(time.DateOnly))
	c.That(f.Value >= 0 && !math.IsNaN(f.Value), "/value", "too_small", "min", 0)
	c.That(f.Value <= 1e12, "/value", "too_large", "max", 1e12)
	c.That(strings.TrimSpace(f.Evidence) != "", "/evidence", "required")
	c.That(len([]rune(f.Evidence)) <= 2000, "/evidence", "too_long", "max", 2000)
	c.That(len([]rune(f.Note)) <= 2000, "/note", "too_long", "max", 2000)
	return c.Err()
}

// Enter adds a measurement to an indicator. Errors: fault.ErrInvalid with fields,
// fault.ErrNotFound.
func (s *Service) Enter(ctx context.Context, actor authz.Actor, slug string, f Form) (Measurement, error) {
	p, err := s.programme(ctx)
	if err != nil {
		return Measurement{}, err
	}
	if err := p.require(actor, authz.EnterKPI); err != nil {
		return Measurement{}, err
	}
	id := uuid.Must(uuid.NewV7())
	err = s.db.InTx(ctx, func(tx database.Tx) error {
		now, err := tx.Now()
		if err != nil {
			return err
		}
		if err := f.check(p.StartsOn, dateIn(now, p.zone)); err != nil {
			return err
		}
		tx.Remember(id.String())
		tag, err := tx.Pgx().Exec(tx.Context(), `
			insert into measurements (id, indicator_id, measured_on, value, note, evidence, entered_by)
			select $1, i.id, $4, $5, $6, $7, $8 from indicators i where i.programme_id = $2 and i.slug = $3`,
			id, p.ID, slug, f.On, f.Value, strings.TrimSpace(f.Note), strings.TrimSpace(f.Evidence), person(actor))
		if err == nil && tag.RowsAffected() == 0 {
			return fault.ErrNotFound
		}
		return err
	})
	if first, again := database.Replayed(err); again {
		if id, err = uuid.Parse(first); err != nil {
			return Measurement{}, err
		}
	} else if err != nil {
		return Measurement{}, err
	}
	return s.measurement(ctx, p, id)
}

// Withdraw takes a measurement out of every value. It stays, and is shown struck.
func (s *Service) Withdraw(ctx context.Context, actor authz.Actor, id uuid.UUID) error {
	p, err := s.programme(ctx)
	if err != nil {
		return err
	}
	if err := p.require(actor, authz.EnterKPI); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx database.Tx) error {
		tag, err := tx.Pgx().Exec(tx.Context(), `
			update measurements m set withdrawn_at = clock_timestamp(), withdrawn_by = $3
			from indicators i where m.id = $1 and i.id = m.indicator_id and i.programme_id = $2 and m.withdrawn_at is null`,
			id, p.ID, person(actor))
		if err != nil || tag.RowsAffected() == 1 {
			return err
		}
		var there bool
		err = tx.Pgx().QueryRow(tx.Context(), `select exists (select from measurements m join indicators i on i.id = m.indicator_id
			where m.id = $1 and i.programme_id = $2)`, id, p.ID).Scan(&there)
		if err == nil && there {
			return ErrWithdrawn
		}
		if err == nil {
			return fault.ErrNotFound
		}
		return err
	})
}

func person(a authz.Actor) any {
	if !a.SignedIn() {
		return nil
	}
	return a.PersonID
}
