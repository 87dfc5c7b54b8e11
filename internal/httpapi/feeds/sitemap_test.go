package feeds_test

import (
	"encoding/xml"
	"strings"
	"testing"
)

func TestTheSiteMap(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
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
	for _, want := range []string{"https://contest.example/", "https://contest.example/ja", "https://contest.example/es/challenges", "https://contest.example/ja/challenges/over"} {
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
