package jury

import (
	"context"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
)

// Profile is what the assignment knows of a juror. No Languages means all; Limit counts the whole
// contest, nil for none.
type Profile struct {
	Seat      uuid.UUID
	Name      string
	Juror     bool
	City      uuid.UUID
	Languages []string
	Tags      []string
	Limit     *int
	Version   int
	Dropped   bool
	Assigned  int
	Submitted int
	Drafts    int
}

// Setup is what an assignment is made from.
type Setup struct {
	Challenge contest.Challenge
	Jurors    []Profile
	Cities    []Mark
	Languages []lang.Tag
	Topics    []Topic
	Entries   []Candidate
	Wishes    []Wish
}

// Setup shows the chair what the next assignment would be made from. Entries that the actor must not
// see are not in it.
func (s *Service) Setup(ctx context.Context, actor authz.Actor, challenge uuid.UUID) (Setup, error) {
	q := s.db.Pool()
	c, err := contest.Load(ctx, q, challenge)
	if err != nil {
		return Setup{}, err
	}
	out := Setup{Challenge: c, Languages: c.EntryLanguages}
	if err := mayAssign(ctx, q, actor, c); err != nil {
		return out, err
	}
	all, err := roster(ctx, q, c.ID)
	if err != nil {
		return out, err
	}
	out.Entries = visible(actor, all)
	if out.Topics, err = topicsOf(ctx, q, c); err != nil {
		return out, err
	}
	list, err := wishesOf(ctx, q, c.ID)
	if err != nil {
		return out, err
	}
	for _, w := range list {
		if !actor.Excluded[w.Entry] {
			out.Wishes = append(out.Wishes, w)
		}
	}
	if out.Cities, err = hosts(ctx, q, c); err != nil {
		return out, err
	}
	out.Jurors, err = profiles(ctx, q, c, idsOf(out.Entries))
	return out, err
}

func profiles(ctx context.Context, q database.Queryer, c contest.Challenge, entries []uuid.UUID) ([]Profile, error) {
	all, err := members(ctx, q, c, entries)
	if err != nil {
		return nil, err
	}
	out := []Profile{}
	for _, m := range all {
		p := Profile{Seat: m.Seat, Name: m.Name, Juror: m.Juror, Assigned: m.Assigned, Submitted: m.Submitted, Drafts: m.Drafts}
		if err := q.QueryRow(ctx, `select coalesce(city_id, '00000000-0000-0000-0000-000000000000'), languages, tags, max_reviews, version,
			exists (select from dropouts d where d.seat_id = seats.id and d.challenge_id = $2) from seats where id = $1`,
			m.Seat, c.ID).Scan(&p.City, &p.Languages, &p.Tags, &p.Limit, &p.Version, &p.Dropped); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// hosts are the cities of a challenge, the leading one first.
func hosts(ctx context.Context, q database.Queryer, c contest.Challenge) ([]Mark, error) {
	rows, err := q.Query(ctx, `select id, slug, name, position, time_zone, country from cities
		where id = $1 or id = any($2) order by id <> $1, position`, c.LeadCity, c.Cities)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Mark{}
	for rows.Next() {
		var m Mark
		if err := rows.Scan(&m.ID, &m.Slug, &m.Name, &m.Position, &m.Zone, &m.Country); err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, rows.Err()
}

// Made is an assignment that was made, with the seed that decided between equals.
type Made struct {
	Mode           Mode
	K              int
	HostSeat       bool
	Seed           string
	Added, Removed int
	At             time.Time
}

// History lists the assignments of a challenge, the latest first: whoever sees the jury's progress
// sees the seeds.
func (s *Service) History(ctx context.Context, actor authz.Actor, challenge uuid.UUID) ([]Made, error) {
	c, err := contest.Load(ctx, s.db.Pool(), challenge)
	if err != nil {
		return nil, err
	}
	if err := actor.Require(authz.SeeProgress, c.Scope()); err != nil {
		return nil, err
	}
	rows, err := s.db.Pool().Query(ctx, `select mode, per_entry, host_seat, seed, added, removed, made_at from allotments
		where challenge_id = $1 order by made_at desc, id desc limit 100`, c.ID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Made{}
	for rows.Next() {
		var m Made
		if err := rows.Scan(&m.Mode, &m.K, &m.HostSeat, &m.Seed, &m.Added, &m.Removed, &m.At); err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, rows.Err()
}
