package kpi

import (
	"regexp"
	"strings"
)

var plainNumber = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// safeCell keeps a spreadsheet from taking text for a formula: what begins like one, also in full
// width, gets an apostrophe before it. Numbers stay numbers, negative ones too.
func safeCell(s string) string {
	if s == "" || plainNumber.MatchString(s) {
		return s
	}
	if strings.ContainsAny(s[:1], "=+-@\t\r\n") {
		return "'" + s
	}
	for _, twin := range []string{"＝", "＋", "－", "＠", "−"} {
		if strings.HasPrefix(s, twin) {
			return "'" + s
		}
	}
	return s
}

// SafeCell is how every cell of text in an exported file is written: never as a formula.
func SafeCell(s string) string { return safeCell(s) }
