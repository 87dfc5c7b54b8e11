package jury

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/database"
	"fieldtrial/internal/jury/organisation"
)

// claim is an organisation that a juror belongs to, by what the juror states or by the city sat for.
type claim struct {
	seat  uuid.UUID
	juror string
	typed string
	host  bool
}

// findOrganisations compares the organisations of jurors with the teams and their partners.
func (h hints) findOrganisations(ctx context.Context, q database.Queryer) error {
	claims, err := h.claims(ctx, q)
	if err != nil || len(claims) == 0 {
		return err
	}
	settled, err := h.settled(ctx, q)
	if err != nil {
		return err
	}
	own, partners, err := h.teams(ctx, q)
	if err != nil {
		return err
	}
	mark := func(c claim, entry uuid.UUID, of func(*Hint) *bool) {
		p := pair{c.seat, entry}
		if settled[p] {
			return
		}
		x := h.of(p, c.juror)
		*of(x) = true
		if !h.c.BlindTo(h.actor) {
			x.States = c.typed
		}
	}
	for _, c := range claims {
		for _, key := range organisation.Keys(c.typed) {
			for _, e := range own[key] {
				mark(c, e, func(x *Hint) *bool { return pick(c.host, &x.Host, &x.Organisation) })
			}
			for _, e := range partners[key] {
				mark(c, e, func(x *Hint) *bool { return pick(c.host, &x.Host, &x.Partner) })
			}
		}
	}
	return nil
}

func pick(first bool, a, b *bool) *bool {
	if first {
		return a
	}
	return b
}

// claims are what jurors state, and for those who sit for a city who is responsible for its testbeds here.
func (h hints) claims(ctx context.Context, q database.Queryer) ([]claim, error) {
	rows, err := q.Query(ctx, `
		select s.id, p.name, o.typed, false from seats s join people p on p.id = s.person_id cross join unnest(s.organisations) o(typed) where `+sits+`
		union
		select s.id, p.name, b.partner, true from seats s join people p on p.id = s.person_id join testbed_cities y on y.city_id = s.city_id
			join challenge_testbeds t on t.testbed_id = y.testbed_id join testbeds b on b.id = t.testbed_id
			where t.challenge_id = $3 and b.partner <> '' and `+sits, h.c.ContestID, h.actor.PersonID, h.c.ID)
	if err != nil {
		return nil, err
	}
	var out []claim
	var c claim
	_, err = pgx.ForEachRow(rows, []any{&c.seat, &c.juror, &c.typed, &c.host}, func() error {
		out = append(out, c)
		return nil
	})
	return out, err
}

// settled are the pairs that need no further word: ruled on, or in conflict already.
func (h hints) settled(ctx context.Context, q database.Queryer) (map[pair]bool, error) {
	rows, err := q.Query(ctx, `select s.id, x.entry_id from exclusions x join seats s on s.person_id = x.person_id and s.contest_id = $1 where x.entry_id = any($2)
		union select seat_id, entry_id from conflict_rulings where entry_id = any($2)`, h.c.ContestID, h.ids())
	if err != nil {
		return nil, err
	}
	out := map[pair]bool{}
	var p pair
	_, err = pgx.ForEachRow(rows, []any{&p.seat, &p.entry}, func() error { out[p] = true; return nil })
	return out, err
}

// teams gives the entries by the keys of their teams, and by those of the teams' partners.
func (h hints) teams(ctx context.Context, q database.Queryer) (own, partners map[string][]uuid.UUID, err error) {
	rows, err := q.Query(ctx, `select e.id, t.name, t.latin_name, t.website, t.partners from entries e join teams t on t.id = e.team_id where e.id = any($1)`, h.ids())
	if err != nil {
		return nil, nil, err
	}
	own, partners = map[string][]uuid.UUID{}, map[string][]uuid.UUID{}
	var id uuid.UUID
	var name, latin, website string
	var with []string
	_, err = pgx.ForEachRow(rows, []any{&id, &name, &latin, &website, &with}, func() error {
		keys := append(organisation.Keys(name), organisation.Keys(latin)...)
		if site := organisation.Site(strings.ToLower(website)); site != "" {
			keys = append(keys, site)
		}
		put(own, id, keys)
		for _, p := range with {
			put(partners, id, organisation.Keys(p))
		}
		return nil
	})
	return own, partners, err
}

func put(into map[string][]uuid.UUID, id uuid.UUID, keys []string) {
	for _, k := range keys {
		if !slices.Contains(into[k], id) {
			into[k] = append(into[k], id)
		}
	}
}
