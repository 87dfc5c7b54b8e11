package markdown_test

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"fieldtrial/internal/markdown"
)

func TestHTML(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, want string }{
		{"emphasis", "**応募時：** a *b* ~~c~~", "<p><strong>応募時：</strong> a <em>b</em> <del>c</del></p>"},
		{"headings start at h3", "# A\n\n## B\n\n##### C", "<h3>A</h3>\n<h4>B</h4>\n<h5>C</h5>"},
		{"headings leave no level out", "## A\n\n#### B\n\n## C\n\n# D\n\n## E", "<h3>A</h3>\n<h4>B</h4>\n<h3>C</h3>\n<h3>D</h3>\n<h4>E</h4>"},
		{"list", "- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"},
		{"link", "[x](https://example.org/a?b=c)", `<p><a href="https://example.org/a?b=c" rel="nofollow noreferrer">x</a></p>`},
		{"mail", "[x](mailto:a@example.org)", `<p><a href="mailto:a@example.org" rel="nofollow noreferrer">x</a></p>`},
		{"script link", "[x](javascript:alert(1))", "<p>x</p>"},
		{"data link", "[*x*](data:text/html,hi)", "<p><em>x</em></p>"},
		{"relative link", "[x](/admin)", "<p>x</p>"},
		{"protocol-relative link", "[x](//evil.example)", "<p>x</p>"},
		{"ftp autolink", "<ftp://example.org/x>", "<p>ftp://example.org/x</p>"},
		{"image becomes its words", "![a cat](https://example.org/c.png)", "<p>a cat</p>"},
		{"linked image", "[![a cat](x.png)](https://example.org)", `<p><a href="https://example.org" rel="nofollow noreferrer">a cat</a></p>`},
		{"raw html", "<script>alert(1)</script>\n\n<b>x</b>", "<p>x</p>"},
		{"event handler", `<img src=x onerror=alert(1)>`, ""},
		{"table", "| a | b |\n|---|:-:|\n| 1 | 2 |", "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>"},
	} {
		if got := markdown.HTML(c.in); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestLines(t *testing.T) {
	t.Parallel()
	in := "Week 1: two bays\nWeek 2: **all** bays\n\n- a\n- b"
	want := "<p>Week 1: two bays<br>\nWeek 2: <strong>all</strong> bays</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"
	if got := markdown.Lines(in); got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

var danger = regexp.MustCompile(`(?i)<\s*(script|img|svg|iframe|object|embed|style|link|meta|form|input|math|base)|<[^>]+\son\w+\s*=|<a[^>]+href="(?:[^hm"]|h[^t"]|m[^a"])`)

func TestHostileCorpus(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"xss_corpus.json", "blns.json"} {
		b, err := os.ReadFile("../../../shared/data/real/" + file)
		if err != nil {
			t.Skipf("corpus %s is not here", file)
		}
		for _, s := range payloads(t, b) {
			for _, in := range []string{s, "[x](" + s + ")", "![x](" + s + ")", "<" + s + ">", "`" + s, "> " + s, "| " + s + " |\n|---|\n"} {
				if out := markdown.HTML(in) + markdown.Lines(in); danger.MatchString(out) {
					t.Errorf("%q gives %q", in, out)
				}
			}
		}
	}
}

// payloads finds every string in the corpus, whatever its shape.
func payloads(t *testing.T, b []byte) []string {
	t.Helper()
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	var out []string
	var walk func(any)
	walk = func(v any) {
		switch x := v.(type) {
		case string:
			out = append(out, x)
		case []any:
			for _, e := range x {
				walk(e)
			}
		case map[string]any:
			for _, e := range x {
				walk(e)
			}
		}
	}
	walk(v)
	return out
}

func FuzzHTML(f *testing.F) {
	f.Add("[x](javascript:alert(1))")
	f.Add("<a href='x' onclick=y>")
	f.Fuzz(func(t *testing.T, s string) {
		out := markdown.HTML(s)
		if danger.MatchString(out) {
			t.Errorf("%q gives %q", s, out)
		}
		if strings.Contains(out, "\x00") {
			t.Errorf("%q keeps NUL", s)
		}
	})
}
