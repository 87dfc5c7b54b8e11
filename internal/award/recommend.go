package award

import (
	"cmp"
	"context"
	"slices"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
)

// Recommendation is what the jury's meeting made of an entry. Reason is given where it departs from the
// jury's own ranking.
type Recommendation struct {
	Outcome  Outcome
	Place    int
	Reason   string
	Language lang.Tag
}

// recommendations reads what the jury recommends; none before its meeting is closed.
func recommendations(ctx context.Context, q database.Queryer, challenge uuid.UUID) (map[uuid.UUID]Recommendation, error) {
	rows, err := q.Query(ctx, `select i.entry_id, i.outcome, coalesce(i.place, 0), i.reason, m.language from meetings m
		join meeting_items i on i.meeting_id = m.id where m.challenge_id = $1 and m.closed_at is not null`, challenge)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[uuid.UUID]Recommendation{}
	for rows.Next() {
		var id uuid.UUID
		var r Recommendation
		if err := rows.Scan(&id, &r.Outcome, &r.Place, &r.Reason, &r.Language); err != nil {
			return nil, err
		}
		out[id] = r
	}
	return out, rows.Err()
}

// recommended gives each row its place in the jury's recommendation, from which the host departs or not:
// winners, reserves, the others by rank.
func recommended(rows []Row) []int {
	order := make([]int, len(rows))
	for i := range order {
		order[i] = i
	}
	at := func(i int) Placed {
		r := rows[i].Recommended
		return Placed{Rank: rows[i].Rank, Outcome: r.Outcome, Place: r.Place}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(at(a).position(), at(b).position()), cmp.Compare(at(a).rank(), at(b).rank()))
	})
	ranks := make([]int, len(rows))
	for n, i := range order {
		ranks[i] = n + 1
	}
	return ranks
}

// unexplained marks the rows at which a reason is missing: against the ranking, or once the jury has met
// against its recommendation, of which each outcome that differs needs one.
func unexplained(rows []Row) []bool {
	met := len(rows) > 0 && !slices.ContainsFunc(rows, func(r Row) bool { return r.Recommended == nil })
	placed := make([]Placed, len(rows))
	ranks := []int{}
	if met {
		ranks = recommended(rows)
	}
	for i, r := range rows {
		placed[i].Rank = r.Rank
		if met {
			placed[i].Rank = ranks[i]
		}
		if x := r.Choice; x != nil {
			placed[i].Outcome, placed[i].Place, placed[i].Reason = x.Outcome, x.Place, x.Reason != ""
		}
	}
	needs := Unexplained(placed)
	for i, r := range rows {
		if met && r.Choice != nil && r.Choice.Outcome != r.Recommended.Outcome && r.Choice.Reason == "" {
			needs[i] = true
		}
	}
	return needs
}

// Propose begins the host's draft with what the jury recommends, where nobody has begun one. The caller
// holds the challenge with LockExclusive.
func Propose(tx database.Tx, actor authz.Actor, c contest.Challenge, d Draft) error {
	version, err := versionOf(tx.Context(), tx.Pgx(), c.ID)
	if err != nil || version > 0 {
		return err
	}
	return write(tx, actor, c, d)
}
