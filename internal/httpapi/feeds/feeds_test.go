package feeds_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"
	"github.com/labstack/echo/v4"
	"golang.org/x/net/html"

	"fieldtrial/internal/database"
	"fieldtrial/internal/httpapi/feeds"
	"fieldtrial/internal/testkit"
)

// hostile are titles that break what is written without care.
var hostile = []string{
	`<script>alert(1)</script>]]>&amp;"'`, "=HYPERLINK(\"https://x.example\");a,b\\n", "اختبار \u202egnirts\u202c 🚲\U0001F3D9\uFE0F",
	"街の" + strings.Repeat("長い", 40), "line\x01one\x0b two", "BEGIN:VEVENT END:VCALENDAR",
}

type world struct {
	db   *database.DB
	web  http.Handler
	open testkit.ChallengeRows
	all  []testkit.ChallengeRows
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{db: testkit.DB(t)}
	w.open = testkit.OpenChallenge(t, w.db, testkit.Named("open-one"))
	in := testkit.In(w.open.ProgrammeRows)
	for i, title := range hostile {
		c := testkit.OpenChallenge(t, w.db, in, testkit.Named(fmt.Sprintf("hostile-%d", i)), testkit.Closes(time.Duration(i+1)*time.Hour), testkit.InFujisawa())
		testkit.Exec(t, w.db, `update challenge_texts set title = $2, summary = $2, problem = $2 where challenge_id = $1`, c.Challenge, title)
		w.all = append(w.all, c)
	}
	testkit.OpenChallenge(t, w.db, in, testkit.Named("soon"), testkit.Opens(time.Hour))
	testkit.OpenChallenge(t, w.db, in, testkit.Named("over"), testkit.Opens(-3*time.Hour), testkit.Closes(-time.Hour))
	testkit.OpenChallenge(t, w.db, in, testkit.Named("secret"), testkit.AsDraft())
	rehearsal := testkit.OpenChallenge(t, w.db, in, testkit.Named("rehearsed"))
	testkit.Exec(t, w.db, `insert into contests select (jsonb_populate_record(k, jsonb_build_object('id', gen_random_uuid(), 'slug', 'rehearsal', 'record_scope', 'r', 'rehearsal', true))).* from contests k where k.slug = 'contest'`)
	testkit.Exec(t, w.db, `update challenges set contest_id = (select id from contests where slug = 'rehearsal') where id = $1`, rehearsal.Challenge)
	e := echo.New()
	feeds.Register(e, feeds.Config{Pool: w.db.Pool(), PublicURL: "https://contest.example", Pages: []string{"/", "/challenges"}})
	w.web = e
	return w
}

func (w *world) get(t *testing.T, path string, head ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
	a := httptest.NewRecorder()
	w.web.ServeHTTP(a, r)
	return a.Result()
}

func (w *world) body(t *testing.T, path string) []byte {
	t.Helper()
	a := w.get(t, path)
	if a.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d", path, a.StatusCode)
	}
	b, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var controls = regexp.MustCompile(`[\x00-\x08\x0b\x0c\x0e-\x1f]`)

// words is a title as a feed may give it: without the characters that none of the formats knows.
func words(s string) string { return controls.ReplaceAllString(s, "") }

func TestRSSIsValidWhateverTheTitle(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, l := range []string{"en", "es", "ja"} {
		var doc struct {
			Channel struct {
				Language string `xml:"language"`
				Links    []struct {
					Href string `xml:"href,attr"`
				} `xml:"http://www.w3.org/2005/Atom link"`
				Items []struct {
					Title       string `xml:"title"`
					Link        string `xml:"link"`
					Description string `xml:"description"`
					PubDate     string `xml:"pubDate"`
				} `xml:"item"`
			} `xml:"channel"`
		}
		b := w.body(t, "/feeds/challenges."+l+".rss")
		d := xml.NewDecoder(bytes.NewReader(b))
		d.Strict = true
		if err := d.Decode(&doc); err != nil {
			t.Fatal(l, err)
		}
		c := doc.Channel
		if c.Language != l || len(c.Items) != 1+len(hostile) || len(c.Links) != 1 || c.Links[0].Href != "https://contest.example/feeds/challenges."+l+".rss" {
			t.Fatalf("%s: %s, %d items, %v", l, c.Language, len(c.Items), c.Links)
		}
		for i, h := range hostile {
			if c.Items[i].Title != words(h) {
				t.Errorf("%s: title %q, want %q", l, c.Items[i].Title, words(h))
			}
			safe(t, c.Items[i].Description)
			if _, err := time.Parse(time.RFC1123Z, c.Items[i].PubDate); err != nil {
				t.Error(err)
			}
		}
		prefix := map[string]string{"en": "", "es": "/es", "ja": "/ja"}[l]
		if want := "https://contest.example" + prefix + "/challenges/open-one"; c.Items[len(hostile)].Link != want {
			t.Errorf("link %s, want %s", c.Items[len(hostile)].Link, want)
		}
	}
}

// safe parses HTML as a reader would and looks for what could run.
func safe(t *testing.T, fragment string) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(fragment))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			if strings.Contains(" script img iframe style svg object ", " "+string(name)+" ") {
				t.Errorf("<%s> in %q", name, fragment)
			}
		}
	}
}

func TestJSONFeed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var doc struct {
		Version  string
		FeedURL  string `json:"feed_url"`
		Language string
		Items    []struct {
			ID, URL, Title, Language string
			HTML                     string `json:"content_html"`
			Published                string `json:"date_published"`
			Extra                    struct {
				ClosesAt string
				Cities   []string
			} `json:"_fieldtrial"`
		}
	}
	if err := json.Unmarshal(w.body(t, "/feeds/challenges.ja.json"), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Version != "https://jsonfeed.org/version/1.1" || doc.Language != "ja" || len(doc.Items) != 1+len(hostile) {
		t.Fatalf("%+v", doc)
	}
	last := ""
	for i, x := range doc.Items {
		if x.ID == "" || x.Extra.ClosesAt < last {
			t.Errorf("item %d: %+v", i, x)
		}
		last = x.Extra.ClosesAt
		safe(t, x.HTML)
	}
	if doc.Items[0].Title != hostile[0] || doc.Items[0].Language != "ja" || doc.Items[len(hostile)].Language != "es" || doc.Items[0].Extra.Cities[0] != "fujisawa" {
		t.Errorf("%+v", doc.Items)
	}
	var few struct{ Items []any }
	if err := json.Unmarshal(w.body(t, "/feeds/challenges.en.json?city=santander"), &few); err != nil || len(few.Items) != 1 {
		t.Errorf("in Santander: %d, %v", len(few.Items), err)
	}
	if err := json.Unmarshal(w.body(t, "/feeds/challenges.en.json?city=nowhere"), &few); err != nil || len(few.Items) != 0 {
		t.Errorf("nowhere: %d, %v", len(few.Items), err)
	}
}

func TestCalendarIsReadByAnotherParser(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.body(t, "/feeds/challenges.ja.ics")
	for _, l := range bytes.Split(bytes.TrimSuffix(b, []byte("\r\n")), []byte("\r\n")) {
		if len(l) > 75 {
			t.Errorf("a line of %d bytes", len(l))
		}
	}
	cal, err := ical.NewDecoder(bytes.NewReader(b)).Decode()
	if err != nil {
		t.Fatal(err)
	}
	events := cal.Events()
	if len(events) != 1+len(hostile) {
		t.Fatalf("%d events", len(events))
	}
	for i, h := range hostile {
		summary, err := events[i].Props.Text(ical.PropSummary)
		if err != nil || summary != "締切："+words(h) {
			t.Errorf("summary %q, want %q (%v)", summary, words(h), err)
		}
		start, err := events[i].DateTimeStart(time.UTC)
		if err != nil || time.Until(start) > time.Duration(i+1)*time.Hour || time.Until(start) < time.Duration(i)*time.Hour {
			t.Errorf("event %d at %v (%v)", i, start, err)
		}
	}
}

func TestFeedsAreCached(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, path := range []string{"/feeds/challenges.en.json", "/feeds/challenges.en.rss", "/feeds/challenges.en.ics", "/embed/challenges?lang=ja", "/sitemap.xml"} {
		first := w.get(t, path)
		tag, changed := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
		if first.StatusCode != 200 || !strings.HasPrefix(tag, `"`) || changed == "" || first.Header.Get("Cache-Control") != "public, max-age=300" || first.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s: %d %v", path, first.StatusCode, first.Header)
		}
		if again := w.get(t, path, "If-None-Match", tag); again.StatusCode != http.StatusNotModified {
			t.Errorf("%s with its tag: %d", path, again.StatusCode)
		}
		if again := w.get(t, path, "If-Modified-Since", changed); again.StatusCode != http.StatusNotModified {
			t.Errorf("%s since its date: %d", path, again.StatusCode)
		}
		if again := w.get(t, path, "If-None-Match", `"other"`); again.StatusCode != http.StatusOK {
			t.Errorf("%s with another tag: %d", path, again.StatusCode)
		}
	}
	before := w.get(t, "/feeds/challenges.en.rss")
	testkit.Exec(t, w.db, `update challenge_texts set title = 'New', updated_at = clock_timestamp() + interval '2 seconds' where challenge_id = $1`, w.open.Challenge)
	if after := w.get(t, "/feeds/challenges.en.rss", "If-None-Match", before.Header.Get("ETag")); after.StatusCode != 200 || after.Header.Get("Last-Modified") == before.Header.Get("Last-Modified") {
		t.Errorf("after an edit: %d, %s", after.StatusCode, after.Header.Get("Last-Modified"))
	}
	for _, none := range []string{"/feeds/challenges.fr.rss", "/feeds/challenges.en.xml", "/feeds/other.en.rss", "/feeds/challenges.en.rss?city=%22%3E", "/open-data/people.csv", "/open-data/contests.xls"} {
		if a := w.get(t, none); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", none, a.StatusCode)
		}
	}
}
