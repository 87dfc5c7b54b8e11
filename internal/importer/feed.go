package importer

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/markdown"
)

// item is one challenge of the feed. Its fields are text, a list or nothing, whichever the day.
type item map[string]json.RawMessage

// candidate is a challenge ready to be kept, with what is to be said of it.
type candidate struct {
	contest.Kept
	notes []string
}

// readFeed reads the whole feed: an object with the list under "_challenge", or the list itself.
func readFeed(r io.Reader) ([]item, error) {
	raw, err := io.ReadAll(io.LimitReader(r, 1<<30))
	if err != nil {
		return nil, err
	}
	raw = []byte(strings.TrimPrefix(string(raw), "\uFEFF"))
	var feed struct {
		Challenges []item `json:"_challenge"`
	}
	if err := json.Unmarshal(raw, &feed); err == nil && feed.Challenges != nil {
		return feed.Challenges, nil
	}
	var list []item
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, fmt.Errorf("the file is no feed of challenges: JSON with a list under %q was expected", "_challenge")
	}
	return list, nil
}

// list gives a field's values.
func (i item) list(key string) []string {
	raw := i[key]
	var many []any
	if json.Unmarshal(raw, &many) != nil {
		var one any
		if json.Unmarshal(raw, &one) != nil {
			return nil
		}
		many = []any{one}
	}
	out := []string{}
	for _, v := range many {
		switch x := v.(type) {
		case string:
			out = append(out, strings.TrimSpace(x))
		case float64, bool:
			out = append(out, fmt.Sprint(x))
		}
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

func (i item) text(key string) string { return strings.Join(i.list(key), "; ") }

// challenge tidies one item. What it says goes where a challenge of ours says the same.
func (i item) challenge(zone *time.Location) candidate {
	c := candidate{Kept: contest.Kept{
		ExternalID: i.text("challenge-id"), Agency: line(i.text("agency")), SourceURL: link(i.text("permalink")),
		Title: line(i.text("challenge-title")), Summary: line(i.text("tagline")), Tags: []string{}, Sections: map[string]string{},
	}}
	if c.ExternalID == "" {
		c.ExternalID = i.text("permalink")
	}
	c.Opens = c.date(i.text("submission-start"), "submission-start", zone, false)
	c.Closes = c.date(i.text("submission-end"), "submission-end", zone, true)
	if c.Opens != nil && c.Closes != nil && !c.Opens.Before(*c.Closes) {
		c.notes = append(c.notes, fmt.Sprintf("submission-start %q does not lie before submission-end %q: left empty", i.text("submission-start"), i.text("submission-end")))
		c.Opens = nil
	}
	for _, kind := range i.list("type-of-challenge") {
		for _, t := range strings.Split(kind, ";") {
			if t = strings.ToLower(line(t)); t != "" && utf8.RuneCountInString(t) <= 40 && !slices.Contains(c.Tags, t) {
				c.Tags = append(c.Tags, t)
			}
		}
	}
	for key, field := range map[string]string{"problem": "description", "success": "judging", "resources": "prizes", "demonstration": "how-to-enter", "terms": "rules"} {
		html := i.text(field)
		c.Sections[key] = markdown.FromHTML(html, "https://www.challenge.gov")
		if c.Sections[key] != "" && heads[field] != "" {
			c.Sections[key] = "**" + heads[field] + "**\n\n" + c.Sections[key]
		}
	}
	c.Sections["context"] = i.facts()
	return c
}

// heads say what a text is called in the feed, where the section it goes to is called otherwise.
var heads = map[string]string{"judging": "Judging criteria", "prizes": "Prizes", "how-to-enter": "How to enter"}

func (c *candidate) date(text, field string, zone *time.Location, end bool) *time.Time {
	if strings.TrimSpace(text) == "" {
		c.notes = append(c.notes, field+" is empty")
		return nil
	}
	at, note, err := Moment(text, zone, end)
	if err != nil {
		c.notes = append(c.notes, field+" left empty: "+err.Error())
		return nil
	}
	if note != "" {
		c.notes = append(c.notes, field+" "+note)
	}
	return &at
}

// facts are what the feed says beside its texts, dates as they were written.
func (i item) facts() string {
	var b strings.Builder
	say := func(head, value string) {
		if value = line(value); value != "" {
			fmt.Fprintf(&b, "- %s: %s\n", head, literal(value))
		}
	}
	say("Agency", i.text("agency"))
	say("Federal partners", i.text("partner-agencies-federal"))
	say("Other partners", i.text("partners-non-federal"))
	say("Type of challenge", i.text("type-of-challenge"))
	say("Total cash prize", i.text("total-prize-offered-cash"))
	say("Legal authority", i.text("legal-authority"))
	say("Fiscal year", i.text("fiscal-year"))
	say("Submissions, as published (US Eastern time)", i.text("submission-start")+" – "+i.text("submission-end"))
	for _, to := range []struct{ head, url string }{{"Original page", link(i.text("permalink"))}, {"Site of the challenge", link(i.text("external-url"))}} {
		if to.url != "" {
			fmt.Fprintf(&b, "- %s: <%s>\n", to.head, to.url)
		}
	}
	return strings.TrimSpace(b.String())
}

// literal keeps Markdown from reading marks into a plain value.
func literal(s string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "`", "\\`", "~", `\~`, "|", `\|`, "#", `\#`, "$", `\$`).Replace(s)
}

func line(s string) string { return strings.Join(strings.Fields(s), " ") }

// link keeps web addresses only, with their spaces escaped.
func link(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), " ", "%20")
	if !strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "http://") || strings.ContainsAny(s, "<>\"\\^`{}\n") || len(s) > 2000 {
		return ""
	}
	return s
}
