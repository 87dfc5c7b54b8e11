package jury

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury/assign"
)

// draftPlan reads what there is to assign and plans it.
func draftPlan(ctx context.Context, q database.Queryer, actor authz.Actor, c contest.Challenge, req AssignRequest) (allotPlan, error) {
	p := allotPlan{challenge: c, req: req}
	if err := mayAssign(ctx, q, actor, c); err != nil {
		return p, err
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
	if err := p.read(ctx, q); err != nil {
		return p, err
	}
	in := assign.Input{PerEntry: p.req.K, HostSeat: p.req.HostSeat, Move: p.req.Move, Seed: []byte(p.req.Seed), Held: p.held}
	var err error
	if in.Barred, err = barred(ctx, q, c, idsOf(p.roster)); err != nil {
		return p, err
	}
	topics, err := topicsOf(ctx, q, c)
	if err != nil {
		return p, err
	}
	if in.Entries, err = p.entries(ctx, q, topics); err != nil {
		return p, err
	}
	if in.Jurors, err = p.readers(ctx, q); err != nil {
		return p, err
	}
	if err := p.wishes(ctx, q, &in); err != nil {
		return p, err
	}
	p.plan = assign.Make(in)
	return p, nil
}

// mayAssign is who may assign and when: the chair, after the deadline and before the lock.
func mayAssign(ctx context.Context, q database.Queryer, actor authz.Actor, c contest.Challenge) error {
	if err := actor.Require(authz.AssignJurors, c.Scope()); err != nil {
		return err
	}
	var closed bool
	if err := q.QueryRow(ctx, `select clock_timestamp() >= $1`, c.Dates.Closes).Scan(&closed); err != nil {
		return err
	}
	switch {
	case !closed:
		return contest.ErrStillOpen
	case c.LockedAt != nil:
		return ErrLocked
	}
	return nil
}

func (p *allotPlan) read(ctx context.Context, q database.Queryer) (err error) {
	id := p.challenge.ID
	if p.roster, err = roster(ctx, q, id); err != nil {
		return err
	}
	if len(p.roster) == 0 {
		return ErrNoEntries
	}
	if p.unchecked, err = entriesWhere(ctx, q, `e.eligible is null`, id); err != nil {
		return err
	}
	if p.changing, err = entriesWhere(ctx, q, `exists (select from corrections x where x.entry_id = e.id and x.closed_at is null
		and x.until > clock_timestamp())`, id); err != nil {
		return err
	}
	if p.members, err = members(ctx, q, p.challenge, idsOf(p.roster)); err != nil {
		return err
	}
	if p.dropped, err = dropped(ctx, q, id); err != nil {
		return err
	}
	p.held, err = held(ctx, q, idsOf(p.roster))
	return err
}

// entries are the roster as the optimiser sees it. Their tags are the options chosen.
func (p *allotPlan) entries(ctx context.Context, q database.Queryer, topics []Topic) ([]assign.Entry, error) {
	chosen, err := tagsOf(ctx, q, p.roster, topics)
	if err != nil {
		return nil, err
	}
	cities := append([]uuid.UUID{p.challenge.LeadCity}, p.challenge.Cities...)
	out := make([]assign.Entry, len(p.roster))
	for i, e := range p.roster {
		out[i] = assign.Entry{ID: e.EntryID, Cities: cities, Language: string(e.Language), Tags: chosen[e.EntryID]}
	}
	return out, nil
}

// readers are the seats to give entries to. Limits count the whole contest: what a juror has in its
// other challenges is taken off.
func (p *allotPlan) readers(ctx context.Context, q database.Queryer) ([]assign.Juror, error) {
	ids := []uuid.UUID{}
	for _, m := range p.members {
		asked := m.Juror && len(p.req.Seats) == 0 || (m.Juror || m.Chair) && slices.Contains(p.req.Seats, m.Seat)
		if asked && !p.dropped[m.Seat] {
			ids = append(ids, m.Seat)
		}
	}
	if len(ids) < len(p.req.Seats) {
		return nil, fault.ErrInvalid.At("/seats", "unknown", nil)
	}
	if len(ids) == 0 {
		return nil, ErrNoJurors
	}
	rows, err := q.Query(ctx, `select s.id, coalesce(s.city_id, '00000000-0000-0000-0000-000000000000'), s.languages, s.tags,
		case when s.max_reviews is not null then greatest(0, s.max_reviews - (select count(*) from assignments a
			join entries e on e.id = a.entry_id where a.seat_id = s.id and a.ended_at is null and e.challenge_id <> $2)) end
		from seats s where s.id = any($1)`, ids, p.challenge.ID)
	if err != nil {
		return nil, err
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (j assign.Juror, err error) {
		err = row.Scan(&j.ID, &j.City, &j.Languages, &j.Tags, &j.Limit)
		return j, err
	})
	p.limits = map[uuid.UUID]*int{}
	for _, j := range list {
		p.limits[j.ID] = j.Limit
	}
	return list, err
}

// held reads who reads what already, and whether the review was begun.
func held(ctx context.Context, q database.Queryer, entries []uuid.UUID) ([]assign.Held, error) {
	rows, err := q.Query(ctx, `select a.entry_id, a.seat_id, r.id is not null from assignments a
		left join reviews r on r.assignment_id = a.id where a.entry_id = any($1) and a.ended_at is null`, entries)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (x assign.Held, err error) {
		err = row.Scan(&x.Entry, &x.Juror, &x.Begun)
		return x, err
	})
}

// barred reads who must never read what: recusals, exclusions and members of the team. What was
// only moved to another or freed by a drop-out may come back.
func barred(ctx context.Context, q database.Queryer, c contest.Challenge, entries []uuid.UUID) ([]assign.Pair, error) {
	rows, err := q.Query(ctx, `
		select a.entry_id, a.seat_id from assignments a where a.entry_id = any($2) and a.ended_at is not null and a.ended_why <> all($3)
		union
		select x.entry_id, s.id from exclusions x join seats s on s.person_id = x.person_id
		where s.contest_id = $1 and x.entry_id = any($2)
		union
		select e.id, s.id from entries e join grants g on g.scope_kind = 'team' and g.scope_id = e.team_id
		join seats s on s.person_id = g.person_id where s.contest_id = $1 and e.id = any($2)`, c.ContestID, entries, []string{endedMoved, endedDropped})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (x assign.Pair, err error) {
		err = row.Scan(&x.Entry, &x.Juror)
		return x, err
	})
}
