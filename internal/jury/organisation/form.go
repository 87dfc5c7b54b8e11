package organisation

import (
	"slices"
	"strings"
)

// forms are legal forms at the end of a name, in any case. Spelt out ones are several words.
var forms = [][]string{
	{"limited", "liability", "company"}, {"limited", "liability", "partnership"}, {"public", "limited", "company"},
	{"sociedad", "limitada", "nueva", "empresa"}, {"sociedad", "limitada", "unipersonal"}, {"sociedad", "limitada", "profesional"},
	{"sociedad", "limitada", "laboral"}, {"sociedad", "limitada"}, {"sociedad", "anonima", "unipersonal"}, {"sociedad", "anonima", "laboral"},
	{"sociedad", "anonima"}, {"sociedad", "cooperativa"}, {"sociedad", "civil"}, {"s", "coop"},
	{"kabushiki", "kaisha"}, {"kabushiki", "gaisha"}, {"godo", "kaisha"}, {"godo", "gaisha"}, {"yugen", "kaisha"}, {"yugen", "gaisha"},
	{"private", "limited"}, {"pvt", "ltd"}, {"pty", "ltd"},
	{"inc"}, {"incorporated"}, {"ltd"}, {"limited"}, {"llc"}, {"llp"}, {"plc"}, {"corp"}, {"corporation"}, {"gmbh"},
	{"sl"}, {"slu"}, {"sll"}, {"slp"}, {"slne"}, {"sa"}, {"sau"}, {"sal"}, {"scoop"}, {"sarl"}, {"srl"}, {"ltda"}, {"aie"},
	{"kk"}, {"gk"}, {"yk"}, {"bv"}, {"nv"}, {"oy"}, {"aps"},
}

// capitals are legal forms that are words as well: a Spa is none, an SpA or S.p.A. is one.
var capitals = []string{"ag", "kg", "as", "ab", "se", "sc", "cb", "spa", "sas"}

// withoutForm takes legal forms off the end, several where there are, but never the whole name. "Co."
// goes with a form behind it, as in Co., Ltd.; alone it is a part of the name, spelt in one way.
func withoutForm(words []word) []word {
	taken := false
	for {
		n := ending(words, taken)
		if n == 0 || n >= len(words) {
			break
		}
		words, taken = words[:len(words)-n], true
	}
	if last := len(words) - 1; last > 0 && words[last].text == "company" {
		words = append(slices.Clone(words[:last]), word{text: "co"})
	}
	return words
}

// ending is how many words at the end belong to a legal form.
func ending(words []word, taken bool) int {
	if len(words) == 0 {
		return 0
	}
	for _, form := range forms {
		if len(words) >= len(form) && slices.EqualFunc(words[len(words)-len(form):], form, func(w word, f string) bool { return w.text == f }) {
			return len(form)
		}
	}
	last := words[len(words)-1]
	if last.upper && slices.Contains(capitals, last.text) {
		return 1
	}
	if taken && slices.Contains([]string{"co", "company", "and"}, last.text) {
		return 1
	}
	return 0
}

// bracketedForms are short legal forms, after NFKC: ㈱ is (株) then.
var bracketedForms = []string{"(株)", "(有)", "(同)", "(資)", "(名)", "(一社)", "(公社)", "(一財)", "(公財)", "(社)", "(財)", "(特非)", "(独)", "(国)", "(学)", "(福)", "(医)"}

// japanese are legal forms before or behind a name, the longest first where one holds another.
var japanese = []string{
	"特定非営利活動法人", "国立研究開発法人", "地方独立行政法人", "独立行政法人", "大学共同利用機関法人", "国立大学法人", "公立大学法人",
	"公益社団法人", "一般社団法人", "公益財団法人", "一般財団法人", "社会福祉法人", "社団法人", "財団法人", "医療法人", "学校法人", "npo法人",
	"有限責任事業組合", "株式会社", "有限会社", "合同会社", "合資会社", "合名会社", "相互会社",
}

// withoutJapaneseForm takes them off either end, but never the whole name.
func withoutJapaneseForm(name string) string {
	for _, form := range japanese {
		for _, cut := range []func(string, string) string{strings.TrimPrefix, strings.TrimSuffix} {
			if rest := cut(name, form); rest != "" {
				name = rest
			}
		}
	}
	return name
}
