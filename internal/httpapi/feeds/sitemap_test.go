package feeds_test

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/testkit"
)

func TestTheSiteMap(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	shown := testkit.Entered(t, w.db, w.open, "Shown")
	testkit.Entered(t, w.db, w.all[0], "Never asked")
	testkit.Exec(t, w.db, `update challenges set released_at = clock_timestamp() where id = any($1)`, []uuid.UUID{w.open.Challenge, w.all[0].Challenge})
	gallery := "https://contest.example/ja/contests/contest/gallery"
	if in := string(w.body(t, "/sitemap.xml")); strings.Contains(in, "/gallery") {
		t.Error("a gallery with nothing in it is in the map")
	}
	testkit.Exec(t, w.db, `update entries set gallery = true, gallery_at = clock_timestamp() where id = $1`, shown.Entry)
	var doc struct {
		URLs []struct {
			Loc   string `xml:"loc"`
			Links []struct {
				Lang string `xml:"hreflang,attr"`
				Href string `xml:"href,attr"`
			} `xml:"http://www.w3.org/1999/xhtml link"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal(w.body(t, "/sitemap.xml"), &doc); err != nil {
		t.Fatal(err)
	}
	in := map[string]int{}
	for _, u := range doc.URLs {
		in[u.Loc] = len(u.Links)
	}
	for _, want := range []string{"https://contest.example/", "https://contest.example/ja", "https://contest.example/es/challenges", "https://contest.example/ja/challenges/over", gallery} {
		if in[want] != 4 {
			t.Errorf("%s has %d alternates", want, in[want])
		}
	}
	for at := range in {
		if strings.Contains(at, "secret") || strings.Contains(at, "rehearsed") {
			t.Errorf("%s is in the map", at)
		}
	}
	if robots := string(w.body(t, "/robots.txt")); !strings.Contains(robots, "\nSitemap: https://contest.example/sitemap.xml\n") || !strings.Contains(robots, "Disallow: /api/") {
		t.Errorf("%s", robots)
	}
}
