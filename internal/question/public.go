package question

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// Board is a page of what everybody may read on a challenge.
type Board struct {
	Challenge contest.Challenge
	Items     []Seen
	Next      string
	Total     int
	ClosesAt  time.Time // until when questions are taken
	Open      bool      // they are taken now
	Now       time.Time
}

// Public lists the questions that were answered to everyone and are not hidden, last answered
// first. words may be empty.
func (s *Service) Public(ctx context.Context, slug, words string, want lang.Tag, cursor string, limit int) (Board, error) {
	id, err := contest.IDBySlug(ctx, s.db.Pool(), slug)
	if err != nil {
		return Board{}, err
	}
	b := Board{Items: []Seen{}}
	if b.Challenge, err = contest.Load(ctx, s.db.Pool(), id); err != nil {
		return b, err
	}
	if b.Challenge.PublishedAt == nil {
		return b, fault.ErrNotFound
	}
	own, err := ownClosing(ctx, s.db.Pool(), id)
	if err != nil {
		return b, err
	}
	if b.Now, err = s.db.Now(ctx); err != nil {
		return b, err
	}
	b.ClosesAt = ClosesAt(own, b.Challenge.Dates)
	b.Open = b.Now.Before(b.ClosesAt)
	var before time.Time
	var last uuid.UUID
	more, err := database.DecodeCursor(cursor, &before, &last)
	if err != nil {
		return b, err
	}
	if limit == 0 {
		limit = 20
	}
	const shown = ` from questions q where q.challenge_id = $1 and q.public and q.hidden_at is null
		and (cardinality($2::text[]) = 0 or ` + foldSQL + ` like all ($2))`
	like := patterns(words)
	if err := s.db.Pool().QueryRow(ctx, `select count(*)`+shown, id, like).Scan(&b.Total); err != nil {
		return b, err
	}
	rows, err := s.db.Pool().Query(ctx, selectQuestion+`where q.id in (select q.id`+shown+`)
		and (not $3 or (q.published_at, q.id) < ($4::timestamptz, $5::uuid)) order by q.published_at desc, q.id desc limit $6`,
		id, like, more, before, last, limit+1)
	if err != nil {
		return b, err
	}
	list, err := pgx.CollectRows(rows, scan)
	if err != nil {
		return b, err
	}
	if len(list) > limit {
		list = list[:limit]
		b.Next = database.EncodeCursor(*list[limit-1].PublishedAt, list[limit-1].ID)
	}
	for _, q := range list {
		b.Items = append(b.Items, q.In(want))
	}
	return b, nil
}
