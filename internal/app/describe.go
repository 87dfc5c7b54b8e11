package app

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"fieldtrial/internal/feed"
	"fieldtrial/internal/httpapi/page"
	"fieldtrial/internal/lang"
)

// words are the title and description of the public addresses, for search engines and shared links.
// They are the same as the page's own, so that a title does not change while the page comes up.
type words struct{ title, description lang.Text }

var product = lang.Text{
	lang.EN: "Open innovation contests whose prize is a city to try things in.",
	lang.ES: "Concursos de innovación abierta cuyo premio es una ciudad donde probar soluciones.",
	lang.JA: "都市で試す機会を賞とする、オープンイノベーションのコンテストです。",
}

var public = map[string]words{
	"/": {lang.Text{lang.EN: "Win a city to try your idea in", lang.ES: "Gane una ciudad donde probar su idea", lang.JA: "都市でアイデアを試すチャンス"}, product},
	"/challenges": {lang.Text{lang.EN: "Challenges", lang.ES: "Retos", lang.JA: "チャレンジ一覧"}, lang.Text{
		lang.EN: "Problems that cities publish, with their data, testbeds, criteria and deadlines.",
		lang.ES: "Problemas que publican las ciudades, con sus datos, bancos de pruebas, criterios y plazos.",
		lang.JA: "都市が公開する課題と、データ、テストベッド、評価基準、締切の一覧です。"}},
	"/help": {lang.Text{lang.EN: "How it works", lang.ES: "Cómo funciona", lang.JA: "参加の流れ"}, lang.Text{
		lang.EN: "From finding a challenge to a trial in a city, step by step.",
		lang.ES: "Desde encontrar un reto hasta probar en una ciudad, paso a paso.",
		lang.JA: "課題を見つけてから都市での実証まで、順を追ってご説明します。"}},
	"/accessibility": {lang.Text{lang.EN: "Accessibility", lang.ES: "Accesibilidad", lang.JA: "アクセシビリティ"}, lang.Text{
		lang.EN: "How accessible these pages are, and whom to tell when they are not.",
		lang.ES: "Cuán accesibles son estas páginas y a quién avisar cuando no lo son.",
		lang.JA: "本サイトのアクセシビリティと、お困りの際の連絡先についてご案内します。"}},
	"/privacy": {lang.Text{lang.EN: "Privacy", lang.ES: "Privacidad", lang.JA: "プライバシー"}, lang.Text{
		lang.EN: "Which data is kept, why, for how long, and what you can ask for.",
		lang.ES: "Qué datos se conservan, por qué, cuánto tiempo y qué se puede solicitar.",
		lang.JA: "保存するデータの種類、目的、期間と、請求できる内容についてご説明します。"}},
	"/record": {lang.Text{lang.EN: "Public record", lang.ES: "Registro público", lang.JA: "公開記録"}, lang.Text{
		lang.EN: "Signed checkpoints of everything that was recorded, for anyone to check.",
		lang.ES: "Puntos de control firmados de todo lo registrado, para que cualquiera los compruebe.",
		lang.JA: "記録されたすべてのものの署名付きチェックポイントです。どなたでも検証できます。"}},
	"/verify": {lang.Text{lang.EN: "Check a receipt", lang.ES: "Comprobar un recibo", lang.JA: "受領証を検証する"}, lang.Text{
		lang.EN: "Checks on your own device, without this site, that something stands in the public record.",
		lang.ES: "Comprueba en su propio dispositivo, sin este sitio, que algo consta en el registro público.",
		lang.JA: "公開記録に載っていることを、本サイトに頼らずお使いの端末だけで確かめられます。"}},
	"/open-data": {lang.Text{lang.EN: "Open data", lang.ES: "Datos abiertos", lang.JA: "オープンデータ"}, lang.Text{
		lang.EN: "Feeds of open challenges, a list for your own site, and tables of public facts to download.",
		lang.ES: "Canales de los retos abiertos, una lista para su propio sitio y tablas de datos públicos para descargar.",
		lang.JA: "募集中のチャレンジのフィード、ウェブサイトへの埋め込み用一覧、公開データの表をご利用いただけます。"}},
}

// publicPages lists the public addresses, for the site's map.
func publicPages() []string { return slices.Sorted(maps.Keys(public)) }

// describe gives each address its words. A challenge that is not published is missing, like one that
// does not exist.
func describe(pool *pgxpool.Pool) func(*http.Request, string, lang.Tag) page.Meta {
	return func(r *http.Request, path string, l lang.Tag) page.Meta {
		if w, ok := public[path]; ok {
			title, _ := w.title.In(l)
			text, _ := w.description.In(l)
			m := page.Meta{Title: title + " – Fieldtrial", Description: text, Public: true}
			if path == "/" || path == "/challenges" || path == "/open-data" {
				m.Feeds = feedLinks(l)
			}
			return m
		}
		text, _ := product.In(l)
		plain := page.Meta{Title: "Fieldtrial", Description: text}
		if slug, ok := challengeSlug(path); ok {
			ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
			defer cancel()
			var title, summary string
			err := pool.QueryRow(ctx, `select t.title, t.summary from challenges c
				join challenge_texts t on t.challenge_id = c.id and t.language in ($2, c.language)
				where c.slug = $1 and c.published_at is not null and t.title <> ''
				order by t.language = $2 desc limit 1`, slug, string(l)).Scan(&title, &summary)
			if err != nil {
				plain.Missing = true
				return plain
			}
			m := page.Meta{Title: title + " – Fieldtrial", Description: summary, Public: true}
			if path == "/challenges/"+slug {
				m.Fetch = "/api/v1/challenges/" + url.PathEscape(slug) + "?lang=" + string(l)
			}
			return m
		}
		if slug, ok := gallerySlug(path); ok {
			ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
			defer cancel()
			return describeGallery(ctx, pool, slug, l, plain)
		}
		return plain
	}
}

var gallery = words{lang.Text{lang.EN: "Gallery", lang.ES: "Galería", lang.JA: "ギャラリー"}, lang.Text{
	lang.EN: "Entries that their teams agreed to show after the results.",
	lang.ES: "Candidaturas cuyos equipos aceptaron mostrarlas tras los resultados.",
	lang.JA: "結果発表後の掲載に同意したチームの応募です。"}}

// describeGallery gives the words of a contest's gallery. Search engines take it once some results of the
// contest are out.
func describeGallery(ctx context.Context, pool *pgxpool.Pool, slug string, l lang.Tag, plain page.Meta) page.Meta {
	var contest lang.Text
	var released, rehearsal bool
	err := pool.QueryRow(ctx, `select k.title, k.rehearsal, exists (select from challenges c where c.contest_id = k.id and c.released_at is not null)
		from contests k where k.slug = $1 and exists (select from challenges c where c.contest_id = k.id and c.published_at is not null)`, slug).
		Scan(&contest, &rehearsal, &released)
	if err != nil {
		plain.Missing = true
		return plain
	}
	title, _ := gallery.title.In(l)
	of, _ := contest.In(l)
	text, _ := gallery.description.In(l)
	return page.Meta{Title: title + " – Fieldtrial", Description: of + ": " + text, Public: released && !rehearsal}
}

func gallerySlug(path string) (string, bool) {
	rest, ok := strings.CutPrefix(path, "/contests/")
	slug, tail, _ := strings.Cut(rest, "/")
	return slug, ok && slug != "" && tail == "gallery"
}

// feedLinks name the feeds of open challenges in the page's language, for readers that look for them.
func feedLinks(l lang.Tag) []page.Feed {
	title, _ := feed.Title.In(l)
	out := []page.Feed{}
	for _, k := range []struct{ kind, media string }{{"json", "application/feed+json"}, {"rss", "application/rss+xml"}, {"ics", "text/calendar"}} {
		out = append(out, page.Feed{Type: k.media, Title: title, Href: feed.Site{}.Feed(l, k.kind, "")})
	}
	return out
}

func challengeSlug(path string) (string, bool) {
	rest, ok := strings.CutPrefix(path, "/challenges/")
	if !ok || rest == "" {
		return "", false
	}
	slug, tail, _ := strings.Cut(rest, "/")
	return slug, tail == "" || tail == "results"
}
