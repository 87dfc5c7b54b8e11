package pitch

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/pitch/final"
)

// Pitched is what one entry of the shortlist came to.
type Pitched = final.Pitched

// Place is where an entry comes in the end.
type Place = final.Place

// Sealed is the result of a locked round byte for byte as its leaf's hash has it; "" where there is none.
func Sealed(ctx context.Context, q database.Queryer, challenge uuid.UUID) (body string, err error) {
	err = q.QueryRow(ctx, `select body from pitch_results where challenge_id = $1`, challenge).Scan(&body)
	if database.NotFound(err) {
		return "", nil
	}
	return body, err
}

// result reads what the round came to; nil before it is locked.
func result(ctx context.Context, q database.Queryer, challenge uuid.UUID) (*final.Result, error) {
	body, err := Sealed(ctx, q, challenge)
	if err != nil || body == "" {
		return nil, err
	}
	var r final.Result
	return &r, json.Unmarshal([]byte(body), &r)
}

// Results gives what each entry of the shortlist came to; nil where there was no pitch round, or before its lock.
func Results(ctx context.Context, q database.Queryer, challenge uuid.UUID) (map[uuid.UUID]Pitched, error) {
	r, err := result(ctx, q, challenge)
	if err != nil || r == nil {
		return nil, err
	}
	return r.ByEntry(), nil
}

// Stand gives the jury's order as it counts in the end: jury.Stand, and after a locked pitch round the
// final order in its place, in which Rank is the final rank.
func Stand(ctx context.Context, q database.Queryer, actor authz.Actor, c contest.Challenge) (jury.Standing, error) {
	stand, err := jury.Stand(ctx, q, actor, c)
	if err != nil {
		return stand, err
	}
	r, err := result(ctx, q, c.ID)
	if err != nil || r == nil {
		return stand, err
	}
	of := r.ByEntry()
	places := final.Order(ranked(stand), of)
	for i, row := range stand.Rows {
		stand.Rows[i].Rank = places[row.Entry].Rank
		if _, listed := of[row.Entry]; listed {
			stand.Rows[i].Tie = score.NoTie // the lottery of the first round decides nothing between these
		}
	}
	slices.SortStableFunc(stand.Rows, func(a, b jury.StandingRow) int { return last(a.Rank) - last(b.Rank) })
	return stand, nil
}

// ranked is the jury's order as the arithmetic takes it.
func ranked(stand jury.Standing) []final.Ranked {
	out := make([]final.Ranked, len(stand.Rows))
	for i, row := range stand.Rows {
		out[i] = final.Ranked{Entry: row.Entry, Rank: row.Rank}
	}
	return out
}

// last puts what has no rank at the end.
func last(rank int) int {
	if rank == 0 {
		return 1 << 30
	}
	return rank
}

// Settled refuses while a shortlist is named and its round is not locked: nobody decides before that.
func Settled(ctx context.Context, q database.Queryer, challenge uuid.UUID) error {
	r, err := loadRound(ctx, q, challenge)
	if err == nil && r.named() && r.LockedAt == nil {
		err = ErrOpen
	}
	return err
}

// round is the state of a round; the zero value before its shortlist is named.
type round struct {
	Version  int
	NamedAt  time.Time
	LockedAt *time.Time
}

func (r round) named() bool { return r.Version > 0 }

func loadRound(ctx context.Context, q database.Queryer, challenge uuid.UUID) (round, error) {
	var r round
	err := q.QueryRow(ctx, `select version, named_at, locked_at from pitch_rounds where challenge_id = $1`, challenge).Scan(&r.Version, &r.NamedAt, &r.LockedAt)
	if database.NotFound(err) {
		return round{}, nil
	}
	return r, err
}
