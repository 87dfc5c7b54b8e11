// Package lang holds the languages of the product and short texts that exist in several of them.
package lang

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
)

// Tag is a language of the product: "en", "es" or "ja".
type Tag string

// The three languages, with equal rights.
const (
	EN Tag = "en"
	ES Tag = "es"
	JA Tag = "ja"
)

// All lists the languages in the order of the page's switcher.
var All = []Tag{EN, ES, JA}

// Valid reports whether t is one of the product's languages.
func (t Tag) Valid() bool { return t == EN || t == ES || t == JA }

// Or returns t when it is valid, else the fallback.
func (t Tag) Or(fallback Tag) Tag {
	if t.Valid() {
		return t
	}
	return fallback
}

// Text is a short text by language, stored as jsonb: {"en": "…", "ja": "…"}. Any may be absent.
type Text map[Tag]string

// In gives the text in the wanted language, else in the first of the product's languages it has,
// and the language it is really in.
func (t Text) In(want Tag) (string, Tag) {
	if s := t[want]; s != "" {
		return s, want
	}
	for _, l := range All {
		if s := t[l]; s != "" {
			return s, l
		}
	}
	return "", want
}

// Value stores the text as JSON.
func (t Text) Value() (driver.Value, error) {
	if t == nil {
		return "{}", nil
	}
	b, err := json.Marshal(map[Tag]string(t))
	return string(b), err
}

// Scan reads the text from JSON.
func (t *Text) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*t = nil
		return nil
	case []byte:
		return json.Unmarshal(v, (*map[Tag]string)(t))
	case string:
		return json.Unmarshal([]byte(v), (*map[Tag]string)(t))
	}
	return fmt.Errorf("lang: cannot read %T as a text", src)
}
