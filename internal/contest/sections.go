package contest

import (
	"fmt"
	"strings"
	"time"

	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// Part is a section of a challenge as its authors work on it.
type Part string

// Parts lists the sections in the order they are written. The headline is title and summary.
var Parts = []Part{"headline", "problem", "context", "success", "resources", "eligibility", "prizes", "timeline",
	"criteria", "entering", "demonstration", "terms"}

// PartState is a section with what keeps it from being complete.
type PartState struct {
	Key     Part
	Label   lang.Text
	Missing []fault.Field
}

// Labels of the sections that are no text of the template's.
var partLabels = map[Part]lang.Text{
	"headline": {lang.EN: "Title and summary", lang.ES: "Título y resumen", lang.JA: "タイトルと概要"},
	"prizes":   {lang.EN: "Prizes and testbeds", lang.ES: "Premios y bancos de pruebas", lang.JA: "賞とテストベッド"},
	"timeline": {lang.EN: "Timeline", lang.ES: "Calendario", lang.JA: "日程"},
	"criteria": {lang.EN: "Criteria and weights", lang.ES: "Criterios y pesos", lang.JA: "評価基準と配点"},
	"entering": {lang.EN: "How to enter", lang.ES: "Cómo participar", lang.JA: "応募方法"},
}

// PartLabel names a section in every language.
func PartLabel(p Part) lang.Text {
	if l, ok := partLabels[p]; ok {
		return l
	}
	for _, s := range programmeTemplate().Sections {
		if s.Key == string(p) {
			return s.Label
		}
	}
	return lang.Text{}
}

// PartStates gives every section with what is missing in it.
func (d Dossier) PartStates() []PartState {
	missing := map[Part][]fault.Field{}
	for _, f := range d.Missing() {
		p := partOf(f.Pointer)
		missing[p] = append(missing[p], f)
	}
	out := make([]PartState, len(Parts))
	for i, p := range Parts {
		out[i] = PartState{Key: p, Label: PartLabel(p), Missing: missing[p]}
	}
	return out
}

// partOf finds the section that a pointer of Missing belongs to.
func partOf(pointer string) Part {
	first, rest, _ := strings.Cut(strings.TrimPrefix(pointer, "/"), "/")
	switch first {
	case "texts":
		if rest == "title" || rest == "summary" {
			return "headline"
		}
		return Part(rest)
	case "criteria":
		return "criteria"
	case "form":
		return "entering"
	case "dates":
		return "timeline"
	case "testbedIds":
		return "prizes"
	case "eligibility":
		return "eligibility"
	case "termsTemplate":
		return "terms"
	}
	return "headline"
}

// PartTexts says in words what each section holds, in the original language: what a reviewer compares.
func (d Dossier) PartTexts() map[Part]string {
	t := d.Texts[d.Language]
	out := map[Part]string{}
	for _, key := range SectionKeys {
		out[Part(key)] = t.Sections[key]
	}
	out["headline"] = t.Title + "\n\n" + t.Summary
	out["prizes"] = d.prizesInWords()
	out["timeline"] = d.datesInWords()
	out["criteria"] = d.rubricInWords()
	out["entering"] = d.formInWords()
	for _, q := range d.Eligibility {
		s, _ := q.Text.In(d.Language)
		out["eligibility"] += fmt.Sprintf("\n\n- %s", s)
	}
	if terms, ok := TermsByKey(d.TermsKey); ok {
		out["terms"] = terms.Name[d.Language] + "\n\n" + out["terms"]
	}
	return out
}

func (d Dossier) prizesInWords() string {
	lines := []string{}
	for _, b := range d.Testbeds {
		name, _ := b.Name.In(d.Language)
		lines = append(lines, "- "+name)
	}
	return strings.Join(lines, "\n")
}

// dateNames name the dates of a challenge, in order.
var dateNames = []lang.Text{
	{lang.EN: "Opens", lang.ES: "Apertura", lang.JA: "募集開始"},
	{lang.EN: "Closes", lang.ES: "Cierre del plazo", lang.JA: "締切"},
	{lang.EN: "End of judging", lang.ES: "Fin de la evaluación", lang.JA: "審査終了"},
	{lang.EN: "Results", lang.ES: "Resultados", lang.JA: "結果発表"},
}

// datesInWords writes the dates with their names, as the lead city's clocks show them.
func (d Dossier) datesInWords() string {
	zone, err := time.LoadLocation(d.Zone)
	if err != nil {
		zone = time.UTC
	}
	form := ": 2006-01-02 15:04 MST"
	if d.Language == lang.JA {
		form = "：2006年1月2日 15:04 MST"
	}
	lines := []string{}
	for i, at := range []time.Time{d.Dates.Opens, d.Dates.Closes, d.Dates.JudgingEnds, d.Dates.Results} {
		lines = append(lines, "- "+dateNames[i][d.Language]+at.In(zone).Format(form))
	}
	return strings.Join(lines, "\n")
}

func (d Dossier) rubricInWords() string {
	lines := []string{}
	for _, c := range d.Rubric {
		name, _ := c.Name.In(d.Language)
		about, _ := c.Description.In(d.Language)
		lines = append(lines, fmt.Sprintf("- %s: %d %%", name, c.Weight), about)
		for i, a := range c.Anchors {
			s, _ := a.In(d.Language)
			lines = append(lines, fmt.Sprintf("  %d: %s", c.Lowest+i, s))
		}
	}
	return strings.Join(lines, "\n")
}

func (d Dossier) formInWords() string {
	lines := []string{}
	for _, f := range d.Form {
		label, _ := f.Label.In(d.Language)
		hint, _ := f.Hint.In(d.Language)
		lines = append(lines, strings.TrimSpace("- "+label), hint)
	}
	return strings.Join(lines, "\n")
}
