package kpi

import (
	"strings"

	"fieldtrial/internal/lang"
)

// columns is the number of columns of the participation export.
const columns = 15

// words is everything the export says in one language.
type words struct {
	head                   [columns]string
	kinds, states, regions map[string]string
	yes, no                string
}

var participationWords = map[lang.Tag]words{
	lang.EN: {
		head: [columns]string{"Contest", "Challenge", "Lead city", "Entry", "Team", "Kind of team", "Country", "Region", "City", "Stage",
			"Language", "Source", "State", "Submitted at", "Counted for contest-startups"},
		kinds:   map[string]string{"startup": "Startup", "company": "Company", "university": "University", "group": "Group", "person": "Solo entrepreneur"},
		states:  map[string]string{"draft": "Draft", "submitted": "Submitted", "withdrawn": "Withdrawn"},
		regions: map[string]string{"EU": "European Union", "JP": "Japan", "other": "Other"},
		yes:     "yes", no: "no",
	},
	lang.ES: {
		head: [columns]string{"Concurso", "Reto", "Ciudad principal", "Candidatura", "Equipo", "Tipo de equipo", "País", "Región", "Ciudad", "Fase",
			"Idioma", "Procedencia", "Estado", "Enviada el", "Cuenta para contest-startups"},
		kinds:   map[string]string{"startup": "Startup", "company": "Empresa", "university": "Universidad", "group": "Grupo", "person": "Persona emprendedora"},
		states:  map[string]string{"draft": "Borrador", "submitted": "Enviada", "withdrawn": "Retirada"},
		regions: map[string]string{"EU": "Unión Europea", "JP": "Japón", "other": "Otra"},
		yes:     "sí", no: "no",
	},
	lang.JA: {
		head: [columns]string{"コンテスト", "チャレンジ", "主催都市", "受付番号", "チーム", "チームの種別", "国", "地域", "市区町村", "開発段階",
			"言語", "知ったきっかけ", "状態", "提出日時", "contest-startupsの集計対象"},
		kinds:   map[string]string{"startup": "スタートアップ", "company": "企業", "university": "大学", "group": "グループ", "person": "個人起業家"},
		states:  map[string]string{"draft": "下書き", "submitted": "提出済み", "withdrawn": "取り下げ"},
		regions: map[string]string{"EU": "欧州連合", "JP": "日本", "other": "その他"},
		yes:     "はい", no: "いいえ",
	},
}

const unionCountries = " AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK "

// Region says where a country (ISO 3166-1 alpha-2) lies for the programme: "EU" for the member
// states of the European Union, "JP" for Japan, else "other".
func Region(country string) string {
	switch {
	case country == "JP":
		return "JP"
	case len(country) == 2 && strings.Contains(unionCountries, " "+country+" "):
		return "EU"
	}
	return "other"
}
