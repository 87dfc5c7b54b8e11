package pitch

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/lang"
)

// Duty is a pitch round in which the actor scores. First is the time of its first pitch, in the host's Zone;
// Scored counts complete sheets.
type Duty struct {
	Challenge uuid.UUID
	Title     lang.Text
	Language  lang.Tag
	Zone      string
	First     time.Time
	Pitches   int
	Scored    int
	Locked    bool
}

// complete is a condition in SQL: the sheet s has a score for each criterion, and one of them applies: null is what does not.
const complete = `s.scores is not null
	and not exists (select from pitch_criteria k where k.challenge_id = p.challenge_id and not s.scores ? k.id::text)
	and exists (select from jsonb_each_text(s.scores) v where v.value is not null)`

// Duties lists the rounds in which the actor has pitches to score, those that are open first: once conflicts are
// declared, and until results are out.
func (s *Service) Duties(ctx context.Context, actor authz.Actor) ([]Duty, error) {
	rows, err := s.db.Pool().Query(ctx, `
		select c.id, (select coalesce(jsonb_object_agg(t.language, t.title), '{}') from challenge_texts t where t.challenge_id = c.id and t.title <> ''),
		       c.language, y.time_zone, min(p.at), count(*), count(*) filter (where `+complete+`), r.locked_at is not null
		from pitch_rounds r join challenges c on c.id = r.challenge_id join cities y on y.id = c.lead_city_id
		join seats m on m.contest_id = c.contest_id and m.person_id = $1 and m.active
		join conflict_declarations d on d.seat_id = m.id and d.challenge_id = c.id
		join pitch_entries p on p.challenge_id = c.id and p.invited
		join entries e on e.id = p.entry_id and e.state = 'submitted' and e.eligible is distinct from false
		left join pitch_scores s on s.entry_id = p.entry_id and s.seat_id = m.id
		where c.contest_id = any($2) and c.released_at is null and `+authz.NotExcluded("p.entry_id", "$1")+`
		group by c.id, y.time_zone, r.locked_at, r.named_at
		order by r.locked_at is not null, r.named_at desc limit 100`,
		actor.PersonID, actor.IDs(authz.Contest, authz.Juror, authz.Chair))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Duty])
}
