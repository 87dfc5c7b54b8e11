package trust

import (
	"fmt"
	"strings"

	"github.com/google/uuid"
)

// papers are what leaves the site: receipts, the public record, what is printed.
func papers(l *leaks, try func(string, func())) {
	s, locked := l.stages["open"], l.stages["locked"]
	var e entrant
	try("a real receipt proves the entry and holds none of its words, people or rivals", func() {
		e = l.entrants(l.t, s.challenge, "Paper Team", 1)[0]
		if a := e.post("/entries/"+e.entry.String()+"/submit", nil); a.status != 200 {
			l.t.Fatalf("submit: %s", a)
		}
		l.signed()
		a := e.get("/entries/" + e.entry.String() + "/receipt")
		a.header.Del("Content-Disposition") // the file is named by the entry's reference
		l.shows(a, e.entry.String())
		l.lacks(a, "The plan of", "would do", "Paper Team", ".example", "pitch", e.email, e.actor.PersonID.String(), s.own.Entry.String(), "Nube")
	})
	for _, who := range []string{"rival", "official", "chair", "juror", "auditor", "manager", "admin", "member"} {
		try("a real receipt does not exist for the "+who, func() { l.hidden(l.as(who).get("/entries/" + e.entry.String() + "/receipt")) })
	}
	try("public checkpoints and the public log cover a real entry and name neither it, its team nor its words", func() {
		for _, path := range []string{"/record/checkpoints", "/record/key", "/record/log"} {
			l.lacks(l.nobody().get(path), e.entry.String(), e.team.String(), "Paper Team", "FT-Paper", "The plan of", "Nube", e.actor.PersonID.String())
		}
	})
	try("the page to print an entry is, to who may not read it, the page of what does not exist", func() {
		print := func(id string) string {
			a := l.nobody().at("GET", "/es/my/entries/"+id+"/print", nil)
			for _, w := range []string{"Nube Clara", locked.own.Reference, "The plan of"} {
				if a.has(w) {
					l.t.Errorf("shows %q", w)
				}
			}
			return fmt.Sprint(a.status, strings.ReplaceAll(string(a.body), id, "…"))
		}
		if print(locked.own.Entry.String()) != print(uuid.NewString()) {
			l.t.Error("two pages")
		}
	})
	try("what a team prints before the results has no score, no rank and no juror", func() {
		for _, path := range []string{of(locked, ""), of(locked, "/history")} {
			l.lacks(l.as("owner").get(path), `"total"`, `"rank"`, `"outcome"`, "A clear plan", "Strong.", l.as("juror").actor.PersonID.String())
		}
	})
	try("what a team prints names no address of a member", func() {
		for _, path := range []string{of(locked, ""), of(locked, "/history")} {
			l.lacks(l.as("viewer").get(path), "@example.org")
		}
	})
}
