package feed

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"fieldtrial/internal/markdown"
	"fieldtrial/internal/notify"
)

// JSON writes the list as JSON Feed 1.1. What the format has no name for stands under _fieldtrial.
func (l List) JSON(site Site) ([]byte, error) {
	type extra struct {
		About   string   `json:"about"`
		Opens   string   `json:"opensAt"`
		Closes  string   `json:"closesAt"`
		Zone    string   `json:"timeZone"`
		Contest string   `json:"contest"`
		Cities  []string `json:"cities"` // short names, the lead first
	}
	type item struct {
		ID        string   `json:"id"`
		URL       string   `json:"url"`
		Title     string   `json:"title"`
		Summary   string   `json:"summary"`
		HTML      string   `json:"content_html"`
		Published string   `json:"date_published"`
		Modified  string   `json:"date_modified"`
		Language  string   `json:"language"`
		Tags      []string `json:"tags"`
		Extra     extra    `json:"_fieldtrial"`
	}
	out := struct {
		Version     string `json:"version"`
		Title       string `json:"title"`
		Home        string `json:"home_page_url"`
		Feed        string `json:"feed_url"`
		Description string `json:"description"`
		Language    string `json:"language"`
		Icon        string `json:"icon"`
		Items       []item `json:"items"`
	}{
		Version: "https://jsonfeed.org/version/1.1", Title: Title[l.Lang], Home: site.Page(l.Lang, "/challenges"), Feed: site.Feed(l.Lang, "json", l.City),
		Description: About[l.Lang], Language: string(l.Lang), Icon: site.URL + "/icon.svg", Items: []item{},
	}
	for _, i := range l.Items {
		x := item{
			ID: "urn:uuid:" + i.ID.String(), URL: i.url(site, l), Title: i.Title, Summary: i.Summary, HTML: i.html(l), Published: stamp(i.Published), Modified: stamp(i.Updated),
			Language: string(i.Lang), Tags: i.Tags,
			Extra: extra{About: site.Page(l.Lang, "/open-data"), Opens: stamp(i.Opens), Closes: stamp(i.Closes), Zone: i.zone(), Contest: i.Contest, Cities: []string{}},
		}
		for _, c := range i.Cities {
			x.Extra.Cities = append(x.Extra.Cities, c.Slug)
		}
		out.Items = append(out.Items, x)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(out)
	return b.Bytes(), err
}

func (i Item) url(site Site, l List) string { return site.Page(l.Lang, "/challenges/"+i.Slug) }

func (i Item) zone() string {
	if len(i.Cities) == 0 {
		return "UTC"
	}
	return i.Cities[0].Zone
}

// closing says the deadline in words, in the lead city's zone.
func (i Item) closing(l List) string {
	return fmt.Sprintf(deadline[l.Lang], notify.FormatMoment(notify.Moment{At: i.Closes, Zone: i.zone()}, l.Lang))
}

// html is what a reader shows of a challenge: the deadline, the summary, the problem as the page has it.
func (i Item) html(l List) string {
	return "<p>" + text(i.closing(l)) + "</p><p>" + text(i.Summary) + "</p>" + markdown.HTML(i.Body)
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
