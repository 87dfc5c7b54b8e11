package jury

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury/assign"
)

// WishKind is the chair's word on one juror and one entry.
type WishKind string

// A pin is always made, unless there is a conflict; what is forbidden never is; what is preferred
// costs less.
const (
	NoWish WishKind = "none"
	Pin    WishKind = "pin"
	Forbid WishKind = "forbid"
	Prefer WishKind = "prefer"
)

// Wish is one of them.
type Wish struct {
	Seat, Entry uuid.UUID
	Kind        WishKind
}

// SetWish sets or, with NoWish, takes away the chair's word on one juror and one entry. It holds
// from the next assignment on.
func (s *Service) SetWish(ctx context.Context, actor authz.Actor, challenge uuid.UUID, w Wish) error {
	return s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := contest.LockShared(tx, challenge)
		if err != nil {
			return err
		}
		if err := mayAssign(ctx, tx.Pgx(), actor, c); err != nil {
			return err
		}
		var known bool
		if err := tx.Pgx().QueryRow(ctx, `select exists (select from entries e where e.id = $1 and e.challenge_id = $2 and e.state = 'submitted')
			and exists (select from seats s where s.id = $3 and s.contest_id = $4)`, w.Entry, c.ID, w.Seat, c.ContestID).Scan(&known); err != nil {
			return err
		}
		if !known || actor.Excluded[w.Entry] {
			return fault.ErrNotFound
		}
		if w.Kind == NoWish {
			_, err = tx.Pgx().Exec(ctx, `delete from assignment_wishes where seat_id = $1 and entry_id = $2`, w.Seat, w.Entry)
			return err
		}
		_, err = tx.Pgx().Exec(ctx, `insert into assignment_wishes (seat_id, entry_id, kind, set_by) values ($1, $2, $3, $4)
			on conflict (seat_id, entry_id) do update set kind = excluded.kind, set_by = excluded.set_by, set_at = clock_timestamp()`,
			w.Seat, w.Entry, string(w.Kind), actor.PersonID)
		return err
	})
}

func wishesOf(ctx context.Context, q database.Queryer, challenge uuid.UUID) ([]Wish, error) {
	rows, err := q.Query(ctx, `select w.seat_id, w.entry_id, w.kind from assignment_wishes w join entries e on e.id = w.entry_id
		where e.challenge_id = $1 order by e.reference, w.seat_id`, challenge)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Wish{}
	for rows.Next() {
		var w Wish
		if err := rows.Scan(&w.Seat, &w.Entry, &w.Kind); err != nil {
			return nil, err
		}
		out = append(out, w)
	}
	return out, rows.Err()
}

// wishes puts the chair's words into the optimiser's input.
func (p *allotPlan) wishes(ctx context.Context, q database.Queryer, in *assign.Input) error {
	list, err := wishesOf(ctx, q, p.challenge.ID)
	if err != nil {
		return err
	}
	wanted := map[uuid.UUID]map[uuid.UUID]float64{}
	for _, w := range list {
		switch x := (assign.Pair{Entry: w.Entry, Juror: w.Seat}); w.Kind {
		case Pin:
			in.Pinned = append(in.Pinned, x)
		case Forbid:
			in.Barred = append(in.Barred, x)
		case Prefer:
			if wanted[w.Seat] == nil {
				wanted[w.Seat] = map[uuid.UUID]float64{}
			}
			wanted[w.Seat][w.Entry] = 1
		}
	}
	for i := range in.Jurors {
		in.Jurors[i].Wants = wanted[in.Jurors[i].ID]
	}
	return nil
}
