// Package page serves the built page: hashed assets for ever, and index.html for every address of
// the page with the language, title, description and preloads of that address put in.
package page

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"

	"github.com/labstack/echo/v4"

	"fieldtrial/internal/lang"
)

// Meta is what a search engine or a shared link shows of an address.
type Meta struct {
	Title, Description string
	Public             bool // may be indexed
	Missing            bool // answer 404; the page shows its own "not found"
	// Fetch is the address in the API that the page asks for first, to be fetched beside its scripts;
	// "" for none. It is named to visitors only: whoever is signed in asks with a token.
	Fetch string
	Feeds []Feed // that hold what the page lists
}

// Feed is an address at which programs read what a page shows.
type Feed struct{ Type, Title, Href string }

// Config says what is served.
type Config struct {
	Files       fs.FS  // the built page: index.html, assets/, preload.json
	PublicURL   string // scheme and host, no slash at the end
	StoreOrigin string // allowed in connect-src and media-src when the browser goes straight to the store
	// Describe gives the words of an address: path without the language prefix.
	Describe func(r *http.Request, path string, l lang.Tag) Meta
}

type preload struct {
	Path     string                `json:"path"`
	Files    []string              `json:"files"`
	Messages map[lang.Tag][]string `json:"messages"`
	match    *regexp.Regexp
}

type server struct {
	cfg      Config
	index    string
	preloads []preload
	csp      string
}

var param = regexp.MustCompile(`:[A-Za-z]+`)

// Register serves the page on the root router, after everything else.
func Register(e *echo.Echo, cfg Config) error {
	index, err := fs.ReadFile(cfg.Files, "index.html")
	if err != nil {
		return fmt.Errorf("page: the page is not built; run make build: %w", err)
	}
	s := &server{cfg: cfg, index: string(index), csp: policy(cfg.StoreOrigin)}
	if b, err := fs.ReadFile(cfg.Files, "preload.json"); err == nil {
		if err := json.Unmarshal(b, &s.preloads); err != nil {
			return fmt.Errorf("page: preload.json: %w", err)
		}
		for i := range s.preloads {
			p := &s.preloads[i]
			p.match = regexp.MustCompile("^" + param.ReplaceAllString(regexp.QuoteMeta(p.Path), `[^/]+`) + "$")
		}
	}
	s.verifier(e)
	e.GET("/assets/*", s.asset)
	e.HEAD("/assets/*", s.asset)
	e.GET("/*", s.page)
	e.HEAD("/*", s.page)
	return nil
}

// policy is the page's Content-Security-Policy: nothing inline, nothing from elsewhere but the
// configured store, and scripts' HTML sinks closed but for two named policies.
func policy(store string) string {
	with := ""
	if store != "" {
		with = " " + store
	}
	return "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; " +
		"frame-ancestors 'none'; img-src 'self' data:" + with + "; media-src 'self'" + with + "; connect-src 'self'" + with +
		"; frame-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types fieldtrial-html fieldtrial-url"
}

// asset serves a hashed file, compressed beforehand where the client takes it.
func (s *server) asset(c echo.Context) error {
	name := strings.TrimPrefix(path.Clean(c.Request().URL.Path), "/")
	h := c.Response().Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	return s.send(c, name)
}

func (s *server) send(c echo.Context, name string) error {
	h := c.Response().Header()
	h.Set("Vary", "Accept-Encoding")
	accepts := c.Request().Header.Get("Accept-Encoding")
	for _, enc := range []struct{ name, ext string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if !strings.Contains(accepts, enc.name) {
			continue
		}
		if b, err := fs.ReadFile(s.cfg.Files, name+enc.ext); err == nil {
			h.Set("Content-Encoding", enc.name)
			return c.Blob(http.StatusOK, typeOf(name), b)
		}
	}
	b, err := fs.ReadFile(s.cfg.Files, name)
	if err != nil {
		b, err = s.inflated(name)
	}
	if err != nil {
		h.Set("Cache-Control", "no-store")
		return echo.ErrNotFound
	}
	return c.Blob(http.StatusOK, typeOf(name), b)
}

// inflated gives a file of which the build has kept only compressed forms.
func (s *server) inflated(name string) ([]byte, error) {
	f, err := s.cfg.Files.Open(name + ".gz")
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z) // of our own build
}

// types is our own map: a machine's mime database must not change what is served.
var types = map[string]string{
	".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".json": "application/json",
	".svg": "image/svg+xml", ".woff2": "font/woff2", ".png": "image/png", ".ico": "image/x-icon",
	".webmanifest": "application/manifest+json", ".txt": "text/plain; charset=utf-8",
}

func typeOf(name string) string {
	if t, ok := types[path.Ext(name)]; ok {
		return t
	}
	return "application/octet-stream"
}

// Split takes the language prefix off an address of the page.
func Split(p string) (lang.Tag, string) {
	for _, l := range []lang.Tag{lang.ES, lang.JA} {
		prefix := "/" + string(l)
		if p == prefix {
			return l, "/"
		}
		if strings.HasPrefix(p, prefix+"/") {
			return l, strings.TrimPrefix(p, prefix)
		}
	}
	return lang.EN, p
}

// Prefix gives an address of the page in a language.
func Prefix(l lang.Tag, p string) string {
	if l == lang.EN {
		return p
	}
	if p == "/" {
		return "/" + string(l)
	}
	return "/" + string(l) + p
}

func (s *server) page(c echo.Context) error {
	p := c.Request().URL.Path
	if ext := path.Ext(p); ext != "" && fs.ValidPath(strings.TrimPrefix(p, "/")) {
		if _, err := fs.Stat(s.cfg.Files, strings.TrimPrefix(p, "/")); err == nil && !strings.HasSuffix(p, ".html") {
			c.Response().Header().Set("Cache-Control", "public, max-age=3600")
			if path.Ext(p) == ".js" { // the worker that jurors take along: it must follow the program
				c.Response().Header().Set("Cache-Control", "no-cache")
				c.Response().Header().Set("Content-Security-Policy", s.csp)
			}
			return s.send(c, strings.TrimPrefix(p, "/"))
		}
	}
	l, rest := Split(p)
	h := c.Response().Header()
	h.Set("Content-Security-Policy", s.csp)
	h.Set("Cache-Control", "no-cache")
	h.Set("Content-Language", string(l))
	meta := s.cfg.Describe(c.Request(), rest, l)
	meta.Missing = meta.Missing || !s.known(rest)
	status := http.StatusOK
	if meta.Missing {
		status = http.StatusNotFound
	}
	h.Add("Vary", "Cookie")
	if c.Request().Header.Get("Cookie") != "" {
		meta.Fetch = ""
	}
	return c.HTML(status, s.render(rest, l, meta))
}

// known reports whether the page has a route for the address.
func (s *server) known(p string) bool {
	for _, x := range s.preloads {
		if x.match.MatchString(p) {
			return true
		}
	}
	return false
}

// render fills index.html: the attributes of <html>, the title, and the head's links.
func (s *server) render(p string, l lang.Tag, m Meta) string {
	return s.fill(s.index, p, l)(m)
}

// fill gives a page's text its language, and then for each request its title and head.
func (s *server) fill(index, p string, l lang.Tag) func(Meta) string {
	index = strings.Replace(index, `<html lang="en"`, `<html lang="`+string(l)+`"`, 1)
	return func(m Meta) string {
		out := strings.Replace(index, "<title>Fieldtrial</title>", "<title>"+html.EscapeString(m.Title)+"</title>", 1)
		return strings.Replace(out, "<!--head-->", s.head(p, l, m), 1)
	}
}

// head is what the head of an address holds beside the build's own.
func (s *server) head(p string, l lang.Tag, m Meta) string {
	var head strings.Builder
	fmt.Fprintf(&head, "<meta name=\"description\" content=\"%s\">", html.EscapeString(m.Description))
	if !m.Public {
		head.WriteString(`<meta name="robots" content="noindex">`)
	} else {
		at := func(l lang.Tag) string {
			return html.EscapeString(s.cfg.PublicURL + (&url.URL{Path: Prefix(l, p)}).EscapedPath())
		}
		fmt.Fprintf(&head, `<link rel="canonical" href="%s">`, at(l))
		for _, other := range lang.All {
			fmt.Fprintf(&head, `<link rel="alternate" hreflang="%s" href="%s">`, other, at(other))
		}
		fmt.Fprintf(&head, `<link rel="alternate" hreflang="x-default" href="%s">`, at(lang.EN))
		s.share(&head, at(l), l, m)
	}
	for _, f := range m.Feeds {
		fmt.Fprintf(&head, `<link rel="alternate" type="%s" title="%s" href="%s">`, html.EscapeString(f.Type), html.EscapeString(f.Title), html.EscapeString(f.Href))
	}
	for _, x := range s.preloads {
		if !x.match.MatchString(p) {
			continue
		}
		for _, f := range append(append([]string(nil), x.Files...), x.Messages[l]...) {
			if strings.HasSuffix(f, ".js") {
				fmt.Fprintf(&head, `<link rel="modulepreload" href="/%s">`, f)
			}
		}
		break
	}
	if m.Fetch != "" {
		fmt.Fprintf(&head, `<link rel="preload" as="fetch" crossorigin href="%s">`, html.EscapeString(m.Fetch))
	}
	return head.String()
}
