package lang

import (
	"strings"
	"unicode"
)

// OneLine makes a name or title one line: breaks and runs of plain spaces become one space, none is left
// at the ends. The wide space between a Japanese family and given name stays what it is.
func OneLine(s string) string {
	plain := func(r rune) bool { return unicode.IsSpace(r) && r != '\u3000' }
	return strings.TrimSpace(strings.Join(strings.FieldsFunc(s, plain), " "))
}

// Breaks writes every line break as \n, whatever system the text was typed on.
func Breaks(s string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
}
