package identity

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"fieldtrial/internal/fault"
)

// Length of a password in characters.
const (
	minPassword = 8
	maxPassword = 128
)

// The 12,500 most common passwords of published leaks, case-folded and sorted, one a line: those of
// eight and more characters, and shorter words that people lengthen with digits. They come from the
// frequency lists of zxcvbn and Django, with words of this product and its first cities added.
//
//go:embed common-passwords.txt
var commonText string

var common = sync.OnceValue(func() []string { return strings.Split(strings.TrimSpace(commonText), "\n") })

func isListed(folded string) bool {
	_, listed := slices.BinarySearch(common(), folded)
	return listed
}

// checkPasswordRules records what is wrong with a new password: its length, that it is among the
// common ones, or that it repeats the e-mail address. No composition is asked for.
func checkPasswordRules(c *fault.Check, pointer, password, email string) {
	n := utf8.RuneCountInString(password)
	c.That(n >= minPassword, pointer, "too_short", "min", minPassword)
	c.That(n <= maxPassword, pointer, "too_long", "max", maxPassword)
	if n < minPassword || n > maxPassword {
		return
	}
	c.That(!isCommon(password), pointer, "too_common")
	c.That(!isPersonal(password, email), pointer, "too_personal")
}

// isCommon also catches dates, telephone numbers and other short rows of digits, one character
// repeated, and a common word followed by up to four digits or signs.
func isCommon(password string) bool {
	p := fold(password)
	if isListed(p) {
		return true
	}
	if strings.Trim(p, p[:firstRune(p)]) == "" || (len(p) < 12 && strings.Trim(p, "0123456789") == "") {
		return true
	}
	base := strings.TrimRight(p, "0123456789!?.,-_*#@$%&+ ")
	if cut := len(p) - len(base); cut == 0 || cut > 4 {
		return false
	}
	return isListed(base)
}

func isPersonal(password, email string) bool {
	p, e := fold(password), fold(email)
	local, _, _ := strings.Cut(e, "@")
	return p == e || p == local
}

func fold(s string) string { return cases.Fold().String(norm.NFKC.String(s)) }

func firstRune(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}
