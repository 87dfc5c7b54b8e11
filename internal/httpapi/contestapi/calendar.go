package contestapi

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"fieldtrial/internal/contest"
	api "fieldtrial/internal/httpapi/oapi/contest"
	"fieldtrial/internal/lang"
)

var deadlineOf = lang.Text{
	lang.EN: "Deadline: %s",
	lang.ES: "Fin de plazo: %s",
	lang.JA: "締切：%s",
}

// GetChallengeDeadline answers with the deadline as a calendar file.
func (s *server) GetChallengeDeadline(ctx context.Context, r api.GetChallengeDeadlineRequestObject) (api.GetChallengeDeadlineResponseObject, error) {
	d, err := s.contests.Public(ctx, r.Slug)
	if err != nil {
		return nil, err
	}
	body := calendar(d, wanted(r.Params.Lang), s.publicURL)
	name := `attachment; filename="` + d.Slug + `.ics"`
	return api.GetChallengeDeadline200TextcalendarResponse{
		Body: strings.NewReader(body), ContentLength: int64(len(body)),
		Headers: api.GetChallengeDeadline200ResponseHeaders{ContentDisposition: &name},
	}, nil
}

// calendar is an event of no length at the deadline, in UTC, so that every calendar shows it in its
// owner's zone.
func calendar(d contest.Dossier, want lang.Tag, publicURL string) string {
	t := d.Texts.Pick(want, d.Language)
	prefix := ""
	if want != lang.EN {
		prefix = "/" + string(want)
	}
	page := publicURL + prefix + "/challenges/" + d.Slug
	utc := func(t time.Time) string { return t.UTC().Format("20060102T150405Z") }
	var b strings.Builder
	for _, l := range []string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Fieldtrial//Deadlines//" + strings.ToUpper(string(want)), "CALSCALE:GREGORIAN",
		"METHOD:PUBLISH", "BEGIN:VEVENT", "UID:" + d.ID.String() + "@fieldtrial", "DTSTAMP:" + utc(d.Now),
		"DTSTART:" + utc(d.Dates.Closes), "DTEND:" + utc(d.Dates.Closes),
		"SUMMARY;LANGUAGE=" + string(want) + ":" + calendarText(fmt.Sprintf(deadlineOf[want], t.Title)),
		"DESCRIPTION:" + calendarText(t.Summary+"\n"+page), "URL:" + page, "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR",
	} {
		b.WriteString(folded(l))
	}
	return b.String()
}

func calendarText(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r", "", "\n", `\n`).Replace(s)
}

// folded breaks a line after at most 75 bytes, never inside a character (RFC 5545, 3.1).
func folded(l string) string {
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
