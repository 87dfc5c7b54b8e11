package lang

import (
	"unicode"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"golang.org/x/text/unicode/norm"
)

// Characters counts what a reader would call characters: extended grapheme clusters (UAX #29) of
// the text in NFC, so that が is one however it was typed, and so is a family of emoji. The page
// counts with Intl.Segmenter; testdata/counting.json holds both to the same numbers.
func Characters(s string) int {
	n := 0
	for g := graphemes.FromString(norm.NFC.String(s)); g.Next(); {
		n++
	}
	return n
}

// Words counts as word processors do: what stands between spaces is one word if it holds a letter
// or a digit, and in Japanese and Chinese, which have no spaces, each character is one. Dictionaries
// have no part in it, so that the page and the server cannot differ.
func Words(s string) int {
	n, inWord := 0, false
	for _, r := range norm.NFC.String(s) {
		switch {
		case unspaced(r):
			n++
			inWord = false
		case unicode.Is(unicode.White_Space, r):
			inWord = false
		case !inWord && unicode.In(r, unicode.L, unicode.N):
			n++
			inWord = true
		}
	}
	return n
}

// unspaced says that a character belongs to a script written without spaces; the two marks lengthen
// a vowel of either kana.
func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r == 'ー' || r == 'ｰ'
}
