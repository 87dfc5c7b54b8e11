package feeds_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestTheEmbeddableList(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.get(t, "/embed/challenges?lang=es")
	b, _ := io.ReadAll(a.Body)
	doc, err := html.Parse(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	policy := a.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "frame-ancestors *", "form-action 'none'", "base-uri 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy lacks %s: %s", want, policy)
		}
	}
	if strings.Contains(policy, "script-src") || strings.Contains(policy, "unsafe") || a.Header.Get("X-Frame-Options") != "" || len(a.Cookies()) != 0 {
		t.Errorf("headers %v", a.Header)
	}
	links, style, bad := 0, "", ""
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch n.Data {
		case "script", "img", "iframe", "link", "form":
			bad += n.Data + " "
		case "style":
			style = n.FirstChild.Data
		case "a":
			links++
			for _, x := range n.Attr {
				if x.Key == "href" && !strings.HasPrefix(x.Val, "https://contest.example/es/challenges") {
					bad += x.Val
				}
				if strings.HasPrefix(x.Key, "on") {
					bad += x.Key
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(doc)
	if bad != "" || links != 2+len(hostile) {
		t.Errorf("%d links, %q", links, bad)
	}
	if !strings.Contains(policy, "'"+hashOf(style)+"'") {
		t.Errorf("the style's hash is %s, the policy %s", hashOf(style), policy)
	}
	if !bytes.Contains(b, []byte(`<html lang="es">`)) || !bytes.Contains(b, []byte("Retos abiertos")) || !bytes.Contains(b, []byte(`lang="ja"`)) {
		t.Errorf("%s", b)
	}
	if b := w.body(t, "/embed/challenges?lang=ja&city=nowhere"); !bytes.Contains(b, []byte("応募を受け付けているチャレンジはありません")) {
		t.Errorf("nothing open: %s", b)
	}
}
