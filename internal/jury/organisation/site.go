package organisation

import (
	"net/url"
	"slices"
	"strings"
)

// second are labels that stand between a name and a country, as in example.co.jp.
var second = []string{"co", "or", "ac", "go", "ne", "ed", "gr", "lg", "com", "org", "net", "edu", "gov", "gob", "nom"}

// shared are sites on which everybody has a page: their name says nothing about whose it is.
var shared = []string{
	"facebook", "instagram", "linkedin", "twitter", "x", "youtube", "tiktok", "github", "gitlab", "google", "blogspot", "wordpress", "wix", "wixsite",
	"squarespace", "weebly", "webflow", "notion", "medium", "note", "linktr", "f6s", "netlify", "vercel", "amazonaws", "herokuapp", "jimdo", "jimdofree", "studio", "peraichi", "ameblo", "fc2",
}

// Site gives the key of the name in a website's address: "gaviotalabs" of
// https://www.gaviota-labs.es/en. "" where there is none, or the site is everybody's.
func Site(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return ""
	}
	labels := strings.Split(strings.ToLower(strings.TrimSuffix(u.Hostname(), ".")), ".")
	if len(labels) < 2 {
		return ""
	}
	n := len(labels) - 2
	if n > 0 && len(labels[len(labels)-1]) == 2 && slices.Contains(second, labels[n]) {
		n--
	}
	name := strings.ReplaceAll(labels[n], "-", "")
	if len(name) < 3 || slices.Contains(shared, labels[n]) || strings.HasPrefix(labels[n], "xn--") || strings.Trim(name, "0123456789") == "" {
		return ""
	}
	return name
}
