package demo

import (
	"time"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/lang"
)

// stage is a contest that stands somewhere in its life. Dates are days from now; share is its part
// of all entries, in hundredths.
type stage struct {
	key                             string
	title                           lang.Text
	opens, closes, judging, results int
	share                           int
	drafts                          float64 // of the entries, that are not submitted
	unpublished, unannounced        bool
	screened                        float64 // of the submitted entries
	reviewed                        float64 // of the assignments; 0: none are made
	pitch                           bool    // a round for a shortlist was announced
	locked, decided                 bool
	released, archived              int // days from now; 0: not
}

var stages = []stage{
	{key: "draft", title: lang.Text{lang.EN: "Demo: in preparation", lang.ES: "Demostración: en preparación", lang.JA: "デモ：準備中"},
		opens: 30, closes: 60, judging: 74, results: 81, unpublished: true, unannounced: true},
	{key: "announced", title: lang.Text{lang.EN: "Demo: announced", lang.ES: "Demostración: anunciado", lang.JA: "デモ：募集前"},
		opens: 7, closes: 37, judging: 51, results: 58},
	{key: "open", title: lang.Text{lang.EN: "Demo: open", lang.ES: "Demostración: abierto", lang.JA: "デモ：募集中"},
		opens: -10, closes: 20, judging: 34, results: 41, share: 25, drafts: 0.3},
	{key: "closed", title: lang.Text{lang.EN: "Demo: closed", lang.ES: "Demostración: cerrado", lang.JA: "デモ：締切後"},
		opens: -31, closes: -1, judging: 13, results: 20, share: 10, drafts: 0.1},
	{key: "screening", title: lang.Text{lang.EN: "Demo: screening", lang.ES: "Demostración: en revisión de requisitos", lang.JA: "デモ：資格確認中"},
		opens: -33, closes: -3, judging: 11, results: 18, share: 10, drafts: 0.1, screened: 0.5},
	{key: "judging", title: lang.Text{lang.EN: "Demo: with the jury", lang.ES: "Demostración: en evaluación", lang.JA: "デモ：評価中"},
		opens: -40, closes: -10, judging: 4, results: 11, share: 15, drafts: 0.1, screened: 1, reviewed: 0.6},
	{key: "deliberation", title: lang.Text{lang.EN: "Demo: deliberation", lang.ES: "Demostración: en deliberación", lang.JA: "デモ：審議中"},
		opens: -50, closes: -20, judging: -2, results: 5, share: 15, drafts: 0.1, screened: 1, reviewed: 1, locked: true, pitch: true},
	{key: "standstill", title: lang.Text{lang.EN: "Demo: standstill", lang.ES: "Demostración: plazo de reclamaciones", lang.JA: "デモ：異議申立て期間"},
		opens: -60, closes: -30, judging: -12, results: -2, share: 10, drafts: 0.1, screened: 1, reviewed: 1, locked: true, decided: true, released: -2},
	{key: "results", title: lang.Text{lang.EN: "Demo: results", lang.ES: "Demostración: con resultados", lang.JA: "デモ：結果発表"},
		opens: -90, closes: -60, judging: -46, results: -40, share: 10, drafts: 0.1, screened: 1, reviewed: 1, locked: true, decided: true, released: -40},
	{key: "archived", title: lang.Text{lang.EN: "Demo: archived", lang.ES: "Demostración: archivado", lang.JA: "デモ：アーカイブ"},
		opens: -400, closes: -370, judging: -356, results: -350, share: 5, drafts: 0.1, screened: 1, reviewed: 1, locked: true, decided: true, released: -350, archived: -300},
}

func days(now time.Time, n int) time.Time { return now.Add(time.Duration(n) * 24 * time.Hour) }

func (s stage) dates(now time.Time) contest.Dates {
	return contest.Dates{Opens: days(now, s.opens), Closes: days(now, s.closes), JudgingEnds: days(now, s.judging), Results: days(now, s.results)}
}

// slug is the contest's name in addresses.
func (s stage) slug() string { return "demo-" + s.key }

// perStage parts the entries by the stages' shares; what does not part evenly goes to the open one.
func perStage(entries int) []int {
	out, left, open := make([]int, len(stages)), entries, 0
	for i, s := range stages {
		out[i] = entries * s.share / 100
		left -= out[i]
		if s.key == "open" {
			open = i
		}
	}
	out[open] += left
	return out
}
