package entry

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
)

// Mine is one line of somebody's own entries. Of Challenge only what a list shows is filled: ID,
// Slug, Title, Zone, Dates and the recorded acts.
type Mine struct {
	ID          uuid.UUID
	Reference   string
	Challenge   contest.Challenge
	Cities      []CityMark // the lead first
	Phase       contest.Phase
	Team        TeamMark
	Language    lang.Tag
	Status      Status
	Next        Next
	Stage       Stage
	ChangedAt   time.Time
	SubmittedAt *time.Time
}

// CityMark is a host city as it is marked on pages: position decides shape and colour.
type CityMark struct {
	ID       uuid.UUID `json:"id"`
	Slug     string    `json:"slug"`
	Name     lang.Text `json:"name"`
	Position int       `json:"position"`
	Zone     string    `json:"zone"`
	Country  string    `json:"country"`
}

// selectCities gives the cities of the challenge c as JSON.
const selectCities = `(select jsonb_agg(jsonb_build_object('id', h.id, 'slug', h.slug, 'name', h.name, 'position', h.position,
	'zone', h.time_zone, 'country', h.country) order by cc.position)
	from challenge_cities cc join cities h on h.id = cc.city_id where cc.challenge_id = c.id)`

const selectMine = `
	select e.id, e.reference, e.language, e.state, e.changed_at, s.submitted_at,
	       t.id, t.name, t.latin_name, t.kind, t.country,
	       c.id, c.slug, y.time_zone, ` + selectCities + `,
	       (select coalesce(jsonb_object_agg(x.language, x.title), '{}') from challenge_texts x where x.challenge_id = c.id and x.title <> ''),
	       coalesce(c.opens_at, k.opens_at), coalesce(c.closes_at, k.closes_at),
	       coalesce(c.judging_ends_at, k.judging_ends_at), coalesce(c.results_at, k.results_at),
	       c.published_at, c.assigned_at, c.locked_at, c.decided_at, c.released_at, c.extended_from,
	       coalesce(c.grace_minutes, k.grace_minutes),
	       (select max(x.until) from extensions x where x.challenge_id = c.id and x.team_id = t.id)
	from entries e
	join teams t on t.id = e.team_id
	join challenges c on c.id = e.challenge_id
	join contests k on k.id = c.contest_id
	join cities y on y.id = c.lead_city_id
	left join submissions s on s.id = e.last_submission_id
	where e.team_id = any($1) and ($2::uuid is null or e.id < $2) and`

// ListMine lists the entries of the actor's teams, newest first, in as many queries for one as for
// many. It gives the next page's cursor, "" on the last, and the database's clock.
func (s *Service) ListMine(ctx context.Context, actor authz.Actor, cursor string, limit int) ([]Mine, string, time.Time, error) {
	return s.mine(ctx, actor, actor.IDs(authz.Team, authz.TeamRoles...), cursor, limit)
}

// ListTeam is ListMine for one of the actor's teams; it is empty for somebody else's.
func (s *Service) ListTeam(ctx context.Context, actor authz.Actor, team uuid.UUID, cursor string, limit int) ([]Mine, string, time.Time, error) {
	own := slices.DeleteFunc(actor.IDs(authz.Team, authz.TeamRoles...), func(id uuid.UUID) bool { return id != team })
	return s.mine(ctx, actor, own, cursor, limit)
}

func (s *Service) mine(ctx context.Context, actor authz.Actor, teams []uuid.UUID, cursor string, limit int) ([]Mine, string, time.Time, error) {
	var before *uuid.UUID
	var at uuid.UUID
	more, err := database.DecodeCursor(cursor, &at)
	if err != nil {
		return nil, "", time.Time{}, err
	}
	if more {
		before = &at
	}
	now, err := s.db.Now(ctx)
	if err != nil {
		return nil, "", time.Time{}, err
	}
	rows, err := s.db.Pool().Query(ctx, selectMine+authz.NotExcluded("e.id", "$3")+`order by e.id desc limit $4`, teams, before, actor.PersonID, limit+1)
	if err != nil {
		return nil, "", time.Time{}, err
	}
	defer rows.Close()
	out := []Mine{}
	last := map[uuid.UUID]time.Time{} // until when each may be sent
	for rows.Next() {
		var m Mine
		var state State
		var grace int
		var more *time.Time
		c := &m.Challenge
		if err := rows.Scan(&m.ID, &m.Reference, &m.Language, &state, &m.ChangedAt, &m.SubmittedAt,
			&m.Team.ID, &m.Team.Name, &m.Team.LatinName, &m.Team.Kind, &m.Team.Country,
			&c.ID, &c.Slug, &c.Zone, &m.Cities, &c.Title, &c.Dates.Opens, &c.Dates.Closes, &c.Dates.JudgingEnds, &c.Dates.Results,
			&c.PublishedAt, &c.AssignedAt, &c.LockedAt, &c.DecidedAt, &c.ReleasedAt, &c.ExtendedFrom, &grace, &more); err != nil {
			return nil, "", time.Time{}, err
		}
		m.Phase = c.Phase(now)
		c.Grace = time.Duration(grace) * time.Minute
		w := windowOf(*c, nil)
		if more != nil {
			w.Extension = &Extension{Until: *more}
		}
		phase, dates := w.phase(*c, now), c.Dates
		dates.Closes = w.Last()
		unsent := state == StateSubmitted && m.SubmittedAt != nil && m.ChangedAt.After(*m.SubmittedAt)
		m.Status = statusOf(state, unsent, phase)
		m.Next = nextOf(m.Status, phase, dates)
		last[m.ID] = w.Last()
		out = append(out, m)
	}
	if err := rows.Err(); err != nil {
		return nil, "", time.Time{}, err
	}
	next := ""
	if len(out) > limit {
		out = out[:limit]
		next = database.EncodeCursor(out[limit-1].ID)
	}
	ids := make([]uuid.UUID, 0, len(out))
	for _, m := range out {
		ids = append(ids, m.ID)
	}
	known, err := toldOf(ctx, s.db.Pool(), ids)
	for i, m := range out {
		out[i].Stage = place{now, m.Status, m.Phase, m.Challenge.Dates, last[m.ID], known[m.ID]}.stage()
	}
	return out, next, now, err
}
