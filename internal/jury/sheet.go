package jury

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury/score"
)

// Arithmetic is what score needs of a rubric.
func Arithmetic(criteria []contest.Criterion) []score.Criterion { return arithmetic(criteria) }

// CheckSheet refuses scores that the rubric does not have. Pointers are /scores/<criterion>. What is
// missing is no fault.
func CheckSheet(check *fault.Check, criteria []contest.Criterion, sheet score.Sheet) {
	known := map[uuid.UUID]contest.Criterion{}
	for _, c := range criteria {
		known[c.ID] = c
	}
	for id, v := range sheet {
		c, ok := known[id]
		check.That(ok, "/scores/"+id.String(), "unknown")
		if v == score.NotApplicable {
			check.That(!ok || c.MayNotApply, "/scores/"+id.String(), "jury.applies")
			continue
		}
		check.That(!ok || v >= c.Lowest, "/scores/"+id.String(), "too_small", "min", c.Lowest)
		check.That(!ok || v <= c.Highest, "/scores/"+id.String(), "too_large", "max", c.Highest)
	}
}

// SeatOf gives the actor's own seat in the jury of a challenge, once conflicts are declared. Who has
// none finds nothing.
func SeatOf(ctx context.Context, q database.Queryer, actor authz.Actor, c contest.Challenge) (uuid.UUID, error) {
	mine, err := seatOf(ctx, q, actor, c)
	if err != nil {
		return mine.ID, err
	}
	ready, err := declared(ctx, q, mine.ID, c.ID)
	if err == nil && !ready {
		err = ErrDeclareFirst
	}
	return mine.ID, err
}

// Roster lists the entries of a challenge that count and that the actor may see, by reference, without
// names where judging is blind to the actor.
func Roster(ctx context.Context, q database.Queryer, actor authz.Actor, c contest.Challenge) ([]Candidate, error) {
	all, err := roster(ctx, q, c.ID)
	if err != nil {
		return nil, err
	}
	out := visible(actor, all)
	for i := range out {
		out[i] = unnamed(actor, c, out[i])
	}
	return out, nil
}
