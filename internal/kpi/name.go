package kpi

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// legalForms are words that say how an organisation is registered, not what it is called.
var legalForms = map[string]bool{
	"ltd": true, "limited": true, "inc": true, "llc": true, "plc": true, "corp": true, "gmbh": true,
	"sl": true, "slu": true, "sa": true, "sau": true, "sas": true, "srl": true, "spa": true, "bv": true,
	"oy": true, "ab": true, "ou": true, "kk": true,
}

// japaneseForms stand before or after a name without a space.
var japaneseForms = []string{"株式会社", "合同会社", "有限会社", "一般社団法人", "(株)", "(同)", "(有)"}

// NormalName brings the spellings of one organisation's name together: width, case, accents,
// punctuation, spaces and the legal form do not matter. A name that is nothing else is kept as it is.
func NormalName(name string) string {
	s := cases.Fold().String(norm.NFKC.String(name))
	for _, form := range japaneseForms {
		s = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(s), form), form)
	}
	words := strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case r == '.' || r == '\'' || r == '’' || r == '・': // S.L. is one word
			return -1
		case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r):
			return r
		}
		return ' '
	}, s))
	for len(words) > 1 && legalForms[plain(words[len(words)-1])] {
		words = words[:len(words)-1]
	}
	out := plain(strings.Join(words, ""))
	if out == "" {
		return strings.TrimSpace(name)
	}
	return out
}

// plain takes accents off Latin letters. Marks on kana stay: は and ば are different letters.
func plain(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		if r < 0x0300 || r > 0x036F {
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}
