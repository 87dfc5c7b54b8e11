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

// Member is one seat of the jury and how far it is in a challenge. Counts leave out entries that
// the reader must not see.
type Member struct {
	Seat      uuid.UUID
	Person    uuid.UUID // uuid.Nil after an erasure
	Name      string
	City      *Mark
	Chair     bool
	Juror     bool
	Declared  bool
	Conflicts int
	Assigned  int
	Submitted int
	Drafts    int
	LastSaved *time.Time
	pseudonym string
	language  lang.Tag
}

// members lists the seats of a challenge's jury by name: those whose role is still granted, and
// those that have left but hold reviews. visible are the entries to count.
func members(ctx context.Context, q database.Queryer, c contest.Challenge, visible []uuid.UUID) ([]Member, error) {
	rows, err := q.Query(ctx, `
		select s.id, coalesce(s.person_id, '00000000-0000-0000-0000-000000000000'), coalesce(p.name, ''), s.pseudonym, coalesce(p.language, 'en'),
		       y.id, coalesce(y.slug, ''), y.name, coalesce(y.position, 0), coalesce(y.time_zone, ''), coalesce(y.country, ''),
		       coalesce(g.chair, false), coalesce(g.juror, false),
		       exists (select from conflict_declarations d where d.seat_id = s.id and d.challenge_id = $2),
		       (select count(*) from exclusions x where x.person_id = s.person_id and x.entry_id = any($3)),
		       w.assigned, w.submitted, w.drafts, w.last
		from seats s
		left join people p on p.id = s.person_id
		left join cities y on y.id = s.city_id
		left join lateral (select bool_or(g.role = 'chair') as chair, bool_or(g.role = 'juror') as juror from grants g
			where g.person_id = s.person_id and g.scope_kind = 'contest' and g.scope_id = s.contest_id
			  and g.role in ('chair', 'juror') and (g.expires_at is null or g.expires_at > clock_timestamp())) g on true
		cross join lateral (
			select count(*) as assigned, count(r.submitted_version) as submitted,
			       count(*) filter (where r.id is not null and r.submitted_version is null) as drafts, max(r.updated_at) as last
			from assignments a left join reviews r on r.assignment_id = a.id
			where a.seat_id = s.id and a.ended_at is null and a.entry_id = any($3)) w
		where s.contest_id = $1 and ((s.active and (g.chair or g.juror) and p.disabled_at is null) or w.assigned > 0)
		order by lower(p.name), s.id`, c.ContestID, c.ID, visible)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Member{}
	for rows.Next() {
		var m Member
		var city Mark
		var cityID *uuid.UUID
		if err := rows.Scan(&m.Seat, &m.Person, &m.Name, &m.pseudonym, &m.language, &cityID, &city.Slug, &city.Name, &city.Position,
			&city.Zone, &city.Country, &m.Chair, &m.Juror, &m.Declared, &m.Conflicts, &m.Assigned, &m.Submitted, &m.Drafts, &m.LastSaved); err != nil {
			return nil, err
		}
		if cityID != nil {
			city.ID = *cityID
			m.City = &city
		}
		out = append(out, m)
	}
	return out, rows.Err()
}

// Round is one lock of the scores.
type Round struct {
	Number  int
	Reviews int
	Root    []byte
	At      time.Time
}

// Progress is where the jury of a challenge stands.
type Progress struct {
	Challenge contest.Challenge
	Phase     contest.Phase
	Entries   int
	Jurors    []Member
	Rounds    []Round
	Reopened  int
	Allowed   []authz.Action
}

// Progress lists the jurors and how far each one is, for the chair.
func (s *Service) Progress(ctx context.Context, actor authz.Actor, challenge uuid.UUID) (Progress, error) {
	q := s.db.Pool()
	c, err := contest.Load(ctx, q, challenge)
	if err != nil {
		return Progress{}, err
	}
	if err := actor.Require(authz.SeeProgress, c.Scope()); err != nil {
		return Progress{}, err
	}
	now, err := s.db.Now(ctx)
	if err != nil {
		return Progress{}, err
	}
	all, err := roster(ctx, q, c.ID)
	if err != nil {
		return Progress{}, err
	}
	seen := visible(actor, all)
	p := Progress{Challenge: c, Phase: c.Phase(now), Entries: len(seen)}
	if p.Jurors, err = members(ctx, q, c, idsOf(seen)); err != nil {
		return p, err
	}
	if p.Rounds, err = rounds(ctx, q, actor, c.ID); err != nil {
		return p, err
	}
	if p.Reopened, err = reopened(ctx, q, c, idsOf(seen)); err != nil {
		return p, err
	}
	actions := []authz.Action{authz.SeeProgress}
	if c.AfterDeadline(now) && c.LockedAt == nil {
		actions = append(actions, authz.AssignJurors, authz.RuleConflicts)
	}
	if c.AfterDeadline(now) && c.DecidedAt == nil && (c.LockedAt == nil || p.Reopened > 0) {
		actions = append(actions, authz.LockScores)
	}
	if c.LockedAt != nil && c.DecidedAt == nil {
		actions = append(actions, authz.ReopenReview)
	}
	if c.LockedAt == nil {
		actions = append(actions, authz.InviteJurors)
	}
	p.Allowed = actor.Allowed(c.Scope(), append(actions, authz.SeeRanking, authz.Audit)...)
	return p, nil
}

// rounds lists the locks. Reviews of entries that the reader must not see are not counted.
func rounds(ctx context.Context, q database.Queryer, actor authz.Actor, challenge uuid.UUID) ([]Round, error) {
	rows, err := q.Query(ctx, `select number, greatest(reviews - (select count(*) from reviews v join entries e on e.id = v.entry_id join exclusions x on x.entry_id = e.id
			where x.person_id = $2 and e.challenge_id = $1 and v.submitted_version is not null), 0), root, locked_at
		from rounds where challenge_id = $1 order by number`, challenge, actor.PersonID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Round{}
	for rows.Next() {
		var r Round
		if err := rows.Scan(&r.Number, &r.Reviews, &r.Root, &r.At); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// reopened counts the reviews of these entries that were locked and are open again.
func reopened(ctx context.Context, q database.Queryer, c contest.Challenge, entries []uuid.UUID) (n int, err error) {
	if c.LockedAt == nil {
		return 0, nil
	}
	err = q.QueryRow(ctx, `select count(*) from reviews where entry_id = any($1) and locked_at is null`, entries).Scan(&n)
	return n, err
}
