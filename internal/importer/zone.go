package importer

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// zones are the abbreviations that feeds of the United States, Europe and Japan use. Standard and
// daylight names stand for the same zone: people write EST in July and mean the clock on the wall.
var zones = map[string]string{
	"et": "America/New_York", "est": "America/New_York", "edt": "America/New_York", "eastern": "America/New_York",
	"ct": "America/Chicago", "cst": "America/Chicago", "cdt": "America/Chicago", "central": "America/Chicago",
	"mt": "America/Denver", "mst": "America/Denver", "mdt": "America/Denver", "mountain": "America/Denver",
	"pt": "America/Los_Angeles", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles", "pacific": "America/Los_Angeles",
	"akst": "America/Anchorage", "akdt": "America/Anchorage", "hst": "Pacific/Honolulu",
	"utc": "UTC", "gmt": "UTC", "z": "UTC", "bst": "Europe/London", "wet": "Europe/Lisbon",
	"cet": "Europe/Madrid", "cest": "Europe/Madrid", "jst": "Asia/Tokyo",
}

var (
	offset   = regexp.MustCompile(`(?:\b(?:utc|gmt)\s?)?([+-])(\d{1,2})(?::?(\d{2}))?$`)
	zoneWord = regexp.MustCompile(`^([a-z]{1,8})(?: (?:standard |daylight |summer )?time)?$`)
)

// zoneOf reads what is left after the date and the time: an offset, an abbreviation, or nothing,
// which means the feed's own zone. An abbreviation nobody knows is noted.
func zoneOf(s string, otherwise *time.Location) (in *time.Location, note, rest string) {
	if s == "" {
		return otherwise, "", ""
	}
	if m := offset.FindStringSubmatch(s); m != nil && number(m[2]) <= 14 {
		seconds := number(m[2]) * 3600
		if m[3] != "" {
			seconds += number(m[3]) * 60
		}
		if m[1] == "-" {
			seconds = -seconds
		}
		return time.FixedZone("", seconds), "", strings.TrimSpace(strings.TrimSuffix(s, m[0]))
	}
	m := zoneWord.FindStringSubmatch(s)
	if m == nil {
		return otherwise, "", s
	}
	name, known := zones[m[1]]
	if !known {
		return otherwise, fmt.Sprintf("the zone %q is not known, taken as %s", strings.ToUpper(m[1]), otherwise), ""
	}
	in, err := time.LoadLocation(name)
	if err != nil {
		return otherwise, "the zone " + name + " is not on this machine", ""
	}
	return in, "", ""
}
