package trust

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"
)

// leaks is the world in which sentences are tried.
type leaks struct {
	*world
	t         *testing.T // of the sentence
	n, failed int
}

// TestLeaks tries sentences about what must not be learned, each by the side door that it names.
func TestLeaks(t *testing.T) {
	l := &leaks{world: newWorld(t, serve(t))}
	l.blinded()
	l.recuse()
	for _, part := range []func(*leaks, func(string, func())){
		recusedOfficials, recusedElsewhere, sealedEntries, sealedScores, otherTeams, drafts, calibrations, contestEnds, blindJudging, blindCalibrations, papers, meetings, pitches, accounts, namings,
	} {
		part(l, func(sentence string, try func()) {
			l.n++
			if !t.Run(sentence, func(t *testing.T) { l.t = t; try() }) {
				l.failed++
			}
		})
	}
	if l.n < 60 {
		t.Errorf("only %d sentences", l.n)
	}
	figure("leak_sentences", l.n, "sentences")
	figure("leak_failures", l.failed, "leaks")
}

// as is somebody of the cast.
func (l *leaks) as(who string) caller {
	c, ok := l.people[who]
	if !ok {
		l.t.Fatalf("there is no %s", who)
	}
	return c
}

// marks are what would give away the own team's entry of a stage.
func (s *stage) marks() []string {
	return []string{s.own.Entry.String(), s.own.Reference + `"`, s.own.File.String(), "Nube Clara"}
}

// lacks fails when an answer is no success or shows any of the words.
func (l *leaks) lacks(a answer, words ...string) {
	l.t.Helper()
	if a.status != 200 {
		l.t.Errorf("answers %s", a)
	}
	for _, w := range words {
		if a.has(w) {
			l.t.Errorf("shows %q: %s", w, a)
		}
	}
}

// shows is the other half of lacks: to somebody who may see it, it is there.
func (l *leaks) shows(a answer, words ...string) {
	l.t.Helper()
	for _, w := range words {
		if a.status != 200 || !a.has(w) {
			l.t.Errorf("lacks %q: %s", w, a)
		}
	}
}

// hidden fails unless the answer is, byte for byte, that of what does not exist.
func (l *leaks) hidden(answers ...answer) {
	l.t.Helper()
	for _, a := range answers {
		if a.status != 404 || !bytes.Equal(a.body, l.absent) || a.header.Get("ETag") != "" {
			l.t.Errorf("not as if it did not exist: %s", a)
		}
	}
}

// number reads a number from an answer by the path of its names.
func (l *leaks) number(a answer, path string) float64 {
	l.t.Helper()
	var v any
	if err := json.Unmarshal(a.body, &v); err != nil || a.status != 200 {
		l.t.Fatalf("answers %s", a)
	}
	for _, name := range strings.Split(path, ".") {
		m, _ := v.(map[string]any)
		v = m[name]
	}
	if list, ok := v.([]any); ok {
		return float64(len(list))
	}
	n, ok := v.(float64)
	if !ok {
		l.t.Fatalf("no number %s in %s", path, a)
	}
	return n
}

// fewer fails unless the second person counts exactly one less than the first.
func (l *leaks) fewer(all, blind caller, url, path string) {
	l.t.Helper()
	if a, b := l.number(all.get(url), path), l.number(blind.get(url), path); b != a-1 {
		l.t.Errorf("%s at %s: %v, and %v to who is blind", path, url, a, b)
	}
}

var clock = regexp.MustCompile(`"serverTime":"[^"]*"`)

// same fails unless two answers are alike but for the clock.
func (l *leaks) same(a, b answer) {
	l.t.Helper()
	a.body, b.body = clock.ReplaceAll(a.body, nil), clock.ReplaceAll(b.body, nil)
	if a.status != b.status || len(a.body) != len(b.body) || a.header.Get("ETag") != b.header.Get("ETag") {
		l.t.Errorf("two answers: %s and %s", a, b)
	}
}

func desk(s *stage, rest string) string {
	return "/manage/challenges/" + s.challenge.Challenge.String() + rest
}
func of(s *stage, rest string) string { return "/entries/" + s.own.Entry.String() + rest }
