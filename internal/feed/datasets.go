package feed

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
)

func col(name, en, es, ja string) Column {
	return Column{name, lang.Text{lang.EN: en, lang.ES: es, lang.JA: ja}}
}

// Datasets are the tables of open data, in the order in which they are shown. Rehearsals and what is
// not public are in none.
var Datasets = []Dataset{
	{
		Key: "contests", rows: contestRows,
		Title: lang.Text{lang.EN: "Contests", lang.ES: "Concursos", lang.JA: "コンテスト"},
		About: lang.Text{lang.EN: "Every announced contest with its dates.", lang.ES: "Todos los concursos anunciados, con sus fechas.", lang.JA: "公表されたすべてのコンテストと日程です。"},
		Columns: []Column{
			col("slug", "Short name, unique", "Nombre corto, único", "識別名（重複なし）"),
			col("title_en", "Title in English", "Título en inglés", "英語の題名"),
			col("title_es", "Title in Spanish", "Título en español", "スペイン語の題名"),
			col("title_ja", "Title in Japanese", "Título en japonés", "日本語の題名"),
			col("time_zone", "Zone in which the dates are set", "Zona horaria en la que se fijan las fechas", "日程を定めたタイムゾーン"),
			col("opens_at", "Opening, UTC", "Apertura, UTC", "募集開始（UTC）"),
			col("closes_at", "Deadline, UTC", "Fin de plazo, UTC", "締切（UTC）"),
			col("judging_ends_at", "End of judging, UTC", "Fin de la evaluación, UTC", "評価終了（UTC）"),
			col("results_at", "Planned results, UTC", "Resultados previstos, UTC", "結果発表の予定（UTC）"),
			col("entry_languages", "Languages that entries may use", "Idiomas admitidos en las candidaturas", "応募に使える言語"),
			col("challenges", "Number of published challenges", "Número de retos publicados", "公開されたチャレンジの数"),
			col("archived", "Kept to be read only", "Se conserva solo para consulta", "閲覧用の保存かどうか"),
		},
	},
	{
		Key: "challenges", rows: challengeRows,
		Title: lang.Text{lang.EN: "Challenges", lang.ES: "Retos", lang.JA: "チャレンジ"},
		About: lang.Text{lang.EN: "Every published challenge, archives included.", lang.ES: "Todos los retos publicados, incluidos los archivados.", lang.JA: "公開されたすべてのチャレンジです（アーカイブを含みます）。"},
		Columns: []Column{
			col("slug", "Short name, unique", "Nombre corto, único", "識別名（重複なし）"),
			col("contest", "Short name of its contest", "Nombre corto de su concurso", "コンテストの識別名"),
			col("language", "Language of the authoritative version", "Idioma de la versión de referencia", "正文の言語"),
			col("title", "Title in that language", "Título en ese idioma", "その言語の題名"),
			col("summary", "Summary in that language", "Resumen en ese idioma", "その言語の概要"),
			col("translations", "Languages in which there is a text", "Idiomas en los que hay texto", "本文がある言語"),
			col("cities", "Hosts by short name, the lead first", "Anfitriones por nombre corto; primero, el principal", "主催都市の識別名（幹事都市が先頭）"),
			col("opens_at", "Opening, UTC; empty where it is not known", "Apertura, UTC; vacío si se desconoce", "募集開始（UTC、不明の場合は空欄）"),
			col("closes_at", "Deadline, UTC; empty where it is not known", "Fin de plazo, UTC; vacío si se desconoce", "締切（UTC、不明の場合は空欄）"),
			col("phase", "Where it stands: announced, open, closed, judging, deliberation, results, archived", "Fase: announced (anunciado), open (abierto), closed (cerrado), judging (en evaluación), deliberation (en deliberación), results (con resultados), archived (archivado)", "段階：announced（募集前）、open（募集中）、closed（締切後）、judging（評価中）、deliberation（審議中）、results（結果発表）、archived（アーカイブ）"),
			col("tags", "Tags", "Etiquetas", "タグ"),
			col("sample", "An example, not a real call", "Ejemplo, no una convocatoria real", "見本かどうか（実際の募集ではないもの）"),
			col("agency", "Who published it first, for archives", "Quién lo publicó primero, en los archivos", "元の公表機関（アーカイブのみ）"),
			col("external_id", "Its number there, for archives", "Su número de origen, en los archivos", "元の番号（アーカイブのみ）"),
			col("source_url", "Its page there, for archives", "Su página de origen, en los archivos", "元のページ（アーカイブのみ）"),
			col("licence", "Licence of the row", "Licencia de la fila", "この行のライセンス"),
			col("url", "Its page here", "Su página aquí", "本サイトのページ"),
		},
	},
	{
		Key: "results", rows: resultRows,
		Title: lang.Text{lang.EN: "Published results", lang.ES: "Resultados publicados", lang.JA: "公表された結果"},
		About: lang.Text{lang.EN: "Winners of challenges whose results are out.", lang.ES: "Propuestas ganadoras de los retos con resultados publicados.", lang.JA: "結果が公表されたチャレンジの採択者です。"},
		Columns: []Column{
			col("challenge", "Short name of the challenge", "Nombre corto del reto", "チャレンジの識別名"),
			col("contest", "Short name of its contest", "Nombre corto de su concurso", "コンテストの識別名"),
			col("place", "Order among the winners", "Orden entre las propuestas ganadoras", "採択者の中の順位"),
			col("team", "Name of the team", "Nombre del equipo", "チーム名"),
			col("team_kind", "Kind: startup, company, university, group, person", "Tipo: startup (empresa emergente), company (empresa), university (universidad), group (grupo), person (persona)", "種別：startup（スタートアップ）、company（企業）、university（大学）、group（グループ）、person（個人）"),
			col("team_country", "Country, ISO 3166-1", "País, ISO 3166-1", "国（ISO 3166-1）"),
			col("team_city", "City of the team", "Ciudad del equipo", "チームの都市"),
			col("project", "Title of the entry, in its language", "Título de la candidatura, en su idioma", "応募の題名（応募の言語）"),
			col("language", "Language of the entry", "Idioma de la candidatura", "応募の言語"),
			col("testbed", "Testbed awarded, by short name", "Banco de pruebas concedido, por nombre corto", "授与されたテストベッドの識別名"),
			col("starts_on", "First day there", "Primer día", "利用開始日"),
			col("ends_on", "Last day there", "Último día", "利用終了日"),
			col("released_at", "When the results came out, UTC", "Cuándo se publicaron los resultados, UTC", "結果の公表日時（UTC）"),
			col("url", "The page of the results", "Página de los resultados", "結果のページ"),
		},
	},
}

// listOf reads a JSON list of words.
func listOf(b []byte) []string {
	out := []string{}
	_ = json.Unmarshal(b, &out) // the columns are lists by their default and by who writes them
	return out
}

func contestRows(ctx context.Context, q database.Queryer, _ Site) ([][]any, error) {
	return table(ctx, q, `select k.slug, k.title, k.time_zone, k.opens_at, k.closes_at, k.judging_ends_at, k.results_at, k.entry_languages,
			(select count(*)::int from challenges c where c.contest_id = k.id and c.published_at is not null), k.archived_at is not null
		from contests k where k.announced_at <= clock_timestamp() and not k.rehearsal order by k.opens_at desc, k.slug`,
		func(r pgx.CollectableRow) ([]any, error) {
			var slug, zone string
			var title lang.Text
			var at [4]time.Time
			var languages []byte
			var challenges int
			var kept bool
			err := r.Scan(&slug, &title, &zone, &at[0], &at[1], &at[2], &at[3], &languages, &challenges, &kept)
			row := []any{slug, title[lang.EN], title[lang.ES], title[lang.JA], zone, at[0], at[1], any(at[2]), any(at[3]), listOf(languages), challenges, kept}
			if kept {
				row[7], row[8] = nil, nil // an archive was judged elsewhere
			}
			return row, err
		})
}

func challengeRows(ctx context.Context, q database.Queryer, site Site) ([][]any, error) {
	return table(ctx, q, `select c.slug, k.slug, c.language, coalesce(x.title, ''), coalesce(x.summary, ''),
			(select array_agg(t.language order by t.language) from challenge_texts t where t.challenge_id = c.id and t.title <> ''),
			(select array_agg(y.slug order by cc.position) from challenge_cities cc join cities y on y.id = cc.city_id where cc.challenge_id = c.id),
			case when c.external_id is null then coalesce(c.opens_at, k.opens_at) else c.opens_at end,
			case when c.external_id is null then coalesce(c.closes_at, k.closes_at) else c.closes_at end,
			coalesce(c.opens_at, k.opens_at), coalesce(c.closes_at, k.closes_at), c.published_at, c.assigned_at, c.locked_at, c.decided_at, c.released_at, k.archived_at,
			c.tags, c.sample, c.agency, coalesce(c.external_id, ''), c.source_url, clock_timestamp()
		from challenges c join contests k on k.id = c.contest_id
		left join challenge_texts x on x.challenge_id = c.id and x.language = c.language
		where c.published_at is not null and not k.rehearsal order by c.published_at desc, c.slug`,
		func(r pgx.CollectableRow) ([]any, error) {
			var c contest.Challenge
			var slug, of, language, title, summary, agency, external, source string
			var texts, cities []string
			var opens, closes *time.Time
			var tags []byte
			var sample bool
			var now time.Time
			err := r.Scan(&slug, &of, &language, &title, &summary, &texts, &cities, &opens, &closes, &c.Dates.Opens, &c.Dates.Closes, &c.PublishedAt,
				&c.AssignedAt, &c.LockedAt, &c.DecidedAt, &c.ReleasedAt, &c.ArchivedAt, &tags, &sample, &agency, &external, &source, &now)
			licence := Licence
			if external != "" {
				licence = archived
			}
			return []any{slug, of, language, legal(title), legal(summary), texts, cities, known(opens), known(closes), string(c.Phase(now)), listOf(tags), sample,
				optional(agency), optional(external), optional(source), licence, site.Page(lang.EN, "/challenges/"+slug)}, err
		})
}

func resultRows(ctx context.Context, q database.Queryer, site Site) ([][]any, error) {
	return table(ctx, q, `select c.slug, k.slug, d.place, t.name, t.kind, t.country, t.city, coalesce(s.answers ->> 'project-title', s.answers ->> 'title', ''),
			e.language, coalesce(b.slug, ''), a.starts_on, a.ends_on, c.released_at
		from challenges c join contests k on k.id = c.contest_id
		join decisions d on d.challenge_id = c.id and d.outcome = 'winner'
		join entries e on e.id = d.entry_id join teams t on t.id = e.team_id
		left join submissions s on s.id = e.last_submission_id
		left join awards a on a.entry_id = e.id left join testbeds b on b.id = a.testbed_id
		where c.released_at is not null and c.published_at is not null and not k.rehearsal order by c.released_at desc, c.slug, d.place`,
		func(r pgx.CollectableRow) ([]any, error) {
			var slug, of, name, kind, country, place, title, language, bed string
			var rank int
			var from, to *time.Time
			var released time.Time
			err := r.Scan(&slug, &of, &rank, &name, &kind, &country, &place, &title, &language, &bed, &from, &to, &released)
			return []any{slug, of, rank, legal(name), kind, country, optional(place), legal(title), language, optional(bed), day(from), day(to), released,
				site.Page(lang.EN, "/challenges/"+slug+"/results")}, err
		})
}

func table(ctx context.Context, q database.Queryer, sql string, scan pgx.RowToFunc[[]any]) ([][]any, error) {
	rows, err := q.Query(ctx, sql)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scan)
}

func known(t *time.Time) any {
	if t == nil {
		return nil
	}
	return *t
}

func day(t *time.Time) any {
	if t == nil {
		return nil
	}
	return t.Format(time.DateOnly)
}

func optional(s string) any {
	if s == "" {
		return nil
	}
	return s
}
