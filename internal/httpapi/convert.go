package httpapi

import (
	"strconv"
	"strings"

	"fieldtrial/internal/fault"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/lang"
)

// ETag is the strong tag of a version.
func ETag(version int) string { return `"` + strconv.Itoa(version) + `"` }

// Version reads the version out of If-Match. What is no tag of ours matches no version: stale.
func Version(ifMatch string) (int, error) {
	n, err := strconv.Atoi(strings.Trim(strings.TrimSpace(ifMatch), `"`))
	if err != nil {
		return 0, fault.ErrStale
	}
	return n, nil
}

// LocalText gives a text by language in the contract's form.
func LocalText(t lang.Text) common.LocalText {
	at := func(l lang.Tag) *string {
		if s, ok := t[l]; ok && s != "" {
			return &s
		}
		return nil
	}
	return common.LocalText{En: at(lang.EN), Es: at(lang.ES), Ja: at(lang.JA)}
}

// Text reads a text by language out of the contract's form; empty languages are absent.
func Text(t common.LocalText) lang.Text {
	out := lang.Text{}
	for l, s := range map[lang.Tag]*string{lang.EN: t.En, lang.ES: t.Es, lang.JA: t.Ja} {
		if s != nil && *s != "" {
			out[l] = *s
		}
	}
	return out
}

// NextCursor is the contract's form of a cursor: null after the last page.
func NextCursor(cursor string) *string {
	if cursor == "" {
		return nil
	}
	return &cursor
}
