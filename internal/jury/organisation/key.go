// Package organisation compares names of organisations as people type them: "GAVIOTA Labs, S. L." and
// "Gaviota Labs" are one, "Gaviota" and "Gaviota Labs" are two. It knows no database.
package organisation

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Same reports whether two names are of one organisation, as far as letters can tell.
func Same(a, b string) bool {
	keys := Keys(b)
	return slices.ContainsFunc(Keys(a), func(k string) bool { return slices.Contains(keys, k) })
}

var bracketed = regexp.MustCompile(`[(\[【「『][^)\]】」』]*[)\]】」』]`)

// Keys gives what a name is compared by: without case, accents, widths, blanks and legal form. What
// stands in brackets is another name of the same organisation, unless it is too short to say which.
// Two organisations are one when they have a key in common; a name without letters has none.
func Keys(name string) []string {
	name = norm.NFKC.String(name)
	for _, short := range bracketedForms {
		name = strings.ReplaceAll(name, short, " ")
	}
	keys := []string{}
	add := func(k string, least int) {
		if utf8.RuneCountInString(k) >= least && !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	add(key(bracketed.ReplaceAllString(name, " ")), 1)
	for _, other := range bracketed.FindAllString(name, -1) {
		k := key(other)
		least := 5 // "(UC)" and "(ICE)" are short for too many
		if strings.ContainsFunc(k, func(r rune) bool { return unicode.In(r, unicode.Han, unicode.Katakana, unicode.Hiragana) }) {
			least = 3
		}
		add(k, least)
	}
	return keys
}

// word is one word of a name. Letters with points between them, as in S.L., are one word.
type word struct {
	text  string // folded
	upper bool   // typed in capitals, like SpA, or with points, as legal forms are
}

func key(name string) string {
	words := split(name)
	if len(words) > 1 && words[0].text == "the" {
		words = words[1:]
	}
	var b strings.Builder
	for _, w := range withoutForm(words) {
		b.WriteString(w.text)
	}
	return withoutJapaneseForm(b.String())
}

func split(name string) []word {
	name = strings.NewReplacer("'", "", "’", "", "‘", "", "&", " and ", "ヶ", "ケ", "ヵ", "カ").Replace(name)
	raw := strings.FieldsFunc(name, func(r rune) bool { return !unicode.In(r, unicode.L, unicode.N, unicode.M) })
	words := []word{}
	for i := 0; i < len(raw); i++ {
		if raw[i] == "y" && i > 0 && i < len(raw)-1 && utf8.RuneCountInString(raw[i-1]) > 1 {
			words = append(words, word{text: "and"}) // Gómez y Pérez, Gómez & Pérez
			continue
		}
		typed := raw[i]
		for letter(raw[i]) && i+1 < len(raw) && letter(raw[i+1]) {
			i++
			typed += raw[i]
		}
		pointed := typed != raw[i]
		first, _ := utf8.DecodeRuneInString(typed)
		last, _ := utf8.DecodeLastRuneInString(typed)
		words = append(words, word{fold(typed), pointed || unicode.IsUpper(first) && unicode.IsUpper(last)})
	}
	return words
}

// letter says that a word is one Latin letter, a part of S.L. or I.B.M.
func letter(w string) bool {
	r, n := utf8.DecodeRuneInString(w)
	return n == len(w) && unicode.In(r, unicode.Latin)
}

var ligatures = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i")

// fold takes case and accents off. The marks of Japanese sounds are no accents: ハ is not バ.
func fold(s string) string {
	var b strings.Builder
	latin := false
	for _, r := range norm.NFD.String(ligatures.Replace(strings.ToLower(s))) {
		if unicode.Is(unicode.Mn, r) {
			if latin || unicode.Is(unicode.Variation_Selector, r) {
				continue
			}
		} else {
			latin = unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic)
		}
		b.WriteRune(r)
	}
	return norm.NFC.String(b.String())
}
