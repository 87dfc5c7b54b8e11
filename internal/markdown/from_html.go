package markdown

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
)

// FromHTML turns a page's body that others wrote into Markdown: styles, scripts and empty wrappers
// go, what carries meaning stays. Relative addresses and the template's {{ site.baseurl }} are
// resolved against site, such as "https://www.example.org". A picture becomes a link to it, because
// nothing is loaded from elsewhere.
func FromHTML(source, site string) string {
	source = template.ReplaceAllString(source, strings.TrimRight(site, "/"))
	source = address.ReplaceAllStringFunc(source, func(a string) string {
		at := strings.IndexByte(a, '"') + 1
		return a[:at] + strings.ReplaceAll(strings.TrimSpace(a[at:len(a)-1]), " ", "%20") + `"`
	})
	clean := foreign.Sanitize(escaped.ReplaceAllString(source, "<$1>"))
	out, err := fromHTML.ConvertString(clean, converter.WithDomain(site))
	if err != nil { // the parser takes everything; a failure is one of the renderer's
		return strings.TrimSpace(bluemonday.StrictPolicy().Sanitize(source))
	}
	return tidied(out)
}

// template finds what a site generator would have filled in.
var template = regexp.MustCompile(`\{\{\s*site\.(?:baseurl|url)\s*\}\}`)

// address finds addresses, which people write with spaces in them; the sanitiser would drop those.
var address = regexp.MustCompile(`\b(?:href|src)\s*=\s*"[^"]*"`)

// escaped finds tags that were escaped once too often, which an editor of theirs did.
var escaped = regexp.MustCompile(`&lt;(/?(?:p|div|span|br|ul|ol|li|strong|em|h[1-6])(?:\s[^<>&]*)?/?)&gt;`)

// foreign is what is kept of others' HTML before it is converted.
var foreign = func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "div", "section", "article", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "code",
		"em", "i", "strong", "b", "del", "s", "sup", "sub", "table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption")
	p.AllowAttrs("start").Matching(regexp.MustCompile(`^[0-9]{1,9}$`)).OnElements("ol")
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("src", "alt").OnElements("img")
	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowRelativeURLs(true)
	p.SkipElementsContent("script", "style", "iframe", "object", "template", "noscript")
	return p
}()

var fromHTML = func() *converter.Converter {
	c := converter.NewConverter(converter.WithPlugins(base.NewBasePlugin(),
		commonmark.NewCommonmarkPlugin(commonmark.WithListEndComment(false)), table.NewTablePlugin(), strikethrough.NewStrikethroughPlugin()))
	c.Register.RendererFor("img", converter.TagTypeInline, picture, converter.PriorityEarly)
	c.Register.RendererFor("sup", converter.TagTypeInline, raised(superscript), converter.PriorityEarly)
	c.Register.RendererFor("sub", converter.TagTypeInline, raised(subscript), converter.PriorityEarly)
	return c
}()

// picture writes an image as a link to it; inside a link only its words are kept.
func picture(ctx converter.Context, w converter.Writer, n *html.Node) converter.RenderStatus {
	src, alt := attr(n, "src"), strings.Join(strings.Fields(attr(n, "alt")), " ")
	alt = strings.NewReplacer("[", "(", "]", ")", "*", "", "_", " ", "`", "'", "<", "", ">", "").Replace(alt)
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Data == "a" {
			src = ""
		}
	}
	to := ctx.AssembleAbsoluteURL(ctx, "img", src)
	if u, err := url.Parse(to); src == "" || err != nil || (u.Scheme != "http" && u.Scheme != "https") {
		_, _ = w.WriteString(alt)
		return converter.RenderSuccess
	}
	if alt == "" {
		alt = "Picture"
	}
	_, _ = w.WriteString("[" + alt + "](" + strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29").Replace(to) + ")")
	return converter.RenderSuccess
}

const (
	superscript = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"
	subscript   = "₀₁₂₃₄₅₆₇₈₉₊₋"
)

// raised keeps numbers above and below the line apart from what they stand at: 10⁶ is not 106.
// Words, as in 1st, stay on the line.
func raised(digits string) converter.HandleRenderFunc {
	signs := []rune(digits)
	return func(ctx converter.Context, w converter.Writer, n *html.Node) converter.RenderStatus {
		t := strings.TrimSpace(content(n))
		if t == "" || strings.Trim(t, "0123456789+-−") != "" {
			return converter.RenderTryNext
		}
		_, _ = w.WriteString(strings.Map(func(r rune) rune {
			if at := strings.IndexRune("0123456789+-", r); at >= 0 {
				return signs[at]
			}
			return signs[11]
		}, t))
		return converter.RenderSuccess
	}
}

func content(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(content(c))
	}
	return b.String()
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

var (
	manyLines = regexp.MustCompile(`\n{3,}`)
	trailing  = regexp.MustCompile(`[ \t\x{00a0}]+\n`)
	emptyBold = regexp.MustCompile(`\*\*[\s\x{00a0}]*\*\*|\[\s*\]\([^)]*\)`)
)

func tidied(md string) string {
	md = strings.ReplaceAll(md, "\u00a0", " ")
	md = emptyBold.ReplaceAllStringFunc(md, func(s string) string {
		if strings.HasPrefix(s, "[") {
			return ""
		}
		return " "
	})
	md = trailing.ReplaceAllString(md, "\n")
	return strings.TrimSpace(manyLines.ReplaceAllString(md, "\n\n"))
}
