package contest

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// Translation is one that is missing or older than its original.
type Translation struct {
	Challenge uuid.UUID
	Slug      string
	Title     string // of the original
	Language  lang.Tag
	Target    lang.Tag
	Stale     bool // there is one, of an older version
	Closes    time.Time
}

// Translations lists what is pending for published challenges whose results are not out, closing
// soonest first. target may be empty for every language.
func (s *Service) Translations(ctx context.Context, actor authz.Actor, target lang.Tag) ([]Translation, error) {
	works := false
	for _, r := range authors {
		works = works || actor.HasAnywhere(r)
	}
	if !works {
		return nil, fault.ErrNotFound
	}
	rows, err := s.db.Pool().Query(ctx, `
		select c.id, c.slug, o.title, c.language, l.language, coalesce(t.title, '') <> '', coalesce(c.closes_at, k.closes_at)
		from challenges c
		join contests k on k.id = c.contest_id
		join challenge_texts o on o.challenge_id = c.id and o.language = c.language
		cross join unnest($1::text[]) as l(language)
		left join challenge_texts t on t.challenge_id = c.id and t.language = l.language
		where c.published_at is not null and c.released_at is null and l.language <> c.language and ($2 = '' or l.language = $2)
		  and (coalesce(t.title, '') = '' or t.source_version < o.version)
		  and ($3 or c.contest_id = any($4::uuid[]) or c.id = any($5::uuid[])
		       or exists (select from challenge_cities cc where cc.challenge_id = c.id and cc.city_id = any($6::uuid[])))
		order by coalesce(c.closes_at, k.closes_at), c.id, l.language`,
		lang.All, string(target), actor.May(authz.TranslateChallenge, authz.Scope{}), actor.IDs(authz.Contest, authors...),
		actor.IDs(authz.Challenge, authors...), actor.IDs(authz.City, authors...))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Translation])
}
