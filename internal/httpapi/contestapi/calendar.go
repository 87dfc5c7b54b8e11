package contestapi

import (
	"context"
	"fmt"
	"strings"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/feed"
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
	var b strings.Builder
	for _, l := range []string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Fieldtrial//Deadlines//" + strings.ToUpper(string(want)), "CALSCALE:GREGORIAN",
		"METHOD:PUBLISH", "BEGIN:VEVENT", "UID:" + d.ID.String() + "@fieldtrial", "DTSTAMP:" + feed.UTC(d.Now),
		"DTSTART:" + feed.UTC(d.Dates.Closes), "DTEND:" + feed.UTC(d.Dates.Closes),
		"SUMMARY;LANGUAGE=" + string(want) + ":" + feed.Escaped(fmt.Sprintf(deadlineOf[want], t.Title)),
		"DESCRIPTION:" + feed.Escaped(t.Summary+"\n"+page), "URL:" + page, "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR",
	} {
		b.WriteString(feed.Folded(l))
	}
	return b.String()
}
