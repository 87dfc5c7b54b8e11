package audit

import (
	"fmt"
	"slices"
	"strings"

	"fieldtrial/internal/record"
)

// words is all that this package says in one language.
type words struct {
	failed, file, unreadable string
	openings, bundle, log    book
	codes                    map[record.Code]string
	recordCodes              func(record.Code) string
}

// book is what is said of one kind of sound file: what it proves, what it does not, and its lines.
type book struct {
	sound, proves, not     string
	lock, review, mean     string
	rank, unranked, won    string
	departs, left, nobody  string
	pitch, pitched, silent string
	against                string
	scope, after, stored   string
	pinned, unpinned       string
}

func (w words) code(e *record.VerifyError) string {
	if e == nil {
		return ""
	}
	if s, ours := w.codes[e.Code]; ours {
		return s
	}
	return w.recordCodes(e.Code)
}

func (b book) key(pinned bool, key string) string {
	if pinned {
		return "✓ " + b.pinned + "\n"
	}
	return "! " + b.unpinned + "\n  " + key + "\n"
}

// openingsText says what a team's file shows.
func (w words) openingsText(r OpeningsResult) string {
	b, say := strings.Builder{}, w.openings
	put := func(format string, args ...any) { _, _ = fmt.Fprintf(&b, format+"\n", args...) }
	put("✓ %s", fmt.Sprintf(say.sound, r.Reference))
	put("  "+say.lock, r.Lock.Index, r.Round.Round, r.Round.Reviews)
	for _, t := range r.Totals {
		put("  "+say.review, t.Juror, t.Total)
	}
	put("  "+say.mean, r.Mean)
	put("%s\n%s", say.proves, say.not)
	return b.String() + say.key(r.Lock.KeyPinned, r.Lock.VerifierKey)
}

// bundleText says what an auditor's bundle shows.
func (w words) bundleText(r BundleResult) string {
	b, say := strings.Builder{}, w.bundle
	put := func(format string, args ...any) { _, _ = fmt.Fprintf(&b, format+"\n", args...) }
	put("✓ %s", say.sound)
	put("  "+say.lock, r.Lock.Index, r.Round.Round, r.Round.Reviews)
	if r.Pitch != nil {
		put("  "+say.pitch, r.Pitch.Lock.Index, r.Pitch.Pitched, r.Pitch.Share)
	}
	for _, e := range r.Entries {
		line := fmt.Sprintf(say.rank, e.Final.Rank, e.Reference, e.Mean)
		if e.Rank == 0 {
			line = fmt.Sprintf(say.unranked, e.Reference)
		}
		if e.Calibrated != nil && r.Round.Order == "calibrated" {
			line += fmt.Sprintf(" → %.2f", *e.Calibrated)
		}
		if e.Tie != "none" && e.Tie != "" {
			line += " (" + string(e.Tie) + ")"
		}
		if x := e.Pitched; x != nil && x.Total == nil {
			line += "  " + fmt.Sprintf(say.silent, e.Rank)
		} else if x != nil {
			line += "  " + fmt.Sprintf(say.pitched, e.Rank, *x.Pitch, *x.Total)
		}
		if e.Won > 0 {
			line += "  " + fmt.Sprintf(say.won, e.Won)
		}
		put("  %s", line)
	}
	for _, e := range r.Left {
		put("  ! "+say.left, e)
	}
	for _, e := range r.Entries {
		if r.Pitch != nil && slices.Contains(r.Pitch.Departs, e.Entry) {
			put("  ! "+say.against, e.Reference, e.Rank)
		}
	}
	for _, e := range r.departures() {
		put("  ! "+say.departs, e.Reference, e.Won, e.Final.Rank)
	}
	if !r.Out {
		put("  %s", say.nobody)
	}
	put("%s\n%s", say.proves, say.not)
	return b.String() + say.key(r.Lock.KeyPinned, r.Lock.VerifierKey)
}

// departures are the winners that stand before an entry that the jury puts higher.
func (r BundleResult) departures() []Placed {
	out := []Placed{}
	for _, e := range r.Entries {
		over := func(o Placed) bool {
			return last(o.Final.Rank) < last(e.Final.Rank) && (o.Won == 0 || o.Won > e.Won)
		}
		if e.Won > 0 && slices.ContainsFunc(r.Entries, over) {
			out = append(out, e)
		}
	}
	return out
}

// logText says what a log file shows.
func (w words) logText(r record.LogResult) string {
	b, say := strings.Builder{}, w.log
	put := func(format string, args ...any) { _, _ = fmt.Fprintf(&b, format+"\n", args...) }
	put("✓ %s", fmt.Sprintf(say.sound, r.Checkpoint.Size, r.Checkpoint.Origin))
	for _, s := range r.Scopes {
		put("  "+say.scope, s.Scope, s.Leaves)
		if s.LastLock >= 0 {
			put("    "+say.after, s.LastLock, s.Kinds[record.KindRoundLocked], s.Kinds[record.KindReviewReopened], s.ReviewsAfterLock)
		}
	}
	put("%s\n%s", say.proves, say.not)
	return b.String() + say.key(r.KeyPinned, r.VerifierKey)
}

// Stored says, in one of the languages, that a database holds nothing that contradicts its log.
func Stored(lang string) string { return "✓ " + phrases[lang].log.stored }
