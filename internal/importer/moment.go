package importer

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// Moment reads a date as people write it, with or without a time of day, in the zone in which the
// feed means its dates. A date alone is the start of that day, or its last minute where it ends
// something (end). What had to be assumed comes back as a note, for whoever checks the import; an
// error says why the text is no date, and then there is none.
func Moment(text string, zone *time.Location, end bool) (at time.Time, note string, err error) {
	rest := plain(text)
	if rest == "" {
		return time.Time{}, "", fmt.Errorf("empty")
	}
	y, m, d, rest, err := day(rest)
	if err != nil {
		return time.Time{}, "", fmt.Errorf("%q is no date: %w", text, err)
	}
	if !exists(y, m, d) {
		return time.Time{}, "", fmt.Errorf("%q is no date: there is no such day", text)
	}
	c, rest, err := clock(rest, end)
	if err != nil {
		return time.Time{}, "", fmt.Errorf("%q is no time: %w", text, err)
	}
	notes := []string{}
	if c.note != "" {
		notes = append(notes, c.note)
	}
	in, said, rest := zoneOf(rest, zone)
	if said != "" {
		notes = append(notes, said)
	}
	if rest != "" {
		notes = append(notes, fmt.Sprintf("“%s” was not understood", rest))
	}
	at = time.Date(y, time.Month(m), d, c.hour, c.minute, c.second, 0, in)
	if h, _, _ := at.Clock(); h != c.hour%24 {
		notes = append(notes, "the clocks were put forward over this hour")
		if h < c.hour {
			at = at.Add(time.Hour)
		}
	}
	if len(notes) > 0 {
		note = fmt.Sprintf("“%s”: %s", strings.TrimSpace(text), strings.Join(notes, "; "))
	}
	return at.UTC(), note, nil
}

var (
	meridiem = regexp.MustCompile(`(\d|\b)\s*\b?([ap])\.?\s?m\b\.?`)
	isoT     = regexp.MustCompile(`(\d)t(\d)`)
	ordinal  = regexp.MustCompile(`(\d)(st|nd|rd|th)\b`)
	fillers  = regexp.MustCompile(`\b(at|on|by|of|before|until|hrs?|hours|o'clock|(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?)\b\.?|[,;()@|]`)
)

// plain folds a text: compatibility forms made one, lower case, single spaces, "p.m." as "pm".
func plain(s string) string {
	s = strings.ToLower(norm.NFKC.String(s))
	s = strings.NewReplacer("年", "-", "月", "-", "日", " ", "時", ":", "分", " ", "–", "-", "—", "-").Replace(s)
	s = isoT.ReplaceAllString(s, "$1 $2")
	s = meridiem.ReplaceAllString(s, "$1 ${2}m ")
	s = ordinal.ReplaceAllString(s, "$1")
	s = fillers.ReplaceAllString(s, " ")
	return strings.Join(strings.Fields(s), " ")
}

const month = `(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`

// days are the orders in which a day is written; the letters name the groups. With slashes the month
// comes first, as in the United States, with dots the day.
var days = []struct {
	form  *regexp.Regexp
	order string
}{
	{regexp.MustCompile(`\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b`), "ymd"},
	{regexp.MustCompile(`\b(\d{4})(\d{2})(\d{2})\b`), "ymd"},
	{regexp.MustCompile(`\b(\d{1,2})[-/](\d{1,2})[-/](\d{4}|\d{2})\b`), "mdy"},
	{regexp.MustCompile(`\b(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})\b`), "dmy"},
	{regexp.MustCompile(`\b` + month + `\s*(\d{1,2})\s+(\d{4})\b`), "mdy"},
	{regexp.MustCompile(`\b(\d{1,2})[\s-]*` + month + `[\s-]*(\d{4})\b`), "dmy"},
	{regexp.MustCompile(`\b(\d{4})\s+` + month + `\s*(\d{1,2})\b`), "ymd"},
}

// day finds the date and gives what is left of the text.
func day(s string) (y, m, d int, rest string, err error) {
	for _, f := range days {
		at := f.form.FindStringSubmatchIndex(s)
		if at == nil {
			continue
		}
		part := map[byte]string{}
		for i := range f.order {
			part[f.order[i]] = s[at[2+2*i]:at[3+2*i]]
		}
		y, m, d = number(part['y']), monthOf(part['m']), number(part['d'])
		if len(part['y']) == 2 {
			if y += 1900; y < 1970 {
				y += 100
			}
		}
		if f.order == "mdy" && m > 12 && d <= 12 { // nothing else it can mean
			m, d = d, m
		}
		return y, m, d, strings.Join(strings.Fields(s[:at[0]]+" "+s[at[1]:]), " "), nil
	}
	return 0, 0, 0, "", fmt.Errorf("no day, month and year of four digits in it")
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

func monthOf(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", s[:3])/3 + 1
}

func exists(y, m, d int) bool {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return y >= 1970 && y <= 2200 && m >= 1 && m <= 12 && t.Month() == time.Month(m) && t.Day() == d
}

type timeOfDay struct {
	hour, minute, second int
	note                 string
}

var (
	twelve     = regexp.MustCompile(`\b(\d{1,2})(?::(\d{2}))?(?::(\d{2})(?:\.\d+)?)? ?([ap]m)\b`)
	twentyFour = regexp.MustCompile(`\b(\d{1,2}):(\d{2})?(?::(\d{2})(?:\.\d+)?)?(z?)(?:\b|$)`)
	noon       = regexp.MustCompile(`\b(?:12(?::00)? )?(noon|midnight)\b`)
)

// clock finds the time of day and gives what is left of the text. Midnight ends the day where it
// ends something, and begins it otherwise.
func clock(s string, end bool) (c timeOfDay, rest string, err error) {
	cut := func(at []int) string {
		return strings.Join(strings.Fields(s[:at[0]]+" "+s[at[1]:]), " ")
	}
	part := func(at []int, n int) int {
		if at[2*n] < 0 || at[2*n] == at[2*n+1] {
			return 0
		}
		return number(s[at[2*n]:at[2*n+1]])
	}
	if at := noon.FindStringSubmatchIndex(s); at != nil {
		switch word := s[at[2]:at[3]]; {
		case word == "noon":
			c.hour = 12
		case end:
			c.hour, c.note = 24, "midnight taken as the end of that day"
		}
		return c, cut(at), nil
	}
	if at := twelve.FindStringSubmatchIndex(s); at != nil {
		c.hour, c.minute, c.second = part(at, 1), part(at, 2), part(at, 3)
		after := s[at[8]:at[9]] == "pm"
		switch {
		case c.hour > 12 && c.hour < 24 && after:
			c.note = "the hour is one of 24 already"
		case c.hour == 0 && after || c.hour > 12: // 00:00 AM is how some write midnight
			return c, "", fmt.Errorf("there is no such hour")
		case after && c.hour < 12:
			c.hour += 12
		case !after && c.hour == 12:
			c.hour = 0
		}
		return c, cut(at), c.check()
	}
	if at := twentyFour.FindStringSubmatchIndex(s); at != nil {
		c.hour, c.minute, c.second = part(at, 1), part(at, 2), part(at, 3)
		rest = cut(at)
		if at[8] < at[9] {
			rest = strings.TrimSpace("z " + rest)
		}
		return c, rest, c.check()
	}
	if end {
		c = timeOfDay{hour: 23, minute: 59, note: "no time of day, taken as 23:59"}
	}
	return c, s, nil
}

func (c timeOfDay) check() error {
	if c.hour > 24 || c.minute > 59 || c.second > 59 || c.hour == 24 && c.minute+c.second > 0 {
		return fmt.Errorf("there is no such time of day")
	}
	return nil
}
