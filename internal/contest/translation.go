package contest

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
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

// TranslationFilter narrows what is pending. Target is empty for every language.
type TranslationFilter struct {
	Target lang.Tag
	Words  string // in the title of any language
	Cursor string
	Limit  int // 20 when zero
}

// TranslationPage is one page of what is pending.
type TranslationPage struct {
	Items []Translation
	Next  string
	Total int
}

const pendingSQL = `
	with pending as (
		select c.id, c.slug, o.title, c.language, l.language as target, coalesce(t.title, '') <> '' as stale, coalesce(c.closes_at, k.closes_at) as closes
		from challenges c
		join contests k on k.id = c.contest_id
		join challenge_texts o on o.challenge_id = c.id and o.language = c.language
		cross join unnest($1::text[]) as l(language)
		left join challenge_texts t on t.challenge_id = c.id and t.language = l.language
		where c.published_at is not null and c.released_at is null and k.archived_at is null
		  and l.language <> c.language and ($2 = '' or l.language = $2)
		  and (coalesce(t.title, '') = '' or t.source_version < o.version)
		  and ($3 or c.contest_id = any($4::uuid[]) or c.id = any($5::uuid[])
		       or exists (select from challenge_cities cc where cc.challenge_id = c.id and cc.city_id = any($6::uuid[])))
		  and (cardinality($7::text[]) = 0 or (
		      select lower(regexp_replace(normalize(coalesce(string_agg(w.title, ' '), ''), NFKD), '[\u0300-\u036f]', '', 'g'))
		      from challenge_texts w where w.challenge_id = c.id) like all ($7::text[]))
	)
	select (select count(*) from pending), * from pending
	where not $8 or (closes, id, target) > ($9::timestamptz, $10::uuid, $11::text)
	order by closes, id, target limit $12`

// Translations lists what is pending for published challenges whose results are not out, closing
// soonest first. What is in an archive waits for nobody.
func (s *Service) Translations(ctx context.Context, actor authz.Actor, f TranslationFilter) (TranslationPage, error) {
	out := TranslationPage{Items: []Translation{}}
	works := false
	for _, r := range authors {
		works = works || actor.HasAnywhere(r)
	}
	if !works {
		return out, fault.ErrNotFound
	}
	var closes time.Time
	var last uuid.UUID
	var target string
	further, err := database.DecodeCursor(f.Cursor, &closes, &last, &target)
	if err != nil {
		return out, err
	}
	if f.Limit == 0 {
		f.Limit = 20
	}
	rows, err := s.db.Pool().Query(ctx, pendingSQL,
		lang.All, string(f.Target), actor.May(authz.TranslateChallenge, authz.Scope{}), actor.IDs(authz.Contest, authors...),
		actor.IDs(authz.Challenge, authors...), actor.IDs(authz.City, authors...), patterns(f.Words), further, closes, last, target, f.Limit+1)
	if err != nil {
		return out, err
	}
	var t Translation
	if _, err := pgx.ForEachRow(rows, []any{&out.Total, &t.Challenge, &t.Slug, &t.Title, &t.Language, &t.Target, &t.Stale, &t.Closes}, func() error {
		out.Items = append(out.Items, t)
		return nil
	}); err != nil || len(out.Items) <= f.Limit {
		return out, err
	}
	out.Items = out.Items[:f.Limit]
	end := out.Items[f.Limit-1]
	out.Next = database.EncodeCursor(end.Closes, end.Challenge, string(end.Target))
	return out, nil
}
