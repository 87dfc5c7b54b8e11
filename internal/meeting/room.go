package meeting

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
)

// Presence is whether somebody takes part.
type Presence string

// The kinds of presence. Who takes part from elsewhere counts as being there; who left before the end was there.
const (
	Present Presence = "present"
	Remote  Presence = "remote"
	Left    Presence = "left"
	Excused Presence = "excused"
	Absent  Presence = "absent"
)

// Valid reports whether p is one of the kinds.
func (p Presence) Valid() bool { return p.Came() || p == Excused || p == Absent }

// Came reports whether the person took part, if only for a while.
func (p Presence) Came() bool { return p.There() || p == Left }

// There reports whether the person takes part.
func (p Presence) There() bool { return p == Present || p == Remote }

// Person is somebody who is or may be there. Members of the jury vote; the others are officials of the
// host cities.
type Person struct {
	ID       uuid.UUID
	Name     string
	Member   bool
	Chair    bool
	Presence Presence
}

// Away is somebody who left for an entry. Reason is given where the conflict was found in the meeting.
type Away struct {
	Person uuid.UUID
	Name   string
	Reason string
}

// room is who is there, who is recused from what, and who has left for what.
type room struct {
	quorum  int
	current uuid.UUID // the entry under discussion; uuid.Nil for none
	people  []Person
	recused map[uuid.UUID]map[uuid.UUID]bool // by entry
	away    map[uuid.UUID][]Away
	out     map[uuid.UUID]bool // for the entry under discussion
}

func readRoom(ctx context.Context, q database.Queryer, c contest.Challenge, s state) (room, error) {
	r := room{quorum: s.Plan.Quorum, recused: map[uuid.UUID]map[uuid.UUID]bool{}, away: map[uuid.UUID][]Away{}, out: map[uuid.UUID]bool{}}
	if s.Current != nil {
		r.current = *s.Current
	}
	rows, err := q.Query(ctx, `
		with may as (
			select g.person_id, bool_or(g.role in ('juror', 'chair')) as member, bool_or(g.role = 'chair') as chair
			from grants g join people p on p.id = g.person_id and p.disabled_at is null
			where $4 and (g.expires_at is null or g.expires_at > clock_timestamp())
			  and ((g.scope_kind = 'contest' and g.scope_id = $1 and g.role in ('juror', 'chair'))
			    or (g.scope_kind = 'city' and g.scope_id = any($2) and g.role = 'official'))
			group by g.person_id)
		select p.id, p.name, coalesce(k.member, may.member), coalesce(k.chair, may.chair), coalesce(k.presence, 'absent')
		from may full join (select * from meeting_people where meeting_id = $3) k on k.person_id = may.person_id
		join people p on p.id = coalesce(k.person_id, may.person_id)
		order by 4 desc, 3 desc, lower(p.name), p.id`, c.ContestID, c.Cities, s.ID, s.ClosedAt == nil)
	if err != nil {
		return r, err
	}
	if r.people, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Person]); err != nil {
		return r, err
	}
	if err := r.readRecusals(ctx, q, c.ID); err != nil {
		return r, err
	}
	return r, r.readAway(ctx, q, s)
}

func (r *room) readRecusals(ctx context.Context, q database.Queryer, challenge uuid.UUID) error {
	ids := make([]uuid.UUID, len(r.people))
	for i, p := range r.people {
		ids[i] = p.ID
	}
	rows, err := q.Query(ctx, `select x.entry_id, x.person_id from exclusions x join entries e on e.id = x.entry_id
		where e.challenge_id = $1 and x.person_id = any($2)`, challenge, ids)
	if err != nil {
		return err
	}
	var entry, person uuid.UUID
	_, err = pgx.ForEachRow(rows, []any{&entry, &person}, func() error {
		if r.recused[entry] == nil {
			r.recused[entry] = map[uuid.UUID]bool{}
		}
		r.recused[entry][person] = true
		return nil
	})
	return err
}

func (r *room) readAway(ctx context.Context, q database.Queryer, s state) error {
	rows, err := q.Query(ctx, `select a.entry_id, a.person_id, p.name, a.reason from meeting_away a join people p on p.id = a.person_id
		where a.meeting_id = $1 order by lower(p.name), p.id`, s.ID)
	if err != nil {
		return err
	}
	var entry uuid.UUID
	var a Away
	_, err = pgx.ForEachRow(rows, []any{&entry, &a.Person, &a.Name, &a.Reason}, func() error {
		r.away[entry] = append(r.away[entry], a)
		if entry == r.current {
			r.out[a.Person] = true
		}
		return nil
	})
	return err
}

// members counts the members of the jury, and those of them who are there.
func (r room) members() (all, there int) {
	for _, p := range r.people {
		if p.Member {
			all++
			if p.Presence.There() {
				there++
			}
		}
	}
	return all, there
}

// vote gives how many may vote on an entry, and how many of them it takes: the quorum is of those who
// may take part at all, so that recusals do not make a decision impossible.
func (r room) vote(entry uuid.UUID) (voters, quorum int) {
	all, may := 0, 0
	for _, p := range r.people {
		if !p.Member {
			continue
		}
		all++
		if r.bound(entry, p.ID) {
			continue
		}
		may++
		if p.Presence.There() {
			voters++
		}
	}
	if all == 0 {
		return 0, 1
	}
	return voters, max(1, (r.quorum*may+all-1)/all)
}

// bound reports whether a person must not take part in what concerns the entry.
func (r room) bound(entry, person uuid.UUID) bool {
	return r.recused[entry][person]
}

// mustLeave lists who is there, is recused from the entry and has not left for it. When the discussion of an
// entry has ended everybody is back, and leaves again where it is taken up once more.
func (r room) mustLeave(entry uuid.UUID) []Person {
	out := []Person{}
	for _, p := range r.people {
		if p.Presence.There() && r.recused[entry][p.ID] && (entry != r.current || !r.out[p.ID]) {
			out = append(out, p)
		}
	}
	return out
}

// hidden are the entries that must not be shown to the room as it is now: somebody in it is recused.
func (r room) hidden() map[uuid.UUID]bool {
	out := map[uuid.UUID]bool{}
	for _, p := range r.people {
		if !p.Presence.There() || r.out[p.ID] {
			continue
		}
		for entry, who := range r.recused {
			if who[p.ID] {
				out[entry] = true
			}
		}
	}
	return out
}
