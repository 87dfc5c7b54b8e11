package page

import (
	"fmt"
	"html"
	"io"
	"strings"

	"fieldtrial/internal/lang"
)

// locales are the languages as Open Graph names them.
var locales = map[lang.Tag]string{lang.EN: "en_GB", lang.ES: "es_ES", lang.JA: "ja_JP"}

// share writes what a shared link shows of a public page (Open Graph): its title without the name of
// the site, its words, its picture.
func (s *server) share(w io.Writer, at string, l lang.Tag, m Meta) {
	property := func(name, value string) {
		if value != "" {
			fmt.Fprintf(w, `<meta property="%s" content="%s">`, name, html.EscapeString(value))
		}
	}
	property("og:site_name", "Fieldtrial")
	property("og:type", "website")
	property("og:title", strings.TrimSuffix(m.Title, " – Fieldtrial"))
	property("og:description", m.Description)
	fmt.Fprintf(w, `<meta property="og:url" content="%s">`, at) // escaped already
	property("og:locale", locales[l])
	for _, other := range lang.All {
		if other != l {
			property("og:locale:alternate", locales[other])
		}
	}
	property("og:image", s.cfg.PublicURL+"/share.png")
	property("og:image:width", "1200")
	property("og:image:height", "630")
	property("og:image:alt", "Fieldtrial")
	fmt.Fprint(w, `<meta name="twitter:card" content="summary_large_image">`)
}
