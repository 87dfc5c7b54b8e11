package team

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// maxPartners is how many partner organisations a team can name.
const maxPartners = 20

func (f *Form) tidy() error {
	for _, p := range []*string{&f.Name, &f.LatinName, &f.City, &f.Website, &f.Source} {
		*p = line(*p)
	}
	var c fault.Check
	c.That(f.Name != "", "/name", "required")
	c.That(utf8.RuneCountInString(f.Name) <= 200, "/name", "too_long", "max", 200)
	c.That(utf8.RuneCountInString(f.LatinName) <= 200, "/latinName", "too_long", "max", 200)
	c.That(f.Website == "" || isWebAddress(f.Website), "/website", "malformed")
	c.That(isCountry(f.Country), "/country", "not_a_choice")
	partners := []string{}
	for i, p := range f.Partners {
		if p = line(p); p == "" || slices.Contains(partners, p) {
			continue
		}
		c.That(utf8.RuneCountInString(p) <= 200, fmt.Sprintf("/partners/%d", i), "too_long", "max", 200)
		partners = append(partners, p)
	}
	c.That(len(partners) <= maxPartners, "/partners", "too_many", "max", maxPartners)
	f.Partners = partners
	return c.Err()
}

// line brings one line of typed text into its stored form: NFC, no control characters, single
// spaces.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return lang.OneLine(norm.NFC.String(s))
}

func isWebAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
}

// isCountry accepts the two letters of a country of ISO 3166-1.
func isCountry(code string) bool {
	if len(code) != 2 {
		return false
	}
	r, err := language.ParseRegion(code)
	return err == nil && r.IsCountry() && r.String() == code
}
