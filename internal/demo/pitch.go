package demo

import (
	"fieldtrial/internal/contest"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/pitch"
)

// pitchRules are those of the demonstration's pitch round: the first three, two fifths of the total.
func pitchRules() pitch.Plan {
	criterion := func(key string, weight int, name, about lang.Text) contest.Criterion {
		return contest.Criterion{Key: key, Weight: weight, Highest: 5, Name: name, Description: about, Anchors: []lang.Text{
			{lang.EN: "Not shown", lang.ES: "No se ve", lang.JA: "示されていない"},
			{lang.EN: "Barely", lang.ES: "Apenas", lang.JA: "わずかに示されている"},
			{lang.EN: "In parts", lang.ES: "En parte", lang.JA: "部分的に示されている"},
			{lang.EN: "Enough", lang.ES: "Suficiente", lang.JA: "十分に示されている"},
			{lang.EN: "Well", lang.ES: "Bien", lang.JA: "よく示されている"},
			{lang.EN: "Beyond doubt", lang.ES: "Sin ninguna duda", lang.JA: "疑いなく示されている"}}}
	}
	return pitch.Plan{Held: true, Invited: 3, Share: 40, Criteria: []contest.Criterion{
		criterion("proof", 60, lang.Text{lang.EN: "Proof that it works", lang.ES: "Prueba de que funciona", lang.JA: "動作の実証"},
			lang.Text{lang.EN: "What was shown live, and what was only told.", lang.ES: "Qué se mostró en vivo y qué solo se contó.", lang.JA: "実際に見せたものと、説明だけにとどまったもの。"}),
		criterion("answers", 40, lang.Text{lang.EN: "Answers to the jury", lang.ES: "Respuestas al jurado", lang.JA: "質疑への回答"},
			lang.Text{lang.EN: "Whether questions were answered openly and in full.", lang.ES: "Si se respondió con franqueza y por completo.", lang.JA: "質問に率直に、余すところなく答えたか。"}),
	}}
}
