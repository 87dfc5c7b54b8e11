package screening

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
)

// Opened is one early opening as everybody may read it. Index is its place on record, nil until it
// has one.
type Opened struct {
	Slug     string
	Title    lang.Text
	Zone     string
	At       time.Time
	Closes   time.Time
	Reason   string
	Language lang.Tag
	Index    *int64
}

// Openings lists the early openings of published challenges, newest first.
func (s *Service) Openings(ctx context.Context, cursor string, limit int) ([]Opened, string, error) {
	var before *time.Time
	var at time.Time
	more, err := database.DecodeCursor(cursor, &at)
	if err != nil {
		return nil, "", err
	}
	if more {
		before = &at
	}
	rows, err := s.db.Pool().Query(ctx, `
		select c.slug, (select coalesce(jsonb_object_agg(t.language, t.title), '{}') from challenge_texts t where t.challenge_id = c.id and t.title <> ''),
		       y.time_zone, o.opened_at, coalesce(c.closes_at, k.closes_at), o.reason, o.language, r.leaf_index
		from early_openings o join challenges c on c.id = o.challenge_id join contests k on k.id = c.contest_id
		join cities y on y.id = c.lead_city_id left join record_order r on r.leaf_id = o.leaf_id
		where c.published_at is not null and ($1::timestamptz is null or o.opened_at < $1)
		order by o.opened_at desc limit $2`, before, limit+1)
	if err != nil {
		return nil, "", err
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Opened])
	if err != nil || len(list) <= limit {
		return list, "", err
	}
	return list[:limit], database.EncodeCursor(list[limit-1].At), nil
}
