package pitch

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/pitch/final"
)

// State is how far a pitch round is.
type State string

// The states, in order. None: no round was announced. Judging: the jury's scores are not locked.
const (
	None     State = "none"
	Judging  State = "judging"
	Choosing State = "choosing"
	Open     State = "open"
	Locked   State = "locked"
)

// Total is one juror's total of one pitch. Name and Comment are for the chair and the auditor.
type Total struct {
	Label   int
	Name    string
	Total   float64
	Comment string
}

// Row is one ranked entry in the round. Final is zero, and what a pointer of Pitched holds nil, before the
// lock.
type Row struct {
	Pitched
	Summary   jury.Candidate
	Rank      int // by the reviews
	Suggested bool
	Edge      bool // has the same total as the last that is suggested
	Invited   bool
	Reason    string
	At        *time.Time
	Place     string
	Complete  int // score sheets
	Final     Place
	Totals    []Total
}

// Round is a pitch round, for those who see the ranking.
type Round struct {
	Challenge contest.Challenge
	Plan      Plan
	State     State
	Version   int
	Order     contest.Order
	Lottery   bool // the lottery of the first round is not drawn yet
	NamedAt   *time.Time
	LockedAt  *time.Time
	Rows      []Row // by rank, after the lock by final rank
	Allowed   []authz.Action
}

// Round reads the round. Nobody sees a score before the lock.
func (s *Service) Round(ctx context.Context, actor authz.Actor, challenge uuid.UUID) (Round, error) {
	q := s.db.Pool()
	c, err := contest.Load(ctx, q, challenge)
	if err != nil {
		return Round{}, err
	}
	if err := actor.Require(authz.SeeRanking, c.Scope()); err != nil {
		return Round{}, err
	}
	out := Round{Challenge: c, State: None, Order: c.Order, Rows: []Row{}, Allowed: []authz.Action{}}
	if out.Plan, err = loadPlan(ctx, q, c.ID); err != nil || !out.Plan.Held {
		return out, err
	}
	r, err := loadRound(ctx, q, c.ID)
	if err != nil {
		return out, err
	}
	out.Version, out.LockedAt = r.Version, r.LockedAt
	switch {
	case r.LockedAt != nil:
		out.State = Locked
	case r.named():
		out.State = Open
	case c.LockedAt != nil:
		out.State = Choosing
	default:
		out.State = Judging
		return out, nil
	}
	if r.named() {
		out.NamedAt = &r.NamedAt
	}
	if out.State != Locked && c.DecidedAt == nil {
		out.Allowed = actor.Allowed(c.Scope(), authz.RunPitch)
	}
	stand, err := jury.Stand(ctx, q, actor, c)
	if err != nil {
		return out, err
	}
	out.Order, out.Lottery = stand.Order, stand.Open()
	if err := stand.Note(ctx, q, actor); err != nil {
		return out, err
	}
	return out, out.fill(ctx, q, actor, stand)
}

func (r *Round) fill(ctx context.Context, q database.Queryer, actor authz.Actor, stand jury.Standing) error {
	named, err := loadNamed(ctx, q, r.Challenge.ID)
	if err != nil {
		return err
	}
	all, err := sheets(ctx, q, r.Challenge.ID, r.Plan.Criteria)
	if err != nil {
		return err
	}
	first, edge := suggested(stand, r.Plan.Invited)
	for _, row := range stand.Rows {
		x, said := named[row.Entry]
		if row.Rank == 0 && !said {
			continue // too few reviews to be compared
		}
		x.Pitched, x.Summary, x.Rank = Pitched{Entry: row.Entry, First: row.Official}, row.Summary, row.Rank
		x.Suggested, x.Edge, x.Complete, x.Totals = first[row.Entry], edge[row.Entry], len(all[row.Entry].complete), []Total{}
		r.Rows = append(r.Rows, x)
	}
	if r.State != Locked {
		return nil
	}
	return r.finish(ctx, q, actor, stand)
}

// finish adds what the lock came to.
func (r *Round) finish(ctx context.Context, q database.Queryer, actor authz.Actor, stand jury.Standing) error {
	done, err := result(ctx, q, r.Challenge.ID)
	if err != nil {
		return err
	}
	of := done.ByEntry()
	places := final.Order(ranked(stand), of)
	entries := make([]uuid.UUID, len(r.Rows))
	for i, x := range r.Rows {
		entries[i] = x.Entry
		r.Rows[i].Final = places[x.Entry]
		if p, listed := of[x.Entry]; listed {
			r.Rows[i].Pitched, r.Rows[i].Complete = p, len(p.Sheets)
		}
	}
	slices.SortStableFunc(r.Rows, func(a, b Row) int { return a.Final.Rank - b.Final.Rank })
	return r.addTotals(ctx, q, actor, entries)
}

// addTotals labels each juror's total as the matrix does.
func (r *Round) addTotals(ctx context.Context, q database.Queryer, actor authz.Actor, entries []uuid.UUID) error {
	panel, err := jury.PanelOf(ctx, q, actor, r.Challenge, entries)
	if err != nil {
		return err
	}
	by := map[uuid.UUID]jury.MatrixJuror{}
	for _, j := range panel {
		by[j.Seat] = j
	}
	comments, err := loadComments(ctx, q, entries)
	if err != nil {
		return err
	}
	for i, x := range r.Rows {
		for _, s := range x.Sheets {
			t := Total{Label: by[s.Seat].Label, Name: by[s.Seat].Name, Total: s.Total}
			if t.Name != "" {
				t.Comment = comments[commentKey{x.Entry, s.Seat}]
			}
			r.Rows[i].Totals = append(r.Rows[i].Totals, t)
		}
		slices.SortStableFunc(r.Rows[i].Totals, func(a, b Total) int { return a.Label - b.Label })
	}
	return nil
}

func loadNamed(ctx context.Context, q database.Queryer, challenge uuid.UUID) (map[uuid.UUID]Row, error) {
	rows, err := q.Query(ctx, `select entry_id, invited, reason, at, place from pitch_entries where challenge_id = $1`, challenge)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[uuid.UUID]Row{}
	for rows.Next() {
		var id uuid.UUID
		var x Row
		if err := rows.Scan(&id, &x.Invited, &x.Reason, &x.At, &x.Place); err != nil {
			return nil, err
		}
		out[id] = x
	}
	return out, rows.Err()
}

type commentKey struct{ entry, seat uuid.UUID }

func loadComments(ctx context.Context, q database.Queryer, entries []uuid.UUID) (map[commentKey]string, error) {
	rows, err := q.Query(ctx, `select entry_id, seat_id, comment from pitch_scores where entry_id = any($1) and comment <> ''`, entries)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[commentKey]string{}
	for rows.Next() {
		var k commentKey
		var text string
		if err := rows.Scan(&k.entry, &k.seat, &text); err != nil {
			return nil, err
		}
		out[k] = text
	}
	return out, rows.Err()
}
