// Package markdown turns what people write into HTML that is safe to show. The renderer leaves raw
// HTML and dangerous addresses out, and what comes out is sanitised against a list of what is
// allowed, so that neither step has to be trusted alone.
package markdown

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// firstHeading is the level of the uppermost headings: the page's own stand above it.
const firstHeading = 3

var engine, lineEngine = newEngine(), newEngine(goldmark.WithRendererOptions(html.WithHardWraps()))

func newEngine(more ...goldmark.Option) goldmark.Markdown {
	return goldmark.New(append(more,
		goldmark.WithExtensions(extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)), extension.Strikethrough, extension.Linkify),
		goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(pageRules{}, 100))),
	)...)
}

// HTML renders Markdown. Links lead to http, https and mailto only; images become their
// alternative text, because nothing is loaded from elsewhere; headings start at h3 and leave no level out,
// whatever signs they were written with.
func HTML(source string) string { return convert(engine, source) }

// Lines is HTML that keeps every line break: for what people write without a preview, who need not
// know that Markdown joins lines.
func Lines(source string) string { return convert(lineEngine, source) }

func convert(engine goldmark.Markdown, source string) string {
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

// pageRules puts headings in their place and takes away images.
type pageRules struct{}

// Transform changes the parsed document in place.
func (pageRules) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	var images []ast.Node
	var above []int // levels, as written, of the headings that the present part is under
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch x := n.(type) {
		case *ast.Heading:
			for len(above) > 0 && above[len(above)-1] >= x.Level {
				above = above[:len(above)-1]
			}
			above = append(above, x.Level)
			x.Level = min(firstHeading-1+len(above), 6)
		case *ast.Image:
			images = append(images, x)
		}
		return ast.WalkContinue, nil
	})
	for _, n := range images {
		keepContent(n)
	}
}

// keepContent replaces a node by what it holds: an image by its alternative.
func keepContent(n ast.Node) {
	parent := n.Parent()
	if parent == nil {
		return
	}
	for c := n.FirstChild(); c != nil; c = n.FirstChild() {
		n.RemoveChild(n, c)
		parent.InsertBefore(parent, n, c)
	}
	parent.RemoveChild(parent, n)
}
