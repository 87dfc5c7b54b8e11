package contest

import (
	"context"
	"encoding/json"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"golang.org/x/text/unicode/norm"

	"fieldtrial/internal/city"
	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
)

// Filter says which published challenges a list shows.
type Filter struct {
	Words   string // looked for in titles and summaries of every language, and in the sections as they are shown
	City    string // slug, or empty
	Contest string // slug, or empty
	Status  string // open, upcoming, closed, all; empty: open and upcoming
	Sort    string // closing (default), newest, title
	Want    lang.Tag
	Cursor  string
	Limit   int
}

// Page is one page of a list. Now is the database's clock when it was read.
type Page struct {
	Items []Item
	Next  string // cursor of the next page; empty on the last
	Total int    // how many fit the filter
	Now   time.Time
}

// Item is a challenge as lists show it, with its title in the wanted language or the original.
type Item struct {
	Challenge
	Lang        lang.Tag
	Title       string
	Summary     string
	Pending     bool // there is no text in the wanted language
	Hosts       []city.City
	ContestSlug string
	Prizes      []Prize // kind and region only
	Tags        []string
}

// Prize is something a contest gives.
type Prize struct {
	Kind   string    `json:"kind"`   // testbed, travel, meeting, other
	Region string    `json:"region"` // EU, JP, other or empty
	Text   lang.Text `json:"text"`
}

// One query reads a page whatever its size: the number of challenges that fit, the page's rows and
// their cities and prizes. The outer join keeps the number when the page has no rows.
const searchSQL = `
with clock as materialized (select clock_timestamp() as now),
fit as (
	select c.id, c.contest_id, c.slug, k.slug as contest, c.language, c.tags, c.sample, k.rehearsal, c.published_at, k.archived_at,
	       coalesce(c.opens_at, k.opens_at) as opens, coalesce(c.closes_at, k.closes_at) as closes,
	       coalesce(c.judging_ends_at, k.judging_ends_at) as judging, coalesce(c.results_at, k.results_at) as results,
	       c.assigned_at, c.locked_at, c.decided_at, c.released_at, c.extended_from,
	       x.language as shown, x.title, x.summary
	from challenges c
	join contests k on k.id = c.contest_id
	join lateral (select t.language, t.title, t.summary from challenge_texts t where t.challenge_id = c.id and t.title <> ''
	              and t.language in ($1, c.language) order by t.language <> $1 limit 1) x on true
	cross join clock
	where c.published_at is not null
	  and ($2 = '' or exists (select from challenge_cities cc join cities y on y.id = cc.city_id where cc.challenge_id = c.id and y.slug = $2))
	  and ($3 = '' or k.slug = $3)
	  and case $4
	      when 'open'     then coalesce(c.opens_at, k.opens_at) <= now and coalesce(c.closes_at, k.closes_at) > now and k.archived_at is null
	      when 'upcoming' then coalesce(c.opens_at, k.opens_at) > now and k.archived_at is null
	      when 'closed'   then coalesce(c.closes_at, k.closes_at) <= now or k.archived_at is not null
	      when 'all'      then true
	      else coalesce(c.closes_at, k.closes_at) > now and k.archived_at is null end
	  and (cardinality($5::text[]) = 0 or (
	      select string_agg(t.folded_head || case when t.language = x.language then ' ' || t.folded_body else '' end, ' ')
	      from challenge_texts t where t.challenge_id = c.id) like all ($5::text[]))
),
sorted as (
	select fit.*,
	       case $6 when 'title' then 0
	               when 'newest' then -extract(epoch from published_at)::float8
	               else case when closes > now and archived_at is null then extract(epoch from closes)::float8 else 1e11 - extract(epoch from closes)::float8 end
	       end as first_key,
	       case $6 when 'title' then lower(normalize(title, NFKD)) else '' end collate "C" as second_key
	from fit cross join clock
),
page as (
	select * from sorted
	where not $7 or (first_key, second_key, id) > ($8::float8, $9 collate "C", $10::uuid)
	order by first_key, second_key, id limit $11
)
select clock.now, (select count(*) from fit), p.id is not null,
       coalesce(p.id, '00000000-0000-0000-0000-000000000000'), coalesce(p.contest_id, '00000000-0000-0000-0000-000000000000'),
       coalesce(p.slug, ''), coalesce(p.contest, ''), coalesce(p.language, ''), coalesce(p.tags, '[]'),
       coalesce(p.sample, false), coalesce(p.rehearsal, false), p.published_at,
       coalesce(p.opens, now), coalesce(p.closes, now), coalesce(p.judging, now), coalesce(p.results, now),
       p.assigned_at, p.locked_at, p.decided_at, p.released_at, p.extended_from, p.archived_at,
       coalesce(p.shown, ''), coalesce(p.title, ''), coalesce(p.summary, ''), coalesce(p.first_key, 0), coalesce(p.second_key, ''),
       coalesce((select jsonb_agg(jsonb_build_object('ID', y.id, 'Slug', y.slug, 'Name', y.name, 'Country', y.country, 'Region', y.region,
                 'Zone', y.time_zone, 'Language', y.language, 'Position', y.position) order by cc.position)
                 from challenge_cities cc join cities y on y.id = cc.city_id where cc.challenge_id = p.id), '[]'),
       coalesce((select jsonb_agg(jsonb_build_object('kind', z.kind, 'region', coalesce(z.region, '')) order by z.position)
                 from prizes z where z.contest_id = p.contest_id), '[]')
from clock left join page p on true
order by p.first_key, p.second_key, p.id`

// Search lists published challenges, by one query.
func (s *Service) Search(ctx context.Context, f Filter) (Page, error) {
	var firstKey float64
	var secondKey string
	var last uuid.UUID
	further, err := database.DecodeCursor(f.Cursor, &firstKey, &secondKey, &last)
	if err != nil {
		return Page{}, err
	}
	if f.Limit == 0 {
		f.Limit = 20
	}
	rows, err := s.db.Pool().Query(ctx, searchSQL, string(f.Want.Or(lang.EN)), f.City, f.Contest, f.Status, patterns(f.Words), f.Sort,
		further, firstKey, secondKey, last, f.Limit+1)
	if err != nil {
		return Page{}, err
	}
	defer rows.Close()
	out := Page{Items: []Item{}}
	cursor := ""
	for rows.Next() {
		i, there, err := scanItem(rows, &out, &firstKey, &secondKey)
		if err != nil {
			return Page{}, err
		}
		if !there {
			break
		}
		if len(out.Items) == f.Limit { // the row beyond the page says that there is another one
			out.Next = cursor
			break
		}
		i.Pending = i.Lang != f.Want.Or(lang.EN)
		out.Items = append(out.Items, i)
		cursor = database.EncodeCursor(firstKey, secondKey, i.ID)
	}
	return out, rows.Err()
}

func scanItem(rows pgx.Rows, page *Page, firstKey *float64, secondKey *string) (Item, bool, error) {
	var i Item
	var there bool
	var tags, hosts, prizes []byte
	err := rows.Scan(&page.Now, &page.Total, &there, &i.ID, &i.ContestID, &i.Slug, &i.ContestSlug, &i.Language, &tags, &i.Sample, &i.Rehearsal,
		&i.PublishedAt, &i.Dates.Opens, &i.Dates.Closes, &i.Dates.JudgingEnds, &i.Dates.Results,
		&i.AssignedAt, &i.LockedAt, &i.DecidedAt, &i.ReleasedAt, &i.ExtendedFrom, &i.ArchivedAt, &i.Lang, &i.Title, &i.Summary, firstKey, secondKey, &hosts, &prizes)
	for _, f := range []struct {
		from []byte
		into any
	}{{tags, &i.Tags}, {hosts, &i.Hosts}, {prizes, &i.Prizes}} {
		if err == nil {
			err = json.Unmarshal(f.from, f.into)
		}
	}
	return i, there, err
}

// patterns makes a LIKE pattern of each word, folded as the columns folded_head and folded_body are: compatibility
// forms made one, accents off, lower case.
func patterns(words string) []string {
	out := []string{}
	for _, w := range strings.Fields(fold(words)) {
		if len(out) < 8 {
			out = append(out, "%"+strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(w)+"%")
		}
	}
	return out
}

func fold(s string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if (r >= 0x300 && r <= 0x36f) || unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, norm.NFKD.String(s)))
}
