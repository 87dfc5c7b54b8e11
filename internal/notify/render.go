package notify

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
)

// Row is a notice as it is kept, as far as writing it needs.
type Row struct {
	Kind     string
	Language lang.Tag
	Params   json.RawMessage
	Contest  setting // of the contest it is about, if any
}

// setting is what a contest adds to every mail about it.
type setting struct {
	Rehearsal bool
	Note      lang.Text // the contest's own paragraph for this kind
}

// settingOf finds the contest that a notice is about by its subject, an entry or a challenge. What a
// contest adds to the reminder of a draft it adds to the other reminders as well.
func settingOf(ctx context.Context, q database.Queryer, notice uuid.UUID) (setting, error) {
	var out setting
	err := q.QueryRow(ctx, `
		select coalesce(k.rehearsal, false), coalesce(m.text, '{}')
		from notices n
		left join entries e on e.id = n.subject_id
		left join challenges c on c.id = coalesce(e.challenge_id, n.subject_id)
		left join contests k on k.id = c.contest_id
		left join contest_mails m on m.contest_id = k.id and m.kind =
			case when n.kind in ('entry-changes-reminder', 'entries-reminder') then 'entry-draft-reminder' else n.kind end
		where n.id = $1`, notice).Scan(&out.Rehearsal, &out.Note)
	return out, err
}

var rehearsalMark = lang.Text{lang.EN: "[Rehearsal] ", lang.ES: "[Ensayo] ", lang.JA: "【リハーサル】"}

// Content is a notice in its reader's language. HTML says the same as Text.
type Content struct {
	Subject string
	Text    string
	HTML    string
}

// Render writes a notice. publicURL is the configured scheme and host, never the request's.
func Render(row Row, publicURL string) (Content, error) { return render(row, publicURL, false) }

// preview is Render with secret links blotted out.
func preview(row Row, publicURL string) (Content, error) { return render(row, publicURL, true) }

func render(row Row, publicURL string, blot bool) (Content, error) {
	params := map[string]param{}
	if err := json.Unmarshal(row.Params, &params); err != nil {
		return Content{}, fmt.Errorf("notify: parameters of %s: %w", row.Kind, err)
	}
	if err := fits(row.Kind, params); err != nil {
		return Content{}, err
	}
	w := writer{lang: row.Language.Or(lang.EN), base: strings.TrimRight(publicURL, "/"), params: params, blot: blot}
	t := templates[row.Kind].forRole(params["role"].Role)
	body := strings.TrimSpace(t.Body[w.lang])
	subject := w.fill(t.Subject[w.lang], asIs)
	if row.Contest.Rehearsal {
		subject = rehearsalMark[w.lang] + subject
	}
	if note, _ := row.Contest.Note.In(w.lang); note != "" {
		// As a parameter, so that nothing in it is read as a placeholder or as HTML.
		params[contestNote] = param{S: &note}
		body += "\n\n{" + contestNote + "}"
	}
	out := Content{
		Subject: oneLine(subject),
		Text:    w.fill(body, asIs) + "\n\n-- \nFieldtrial · " + w.address("/") + "\n",
	}
	out.HTML = w.page(out.Subject, body)
	return out, nil
}

// contestNote is the parameter that carries the contest's own paragraph.
const contestNote = "contest_note"

type writer struct {
	lang   lang.Tag
	base   string
	params map[string]param
	blot   bool
}

// value is what a parameter says, and whether it is a link of ours.
func (w writer) value(p param) (text string, link bool) {
	switch {
	case p.S != nil:
		return *p.S, false
	case p.Text != nil:
		s, _ := p.Text.In(w.lang)
		return s, false
	case p.At != nil:
		return FormatMoment(*p.At, w.lang), false
	case p.Day != "":
		if t, err := time.Parse(time.DateOnly, string(p.Day)); err == nil {
			return FormatDay(t, w.lang), false
		}
		return string(p.Day), false
	case p.Role != "":
		s, _ := RoleName(p.Role).In(w.lang)
		return s, false
	case p.Secret != "" && !w.blot:
		return w.address(p.Secret), true
	case p.Secret != "", p.Spent:
		path, _, _ := strings.Cut(p.Secret, "#")
		return w.address(path) + "#…", false
	}
	return w.address(p.Link), true
}

// address puts the public URL and the reader's language before a path of the page.
func (w writer) address(path string) string {
	if w.lang == lang.EN {
		return w.base + path
	}
	return w.base + "/" + string(w.lang) + strings.TrimSuffix(path, "/")
}

type shape func(text string, link bool) string

func asIs(text string, _ bool) string { return text }

func asHTML(text string, link bool) string {
	safe := html.EscapeString(text)
	if link {
		return `<a href="` + safe + `">` + safe + `</a>`
	}
	return strings.ReplaceAll(safe, "\n", "<br>")
}

// fill puts the parameters into a text. What a parameter says is never read for placeholders.
func (w writer) fill(s string, as shape) string {
	return placeholder.ReplaceAllStringFunc(s, func(m string) string {
		return as(w.value(w.params[m[1:len(m)-1]]))
	})
}

// page is the HTML part: headings and paragraphs that read well without any style.
func (w writer) page(subject, body string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang="%s"><head><meta charset="utf-8">`+
		`<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">`+
		`<title>%s</title></head><body style="margin:0;padding:24px;font:16px/1.6 sans-serif">`+
		`<main style="max-width:36em;margin:0 auto"><h1 style="font-size:20px;line-height:1.4;margin:0 0 16px">%s</h1>`,
		w.lang, html.EscapeString(subject), html.EscapeString(subject))
	for _, p := range strings.Split(body, "\n\n") {
		// The template is escaped before the parameters go in: braces survive escaping.
		escaped := strings.ReplaceAll(html.EscapeString(strings.TrimSpace(p)), "\n", "<br>\n")
		b.WriteString(`<p style="margin:0 0 16px;overflow-wrap:anywhere">` + w.fill(escaped, asHTML) + "</p>\n")
	}
	fmt.Fprintf(&b, `<hr><p><a href="%s">Fieldtrial</a></p></main></body></html>`, html.EscapeString(w.address("/")))
	return b.String()
}

// oneLine keeps a parameter from ending the subject's header.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " ")
}
