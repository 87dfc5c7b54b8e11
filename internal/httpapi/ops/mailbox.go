package ops

import (
	"html/template"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// Mail is a message of the embedded mailbox as its page shows it.
type Mail struct {
	ID       string    `json:"id"`
	To       []string  `json:"to"`
	Subject  string    `json:"subject"`
	Text     string    `json:"text"`
	Received time.Time `json:"received"`
}

// Mailbox registers /dev/mail: what would have been sent, while no mail server is configured. With
// Accept: application/json it answers a list. messages gives the newest first.
func Mailbox(e *echo.Echo, messages func() []Mail) {
	e.GET("/dev/mail", func(c echo.Context) error {
		all := messages()
		if to := strings.ToLower(c.QueryParam("to")); to != "" {
			kept := all[:0:0]
			for _, m := range all {
				if strings.Contains(strings.ToLower(strings.Join(m.To, " ")), to) {
					kept = append(kept, m)
				}
			}
			all = kept
		}
		h := c.Response().Header()
		h.Set("Cache-Control", "no-store")
		if strings.Contains(c.Request().Header.Get("Accept"), echo.MIMEApplicationJSON) {
			return c.JSON(http.StatusOK, map[string]any{"items": all, "nextCursor": nil})
		}
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'")
		h.Set(echo.HeaderContentType, echo.MIMETextHTMLCharsetUTF8)
		return mailPage.Execute(c.Response(), map[string]any{"Mails": all, "To": c.QueryParam("to")})
	})
}

var address = regexp.MustCompile(`https?://[^\s<>"]+`)

// linked turns the addresses in a text into links, everything else escaped.
func linked(text string) template.HTML {
	var b strings.Builder
	at := 0
	for _, m := range address.FindAllStringIndex(text, -1) {
		b.WriteString(template.HTMLEscapeString(text[at:m[0]]))
		u := template.HTMLEscapeString(text[m[0]:m[1]])
		b.WriteString(`<a href="` + u + `">` + u + `</a>`)
		at = m[1]
	}
	b.WriteString(template.HTMLEscapeString(text[at:]))
	return template.HTML(b.String()) //nolint:gosec // every part is escaped above
}

var mailPage = template.Must(template.New("mail").Funcs(template.FuncMap{"linked": linked}).Parse(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Mailbox · Fieldtrial</title><link rel="stylesheet" href="/dev/mail.css"></head>
<body><main><h1>Mailbox</h1>
<p>No mail server is configured, so mail stays here. This page exists in the embedded mode only.</p>
<form method="get"><label for="to">Recipient</label> <input id="to" name="to" value="{{.To}}"> <button>Filter</button></form>
{{range .Mails}}<article><h2>{{.Subject}}</h2><p>To: {{range .To}}{{.}} {{end}}· {{.Received.UTC.Format "2006-01-02 15:04:05"}} UTC</p><pre>{{linked .Text}}</pre></article>
{{else}}<p>Nothing has been sent yet.</p>{{end}}</main></body></html>`))

const mailStyle = `body{font:1rem/1.5 system-ui,sans-serif;margin:0;padding:1rem}main{max-width:48rem;margin:auto}` +
	`article{border-top:1px solid #8888;padding:.5rem 0}h2{font-size:1.125rem;margin:.5rem 0}pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}` +
	`input,button{font:inherit;min-height:44px;padding:0 .75rem;max-width:100%}`

// MailboxStyle registers the sheet of the mailbox page; the policy allows none inline.
func MailboxStyle(e *echo.Echo) {
	e.GET("/dev/mail.css", func(c echo.Context) error {
		return c.Blob(http.StatusOK, "text/css; charset=utf-8", []byte(mailStyle))
	})
}
