package identity

import (
	"net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// normalEmail is the form in which addresses are kept and compared: trimmed and in lower case.
func normalEmail(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// validEmail takes one plain address with a dotted domain or localhost, and nothing that could end
// a mail header.
func validEmail(s string) bool {
	if len(s) < 3 || len(s) > 254 || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f || r > 0x7e }) {
		return false
	}
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || a.Name != "" {
		return false
	}
	local, domain, _ := strings.Cut(s, "@")
	return len(local) <= 64 && !strings.ContainsAny(domain, "[]@") && (strings.Contains(domain, ".") || domain == "localhost")
}

// cleanName trims, normalises and takes out control characters, which could break a mail header.
func cleanName(s string) string {
	return lang.OneLine(norm.NFC.String(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, s)))
}

// hidden says that a character of a name cannot be seen and could reorder what stands around it or
// make two names look alike. Joiners and marks of direction belong to some scripts.
func hidden(r rune) bool {
	return unicode.Is(unicode.Cf, r) && (r < 0x200c || r > 0x200f)
}

// visible drops what is hidden, where nobody could be asked to type a name anew.
func visible(r rune) rune {
	if hidden(r) {
		return -1
	}
	return r
}

func checkEmail(c *fault.Check, pointer, email string) {
	c.That(email != "", pointer, "required")
	c.That(email == "" || validEmail(email), pointer, "malformed")
}

func checkName(c *fault.Check, pointer, name string) {
	c.That(name != "", pointer, "required")
	c.That(!strings.ContainsFunc(name, hidden), pointer, "control")
	c.That(utf8.RuneCountInString(name) <= 200, pointer, "too_long", "max", 200)
}

func checkLanguage(c *fault.Check, pointer string, l lang.Tag) {
	c.That(l.Valid(), pointer, "not_a_choice")
}

// checkZone takes names of the IANA database alone: "Local" and "" mean the server's own zone.
func checkZone(c *fault.Check, pointer, zone string) {
	_, err := time.LoadLocation(zone)
	c.That(err == nil && zone != "" && zone != "Local", pointer, "not_a_choice")
}
