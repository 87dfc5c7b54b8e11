package contest

import (
	"context"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
)

// SectionKeys lists the Markdown sections of a challenge in the order they are shown.
var SectionKeys = []string{"problem", "context", "success", "resources", "eligibility", "demonstration", "terms"}

// Text is what a challenge says in one language. Version 0 means that nothing was written. For a
// translation, SourceVersion is the version of the authoritative text that it was made from.
type Text struct {
	Language      lang.Tag
	Title         string
	Summary       string
	Sections      map[string]string // by SectionKeys, Markdown
	SourceVersion int
	Version       int
	UpdatedAt     time.Time
}

// Written reports whether there is anything to show.
func (t Text) Written() bool { return t.Title != "" }

// Texts are the texts of a challenge by language; a language without a row is absent.
type Texts map[lang.Tag]Text

// Pick gives the text in the wanted language, else the authoritative one.
func (ts Texts) Pick(want, authoritative lang.Tag) Text {
	if t, ok := ts[want]; ok && t.Written() {
		return t
	}
	t := ts[authoritative]
	t.Language = authoritative
	return t
}

// Stale reports whether the text of a language was translated from an older version.
func (ts Texts) Stale(l, authoritative lang.Tag) bool {
	t, ok := ts[l]
	return ok && l != authoritative && t.Written() && t.SourceVersion < ts[authoritative].Version
}

// Pending lists the languages without an up-to-date text.
func (ts Texts) Pending(authoritative lang.Tag) []lang.Tag {
	out := []lang.Tag{}
	for _, l := range lang.All {
		if l != authoritative && (!ts[l].Written() || ts.Stale(l, authoritative)) {
			out = append(out, l)
		}
	}
	return out
}

// Written lists the languages in which there is something to read.
func (ts Texts) Written() []lang.Tag {
	out := []lang.Tag{}
	for _, l := range lang.All {
		if ts[l].Written() {
			out = append(out, l)
		}
	}
	return out
}

func readTexts(ctx context.Context, q database.Queryer, challenge uuid.UUID) (Texts, error) {
	rows, err := q.Query(ctx, `select language, title, summary, problem, context, success, resources, eligibility, demonstration, terms,
		source_version, version, updated_at from challenge_texts where challenge_id = $1`, challenge)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := Texts{}
	for rows.Next() {
		var t Text
		body := make([]string, len(SectionKeys))
		into := []any{&t.Language, &t.Title, &t.Summary}
		for i := range body {
			into = append(into, &body[i])
		}
		if err := rows.Scan(append(into, &t.SourceVersion, &t.Version, &t.UpdatedAt)...); err != nil {
			return nil, err
		}
		t.Sections = make(map[string]string, len(body))
		for i, k := range SectionKeys {
			t.Sections[k] = body[i]
		}
		out[t.Language] = t
	}
	return out, rows.Err()
}

// tidy takes away what no text should hold: control characters, spaces at the ends and, in lines,
// breaks.
func (t Text) tidy() Text {
	t.Title, t.Summary = line(t.Title), line(t.Summary)
	body := make(map[string]string, len(SectionKeys))
	for _, k := range SectionKeys {
		body[k] = strings.TrimRightFunc(printable(t.Sections[k]), unicode.IsSpace)
	}
	t.Sections = body
	return t
}

func line(s string) string { return lang.OneLine(printable(s)) }

func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, lang.Breaks(strings.ToValidUTF8(s, "")))
}

// same reports whether two texts say the same.
func (t Text) same(o Text) bool {
	if t.Title != o.Title || t.Summary != o.Summary {
		return false
	}
	for _, k := range SectionKeys {
		if t.Sections[k] != o.Sections[k] {
			return false
		}
	}
	return true
}
