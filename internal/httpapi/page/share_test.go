package page

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/labstack/echo/v4"
	"golang.org/x/net/html"

	"fieldtrial/internal/lang"
)

// head parses what is served and gives the attributes of the head's elements.
func head(t *testing.T, path string, m Meta) (metas map[string]string, links []map[string]string) {
	t.Helper()
	e := echo.New()
	err := Register(e, Config{
		Files:     fstest.MapFS{"index.html": {Data: []byte(`<!doctype html><html lang="en"><head><title>Fieldtrial</title><!--head--></head><body></body></html>`)}, "preload.json": {Data: []byte(`[{"path":"/challenges/:slug","files":[]}]`)}},
		PublicURL: "https://contest.example", Describe: func(*http.Request, string, lang.Tag) Meta { return m },
	})
	if err != nil {
		t.Fatal(err)
	}
	a := httptest.NewRecorder()
	e.ServeHTTP(a, httptest.NewRequest(http.MethodGet, path, nil))
	doc, err := html.Parse(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	metas = map[string]string{}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		at := map[string]string{}
		for _, x := range n.Attr {
			at[x.Key] = x.Val
		}
		switch n.Data {
		case "meta":
			metas[at["property"]+at["name"]] = at["content"]
		case "link":
			links = append(links, at)
		case "script":
			t.Errorf("a script in the head of %q", m.Title)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(doc)
	return metas, links
}

func TestTheHeadOfAPublicPage(t *testing.T) {
	t.Parallel()
	title := `"><script>alert(1)</script> 空気`
	metas, links := head(t, "/ja/challenges/air", Meta{Title: title + " – Fieldtrial", Description: `a "b" <c>`, Public: true,
		Feeds: []Feed{{"application/rss+xml", `T"<`, "/feeds/challenges.ja.rss"}}})
	for name, want := range map[string]string{
		"og:title": title, "og:description": `a "b" <c>`, "description": `a "b" <c>`, "og:url": "https://contest.example/ja/challenges/air", "og:type": "website",
		"og:locale": "ja_JP", "og:image": "https://contest.example/share.png", "og:site_name": "Fieldtrial", "twitter:card": "summary_large_image",
	} {
		if metas[name] != want {
			t.Errorf("%s is %q, want %q", name, metas[name], want)
		}
	}
	languages, feeds := map[string]string{}, 0
	for _, l := range links {
		if l["hreflang"] != "" {
			languages[l["hreflang"]] = l["href"]
		}
		if l["type"] == "application/rss+xml" && l["href"] == "/feeds/challenges.ja.rss" && l["title"] == `T"<` {
			feeds++
		}
	}
	if len(languages) != 4 || languages["es"] != "https://contest.example/es/challenges/air" || languages["x-default"] != "https://contest.example/challenges/air" || feeds != 1 {
		t.Errorf("alternates %v, %d feeds", languages, feeds)
	}
}

func TestAPrivatePageShowsNothingOfItself(t *testing.T) {
	t.Parallel()
	metas, links := head(t, "/challenges/air", Meta{Title: "Fieldtrial", Description: "x"})
	if metas["og:title"] != "" || metas["robots"] != "noindex" {
		t.Errorf("metas %v", metas)
	}
	for _, l := range links {
		if strings.Contains(l["rel"], "alternate") || l["rel"] == "canonical" {
			t.Errorf("link %v", l)
		}
	}
}
