// Package markdown turns what people write into HTML that is safe to show. Raw HTML is off, and
// what comes out is sanitised again, so that neither step has to be trusted alone.
package markdown

import (
	"bytes"
	"net/url"
	"regexp"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// firstHeading is the level that "#" becomes: the page's own headings stand above it.
const firstHeading = 3

var engine = goldmark.New(
	goldmark.WithExtensions(extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)), extension.Strikethrough, extension.Linkify),
	goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(pageRules{}, 100))),
)

// HTML renders Markdown. Links lead to http, https and mailto only; images become their
// alternative text, because nothing is loaded from elsewhere; headings start at h3.
func HTML(source string) string {
	var b bytes.Buffer
	if err := engine.Convert([]byte(source), &b); err != nil {
		return ""
	}
	return strings.TrimSpace(policy.Sanitize(b.String()))
}

var policy = func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "del",
		"table", "thead", "tbody", "tr", "th", "td")
	p.AllowAttrs("start").Matching(regexp.MustCompile(`^[0-9]{1,9}$`)).OnElements("ol")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowRelativeURLs(false)
	p.RequireParseableURLs(true)
	p.RequireNoFollowOnLinks(true)
	p.RequireNoReferrerOnLinks(true)
	return p
}()

// pageRules shifts headings, and takes away images and links that lead nowhere allowed.
type pageRules struct{}

// Transform changes the parsed document in place.
func (pageRules) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	var unwrap []ast.Node
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch x := n.(type) {
		case *ast.Heading:
			x.Level = min(x.Level+firstHeading-1, 6)
		case *ast.Image:
			unwrap = append(unwrap, x)
		case *ast.Link:
			if !allowed(string(x.Destination)) {
				unwrap = append(unwrap, x)
			}
		case *ast.AutoLink:
			if !allowed(string(x.URL(reader.Source()))) && x.AutoLinkType == ast.AutoLinkURL {
				unwrap = append(unwrap, x)
			}
		}
		return ast.WalkContinue, nil
	})
	for _, n := range unwrap {
		keepContent(n, reader.Source())
	}
}

// keepContent replaces a node by what it holds: a link by its text, an image by its alternative.
func keepContent(n ast.Node, source []byte) {
	parent := n.Parent()
	if parent == nil {
		return
	}
	if auto, ok := n.(*ast.AutoLink); ok {
		parent.ReplaceChild(parent, n, ast.NewString(auto.Label(source)))
		return
	}
	for c := n.FirstChild(); c != nil; c = n.FirstChild() {
		n.RemoveChild(n, c)
		parent.InsertBefore(parent, n, c)
	}
	parent.RemoveChild(parent, n)
}

func allowed(target string) bool {
	u, err := url.Parse(strings.TrimSpace(target))
	if err != nil {
		return false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		return u.Host != ""
	case "mailto":
		return u.Opaque != ""
	}
	return false
}
