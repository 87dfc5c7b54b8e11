package record

import (
	"fmt"
	"strings"
)

// phrasebook is all that `fieldtrial verify` says in one language.
type phrasebook struct {
	usage, unreadable               string
	sound, failed, onTime, late     string
	kind, contest, place, payload   string
	checkpoint, key, file, deadline string
	placeOf                         string // index, size
	pinned, unpinned                string
	oneHistory, unproven, later     string // later: size, time
	note                            string // what a checkpoint by itself shows
	codes                           map[Code]string
}

// VerifyUsage is the usage of `fieldtrial verify` in a language, or in English.
func VerifyUsage(lang string) string { return phrasesOf(lang).usage }

// Words gives what a code means in a language.
func Words(lang string) func(Code) string {
	return func(c Code) string { return phrasesOf(lang).codes[c] }
}

func phrasesOf(lang string) phrasebook {
	if p, ok := phrases[lang]; ok {
		return p
	}
	return phrases["en"]
}

// text sets the report out for a reader: the verdict first.
func (p phrasebook) text(r report) string {
	var b strings.Builder
	line := func(label, value string) { _, _ = fmt.Fprintf(&b, "  %s: %s\n", label, value) }
	receipt := func(r *reportReceipt) {
		line(p.kind, string(r.Kind))
		line(p.contest, r.Contest)
		line(p.place, fmt.Sprintf(p.placeOf, r.Index, r.Checkpoint.Size))
		line(p.checkpoint, strings.TrimSpace(r.Checkpoint.Origin+" "+r.Checkpoint.Time))
		line(p.payload, r.Payload)
	}
	switch {
	case r.OnTime != nil && !*r.OnTime:
		b.WriteString("✗ " + p.late + "\n")
	case r.Error != nil:
		b.WriteString("✗ " + p.failed + "\n")
	case r.Checkpoint != nil:
		b.WriteString("✓ " + p.note + "\n")
	case r.OnTime != nil:
		b.WriteString("✓ " + p.onTime + "\n")
	default:
		b.WriteString("✓ " + p.sound + "\n")
	}
	if r.Error != nil {
		line(p.file, r.Error.File)
		_, _ = fmt.Fprintf(&b, "  %s\n  (%s: %s)\n", p.codes[r.Error.Code], r.Error.Code, r.Error.Detail)
	}
	if r.Receipt != nil {
		receipt(r.Receipt)
		line(p.key, r.Receipt.VerifierKey)
	}
	if r.Deadline != nil {
		b.WriteString(p.deadline + "\n")
		receipt(r.Deadline)
	}
	if r.Checkpoint != nil {
		line(p.checkpoint, fmt.Sprintf("%s %d %s", r.Checkpoint.Origin, r.Checkpoint.Size, r.Checkpoint.Time))
	}
	for _, l := range r.Later {
		_, _ = fmt.Fprintf(&b, "✓ "+p.later+"\n", l.Size, l.Time)
	}
	if r.OneHistory != nil && r.Error == nil {
		if *r.OneHistory {
			b.WriteString("✓ " + p.oneHistory + "\n")
		} else {
			b.WriteString("! " + p.unproven + "\n")
		}
	}
	if r.Receipt != nil || r.Checkpoint != nil {
		if r.KeyPinned {
			b.WriteString("✓ " + p.pinned + "\n")
		} else {
			b.WriteString("! " + p.unpinned + "\n")
		}
	}
	return b.String()
}
