package feed

import (
	"context"
	"encoding/xml"
	"time"

	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
)

// most is how many addresses one map may hold; with three languages each.
const most = 50_000 / 3

type urlset struct {
	XMLName xml.Name  `xml:"urlset"`
	NS      string    `xml:"xmlns,attr"`
	XHTML   string    `xml:"xmlns:xhtml,attr"`
	URLs    []siteURL `xml:"url"`
}

type siteURL struct {
	Loc        string      `xml:"loc"`
	LastMod    string      `xml:"lastmod,omitempty"`
	Alternates []alternate `xml:"xhtml:link"`
}

type alternate struct {
	Rel  string `xml:"rel,attr"`
	Lang string `xml:"hreflang,attr"`
	Href string `xml:"href,attr"`
}

// galleries are the contests with something in their gallery, with when it last grew.
const galleries = `select k.slug, max(greatest(c.released_at, e.gallery_at)) from contests k join challenges c on c.contest_id = k.id
	join entries e on e.challenge_id = c.id
	where not k.rehearsal and c.released_at is not null and e.state = 'submitted' and e.gallery and e.eligible is distinct from false
	group by k.slug order by 2 desc, k.slug limit $1`

// Map writes the site's map: the given pages, every published challenge with its results, and the
// galleries in which there is something, each in three languages. It gives the last change too.
func Map(ctx context.Context, q database.Queryer, site Site, pages []string) ([]byte, time.Time, error) {
	rows, err := q.Query(ctx, `select c.slug, c.released_at is not null, greatest(c.updated_at, c.published_at, c.released_at,
			(select max(updated_at) from challenge_texts t where t.challenge_id = c.id))
		from challenges c join contests k on k.id = c.contest_id
		where c.published_at is not null and not k.rehearsal order by 3 desc, c.slug limit $1`, most/4)
	if err != nil {
		return nil, time.Time{}, err
	}
	type row struct {
		Slug    string
		Results bool
		Changed time.Time
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[row])
	if err != nil {
		return nil, time.Time{}, err
	}
	out := urlset{NS: "http://www.sitemaps.org/schemas/sitemap/0.9", XHTML: "http://www.w3.org/1999/xhtml"}
	add := func(path string, changed time.Time) {
		links := []alternate{}
		for _, l := range lang.All {
			links = append(links, alternate{"alternate", string(l), site.Page(l, path)})
		}
		links = append(links, alternate{"alternate", "x-default", site.Page(lang.EN, path)})
		for _, l := range lang.All {
			u := siteURL{Loc: site.Page(l, path), Alternates: links}
			if !changed.IsZero() {
				u.LastMod = stamp(changed)
			}
			out.URLs = append(out.URLs, u)
		}
	}
	for _, p := range pages {
		add(p, time.Time{})
	}
	var last time.Time
	for _, r := range all {
		add("/challenges/"+r.Slug, r.Changed)
		if r.Results {
			add("/challenges/"+r.Slug+"/results", r.Changed)
		}
		if r.Changed.After(last) {
			last = r.Changed
		}
	}
	shown, err := q.Query(ctx, galleries, most/4)
	if err != nil {
		return nil, last, err
	}
	var slug string
	var changed time.Time
	if _, err := pgx.ForEachRow(shown, []any{&slug, &changed}, func() error {
		add("/contests/"+slug+"/gallery", changed)
		if changed.After(last) {
			last = changed
		}
		return nil
	}); err != nil {
		return nil, last, err
	}
	b, err := document(out)
	return b, last, err
}

// Robots writes what crawlers may read.
func Robots(site Site) []byte {
	return []byte("User-agent: *\nDisallow: /api/\nDisallow: /files/\nDisallow: /v/\nDisallow: /d/\nDisallow: /embed/\nSitemap: " + site.URL + "/sitemap.xml\n")
}
