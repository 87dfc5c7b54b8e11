package trust

import (
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"golang.org/x/text/unicode/norm"
)

var everyString = flag.Bool("naughty", false, "send every naughty string through every text field, with the shared corpus where it is present")

// TestNaughtyStrings sends strings that break programs through every text of the contract. Each comes
// back as it was sent, or the answer refuses the field by name; nothing is the server's fault.
//
// As it was sent means: Unicode's NFC, line breaks as \n, and white space trimmed at the ends; texts
// of one line have one space where several stood. Nothing else is changed.
func TestNaughtyStrings(t *testing.T) {
	t.Parallel()
	w := newWorld(t, serve(t))
	w.unlimited()
	own := stringsOf(t, "testdata/naughty.json")
	n := &naughty{world: w, strings: own}
	if *everyString {
		shared := "../../../shared/data/real/blns.json"
		if _, err := os.Stat(shared); err == nil {
			n.strings = append(stringsOf(t, shared), own...)
		} else {
			t.Logf("%s is not here: the own set of %d only", shared, len(own))
		}
	}
	ops := operations(t)
	for _, o := range ops { // one after the other, for each changes the world
		if wr, ok := writings[o.id]; ok {
			n.through(t, o, wr)
		}
	}
	for _, o := range ops {
		if _, ok := writings[o.id]; !ok && len(leaves(o.body, "")) > 0 {
			n.at(t, o)
		}
	}
	t.Logf("%d strings, %d requests, %d texts came back, %d were refused", len(n.strings), n.requests, n.back, n.refused)
	figure("naughty_strings", len(n.strings), "strings")
	figure("naughty_strings_broken", len(n.broken), "strings")
}

func stringsOf(t *testing.T, path string) (out []string) {
	t.Helper()
	raw, err := os.ReadFile(path)
	must(t, err)
	must(t, json.Unmarshal(raw, &out))
	return out
}

// unlimited lets one world send as often as it likes.
func (w *world) unlimited() {
	c, err := pgx.Connect(w.t.Context(), w.owner)
	must(w.t, err)
	defer func() { _ = c.Close(w.t.Context()) }()
	_, err = c.Exec(w.t.Context(), `create function no_attempt() returns trigger language plpgsql as $$ begin return null; end $$;
		create trigger no_attempt before insert or update on attempts for each row execute function no_attempt()`)
	must(w.t, err)
}

// naughty counts what came of the strings.
type naughty struct {
	*world
	strings                 []string
	from                    int // where the strings for the next operation begin
	requests, back, refused int
	mu                      sync.Mutex
	broken                  map[string]bool
}

func (n *naughty) fail(t *testing.T, s, format string, args ...any) {
	t.Helper()
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.broken == nil {
		n.broken = map[string]bool{}
	}
	if n.broken[s] = true; len(n.broken) < 40 {
		t.Errorf("%+q: %s", s, fmt.Sprintf(format, args...))
	}
}

// through sends strings through the texts of an operation. With every string each goes through each
// text; else they are dealt out to the texts.
func (n *naughty) through(t *testing.T, o operation, wr writing) {
	t.Helper()
	fields := append(append([]string{}, wr.lines...), wr.texts...)
	rounds, stride := len(n.strings), 1
	if !*everyString { // dealt out: other strings for each operation, all of them over all operations
		stride = len(fields)
		rounds = min((len(n.strings)+stride-1)/stride, 8)
		if wr.costly {
			rounds = min(rounds, 4)
		}
	}
	n.from += 37
	for r := range rounds {
		sent := map[string]string{}
		for i, f := range fields {
			sent[f] = n.strings[(n.from+r*stride+i)%len(n.strings)] // each text another
		}
		n.round(t, o, wr, sent)
	}
}

// round sends one request; texts that are refused by name are left out of the next.
func (n *naughty) round(t *testing.T, o operation, wr writing, sent map[string]string) {
	t.Helper()
	for range len(sent) + 1 {
		a, c := n.write(o, wr, sent)
		n.requests++
		if a.status >= 200 && a.status < 300 {
			n.compare(t, o, wr, sent, c, a)
			return
		}
		named := n.named(a, sent, wr)
		if a.status >= 500 || a.status < 400 || len(named) == 0 {
			for _, s := range sent {
				n.fail(t, s, "%s: %s", o.id, a)
				return
			}
		}
		for _, f := range named {
			delete(sent, f)
			n.refused++
		}
		if len(sent) == 0 {
			return
		}
	}
}

// write prepares the world and sends the body with the strings in it.
func (n *naughty) write(o operation, wr writing, sent map[string]string) (answer, caller) {
	stage := wr.stage
	if stage == "" {
		stage = "open"
	}
	s := n.stages[stage]
	fill := n.filler(s)
	for _, sql := range wr.before {
		n.exec(fill.Replace(sql))
	}
	body, err := wr.with(n.world, s, o)
	must(n.t, err)
	for _, f := range append(append([]string{}, wr.lines...), wr.texts...) {
		if v, ok := sent[f]; ok {
			body = put(body, strings.Split(f, "/")[1:], v)
		}
	}
	path, _, headers := n.request(o, s)
	if wr.path != "" {
		path = fill.Replace(wr.path)
	}
	if wr.version != "" {
		var v int
		must(n.t, n.db.Pool().QueryRow(n.t.Context(), fill.Replace(wr.version)).Scan(&v))
		headers = []string{"If-Match", strconv.Quote(strconv.Itoa(v))}
	}
	c := n.people[wr.who]
	return c.do(o.method, path, body, headers...), c
}

func (n *naughty) filler(s *stage) *strings.Replacer {
	return strings.NewReplacer("{challenge}", s.challenge.Challenge.String(), "{entry}", s.own.Entry.String(), "{question}", s.question.String(),
		"{contest}", s.contest.String(), "{assignment}", s.assignment.String(), "{review}", s.review.String(), "{team}", n.team.Team.String(),
		"{seat}", n.seats["juror"+s.contest.String()].String(), "{slug}", s.challenge.Slug, "{field}", s.challenge.Fields["pitch"].String())
}

// named lists the sent fields that a refusal points at.
func (n *naughty) named(a answer, sent map[string]string, wr writing) (out []string) {
	var p struct{ Errors []struct{ Pointer string } }
	_ = json.Unmarshal(a.body, &p)
	for f := range sent {
		if slices.ContainsFunc(p.Errors, func(e struct{ Pointer string }) bool {
			if other, ok := wr.called[e.Pointer]; ok {
				e.Pointer = other
			}
			return e.Pointer == f || e.Pointer != "" && (strings.HasPrefix(f, e.Pointer+"/") || strings.HasPrefix(e.Pointer, f+"/"))
		}) {
			out = append(out, f)
		}
	}
	return out
}

// compare finds what was taken in what is read.
func (n *naughty) compare(t *testing.T, o operation, wr writing, sent map[string]string, c caller, a answer) {
	t.Helper()
	s := n.stages["open"]
	if wr.stage != "" {
		s = n.stages[wr.stage]
	}
	var found []string
	switch {
	case wr.sql != "":
		var raw string
		must(t, n.db.Pool().QueryRow(t.Context(), "select coalesce((select json_agg(x) from ("+n.filler(s).Replace(wr.sql)+") as q(x)), '[]')::text").Scan(&raw))
		must(t, json.Unmarshal([]byte(raw), &found))
	case wr.read != "":
		a = c.get(n.filler(s).Replace(wr.read))
		fallthrough
	default:
		var v any
		if json.Unmarshal(a.body, &v) != nil || a.status >= 300 {
			t.Fatalf("%s is not read: %s", o.id, a)
		}
		found = textsIn(v, nil)
	}
	for f, s := range sent {
		line := slices.Contains(wr.lines, f)
		want := kept(s, line)
		if f == wr.file {
			want = kept(want[strings.LastIndexAny(want, `/\`)+1:], true)
		}
		if f == wr.lower {
			want = strings.ToLower(want)
		}
		if want != "" && !slices.ContainsFunc(found, func(v string) bool { return kept(v, line) == want }) {
			n.fail(t, s, "%s took it as %s and shows %.600q", o.id, f, found)
			continue
		}
		n.back++
	}
}

// kept is the form in which a text is kept.
func kept(s string, line bool) string {
	s = strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(norm.NFC.String(s), "\r\n", "\n"), "\r", "\n"))
	if line {
		return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r != '\u3000' && strings.TrimSpace(string(r)) == "" }), " ")
	}
	return s
}

// at sends strings to an operation of which nothing is read again: codes, tokens, addresses, keys. None
// may be the server's fault.
func (n *naughty) at(t *testing.T, o operation) {
	t.Helper()
	s := n.stages["open"]
	who := n.people["member"]
	for _, name := range cast {
		if n.expected(o, n.people[name], s) == "in" {
			who = n.people[name]
			break
		}
	}
	fields := []string{}
	for f := range leaves(o.body, "") {
		fields = append(fields, f)
	}
	slices.Sort(fields)
	path, raw, headers := n.request(o, s)
	step := len(n.strings)
	if !*everyString {
		step = min(step, 3)
	}
	for r := range step {
		for i, f := range fields {
			v := n.strings[(r*7+i*131)%len(n.strings)]
			var body any
			if text, ok := raw.(string); ok {
				must(t, json.Unmarshal([]byte(text), &body))
			}
			a := who.do(o.method, path, put(body, strings.Split(f, "/")[1:], v), headers...)
			n.requests++
			if a.status == 0 || a.status >= 500 && a.status != http.StatusServiceUnavailable {
				n.fail(t, v, "%s at %s: %s", o.id, f, a)
			}
		}
	}
}
