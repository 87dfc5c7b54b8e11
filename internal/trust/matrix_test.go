package trust

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
)

var update = flag.Bool("update", false, "write testdata/who.txt anew, to be read before it is committed")

// cell is one request of the matrix with what came of it.
type cell struct {
	op    operation
	who   string
	stage *stage
	want  string
	got   string
	reply answer
}

// cast lists the people of the matrix in the order in which it is printed.
var cast = []string{"nobody", "member", "unconfirmed", "owner", "submitter", "editor", "viewer", "rival",
	"official", "official2", "official-other", "official-recused", "translator", "translator-other",
	"juror", "juror-other", "juror-recused", "chair", "chair-other", "chair-recused",
	"auditor", "auditor-other", "auditor-recused", "manager", "manager-recused", "admin", "admin-recused"}

// TestTheMatrix sends every operation of the contract as everybody, on a challenge in every state,
// to the running program, and compares the answer with what the policy table says. The world stays
// as it is: the database refuses every commit at its very end.
func TestTheMatrix(t *testing.T) {
	w := newWorld(t, serve(t))
	ops := operations(t)
	var cells []*cell
	for _, o := range ops {
		in := states
		if !strings.Contains(o.path, "{") || !w.staged(o) {
			in = states[1:2]
		}
		for _, state := range in {
			if state == "draft" && ofEntry(o) {
				continue // nobody can have entered
			}
			for _, who := range cast {
				cells = append(cells, &cell{op: o, who: who, stage: w.stages[state]})
			}
		}
	}
	w.freeze()
	w.run(cells)
	failed := 0
	for _, c := range cells {
		c.want = w.expected(c.op, w.people[c.who], c.stage)
		if c.want == "in" && c.got == "hidden" && authz.Operations[c.op.id].Action == "" && !strings.Contains(c.op.path, "{") {
			c.got = "in" // about oneself: there is none yet
		}
		if c.got != c.want {
			failed++
			t.Errorf("%s as %s, challenge %s: %s, the table says %s (%s)", c.op.id, c.who, c.stage.state, c.got, c.want, c.reply)
		}
	}
	for _, line := range w.unnoticed(cells) {
		t.Errorf("nothing depends on the policy's line %q", line)
	}
	if failed == 0 {
		compare(t, cells)
	}
	figure("policy_cells", len(cells), "requests")
	figure("policy_failures", failed, "cells")
}

// run sends all requests, several at a time.
func (w *world) run(cells []*cell) {
	type job struct {
		c       *cell
		path    string
		body    any
		headers []string
	}
	jobs := make(chan job)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for j := range jobs {
				j.c.reply = w.people[j.c.who].do(j.c.op.method, j.path, j.body, j.headers...)
				j.c.got = w.outcome(j.c.reply)
			}
		})
	}
	for _, c := range cells {
		path, body, headers := w.request(c.op, c.stage)
		jobs <- job{c, path, body, headers}
	}
	close(jobs)
	wg.Wait()
}

// staged reports whether what an operation names differs with the challenge's state.
func (w *world) staged(o operation) bool {
	for _, p := range []string{"/teams/", "/organisations/", "/cities/", "/testbeds/", "/slots/", "/people/", "/admin/", "/grants/", "/me/", "/invitations/", "/measurements/", "/kpi/"} {
		if strings.HasPrefix(o.path, p) {
			return false
		}
	}
	return true
}

// ofEntry reports whether an operation names an entry or something in one.
func ofEntry(o operation) bool {
	return slices.ContainsFunc([]string{"/entries/", "/files/", "/manage/entries/", "/jury/assignments/", "/manage/reviews/"},
		func(p string) bool { return strings.HasPrefix(o.path, p) })
}

// scope is where the thing lies that an operation names.
func (w *world) scope(o operation, s *stage) authz.Scope {
	inChallenge := authz.Scope{Cities: []uuid.UUID{s.challenge.City}, Contest: s.contest, Challenge: s.challenge.Challenge}
	if ofEntry(o) {
		inChallenge.Team, inChallenge.Entry = w.team.Team, s.own.Entry
		return inChallenge
	}
	for _, p := range []string{"/manage/challenges/", "/jury/challenges/", "/manage/questions/", "/manage/edits/", "/manage/resources/", "/manage/translation-requests/", "/campaign-links/", "/screening-runs/"} {
		if strings.HasPrefix(o.path, p) {
			return inChallenge
		}
	}
	switch {
	case o.id == "startEntry":
		inChallenge.Team = w.team.Team
		return inChallenge
	case o.id == "createChallenge":
		return authz.Scope{Cities: inChallenge.Cities, Contest: s.contest}
	case strings.HasPrefix(o.path, "/manage/contests/"), strings.HasPrefix(o.path, "/manage/seats/"), o.id == "createInvitation", o.id == "revokeInvitation":
		return authz.Scope{Contest: s.contest}
	case strings.HasPrefix(o.path, "/teams/"):
		return authz.Scope{Team: w.team.Team}
	case strings.HasPrefix(o.path, "/testbeds"), strings.HasPrefix(o.path, "/slots/"):
		return authz.Scope{Cities: []uuid.UUID{w.rows.Santander}}
	}
	return authz.Scope{}
}

// expected is what the policy table says of one cell.
func (w *world) expected(o operation, c caller, s *stage) string {
	need := authz.Operations[o.id]
	released := s.state == "released" || s.state == "ended"
	unsealed := s.state != "draft" && s.state != "open"
	switch {
	case !need.Public && !c.actor.SignedIn():
		return "sign-in"
	case need.Confirmed && !c.actor.Confirmed:
		return "unconfirmed"
	case need.Published && s.state == "draft", need.Released && !released:
		return "hidden"
	case need.Public, need.Action == "":
		return "in"
	}
	scopes := []authz.Scope{w.scope(o, s)}
	if need.Anywhere {
		scopes = everywhere(c.actor)
	}
	seen := false
	for _, scope := range scopes {
		may := c.actor.May(need.Action, scope) && (need.Or != "" || !need.Sealed || unsealed) && (!need.Own || c.name == owners[o.id])
		or := need.Or != "" && c.actor.May(need.Or, scope) && (!need.Sealed || unsealed)
		if may || or || (need.Self && c.name == "viewer") {
			return "in"
		}
		seen = seen || c.actor.May(authz.Seeing(need.Action), scope)
	}
	if seen {
		return "out"
	}
	return "hidden"
}

// owners are those whose thing it is that the operations name, where it is of one person.
var owners = map[string]string{
	"getAssignment": "juror", "saveReview": "juror", "submitReview": "juror", "recuse": "juror", "linkJuryFile": "juror", "withdrawEdit": "official2",
}

// everywhere lists the scopes in which somebody holds any role, and the installation.
func everywhere(a authz.Actor) []authz.Scope {
	out := []authz.Scope{{}}
	for _, g := range a.Grants {
		switch g.Kind {
		case authz.City:
			out = append(out, authz.Scope{Cities: []uuid.UUID{g.ID}})
		case authz.Contest:
			out = append(out, authz.Scope{Contest: g.ID})
		case authz.Team:
			out = append(out, authz.Scope{Team: g.ID})
		}
	}
	return out
}

// unnoticed lists the lines of the policy table that no cell depends on: taking the role out of the
// rule, or the rule out of the table, would change no answer.
func (w *world) unnoticed(cells []*cell) []string {
	used := map[string]bool{}
	for _, c := range cells {
		need := authz.Operations[c.op.id]
		for _, g := range w.people[c.who].actor.Grants {
			if c.got == "in" {
				used[string(need.Action)+" "+string(g.Role)] = true
				used[string(need.Or)+" "+string(g.Role)] = true
			}
		}
		if c.got == "out" {
			used[string(need.Action)+" see"] = true
		}
		if c.got == "in" && c.who == "member" {
			used[string(need.Action)+" member"] = true
		}
	}
	var out []string
	for _, a := range authz.Actions() {
		lines := []string{}
		for _, r := range authz.Roles(a) {
			lines = append(lines, string(a)+" "+string(r))
		}
		if len(lines) == 0 {
			lines = append(lines, string(a)+" member")
		}
		if authz.Seeing(a) != "" {
			lines = append(lines, string(a)+" see")
		}
		for _, l := range lines {
			if !used[l] {
				out = append(out, l)
			}
		}
	}
	slices.Sort(out)
	return out
}

// compare holds what the program answered against the file that was read by people: the table and
// the program could be wrong together.
func compare(t *testing.T, cells []*cell) {
	t.Helper()
	letters := map[string]string{"in": "i", "out": "o", "hidden": "-", "sign-in": "s", "unconfirmed": "u"}
	by := map[string]map[string]string{}
	for _, c := range cells {
		if by[c.op.id] == nil {
			by[c.op.id] = map[string]string{}
		}
		by[c.op.id][c.who] += letters[c.got]
	}
	var out strings.Builder
	fmt.Fprintf(&out, "# Who gets in where, by the state of the challenge: %s.\n# i in, o seen but forbidden, - as if it did not exist, s sign in first, u confirm the address first.\n", strings.Join(states, ", "))
	ids := make([]string, 0, len(by))
	for id := range by {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		groups := map[string][]string{}
		var order []string
		for _, who := range cast {
			p := by[id][who]
			if groups[p] == nil {
				order = append(order, p)
			}
			groups[p] = append(groups[p], who)
		}
		fmt.Fprintf(&out, "\n%s\n", id)
		for _, p := range order {
			fmt.Fprintf(&out, "  %-7s %s\n", p, strings.Join(groups[p], " "))
		}
	}
	const file = "testdata/who.txt"
	if *update {
		must(t, os.WriteFile(file, []byte(out.String()), 0o600))
	}
	want, err := os.ReadFile(file)
	must(t, err)
	if string(want) == out.String() {
		return
	}
	was, is := strings.Split(string(want), "\n"), strings.Split(out.String(), "\n")
	for _, line := range is {
		if !slices.Contains(was, line) {
			t.Errorf("not in %s: %s", file, line)
		}
	}
	t.Errorf("the answers differ from %s: read the difference, then run with -update", file)
}
