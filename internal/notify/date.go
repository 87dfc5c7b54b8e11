package notify

import (
	"fmt"
	"time"
	_ "time/tzdata" // a container without zone files must write the same dates

	"fieldtrial/internal/lang"
)

// Names of days and months as the page's dates have them (Intl, en-GB and es-ES).
var (
	weekdays = map[lang.Tag][7]string{
		lang.EN: {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
		lang.ES: {"dom", "lun", "mar", "mié", "jue", "vie", "sáb"},
		lang.JA: {"日", "月", "火", "水", "木", "金", "土"},
	}
	months = map[lang.Tag][12]string{
		lang.EN: {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"},
		lang.ES: {"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"},
	}
)

// FormatDay writes "Wed 25 Nov 2026", "mié 25 nov 2026" or "2026年11月25日（水）".
func FormatDay(t time.Time, l lang.Tag) string {
	day := weekdays[l][t.Weekday()]
	if l == lang.JA {
		return fmt.Sprintf("%d年%d月%d日（%s）", t.Year(), t.Month(), t.Day(), day)
	}
	return fmt.Sprintf("%s %d %s %d", day, t.Day(), months[l][t.Month()-1], t.Year())
}

// FormatMoment writes a time in a zone with the zone's name: "Wed 25 Nov 2026, 18:00 CET". A zone
// that is not known is written in UTC.
func FormatMoment(m Moment, l lang.Tag) string {
	zone, err := time.LoadLocation(m.Zone)
	if err != nil {
		zone = time.UTC
	}
	t := m.At.In(zone)
	sep := ", "
	if l == lang.JA {
		sep = ""
	}
	return FormatDay(t, l) + sep + t.Format("15:04") + " " + zoneName(t)
}

// zoneName gives CET, CEST, JST or UTC, else GMT with the offset: other abbreviations mean
// different zones to different readers.
func zoneName(t time.Time) string {
	name, offset := t.Zone()
	switch name {
	case "CET", "CEST", "JST", "UTC":
		return name
	}
	if offset == 0 {
		return "GMT"
	}
	sign := "+"
	if offset < 0 {
		sign, offset = "−", -offset
	}
	out := fmt.Sprintf("GMT%s%d", sign, offset/3600)
	if minutes := offset % 3600 / 60; minutes != 0 {
		out += fmt.Sprintf(":%02d", minutes)
	}
	return out
}
