package entry

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// ErrTestbedsChanged says that a team-mate ranked the testbeds differently meanwhile.
var ErrTestbedsChanged = fault.New(fault.Conflict, "entry.testbeds_changed", "Somebody in the team has changed the order meanwhile. Look at it again.")

// RankedTestbed is a testbed that an entry would take, by its place in the list.
type RankedTestbed struct {
	ID   uuid.UUID `json:"id"`
	Name lang.Text `json:"name"`
}

// TestbedOption is a testbed that an entry can ask for. Own ones are the challenge's; the others are
// those of the regions in which the contest's prizes give one.
type TestbedOption struct {
	RankedTestbed
	Slug    string
	Summary lang.Text
	Own     bool
	Cities  []CityMark
}

// Testbeds is what an entry can rank and has ranked, most wanted first. Frozen: it cannot change now.
type Testbeds struct {
	Options []TestbedOption
	Ranked  []uuid.UUID
	Frozen  bool
}

// optionsOf lists the open testbeds of the challenge $1 and those in the regions of its contest's
// testbed prizes; a prize without a region is for any.
const optionsOf = `
	select b.id, b.name, b.slug, b.summary, own.yes,
	       coalesce((select jsonb_agg(jsonb_build_object('id', h.id, 'slug', h.slug, 'name', h.name, 'position', h.position,
	         'zone', h.time_zone, 'country', h.country) order by tc.position)
	        from testbed_cities tc join cities h on h.id = tc.city_id where tc.testbed_id = b.id), '[]')
	from challenges c
	cross join testbeds b
	cross join lateral (select exists (select from challenge_testbeds ct where ct.challenge_id = c.id and ct.testbed_id = b.id) as yes) own
	where c.id = $1 and b.open and (own.yes or exists (
		select from prizes p join testbed_cities tc on tc.testbed_id = b.id join cities h on h.id = tc.city_id
		where p.contest_id = c.contest_id and p.kind = 'testbed' and (p.region is null or p.region = h.region)))
	order by own.yes desc, b.slug`

func testbedOptions(ctx context.Context, q database.Queryer, challenge uuid.UUID) ([]TestbedOption, error) {
	rows, err := q.Query(ctx, optionsOf, challenge)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (o TestbedOption, err error) {
		err = r.Scan(&o.ID, &o.Name, &o.Slug, &o.Summary, &o.Own, &o.Cities)
		return o, err
	})
}

// ranked is the order as it stands.
func ranked(ctx context.Context, q database.Queryer, entry uuid.UUID) ([]RankedTestbed, error) {
	rows, err := q.Query(ctx, `select b.id, b.name from entry_testbeds x join testbeds b on b.id = x.testbed_id
		where x.entry_id = $1 order by x.position`, entry)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[RankedTestbed])
}

func idsOf(list []RankedTestbed) []uuid.UUID {
	out := make([]uuid.UUID, 0, len(list))
	for _, b := range list {
		out = append(out, b.ID)
	}
	return out
}

// Testbeds reads what the entry's team can rank and has ranked.
func (s *Service) Testbeds(ctx context.Context, actor authz.Actor, id uuid.UUID) (Testbeds, error) {
	q := s.db.Pool()
	r, err := read(ctx, q, id)
	if err != nil {
		return Testbeds{}, err
	}
	c, err := contest.Load(ctx, q, r.Challenge)
	if err != nil {
		return Testbeds{}, err
	}
	scope := r.scope(c)
	if err := actor.Require(authz.SeeEntry, scope); err != nil {
		return Testbeds{}, err
	}
	now, err := s.db.Now(ctx)
	if err != nil {
		return Testbeds{}, err
	}
	var out Testbeds
	if out.Options, err = testbedOptions(ctx, q, c.ID); err != nil {
		return out, err
	}
	list, err := ranked(ctx, q, id)
	out.Ranked = idsOf(list)
	_, closed := r.window(c).takes(c, now)
	out.Frozen = closed != nil || r.State == StateWithdrawn || !actor.May(authz.EditEntry, scope)
	return out, err
}

// RankTestbeds puts the testbeds that the entry would take in order, most wanted first, over the order
// that the caller saw. Like an answer, it counts once it is submitted.
func (s *Service) RankTestbeds(ctx context.Context, actor authz.Actor, id uuid.UUID, seen, wanted []uuid.UUID) (Testbeds, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, r, err := lockToEdit(tx, actor, id)
		if err != nil {
			return err
		}
		if r.reopened != nil { // a correction opens fields, never the order
			return ErrFieldClosed
		}
		options, err := testbedOptions(ctx, tx.Pgx(), c.ID)
		if err != nil {
			return err
		}
		var check fault.Check
		for i, b := range wanted {
			check.That(slices.ContainsFunc(options, func(o TestbedOption) bool { return o.ID == b }) && !slices.Contains(wanted[:i], b), "/ranked", "unknown")
		}
		if err := check.Err(); err != nil {
			return err
		}
		list, err := ranked(ctx, tx.Pgx(), id)
		if err != nil {
			return err
		}
		if slices.Equal(idsOf(list), wanted) {
			return nil
		}
		if !slices.Equal(idsOf(list), seen) {
			return ErrTestbedsChanged
		}
		if _, err := tx.Pgx().Exec(ctx, `delete from entry_testbeds where entry_id = $1`, id); err != nil {
			return err
		}
		if _, err := tx.Pgx().Exec(ctx, `insert into entry_testbeds (entry_id, testbed_id, position)
			select $1, b, n from unnest($2::uuid[]) with ordinality as x(b, n)`, id, wanted); err != nil {
			return err
		}
		return touch(tx, id)
	})
	if err != nil {
		return Testbeds{}, err
	}
	return s.Testbeds(ctx, actor, id)
}

// testbedsToSend is the order that a submission carries: as it stands, or, where what was sent before
// is sent again, as it was then.
func testbedsToSend(tx database.Tx, r row, asBefore bool) ([]RankedTestbed, error) {
	if !asBefore || r.Submission == nil {
		return ranked(tx.Context(), tx.Pgx(), r.ID)
	}
	var list []RankedTestbed
	err := tx.Pgx().QueryRow(tx.Context(), `select testbeds from submissions where id = $1`, r.Submission.ID).Scan(&list)
	return list, err
}
