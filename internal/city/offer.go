package city

import (
	"context"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// longestSlot is the longest time that one slot may last, in days: two years.
const longestSlot = 731

// Slots that cannot be offered or taken back.
var (
	ErrSlotExists = database.Constraint("slots_once", fault.New(fault.Conflict, "slot.exists", "This slot is offered already."))
	ErrSlotInUse  = fault.New(fault.Conflict, "slot.in_use", "This slot is part of a decision and cannot be taken back.")
	_             = database.Constraint("awards_slot_id_fkey", ErrSlotInUse)
	_             = database.Constraint("decisions_slot_id_fkey", ErrSlotInUse)
)

// TestbedChange is what may change of a testbed; nil leaves a thing as it is.
type TestbedChange struct {
	Provider *string
	Partner  *string
	Name     lang.Text
	Summary  lang.Text
	Gives    map[string]lang.Text
	Capacity *int
	Open     *bool
}

// OfferTestbed adds a testbed. The actor must be able to manage testbeds in each of its cities.
func (s *Service) OfferTestbed(ctx context.Context, actor authz.Actor, t Testbed) (Testbed, error) {
	for _, c := range t.Cities {
		if err := actor.Require(authz.ManageTestbeds, authz.Scope{Cities: []uuid.UUID{c}}); err != nil {
			return Testbed{}, err
		}
	}
	if t.Slug == "" {
		t.Slug = slugOf(t.Name)
	}
	id := uuid.Must(uuid.NewV7())
	if t.Slug == "" { // a name without Latin letters
		t.Slug = "testbed-" + id.String()[24:]
	}
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		t.ID = id
		if err := InsertTestbed(tx, t); err != nil {
			return err
		}
		tx.Remember(id.String())
		return nil
	})
	if was, replay := database.Replayed(err); replay {
		id, err = uuid.Parse(was)
	}
	if err != nil {
		return Testbed{}, err
	}
	return s.Testbed(ctx, id)
}

// InsertTestbed checks and writes a testbed with its cities, without slots.
func InsertTestbed(tx database.Tx, t Testbed) error {
	if err := t.check(); err != nil {
		return err
	}
	known, err := ByIDs(tx.Context(), tx.Pgx(), t.Cities)
	if err != nil {
		return err
	}
	if len(known) != len(t.Cities) {
		return fault.ErrInvalid.At("/cityIds", "unknown", nil)
	}
	var useCase any
	if t.UseCase > 0 {
		useCase = t.UseCase
	}
	if t.Gives == nil {
		t.Gives = map[string]lang.Text{}
	}
	if _, err := tx.Pgx().Exec(tx.Context(), `insert into testbeds (id, slug, pilot, use_case, provider, partner, name, summary, gives, capacity, open)
		values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`,
		t.ID, t.Slug, t.Pilot, useCase, t.Provider, t.Partner, t.Name, t.Summary, t.Gives, t.Capacity, t.Open); err != nil {
		return err
	}
	_, err = tx.Pgx().Exec(tx.Context(), `insert into testbed_cities (testbed_id, city_id, position)
		select $1, c, n from unnest($2::uuid[]) with ordinality as x(c, n)`, t.ID, t.Cities)
	return err
}

// UpdateTestbed changes a testbed that was read at a version.
func (s *Service) UpdateTestbed(ctx context.Context, actor authz.Actor, id uuid.UUID, version int, change TestbedChange) (Testbed, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		t, err := testbed(tx.Context(), tx.Pgx(), id)
		if err != nil {
			return err
		}
		if err := actor.Require(authz.ManageTestbeds, t.Scope()); err != nil {
			return err
		}
		change.apply(&t)
		if err := t.check(); err != nil {
			return err
		}
		tag, err := tx.Pgx().Exec(tx.Context(), `update testbeds set provider = $3, partner = $4, name = $5, summary = $6, gives = $7,
			capacity = $8, open = $9, version = version + 1 where id = $1 and version = $2`,
			id, version, t.Provider, t.Partner, t.Name, t.Summary, t.Gives, t.Capacity, t.Open)
		if err == nil && tag.RowsAffected() != 1 {
			err = fault.ErrStale
		}
		return err
	})
	if err != nil {
		return Testbed{}, err
	}
	return s.Testbed(ctx, id)
}

func (c TestbedChange) apply(t *Testbed) {
	if c.Provider != nil {
		t.Provider = *c.Provider
	}
	if c.Partner != nil {
		t.Partner = *c.Partner
	}
	if c.Name != nil {
		t.Name = c.Name
	}
	if c.Summary != nil {
		t.Summary = c.Summary
	}
	if c.Gives != nil {
		t.Gives = c.Gives
	}
	if c.Capacity != nil {
		t.Capacity = *c.Capacity
	}
	if c.Open != nil {
		t.Open = *c.Open
	}
}

// AddSlot offers a testbed in one of its cities from one day to another.
func (s *Service) AddSlot(ctx context.Context, actor authz.Actor, testbedID uuid.UUID, slot Slot) (Slot, error) {
	slot.ID = uuid.Must(uuid.NewV7())
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		t, err := testbed(tx.Context(), tx.Pgx(), testbedID)
		if err != nil {
			return err
		}
		if err := actor.Require(authz.ManageTestbeds, authz.Scope{Cities: []uuid.UUID{slot.CityID}}); err != nil {
			return err
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		if err := t.checkSlot(tx, slot, now); err != nil {
			return err
		}
		tx.Remember(slot.ID.String())
		return InsertSlot(tx, testbedID, slot)
	})
	if was, replay := database.Replayed(err); replay {
		slot.ID, err = uuid.Parse(was)
	}
	return slot, err
}

func (t Testbed) checkSlot(tx database.Tx, slot Slot, now time.Time) error {
	var v fault.Check
	offered := false
	for _, c := range t.Cities {
		offered = offered || c == slot.CityID
	}
	v.That(offered, "/cityId", "not_a_choice")
	v.That(!slot.EndsOn.Before(slot.StartsOn), "/endsOn", "order")
	v.That(slot.EndsOn.Sub(slot.StartsOn) < longestSlot*24*time.Hour, "/endsOn", "too_large", "max", longestSlot)
	if offered {
		c, err := ByID(tx.Context(), tx.Pgx(), slot.CityID)
		if err != nil {
			return err
		}
		zone, err := time.LoadLocation(c.Zone)
		if err != nil {
			return err
		}
		today := now.In(zone).Format(time.DateOnly)
		v.That(slot.EndsOn.Format(time.DateOnly) >= today, "/endsOn", "in_the_past")
	}
	return v.Err()
}

// InsertSlot writes a slot as it is.
func InsertSlot(tx database.Tx, testbedID uuid.UUID, slot Slot) error {
	_, err := tx.Pgx().Exec(tx.Context(), `insert into slots (id, testbed_id, city_id, starts_on, ends_on) values ($1,$2,$3,$4,$5)`,
		slot.ID, testbedID, slot.CityID, slot.StartsOn, slot.EndsOn)
	return err
}

// RemoveSlot takes a slot back; ErrSlotInUse when it is part of a decision.
func (s *Service) RemoveSlot(ctx context.Context, actor authz.Actor, id uuid.UUID) error {
	return s.db.InTx(ctx, func(tx database.Tx) error {
		var in uuid.UUID
		err := tx.Pgx().QueryRow(tx.Context(), `select city_id from slots where id = $1 for update`, id).Scan(&in)
		if database.NotFound(err) {
			return fault.ErrNotFound
		}
		if err != nil {
			return err
		}
		if err := actor.Require(authz.ManageTestbeds, authz.Scope{Cities: []uuid.UUID{in}}); err != nil {
			return err
		}
		_, err = tx.Pgx().Exec(tx.Context(), `delete from slots where id = $1`, id)
		return err
	})
}
