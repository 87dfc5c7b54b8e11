package markdown_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"fieldtrial/internal/markdown"
)

func TestFromHTML(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, want string }{
		"words":        {`<p style="color:red">One <strong>two</strong> <em>three</em></p>`, "One **two** *three*"},
		"list":         {`<ul class="x"><li>a</li><li>b</li></ul>`, "- a\n- b"},
		"heading":      {`<h4 id="x"><span lang="EN">Prizes</span></h4><p>x</p>`, "#### Prizes\n\nx"},
		"base":         {`<a href="{{ site.baseurl }}/a b.pdf">Rules</a> and <a href="{{site.baseurl}}/c">more</a>`, "[Rules](https://site.example/a%20b.pdf) and [more](https://site.example/c)"},
		"relative":     {`<a href="/rules">Rules</a>`, "[Rules](https://site.example/rules)"},
		"picture":      {`<img src="{{ site.baseurl }}/t.jpg" alt="The timeline">`, "[The timeline](https://site.example/t.jpg)"},
		"no words":     {`<img src="/t.jpg">`, "[Picture](https://site.example/t.jpg)"},
		"linked image": {`<a href="https://x.example/"><img src="/t.jpg" alt="Logo"></a>`, "[Logo](https://x.example/)"},
		"power":        {`10<sup>6</sup> m<sup>-2</sup>, CO<sub>2</sub>, 1<sup>st</sup>`, "10⁶ m⁻², CO₂, 1st"},
		"script":       {`<p>a</p><script>alert(1)</script><style>p{}</style><p onclick="x()">b</p>`, "a\n\nb"},
		"bad link":     {`<a href="javascript:alert(1)">x</a><a href="data:text/html,x">y</a>`, "xy"},
		"escaped":      {`&lt;div class="x"&gt; &lt;p&gt;One &lt;b&gt;`, "One &lt;b&gt;"},
		"empty":        {"<p>&nbsp;</p><div> </div>\n", ""},
		"cells":        {`<table><tr><td>A</td><td>B</td></tr><tr><td>1</td><td>2</td></tr></table>`, "|   |   |\n|---|---|\n| A | B |\n| 1 | 2 |"},
		"not markup":   {`<p>2 * 3 * 4 &lt;b&gt; # not a heading</p>`, `2 * 3 * 4 &lt;b&gt; # not a heading`},
	} {
		if got := markdown.FromHTML(c.in, "https://site.example"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Whatever comes, what is shown of it in the end holds no script and loads nothing.
func TestFromHTMLOfHostileTextIsHarmless(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("../../../shared/data/real/xss_corpus.json")
	if err != nil {
		t.Skipf("the corpus lies beside the repository where it is developed: %v", err)
	}
	var corpus []struct{ Payload string }
	if err := json.Unmarshal(b, &corpus); err != nil || len(corpus) < 200 {
		t.Fatal(err, len(corpus))
	}
	for _, c := range corpus {
		shown := strings.ToLower(markdown.HTML(markdown.FromHTML(c.Payload, "https://site.example")))
		for _, bad := range []string{"<script", "<img", "<iframe", "<svg", "<math", "<style", "<form", "<input", ` href="javascript`, ` href="data`, " onerror="} {
			if at := strings.Index(shown, bad); at >= 0 && strings.Contains(shown[at:], ">") && !strings.HasPrefix(bad, " on") {
				t.Errorf("%q shows %q", c.Payload, shown)
			}
		}
	}
}
