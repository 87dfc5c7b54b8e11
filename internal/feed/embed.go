package feed

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html/template"

	"fieldtrial/internal/lang"
	"fieldtrial/internal/notify"
)

// embedStyle is the whole look of the embeddable list. It follows the reader's light or dark and takes
// the font of the system, so that nothing else has to be loaded.
const embedStyle = `:root{color-scheme:light dark}
body{margin:0;font:16px/1.5 system-ui,sans-serif;color:light-dark(#16213a,#eef1f7);background:light-dark(#fff,#131926)}
:lang(ja){line-height:1.75;line-break:strict}
main{padding:12px 16px;max-width:60rem}
h1{font-size:1.125rem;margin:0 0 8px}
ul{list-style:none;margin:0;padding:0}
li{border-top:1px solid light-dark(#c9d0de,#3a4560);padding:12px 0;overflow-wrap:anywhere}
a{color:light-dark(#0b4f9c,#8ec2ff);font-weight:600;display:inline-block;min-height:24px}
a:focus-visible{outline:3px solid currentColor;outline-offset:2px}
p{margin:2px 0 0;font-size:.9375rem}
.all{border-top:1px solid light-dark(#c9d0de,#3a4560);padding-top:12px;margin-top:0}
.muted{color:light-dark(#4c5870,#b3bdd1)}`

// EmbedStyleHash is how the policy of the embeddable list names its one style.
var EmbedStyleHash = func() string {
	sum := sha256.Sum256([]byte(embedStyle))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}()

// EmbedMost is how many challenges the embeddable list shows.
const EmbedMost = 50

var embedPage = template.Must(template.New("embed").Parse(`<!doctype html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{{.Heading}}</title>
<style>{{.Style}}</style>
</head>
<body>
<main>
<h1>{{.Heading}}</h1>
{{if .Items}}<ul>
{{range .Items}}<li><a href="{{.URL}}" target="_blank" rel="noopener"{{if ne .Lang $.Lang}} lang="{{.Lang}}"{{end}}>{{.Title}}</a>
<p{{if ne .Lang $.Lang}} lang="{{.Lang}}"{{end}}>{{.Summary}}</p>
<p class="muted">{{.Cities}} · <time datetime="{{.Closes}}">{{.Closing}}</time></p></li>
{{end}}</ul>
{{else}}<p class="muted">{{.None}}</p>
{{end}}<p class="all"><a href="{{.More}}" target="_blank" rel="noopener">{{.All}}</a></p>
</main>
</body>
</html>
`))

var (
	embedHeading = lang.Text{lang.EN: "Open challenges", lang.ES: "Retos abiertos", lang.JA: "募集中のチャレンジ"}
	embedNone    = lang.Text{
		lang.EN: "No challenge takes entries at the moment.", lang.ES: "Ningún reto admite candidaturas en este momento.", lang.JA: "現在、応募を受け付けているチャレンジはありません。",
	}
	embedAll = lang.Text{lang.EN: "All challenges", lang.ES: "Todos los retos", lang.JA: "すべてのチャレンジ"}
)

// Embed writes the list as a small page to be put into others' pages: no script, nothing loaded.
func (l List) Embed(site Site) ([]byte, error) {
	type row struct{ URL, Lang, Title, Summary, Cities, Closes, Closing string }
	more := site.Page(l.Lang, "/challenges")
	if l.City != "" {
		more += "?city=" + template.URLQueryEscaper(l.City)
	}
	view := struct {
		Lang, Heading, None, All, More string
		Style                          template.CSS
		Items                          []row
	}{string(l.Lang), embedHeading[l.Lang], embedNone[l.Lang], embedAll[l.Lang], more, template.CSS(embedStyle), nil} //nolint:gosec // our own constant
	for n, i := range l.Items {
		if n == EmbedMost {
			break
		}
		r := row{URL: i.url(site, l), Lang: string(i.Lang), Title: i.Title, Summary: i.Summary, Closes: stamp(i.Closes),
			Closing: notify.FormatMoment(notify.Moment{At: i.Closes, Zone: i.zone()}, l.Lang)}
		for n, c := range i.Cities {
			if n > 0 {
				r.Cities += " + "
			}
			name, _ := c.Name.In(l.Lang)
			r.Cities += name
		}
		view.Items = append(view.Items, r)
	}
	var b bytes.Buffer
	err := embedPage.Execute(&b, view)
	return b.Bytes(), err
}
