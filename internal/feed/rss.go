package feed

import (
	"bytes"
	"encoding/xml"
	"html"
	"time"
)

type rss struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Atom    string     `xml:"xmlns:atom,attr"`
	DC      string     `xml:"xmlns:dc,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title       string    `xml:"title"`
	Link        string    `xml:"link"`
	Description string    `xml:"description"`
	Language    string    `xml:"language"`
	Built       string    `xml:"lastBuildDate"`
	TTL         int       `xml:"ttl"` // minutes
	Self        atomLink  `xml:"atom:link"`
	Items       []rssItem `xml:"item"`
}

type atomLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
}

type rssItem struct {
	Title       string   `xml:"title"`
	Link        string   `xml:"link"`
	GUID        rssGUID  `xml:"guid"`
	Published   string   `xml:"pubDate"`
	Language    string   `xml:"dc:language"`
	Categories  []string `xml:"category"`
	Description string   `xml:"description"` // HTML
}

type rssGUID struct {
	Permalink bool   `xml:"isPermaLink,attr"`
	ID        string `xml:",chardata"`
}

// RSS writes the list as RSS 2.0.
func (l List) RSS(site Site) ([]byte, error) {
	out := rss{
		Version: "2.0", Atom: "http://www.w3.org/2005/Atom", DC: "http://purl.org/dc/elements/1.1/",
		Channel: rssChannel{
			Title: Title[l.Lang], Link: site.Page(l.Lang, "/challenges"), Description: About[l.Lang], Language: string(l.Lang),
			Built: l.Changed.UTC().Format(time.RFC1123Z), TTL: 60,
			Self: atomLink{site.Feed(l.Lang, "rss", l.City), "self", "application/rss+xml"},
		},
	}
	for _, i := range l.Items {
		out.Channel.Items = append(out.Channel.Items, rssItem{
			Title: i.Title, Link: i.url(site, l), GUID: rssGUID{false, "urn:uuid:" + i.ID.String()}, Published: i.Published.UTC().Format(time.RFC1123Z),
			Language: string(i.Lang), Categories: i.Tags, Description: i.html(l),
		})
	}
	return document(out)
}

// document writes a value as a whole XML document.
func document(v any) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	e := xml.NewEncoder(&b)
	e.Indent("", "  ")
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// text writes plain text into HTML.
func text(s string) string { return html.EscapeString(s) }
