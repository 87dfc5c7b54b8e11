package feed

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Calendar writes the deadlines of the list as iCalendar: events of no length in UTC, so that every
// calendar shows them in its owner's zone.
func (l List) Calendar(site Site) []byte {
	var b strings.Builder
	line := func(s string) { b.WriteString(Folded(s)) }
	language := string(l.Lang)
	for _, s := range []string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Fieldtrial//Open challenges//" + strings.ToUpper(language), "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
		"X-WR-CALNAME:" + Escaped(Title[l.Lang]), "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H",
	} {
		line(s)
	}
	for _, i := range l.Items {
		at := i.url(site, l)
		for _, s := range []string{
			"BEGIN:VEVENT", "UID:" + i.ID.String() + "@fieldtrial", "DTSTAMP:" + UTC(i.Updated), "LAST-MODIFIED:" + UTC(i.Updated),
			"DTSTART:" + UTC(i.Closes), "DTEND:" + UTC(i.Closes),
			"SUMMARY;LANGUAGE=" + language + ":" + Escaped(fmt.Sprintf(deadline[l.Lang], i.Title)),
			"DESCRIPTION;LANGUAGE=" + language + ":" + Escaped(i.Summary+"\n"+at), "URL:" + at, "TRANSP:TRANSPARENT",
		} {
			line(s)
		}
		if len(i.Cities) > 0 {
			name, _ := i.Cities[0].Name.In(l.Lang)
			line("LOCATION:" + Escaped(name))
		}
		line("END:VEVENT")
	}
	line("END:VCALENDAR")
	return []byte(b.String())
}

// UTC writes a moment as calendars do.
func UTC(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// Escaped makes plain text a value of iCalendar (RFC 5545, 3.3.11).
func Escaped(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(legal(s))
}

// Folded breaks a line after at most 75 bytes, never inside a character (RFC 5545, 3.1).
func Folded(l string) string {
	var b strings.Builder
	room := 75
	for _, r := range l {
		n := utf8.RuneLen(r)
		if n > room {
			b.WriteString("\r\n ")
			room = 74
		}
		b.WriteRune(r)
		room -= n
	}
	b.WriteString("\r\n")
	return b.String()
}
