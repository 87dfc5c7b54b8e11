// Package feeds serves what other programs read: feeds of open challenges, the embeddable list, the
// site's map and the tables of open data. All of it is public, the same for everyone, without cookies.
package feeds

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/labstack/echo/v4"

	"fieldtrial/internal/feed"
	"fieldtrial/internal/lang"
)

// Config says what is served. Pages are the public addresses without a language prefix.
type Config struct {
	Pool      *pgxpool.Pool
	PublicURL string // scheme and host, no slash at the end
	Pages     []string
}

type server struct {
	Config
	site feed.Site
}

// Register serves the feeds on the root router, before the page.
func Register(e *echo.Echo, cfg Config) {
	s := &server{cfg, feed.Site{URL: cfg.PublicURL}}
	for path, h := range map[string]echo.HandlerFunc{
		"/feeds/:file": s.feed, "/embed/challenges": s.embed, "/sitemap.xml": s.sitemap, "/open-data/:file": s.data,
		"/robots.txt": func(c echo.Context) error {
			return c.Blob(http.StatusOK, "text/plain; charset=utf-8", feed.Robots(s.site))
		},
	} {
		e.GET(path, h)
		e.HEAD(path, h)
	}
}

var kinds = map[string]string{
	"json": "application/feed+json; charset=utf-8", "rss": "application/rss+xml; charset=utf-8", "ics": "text/calendar; charset=utf-8",
}

// feed serves /feeds/challenges.{lang}.{json|rss|ics}?city=.
func (s *server) feed(c echo.Context) error {
	parts := strings.Split(c.Param("file"), ".")
	if len(parts) != 3 || parts[0] != "challenges" || !lang.Tag(parts[1]).Valid() || kinds[parts[2]] == "" {
		return echo.ErrNotFound
	}
	list, err := s.open(c, lang.Tag(parts[1]))
	if err != nil {
		return err
	}
	var body []byte
	switch parts[2] {
	case "json":
		body, err = list.JSON(s.site)
	case "rss":
		body, err = list.RSS(s.site)
	default:
		body = list.Calendar(s.site)
	}
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Content-Language", parts[1])
	return cached(c, kinds[parts[2]], body, list.Changed)
}

// open reads the list that the request names. A city that does not exist has nothing open.
func (s *server) open(c echo.Context, l lang.Tag) (feed.List, error) {
	city := c.QueryParam("city")
	if len(city) > 63 || strings.Trim(city, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return feed.List{}, echo.ErrNotFound
	}
	return feed.Open(c.Request().Context(), s.Pool, l, city)
}

// embed serves /embed/challenges?city=&lang=: a small page that any site may frame. It sets no cookie
// and runs no script.
func (s *server) embed(c echo.Context) error {
	list, err := s.open(c, lang.Tag(c.QueryParam("lang")).Or(lang.EN))
	if err != nil {
		return err
	}
	body, err := list.Embed(s.site)
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Del("X-Frame-Options") // the policy below says the same, more exactly
	h.Set("Content-Security-Policy", "default-src 'none'; style-src '"+feed.EmbedStyleHash+"'; base-uri 'none'; form-action 'none'; frame-ancestors *")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Robots-Tag", "noindex")
	h.Set("Content-Language", string(list.Lang))
	return cached(c, echo.MIMETextHTMLCharsetUTF8, body, list.Changed)
}

func (s *server) sitemap(c echo.Context) error {
	body, changed, err := feed.Map(c.Request().Context(), s.Pool, s.site, s.Pages)
	if err != nil {
		return err
	}
	return cached(c, "application/xml; charset=utf-8", body, changed)
}

// data serves /open-data/{dataset}.{csv|json}.
func (s *server) data(c echo.Context) error {
	key, kind, _ := strings.Cut(c.Param("file"), ".")
	d, found := feed.Find(key)
	if !found || (kind != "csv" && kind != "json") {
		return echo.ErrNotFound
	}
	rows, err := d.Rows(c.Request().Context(), s.Pool, s.site)
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Link", "<"+feed.LicenceURL+">; rel=\"license\"")
	if kind == "json" {
		body, err := d.JSON(rows, s.site)
		if err != nil {
			return err
		}
		return cached(c, "application/json; charset=utf-8", body, time.Time{})
	}
	body, err := d.CSV(rows)
	if err != nil {
		return err
	}
	h.Set("Content-Disposition", `attachment; filename="`+key+`.csv"`)
	return cached(c, "text/csv; charset=utf-8", body, time.Time{})
}

// cached answers with what may be kept for five minutes and asked for again by its tag or its date.
func cached(c echo.Context, contentType string, body []byte, changed time.Time) error {
	sum := sha256.Sum256(body)
	tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:15]) + `"`
	h, r := c.Response().Header(), c.Request()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "public, max-age=300")
	if !changed.IsZero() && changed.Unix() > 0 {
		h.Set("Last-Modified", changed.UTC().Format(http.TimeFormat))
	}
	if asked := r.Header.Get("If-None-Match"); asked != "" {
		if asked == "*" || strings.Contains(asked, tag) {
			return c.NoContent(http.StatusNotModified)
		}
	} else if since, err := http.ParseTime(r.Header.Get("If-Modified-Since")); err == nil && h.Get("Last-Modified") != "" && !changed.Truncate(time.Second).After(since) {
		return c.NoContent(http.StatusNotModified)
	}
	return c.Blob(http.StatusOK, contentType, body)
}
