package calround

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/jury"
)

// member is one juror of a challenge with what he or she has done in a round.
type member struct {
	jury.Place
	Name     string
	Blind    []uuid.UUID // entries of the challenge with which the juror is in conflict
	Saved    []uuid.UUID // entries of the round with a sheet
	HandedAt *time.Time
}

// of lists the entries among these that the juror is to score.
func (m member) of(entries []uuid.UUID) []uuid.UUID {
	return slices.DeleteFunc(slices.Clone(entries), func(e uuid.UUID) bool { return slices.Contains(m.Blind, e) })
}

// panel lists who scores in a round: the jurors of the contest, and a chair who judges, but for those who
// dropped out of this challenge. By name.
func panel(ctx context.Context, q database.Queryer, c contest.Challenge, round uuid.UUID) ([]member, error) {
	rows, err := q.Query(ctx, `
		select s.id, s.person_id, s.pseudonym, p.name,
		       coalesce((select array_agg(x.entry_id) from exclusions x join entries e on e.id = x.entry_id where x.person_id = p.id and e.challenge_id = $2), '{}'),
		       coalesce((select array_agg(h.entry_id) from calibration_sheets h where h.calibration_id = $3 and h.seat_id = s.id), '{}'),
		       (select h.handed_at from calibration_handed h where h.calibration_id = $3 and h.seat_id = s.id)
		from seats s join people p on p.id = s.person_id
		where s.contest_id = $1 and s.active and p.disabled_at is null
		  and not exists (select from dropouts d where d.seat_id = s.id and d.challenge_id = $2)
		  and (exists (select from grants g where g.person_id = p.id and g.role = 'juror' and g.scope_kind = 'contest' and g.scope_id = $1
		               and (g.expires_at is null or g.expires_at > clock_timestamp()))
		       or exists (select from assignments a join entries e on e.id = a.entry_id
		                  where a.seat_id = s.id and a.ended_at is null and e.challenge_id = $2))
		order by lower(p.name), s.id`, c.ContestID, c.ID, round)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []member{}
	for rows.Next() {
		var m member
		if err := rows.Scan(&m.ID, &m.Person, &m.Pseudonym, &m.Name, &m.Blind, &m.Saved, &m.HandedAt); err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, rows.Err()
}

// seatedAt finds somebody on the panel.
func seatedAt(list []member, person uuid.UUID) (member, bool) {
	i := slices.IndexFunc(list, func(m member) bool { return m.Person == person })
	if i < 0 {
		return member{}, false
	}
	return list[i], true
}

// among gives the entries of a round that are among these, in the round's order.
func (r Round) among(field []jury.Candidate) []jury.Candidate {
	out := []jury.Candidate{}
	for _, id := range r.Entries {
		if i := slices.IndexFunc(field, func(e jury.Candidate) bool { return e.EntryID == id }); i >= 0 {
			out = append(out, field[i])
		}
	}
	return out
}

func idsOf(list []jury.Candidate) []uuid.UUID {
	out := make([]uuid.UUID, len(list))
	for i, e := range list {
		out[i] = e.EntryID
	}
	return out
}
