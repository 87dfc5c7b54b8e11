package notify

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/lang"
)

func TestTemplateFaultsAreFound(t *testing.T) {
	const good = "subject: {en: a {x}, es: b {x}, ja: c {x}}\nbody: {en: a, es: b, ja: c}\n"
	for name, c := range map[string]struct{ yaml, want string }{
		"good":          {strings.NewReplacer("a {x}", `"a {x}"`, "b {x}", `"b {x}"`, "c {x}", `"c {x}"`).Replace(good), ""},
		"no Japanese":   {"subject: {en: a, es: b, ja: c}\nbody: {en: a, es: b}\n", "ja is missing"},
		"placeholder":   {"subject: {en: a, es: b, ja: c}\nbody: {en: \"{url}\", es: \"{url}\", ja: \"{ulr}\"}\n", "placeholders in ja"},
		"two lines":     {"subject: {en: \"a\\nb\", es: b, ja: c}\nbody: {en: a, es: b, ja: c}\n", "more than one line"},
		"variant fault": {"subject: {en: a, es: b, ja: c}\nbody: {en: a, es: b, ja: c}\nvariants:\n  juror:\n    subject: {en: a, ja: c}\n    body: {en: a, es: b, ja: c}\n", "variant juror: es is missing"},
	} {
		_, err := parseTemplate([]byte(c.yaml))
		if (err == nil) != (c.want == "") || (err != nil && !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestEveryRoleHasAName(t *testing.T) {
	for _, r := range []authz.Role{authz.Admin, authz.Manager, authz.Official, authz.Translator, authz.Juror, authz.Chair,
		authz.Auditor, authz.TeamOwner, authz.TeamSubmitter, authz.TeamEditor, authz.TeamViewer} {
		for _, l := range lang.All {
			if RoleName(Role(r))[l] == "" {
				t.Errorf("%s has no name in %s", r, l)
			}
		}
	}
	for k, tm := range templates {
		for r := range tm.Variants {
			if RoleName(r) == nil {
				t.Errorf("%s has a variant for the unknown role %s", k, r)
			}
		}
	}
}

func TestDates(t *testing.T) {
	at := time.Date(2026, 11, 25, 17, 0, 0, 0, time.UTC)
	summer := time.Date(2026, 7, 1, 9, 5, 0, 0, time.UTC)
	for _, c := range []struct {
		at   time.Time
		zone string
		l    lang.Tag
		want string
	}{
		{at, "Europe/Madrid", lang.EN, "Wed 25 Nov 2026, 18:00 CET"},
		{at, "Europe/Madrid", lang.ES, "mié 25 nov 2026, 18:00 CET"},
		{at, "Asia/Tokyo", lang.JA, "2026年11月26日（木）02:00 JST"},
		{at.Add(-8 * time.Hour), "Asia/Tokyo", lang.JA, "2026年11月25日（水）18:00 JST"},
		{summer, "Europe/Paris", lang.EN, "Wed 1 Jul 2026, 11:05 CEST"},
		{summer, "UTC", lang.ES, "mié 1 jul 2026, 09:05 UTC"},
		{summer, "Asia/Kolkata", lang.EN, "Wed 1 Jul 2026, 14:35 GMT+5:30"},
		{summer, "America/Sao_Paulo", lang.EN, "Wed 1 Jul 2026, 06:05 GMT−3"},
		{at, "Europe/London", lang.EN, "Wed 25 Nov 2026, 17:00 GMT"},
		{summer, "No/Where", lang.EN, "Wed 1 Jul 2026, 09:05 UTC"},
	} {
		if got := FormatMoment(Moment{c.at, c.zone}, c.l); got != c.want {
			t.Errorf("%s in %s: %q, want %q", c.zone, c.l, got, c.want)
		}
	}
}

func row(t *testing.T, kind string, l lang.Tag, params Params) Row {
	t.Helper()
	typed := map[string]param{}
	for k, v := range params {
		p, err := paramOf(v)
		if err != nil {
			t.Fatal(err)
		}
		typed[k] = p
	}
	b, err := json.Marshal(typed)
	if err != nil {
		t.Fatal(err)
	}
	return Row{Kind: kind, Language: l, Params: b}
}

func TestRender(t *testing.T) {
	r := row(t, "invitation", lang.JA, Params{
		"inviter": "Ana {url} <b>&", "role": Role("juror"), "scope": lang.Text{lang.EN: "Contest", lang.JA: "コンテスト"},
		"url": SecretLink("/invitation#secret"), "expires": Moment{time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC), "Asia/Tokyo"},
	})
	c, err := Render(r, "https://x.example/")
	if err != nil {
		t.Fatal(err)
	}
	if c.Subject != "コンテストの審査へのご招待" {
		t.Errorf("the juror's variant was not chosen: %s", c.Subject)
	}
	for _, want := range []string{"Ana {url} <b>&さん", "https://x.example/ja/invitation#secret", "2026年11月25日（水）18:00 JST", "審査員として"} {
		if !strings.Contains(c.Text, want) {
			t.Errorf("the text lacks %q:\n%s", want, c.Text)
		}
	}
	for _, want := range []string{`<html lang="ja">`, "Ana {url} &lt;b&gt;&amp;", `<a href="https://x.example/ja/invitation#secret">`} {
		if !strings.Contains(c.HTML, want) {
			t.Errorf("the HTML lacks %q:\n%s", want, c.HTML)
		}
	}
	seen, err := preview(r, "https://x.example")
	if err != nil || strings.Contains(seen.Text+seen.HTML, "secret") || !strings.Contains(seen.Text, "/ja/invitation#…") {
		t.Errorf("the preview shows the secret: %v\n%s", err, seen.Text)
	}
}

func TestRenderKeepsHeadersWhole(t *testing.T) {
	c, err := Render(row(t, "approval-returned", lang.EN, Params{
		"challenge": "Air\r\nBcc: all@example.org", "reviewer": "R", "reason": "First\n\n<i>second</i>", "url": Link("/manage"),
	}), "http://localhost:1")
	if err != nil {
		t.Fatal(err)
	}
	if c.Subject != "Returned for changes: Air Bcc: all@example.org" {
		t.Errorf("subject %q", c.Subject)
	}
	if !strings.Contains(c.HTML, "First<br><br>&lt;i&gt;second&lt;/i&gt;") {
		t.Errorf("a reason of two paragraphs:\n%s", c.HTML)
	}
}

func TestMissingParameterIsFoundWhenWritten(t *testing.T) {
	if err := fits("account-confirm", map[string]param{"url": {Link: "/"}}); err == nil || !strings.Contains(err.Error(), `"expires"`) {
		t.Errorf("a notice without its date: %v", err)
	}
	if err := fits("no-such-kind", nil); err == nil {
		t.Error("a kind without a template was taken")
	}
}
