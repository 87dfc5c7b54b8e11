package calround

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/notify"
)

// Open begins a calibration round with two entries: after the deadline, and before any review of the
// challenge was submitted. Every juror who has something to score is told. It gives the round's id.
func (s *Service) Open(ctx context.Context, actor authz.Actor, challenge uuid.UUID, entries []uuid.UUID) (uuid.UUID, error) {
	id := uuid.Must(uuid.NewV7())
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, now, err := held(tx, actor, challenge)
		if err != nil {
			return err
		}
		if err := mayOpen(tx, c, now); err != nil {
			return err
		}
		field, err := jury.Roster(ctx, tx.Pgx(), actor, c)
		if err != nil {
			return err
		}
		var check fault.Check
		check.That(len(entries) == Size, "/entryIds", "calibration.two")
		for i, e := range entries {
			check.That(slices.Contains(idsOf(field), e), fmt.Sprintf("/entryIds/%d", i), "unknown")
			check.That(!slices.Contains(entries[:i], e), fmt.Sprintf("/entryIds/%d", i), "taken")
		}
		if err := check.Err(); err != nil {
			return err
		}
		if _, err := tx.Pgx().Exec(ctx, `insert into calibrations (id, challenge_id, counts, opened_by, opened_at) values ($1,$2,$3,$4,$5)`,
			id, c.ID, c.CalibrationCounts, actor.PersonID, now); err != nil {
			return err
		}
		if _, err := tx.Pgx().Exec(ctx, `insert into calibration_entries (calibration_id, entry_id, position)
			select $1, e, n from unnest($2::uuid[]) with ordinality as t(e, n)`, id, entries); err != nil {
			return err
		}
		if err := tell(tx, c, id, entries); err != nil {
			return err
		}
		tx.Remember(id.String())
		return nil
	})
	return id, err
}

// held locks a challenge for an act of its chair.
func held(tx database.Tx, actor authz.Actor, challenge uuid.UUID) (c contest.Challenge, now time.Time, err error) {
	if c, err = contest.LockExclusive(tx, challenge); err != nil {
		return c, now, err
	}
	if err = actor.Require(authz.RunCalibration, c.Scope()); err != nil {
		return c, now, err
	}
	now, err = tx.Now()
	return c, now, err
}

// mayOpen asks of a challenge what a new round needs.
func mayOpen(tx database.Tx, c contest.Challenge, now time.Time) error {
	if !c.AfterDeadline(now) {
		return contest.ErrStillOpen
	}
	yes, err := begun(tx.Context(), tx.Pgx(), c)
	if err == nil && yes {
		err = ErrBegun
	}
	return err
}

// tell writes to every juror who has something to score in a round.
func tell(tx database.Tx, c contest.Challenge, round uuid.UUID, entries []uuid.UUID) error {
	jurors, err := panel(tx.Context(), tx.Pgx(), c, round)
	if err != nil {
		return err
	}
	for _, m := range jurors {
		n := len(m.of(entries))
		if n == 0 {
			continue
		}
		to, err := identity.AddressOf(tx.Context(), tx.Pgx(), m.Person)
		if err != nil {
			return err
		}
		if err := notify.Send(tx, notify.Notice{Kind: "calibration-opened", To: to, Subject: c.ID, Params: notify.Params{
			"challenge": c.Title, "count": n, "url": notify.Link("/jury/challenges/" + c.ID.String() + "/calibration")}}); err != nil {
			return err
		}
	}
	return nil
}
