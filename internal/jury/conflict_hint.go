package jury

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
)

// Hint is a possible conflict: a fact that the program found or a team's word, not a verdict.
type Hint struct {
	Seat  uuid.UUID
	Juror string
	Entry Candidate // without the team where judging is blind to the actor
	// Domain: the juror's e-mail address has the domain of a member's or of the team's website.
	Domain bool
	// Past: the juror founded the team, was invited to it or asked to speak for it.
	Past bool
	// Organisation: an organisation that the juror states is the team, by name or website.
	Organisation bool
	// Partner: an organisation that the juror states is a partner of the team.
	Partner bool
	// Host: the juror sits for a city in which the team, or a partner of it, is responsible for a testbed of the challenge.
	Host bool
	// States is that organisation as the juror wrote it; "" where judging is blind to the actor.
	States string
	// Naming is what the team wrote about the juror, nil where it did not.
	Naming *Naming
}

// pair is a juror and an entry.
type pair struct{ seat, entry uuid.UUID }

// hints gathers what is known of pairs, each pair once.
type hints struct {
	actor   authz.Actor
	c       contest.Challenge
	entries map[uuid.UUID]Candidate
	at      map[pair]*Hint
}

func (h hints) of(p pair, juror string) *Hint {
	if h.at[p] == nil {
		h.at[p] = &Hint{Seat: p.seat, Juror: juror, Entry: unnamed(h.actor, h.c, h.entries[p.entry])}
	}
	return h.at[p]
}

// Hints lists possible conflicts between jurors and entries for the chair to decide: by e-mail domain, website, past
// team, organisation and partner, and those that a team named. Nothing about the actor is among them, nor about
// entries that the actor must not see or entered: another chair or an admin decides about those.
func (s *Service) Hints(ctx context.Context, actor authz.Actor, challenge uuid.UUID) ([]Hint, error) {
	q := s.db.Pool()
	c, err := contest.Load(ctx, q, challenge)
	if err != nil {
		return nil, err
	}
	if err := actor.Require(authz.RuleConflicts, c.Scope()); err != nil {
		return nil, err
	}
	now, err := s.db.Now(ctx)
	if err != nil || !c.AfterDeadline(now) {
		return []Hint{}, err
	}
	all, err := roster(ctx, q, c.ID)
	if err != nil {
		return nil, err
	}
	seen := slices.DeleteFunc(visible(actor, all), func(e Candidate) bool { return inTeam(actor, e.TeamID) })
	h := hints{actor, c, byEntry(seen), map[pair]*Hint{}}
	for _, find := range []func(context.Context, database.Queryer) error{h.findPeople, h.findOrganisations, h.findNamings} {
		if err := find(ctx, q); err != nil {
			return nil, err
		}
	}
	out := make([]Hint, 0, len(h.at))
	for _, x := range h.at {
		out = append(out, *x)
	}
	slices.SortFunc(out, func(a, b Hint) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.Juror), strings.ToLower(b.Juror)), strings.Compare(a.Seat.String(), b.Seat.String()),
			strings.Compare(a.Entry.Reference, b.Entry.Reference))
	})
	return out, nil
}

func (h hints) ids() []uuid.UUID {
	out := make([]uuid.UUID, 0, len(h.entries))
	for id := range h.entries {
		out = append(out, id)
	}
	return out
}

// sits is who can be in conflict: a seat s of the contest $1 whose person p has a role in the jury and is not the
// actor $2.
const sits = `s.contest_id = $1 and s.active and p.id <> $2 and exists (select from grants g
	where g.person_id = p.id and g.scope_kind = 'contest' and g.scope_id = s.contest_id and g.role in ('juror', 'chair'))`

// mailHosts give addresses to everybody: sharing one says nothing.
const mailHosts = `'gmail.com','googlemail.com','outlook.com','outlook.es','outlook.jp','hotmail.com','hotmail.es','live.com','yahoo.com','yahoo.es',
	'yahoo.co.jp','ymail.ne.jp','icloud.com','me.com','proton.me','protonmail.com','gmx.com','gmx.net','gmx.es','aol.com','mail.com','zoho.com',
	'telefonica.net','docomo.ne.jp','ezweb.ne.jp','au.com','softbank.ne.jp','i.softbank.jp','nifty.com','ocn.ne.jp'`

const selectPeople = `
	select * from (
		select s.id, p.name, e.id as entry,
		       split_part(p.email, '@', 2) not in (` + mailHosts + `) and (
		         regexp_replace(lower(t.website), '^https?://(www\.)?([^/:?#]+).*$', '\2') = split_part(p.email, '@', 2)
		         or exists (select from grants g join people m on m.id = g.person_id
		           where g.scope_kind = 'team' and g.scope_id = t.id and m.id <> p.id and split_part(m.email, '@', 2) = split_part(p.email, '@', 2))) as domain,
		       coalesce(t.created_by = p.id, false)
		         or exists (select from team_claims k where k.team_id = t.id and k.person_id = p.id)
		         or exists (select from invitations i where i.scope_kind = 'team' and i.scope_id = t.id and i.email = p.email) as past
		from seats s join people p on p.id = s.person_id cross join entries e join teams t on t.id = e.team_id
		where e.id = any($3) and ` + sits + `
		  and not exists (select from exclusions x where x.person_id = p.id and x.entry_id = e.id)
		  and not exists (select from conflict_rulings r where r.seat_id = s.id and r.entry_id = e.id)
	) h where domain or past`

// findPeople finds who is, or was, with a team, by addresses and by the team's past.
func (h hints) findPeople(ctx context.Context, q database.Queryer) error {
	rows, err := q.Query(ctx, selectPeople, h.c.ContestID, h.actor.PersonID, h.ids())
	if err != nil {
		return err
	}
	var p pair
	var juror string
	var domain, past bool
	_, err = pgx.ForEachRow(rows, []any{&p.seat, &juror, &p.entry, &domain, &past}, func() error {
		x := h.of(p, juror)
		x.Domain, x.Past = domain, past
		return nil
	})
	return err
}

// findNamings adds what teams wrote and nobody has ruled on since. A juror who is off the entry already is among
// them: the team waits for an answer, and whether there was a conflict is not for it to learn from silence.
func (h hints) findNamings(ctx context.Context, q database.Queryer) error {
	rows, err := q.Query(ctx, `select s.id, n.entry_id, p.name, n.reason, n.language, n.named_at
		from conflict_namings n join seats s on s.id = n.seat_id join people p on p.id = s.person_id
		where n.entry_id = any($1) and p.id <> $2 and not exists (
			select from conflict_rulings r where r.seat_id = n.seat_id and r.entry_id = n.entry_id and r.decided_at >= n.named_at)`, h.ids(), h.actor.PersonID)
	if err != nil {
		return err
	}
	var p pair
	var juror string
	var n Naming
	_, err = pgx.ForEachRow(rows, []any{&p.seat, &p.entry, &juror, &n.Reason, &n.Language, &n.At}, func() error {
		naming := n
		naming.State = Undecided
		h.of(p, juror).Naming = &naming
		return nil
	})
	return err
}
