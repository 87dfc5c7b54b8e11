package common

import "fieldtrial/internal/lang"

// TextOf puts a text by language into the contract's form.
func TextOf(t lang.Text) LocalText {
	at := func(l lang.Tag) *string {
		if s := t[l]; s != "" {
			return &s
		}
		return nil
	}
	return LocalText{En: at(lang.EN), Es: at(lang.ES), Ja: at(lang.JA)}
}

// Lang takes a text by language out of the contract's form. Languages without text are absent.
func (t LocalText) Lang() lang.Text {
	out := lang.Text{}
	for l, s := range map[lang.Tag]*string{lang.EN: t.En, lang.ES: t.Es, lang.JA: t.Ja} {
		if s != nil && *s != "" {
			out[l] = *s
		}
	}
	return out
}
