// Package feed says to other programs what is public: open challenges as JSON Feed, RSS, calendar
// and an embeddable list, the map of the site, and tables of open data. Rehearsals are in none of it.
package feed

import (
	"context"
	"encoding/json"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
)

// Item is an open challenge, its words in the wanted language or the original.
type Item struct {
	ID        uuid.UUID
	Slug      string
	Lang      lang.Tag // of Title, Summary and Body
	Title     string
	Summary   string
	Body      string // Markdown of the problem
	Opens     time.Time
	Closes    time.Time
	Published time.Time
	Updated   time.Time
	Tags      []string
	Contest   string // slug
	Cities    []City // the lead first
}

// City is a host as feeds name it.
type City struct {
	Slug    string
	Name    lang.Text
	Country string
	Zone    string // IANA name
}

// List is what is open now. Changed is the last moment at which it became what it is: by an edit, or
// because a challenge opened or closed.
type List struct {
	Lang    lang.Tag
	City    string // slug, or empty
	Items   []Item // closing soonest first
	Changed time.Time
}

const openSQL = `
with all_of as (
	select c.id, c.slug, x.language, x.title, x.summary, x.problem, coalesce(c.opens_at, k.opens_at) as opens, coalesce(c.closes_at, k.closes_at) as closes,
	       c.published_at, greatest(c.updated_at, x.updated_at, c.published_at) as updated, c.tags, k.slug as contest
	from challenges c
	join contests k on k.id = c.contest_id
	join lateral (select * from challenge_texts t where t.challenge_id = c.id and t.title <> '' and t.language in ($1, c.language)
	              order by t.language <> $1 limit 1) x on true
	where c.published_at is not null and not k.rehearsal and k.archived_at is null
	  and ($2 = '' or exists (select from challenge_cities cc join cities y on y.id = cc.city_id where cc.challenge_id = c.id and y.slug = $2))
),
clock as materialized (select clock_timestamp() as now)
select coalesce((select max(greatest(updated, case when opens <= now then opens end, case when closes <= now then closes end)) from all_of), 'epoch'),
       a.id is not null, coalesce(a.id, '00000000-0000-0000-0000-000000000000'), coalesce(a.slug, ''), coalesce(a.language, ''), coalesce(a.title, ''),
       coalesce(a.summary, ''), coalesce(a.problem, ''), coalesce(a.opens, now), coalesce(a.closes, now), coalesce(a.published_at, now), coalesce(a.updated, now),
       coalesce(a.tags, '[]'), coalesce(a.contest, ''),
       coalesce((select jsonb_agg(jsonb_build_object('Slug', y.slug, 'Name', y.name, 'Country', y.country, 'Zone', y.time_zone) order by cc.position)
                 from challenge_cities cc join cities y on y.id = cc.city_id where cc.challenge_id = a.id), '[]')
from clock left join all_of a on a.opens <= now and a.closes > now
order by a.closes, a.id`

// Open reads what is open now, by one query. city is a slug, or empty for all.
func Open(ctx context.Context, q database.Queryer, want lang.Tag, city string) (List, error) {
	out := List{Lang: want, City: city, Items: []Item{}}
	rows, err := q.Query(ctx, openSQL, string(want), city)
	if err != nil {
		return out, err
	}
	defer rows.Close()
	for rows.Next() {
		i, there, err := scan(rows, &out.Changed)
		if err != nil {
			return out, err
		}
		if there {
			out.Items = append(out.Items, i)
		}
	}
	return out, rows.Err()
}

func scan(rows pgx.Rows, changed *time.Time) (Item, bool, error) {
	var i Item
	var there bool
	var tags, cities []byte
	err := rows.Scan(changed, &there, &i.ID, &i.Slug, &i.Lang, &i.Title, &i.Summary, &i.Body, &i.Opens, &i.Closes, &i.Published, &i.Updated,
		&tags, &i.Contest, &cities)
	if err == nil {
		err = json.Unmarshal(tags, &i.Tags)
	}
	if err == nil {
		err = json.Unmarshal(cities, &i.Cities)
	}
	i.Title, i.Summary, i.Body = legal(i.Title), legal(i.Summary), legal(i.Body)
	return i, there, err
}

// Site says where the product is reached.
type Site struct{ URL string } // scheme and host, no slash at the end

// Page gives an address of the page in a language. English has no prefix.
func (s Site) Page(l lang.Tag, path string) string {
	if l == lang.EN {
		return s.URL + path
	}
	if path == "/" {
		return s.URL + "/" + string(l)
	}
	return s.URL + "/" + string(l) + path
}

// Feed gives the address of the feed of open challenges: kind is json, rss or ics.
func (s Site) Feed(l lang.Tag, kind, city string) string {
	at := s.URL + "/feeds/challenges." + string(l) + "." + kind
	if city != "" {
		at += "?city=" + city
	}
	return at
}

// Words of the feeds.
var (
	Title = lang.Text{lang.EN: "Open challenges – Fieldtrial", lang.ES: "Retos abiertos – Fieldtrial", lang.JA: "募集中のチャレンジ – Fieldtrial"}
	About = lang.Text{
		lang.EN: "Challenges that cities publish and that take entries now, closing soonest first.",
		lang.ES: "Retos que publican las ciudades y que admiten candidaturas ahora; primero, los que cierran antes.",
		lang.JA: "都市が公開し、現在応募を受け付けているチャレンジです。締切の近い順に並んでいます。",
	}
	deadline = lang.Text{lang.EN: "Deadline: %s", lang.ES: "Fin de plazo: %s", lang.JA: "締切：%s"}
)

// legal drops what XML 1.0, iCalendar and people do not know as a character.
func legal(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		if unicode.IsControl(r) || r == 0xFFFE || r == 0xFFFF || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}
