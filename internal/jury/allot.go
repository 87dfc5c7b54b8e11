package jury

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"slices"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury/assign"
)

// Mode is how entries are given to jurors.
type Mode string

// Everyone reads everything that is not in conflict, or k reviews for each entry.
const (
	All  Mode = "all"
	Even Mode = "even"
)

// AssignRequest asks for an assignment. K is for Even; 0 is the contest's number of reviews. Seats
// are those who read; none means everyone with the role of juror. Seed is hexadecimal; with the
// seed of a preview exactly that plan is applied.
type AssignRequest struct {
	Mode    Mode
	K       int
	Seats   []uuid.UUID
	Seed    string
	Preview bool
}

// Load is one juror's number of entries before and after.
type Load struct {
	Seat          uuid.UUID
	Name          string
	Before, After int
}

// Unmet is an entry that nobody is left to read often enough.
type Unmet struct {
	Entry   Candidate
	Missing int
}

// Allotment is what was, or would be, assigned, as far as the actor may see the entries. Unscreened
// are those of them that nobody has checked for eligibility, Correcting those whose teams may still
// change what the jury would read.
type Allotment struct {
	Unscreened, Correcting int

	Mode    Mode
	K       int
	Seed    string
	Applied bool
	Entries int
	Added   int
	Loads   []Load
	Unmet   []Unmet
}

// Assign gives entries to jurors after the deadline, or says what it would do. A pair in conflict
// is never made, not even by hand. Run again, it fills what is missing and moves nothing.
func (s *Service) Assign(ctx context.Context, actor authz.Actor, challenge uuid.UUID, req AssignRequest) (Allotment, error) {
	if req.Preview {
		c, err := contest.Load(ctx, s.db.Pool(), challenge)
		if err != nil {
			return Allotment{}, err
		}
		p, err := s.draftPlan(ctx, s.db.Pool(), actor, c, req)
		return p.answer(actor), err
	}
	var out Allotment
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := contest.LockExclusive(tx, challenge)
		if err != nil {
			return err
		}
		p, err := s.draftPlan(ctx, tx.Pgx(), actor, c, req)
		if err != nil {
			return err
		}
		if err := p.apply(tx, actor); err != nil {
			return err
		}
		out = p.answer(actor)
		out.Applied = true
		return nil
	})
	if _, again := database.Replayed(err); again {
		req.Preview = true // everything is given already: the answer is a plan that adds nothing
		out, err = s.Assign(ctx, actor, challenge, req)
		out.Applied = true
	}
	return out, err
}

type allotPlan struct {
	challenge contest.Challenge
	req       AssignRequest
	roster    []Candidate
	members   []Member
	existing  []assign.Pair
	unchecked map[uuid.UUID]bool
	changing  map[uuid.UUID]bool
	plan      assign.Plan
}

func (s *Service) draftPlan(ctx context.Context, q database.Queryer, actor authz.Actor, c contest.Challenge, req AssignRequest) (allotPlan, error) {
	p := allotPlan{challenge: c, req: req}
	if err := actor.Require(authz.AssignJurors, c.Scope()); err != nil {
		return p, err
	}
	var closed bool
	if err := q.QueryRow(ctx, `select clock_timestamp() >= $1`, c.Dates.Closes).Scan(&closed); err != nil {
		return p, err
	}
	switch {
	case !closed:
		return p, contest.ErrStillOpen
	case c.LockedAt != nil:
		return p, ErrLocked
	}
	if p.req.Mode == Even && p.req.K == 0 {
		p.req.K = c.ReviewsPerEntry
	}
	if p.req.Mode != Even {
		p.req.Mode, p.req.K = All, 0
	}
	if p.req.Seed == "" {
		var b [16]byte
		_, _ = rand.Read(b[:]) // never fails: the runtime stops the program first
		p.req.Seed = hex.EncodeToString(b[:])
	}
	var err error
	if p.roster, err = roster(ctx, q, c.ID); err != nil {
		return p, err
	}
	if len(p.roster) == 0 {
		return p, ErrNoEntries
	}
	if p.unchecked, err = entriesWhere(ctx, q, `e.eligible is null`, c.ID); err != nil {
		return p, err
	}
	if p.changing, err = entriesWhere(ctx, q, `exists (select from corrections x where x.entry_id = e.id and x.closed_at is null
		and x.until > clock_timestamp())`, c.ID); err != nil {
		return p, err
	}
	if p.members, err = members(ctx, q, c, idsOf(p.roster)); err != nil {
		return p, err
	}
	in := assign.Input{Entries: idsOf(p.roster), PerEntry: p.req.K, Seed: []byte(p.req.Seed)}
	if in.Jurors, err = p.readers(); err != nil {
		return p, err
	}
	if in.Existing, in.Forbidden, err = pairs(ctx, q, c, in.Entries); err != nil {
		return p, err
	}
	p.existing, p.plan = in.Existing, assign.Make(in)
	return p, nil
}

// readers are the seats to give entries to.
func (p allotPlan) readers() ([]uuid.UUID, error) {
	out := []uuid.UUID{}
	for _, m := range p.members {
		if m.Juror && len(p.req.Seats) == 0 || (m.Juror || m.Chair) && slices.Contains(p.req.Seats, m.Seat) {
			out = append(out, m.Seat)
		}
	}
	if len(out) < len(p.req.Seats) {
		return nil, fault.ErrInvalid.At("/seats", "unknown", nil)
	}
	if len(out) == 0 {
		return nil, ErrNoJurors
	}
	return out, nil
}

// pairs reads who reads what already, and who must never read what: ended assignments, exclusions
// and members of the team.
func pairs(ctx context.Context, q database.Queryer, c contest.Challenge, entries []uuid.UUID) ([]assign.Pair, map[assign.Pair]bool, error) {
	rows, err := q.Query(ctx, `
		select a.entry_id, a.seat_id, a.ended_at is null from assignments a where a.entry_id = any($2)
		union all
		select x.entry_id, s.id, false from exclusions x join seats s on s.person_id = x.person_id
		where s.contest_id = $1 and x.entry_id = any($2)
		union all
		select e.id, s.id, false from entries e join grants g on g.scope_kind = 'team' and g.scope_id = e.team_id
		join seats s on s.person_id = g.person_id where s.contest_id = $1 and e.id = any($2)`, c.ContestID, entries)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	existing, forbidden := []assign.Pair{}, map[assign.Pair]bool{}
	for rows.Next() {
		var x assign.Pair
		var live bool
		if err := rows.Scan(&x.Entry, &x.Juror, &live); err != nil {
			return nil, nil, err
		}
		if live {
			existing = append(existing, x)
		} else {
			forbidden[x] = true
		}
	}
	return existing, forbidden, rows.Err()
}

// answer shows the plan without the entries that the actor must not see: their pairs are not
// counted, and nothing is said of what they lack.
func (p allotPlan) answer(actor authz.Actor) Allotment {
	seen := visible(actor, p.roster)
	out := Allotment{Mode: p.req.Mode, K: p.req.K, Seed: p.req.Seed, Entries: len(seen), Loads: []Load{}, Unmet: []Unmet{}}
	before, added := map[uuid.UUID]int{}, map[uuid.UUID]int{}
	for _, x := range p.existing {
		if !actor.Excluded[x.Entry] {
			before[x.Juror]++
		}
	}
	for _, x := range p.plan.Added {
		if !actor.Excluded[x.Entry] {
			added[x.Juror]++
			out.Added++
		}
	}
	for _, m := range p.members {
		if m.Juror || before[m.Seat] > 0 || added[m.Seat] > 0 {
			out.Loads = append(out.Loads, Load{m.Seat, m.Name, before[m.Seat], before[m.Seat] + added[m.Seat]})
		}
	}
	for _, e := range seen {
		if p.unchecked[e.EntryID] {
			out.Unscreened++
		}
		if p.changing[e.EntryID] {
			out.Correcting++
		}
		if n := p.plan.Missing[e.EntryID]; n > 0 {
			out.Unmet = append(out.Unmet, Unmet{e, n})
		}
	}
	slices.SortStableFunc(out.Unmet, func(a, b Unmet) int { return cmp.Compare(b.Missing, a.Missing) })
	return out
}
