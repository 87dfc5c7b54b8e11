package trust

import (
	"fmt"
	"strings"

	"github.com/google/uuid"
)

func otherTeams(l *leaks, try func(string, func())) {
	s := l.stages["released"]
	for _, rest := range []string{"", "/history", "/receipt", "/rules", "/eligibility", "/testbeds", "/gallery", "/result", "/seen", "/openings"} {
		try(fmt.Sprintf("a rival finds nothing at /entries/…%s", rest), func() { l.hidden(l.as("rival").get(of(s, rest))) })
	}
	try("a rival finds no earlier versions of an answer", func() {
		l.hidden(l.as("rival").get(of(s, "/answers/"+s.challenge.Fields["title"].String()+"/versions")))
	})
	try("a rival gets no link to a file, and none to what does not exist", func() {
		form := map[string]any{"disposition": "view"}
		l.hidden(l.as("rival").post("/files/"+s.own.File.String()+"/link", form), l.as("rival").post("/files/"+uuid.NewString()+"/link", form))
	})
	try("a rival's own list lacks the entry", func() { l.lacks(l.as("rival").get("/my/entries"), s.marks()...) })
	try("a rival finds no page of the team", func() { l.hidden(l.as("rival").get("/teams/" + l.team.Team.String())) })
	try("a viewer of the team does not see whom its owner invited", func() {
		l.shows(l.as("owner").get("/teams/"+l.team.Team.String()), "invited@example.org")
		l.lacks(l.as("viewer").get("/teams/"+l.team.Team.String()), "invited@example.org")
	})
	try("changing another team's entry answers as what does not exist", func() {
		for _, verb := range []string{"/submit", "/withdraw", "/revive"} {
			l.hidden(l.as("rival").post(of(s, verb), nil))
		}
	})
	try("a started entry for a team that is not one's own answers as for one that does not exist", func() {
		start := func(team uuid.UUID) answer {
			a := l.as("rival").post("/challenges/"+l.stages["open"].challenge.Slug+"/entries", map[string]any{"teamId": team, "language": "en"})
			a.body = []byte(a.code())
			return a
		}
		l.same(start(l.team.Team), start(uuid.New()))
	})
	try("what is hidden and what does not exist have the same headers", func() {
		a, b := l.as("rival").get(of(s, "")), l.as("rival").get("/entries/"+uuid.NewString())
		for _, h := range []answer{a, b} {
			h.header.Del("X-Request-Id")
			h.header.Del("Date")
		}
		if fmt.Sprint(a.header) != fmt.Sprint(b.header) {
			l.t.Errorf("%v and %v", a.header, b.header)
		}
	})
	try("HEAD tells no more than GET", func() {
		if a := l.as("rival").do("HEAD", of(s, ""), nil); a.status != 404 || a.header.Get("ETag") != "" {
			l.t.Errorf("%s", a)
		}
	})
	try("a link to look at a file does not download it, and a changed one opens nothing", func() {
		var link struct{ URL string }
		l.as("owner").post("/files/"+s.own.File.String()+"/link", map[string]any{"disposition": "view"}).into(l.t, &link)
		end := len(link.URL) - 1
		paths := []string{strings.Replace(link.URL, "/v/", "/d/", 1)}
		for _, other := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" {
			if changed := link.URL[:end] + string(other); changed != link.URL {
				paths = append(paths, changed)
			}
		}
		for _, path := range paths {
			if a := l.nobody().at("GET", path, nil); a.status != 404 {
				l.t.Errorf("%s: %s", path, a)
			}
		}
	})
	try("links to files stand in no log", func() {
		if strings.Contains(l.log.all(), "/v/") {
			l.t.Error("a link was logged")
		}
	})
	try("the public record names neither team nor entry", func() {
		for _, path := range []string{"/record/checkpoints", "/record/early-openings"} {
			l.lacks(l.nobody().get(path), s.marks()...)
		}
	})
}
