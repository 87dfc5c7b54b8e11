package trust

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/testkit"
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
		recusedOfficials, recusedElsewhere, sealedEntries, sealedScores, otherTeams, drafts, contestEnds, blindJudging, accounts,
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

func recusedOfficials(l *leaks, try func(string, func())) {
	s := l.stages["closed"]
	for _, who := range []string{"official", "chair", "auditor", "admin"} {
		all, blind := who, who+"-recused"
		try("a recused "+who+"'s list of entries lacks the entry", func() {
			l.shows(l.as(all).get(desk(s, "/entries")), s.marks()[0])
			l.lacks(l.as(blind).get(desk(s, "/entries")), s.marks()...)
		})
		try("a recused "+who+" counts one entry less", func() { l.fewer(l.as(all), l.as(blind), desk(s, "/entries"), "numbers.submitted") })
		try("a recused "+who+" finds nothing at the entry's address", func() {
			l.shows(l.as(all).get(of(s, "")), s.own.Reference)
			l.hidden(l.as(blind).get(of(s, "")))
		})
		try("a recused "+who+" gets no link to its file", func() {
			l.hidden(l.as(blind).post("/files/"+s.own.File.String()+"/link", map[string]any{"disposition": "view"}))
		})
		try("a recused "+who+"'s screening list lacks the entry", func() { l.lacks(l.as(blind).get(desk(s, "/screening")), s.marks()...) })
		try("a recused "+who+"'s screening total is one less", func() { l.fewer(l.as(all), l.as(blind), desk(s, "/screening"), "total") })
		try("a recused "+who+" finds no screening of the entry", func() { l.hidden(l.as(blind).get("/manage/entries/" + s.own.Entry.String() + "/screening")) })
	}
	blind := func() caller { return l.as("official-recused") }
	try("a search for the team's name finds nothing for who is recused", func() {
		l.lacks(blind().get(desk(s, "/entries?q=Nube")), s.marks()...)
		l.same(blind().get(desk(s, "/entries?q=Nube")), blind().get(desk(s, "/entries?q=Nobo")))
	})
	try("a search for the entry's reference finds nothing for who is recused", func() {
		l.same(blind().get(desk(s, "/screening?q="+s.own.Reference)), blind().get(desk(s, "/screening?q=E-9999")))
	})
	try("a filter by the hidden entry's country is as empty as any other", func() {
		l.same(blind().get(desk(s, "/entries?country=ES")), blind().get(desk(s, "/entries?country=PT")))
	})
	try("numbers by country lack the hidden entry's country", func() { l.lacks(blind().get(desk(s, "/entries")), `"country":"ES"`) })
	for _, sort := range []string{"reference", "team", "submitted"} {
		try("in the order by "+sort+" the hidden entry leaves no gap", func() {
			a := blind().get(desk(s, "/entries?limit=1&sort="+sort))
			l.lacks(a, s.marks()...)
			if !strings.Contains(string(a.body), `"nextCursor":null`) {
				l.t.Errorf("a next page: %s", a)
			}
		})
	}
	try("the late policy names no extension of a hidden team", func() {
		l.exec(`insert into extensions (id, challenge_id, team_id, until, reason, language, granted_at, leaf_id) values (gen_random_uuid(), $1, $2, clock_timestamp(), 'Power cut', 'en', clock_timestamp(), 0)`, s.challenge.Challenge, l.team.Team)
		l.shows(l.as("official").get(desk(s, "/late")), "Power cut")
		l.lacks(blind().get(desk(s, "/late")), append(s.marks(), "Power cut")...)
	})
	try("the list of acceptances lacks the hidden team", func() { l.lacks(blind().get(desk(s, "/acceptances")), s.marks()...) })
	try("the steps from a look to an entry count one less for who is recused", func() { l.fewer(l.as("official"), blind(), desk(s, "/numbers"), "total.submitted") })
	try("an act on all entries does not touch or count the hidden one", func() {
		act := map[string]any{"act": "pass", "preview": true, "filter": map[string]any{}}
		all, less := l.as("official").post(desk(s, "/screening"), act), blind().post(desk(s, "/screening"), act)
		if l.number(less, "total") != l.number(all, "total")-1 {
			l.t.Errorf("%s and %s", all, less)
		}
	})
	try("an act on the hidden entry by its id does nothing", func() {
		a := blind().post(desk(s, "/screening"), map[string]any{"act": "pass", "entryIds": []any{s.own.Entry}})
		if n := l.count(l.t, `select count(*) from screenings where entry_id = $1`, s.own.Entry); n != 0 {
			l.t.Errorf("it was judged: %s", a)
		}
	})
}

func recusedElsewhere(l *leaks, try func(string, func())) {
	judging, locked := l.stages["judging"], l.stages["locked"]
	jury := func(s *stage, rest string) string { return "/jury/challenges/" + s.challenge.Challenge.String() + rest }
	try("a recused chair counts one entry less in the jury's progress", func() { l.fewer(l.as("chair"), l.as("chair-recused"), desk(judging, "/jury"), "entries") })
	try("a recused chair counts one assignment less of each juror", func() {
		if a, b := l.as("chair").get(desk(judging, "/jury")), l.as("chair-recused").get(desk(judging, "/jury")); !a.has(`"assigned":2`) || b.has(`"assigned":2`) {
			l.t.Errorf("%s and %s", a, b)
		}
	})
	try("a recused chair counts one locked review less", func() {
		l.exec(`insert into rounds (challenge_id, number, root, reviews, leaf_id, locked_at) values ($1, 1, sha256('r'), 2, 0, clock_timestamp())`, locked.challenge.Challenge)
		if a, b := l.as("chair").get(desk(locked, "/jury")), l.as("chair-recused").get(desk(locked, "/jury")); !a.has(`"reviews":2`) || b.has(`"reviews":2`) {
			l.t.Errorf("%s and %s", a, b)
		}
	})
	try("a recused chair's matrix lacks the entry", func() {
		l.shows(l.as("chair").get(desk(locked, "/matrix")), locked.own.Entry.String())
		l.lacks(l.as("chair-recused").get(desk(locked, "/matrix")), locked.marks()...)
	})
	for _, who := range []string{"chair", "official", "auditor"} {
		try("a recused "+who+"'s ranking lacks the entry and has no gap", func() {
			l.shows(l.as(who).get(desk(locked, "/ranking")), locked.own.Entry.String())
			a := l.as(who + "-recused").get(desk(locked, "/ranking"))
			l.lacks(a, locked.marks()...)
			var order struct{ Rows []any }
			a.into(l.t, &order)
			if len(order.Rows) != 1 || a.has(`"rawRank":2`) {
				l.t.Errorf("ranks %s", a)
			}
		})
		try("a recused "+who+"'s decision lacks the entry", func() { l.lacks(l.as(who+"-recused").get(desk(locked, "/decision")), locked.marks()...) })
	}
	try("a recused official does not count the hidden team's waiting mail", func() {
		for _, e := range []uuid.UUID{locked.own.Entry, locked.rival.Entry} {
			l.exec(`insert into notices (id, kind, email, language, subject_id, state, batch) values (gen_random_uuid(), 'results-winner', 'team@example.org', 'en', $1, 'held', $2)`, e, "results:"+locked.challenge.Challenge.String())
		}
		l.fewer(l.as("official"), l.as("official-recused"), desk(locked, "/decision"), "notices")
	})
	try("a recused official cannot decide over the others either", func() {
		a := l.as("official-recused").do("PUT", desk(locked, "/decision"), map[string]any{"language": "en", "choices": []any{}}, "If-Match", `"0"`)
		if a.code() != "award.recused" {
			l.t.Errorf("%s", a)
		}
	})
	try("a recused juror's queue lacks the entry", func() {
		w := l.seats["juror-recused"+judging.contest.String()]
		l.exec(`insert into assignments (id, entry_id, seat_id) select gen_random_uuid(), e, $1 from unnest($2::uuid[]) e`, w, []uuid.UUID{judging.own.Entry, judging.rival.Entry})
		l.exec(`insert into conflict_declarations (seat_id, challenge_id) values ($1, $2)`, w, judging.challenge.Challenge)
		a := l.as("juror-recused").get(jury(judging, "/queue"))
		l.lacks(a, judging.marks()...)
		l.shows(a, judging.rival.Reference)
	})
	try("a recused juror's total count is one less", func() {
		if a := l.as("juror-recused").get("/jury"); !a.has(`"assigned":1`) || a.has(`"assigned":2`) {
			l.t.Errorf("%s", a)
		}
	})
	try("a recused juror's own assignment of it does not exist", func() {
		var id uuid.UUID
		must(l.t, l.db.Pool().QueryRow(l.t.Context(), `select id from assignments where entry_id = $1 and seat_id = $2`, judging.own.Entry, l.seats["juror-recused"+judging.contest.String()]).Scan(&id))
		l.hidden(l.as("juror-recused").get("/jury/assignments/"+id.String()), l.as("juror-recused").post("/jury/assignments/"+id.String()+"/files/"+judging.own.File.String()+"/link?disposition=view", nil))
	})
	for _, who := range []string{"admin", "manager"} {
		try("a recused "+who+"'s participation export lacks the entry", func() {
			l.shows(l.as(who).get("/exports/participation.csv?contest=contest"), "Nube Clara")
			l.lacks(l.as(who+"-recused").get("/exports/participation.csv?contest=contest"), "Nube Clara", judging.own.Reference)
		})
		try("a recused "+who+"'s rows behind an indicator lack the entry", func() { l.lacks(l.as(who+"-recused").get("/kpi/"+l.indicator), "Nube Clara", judging.own.Reference) })
		try("a recused "+who+"'s outbox lacks the mail about the entry", func() {
			id := testkit.NewID()
			l.exec(`insert into notices (id, kind, email, language, subject_id, state) values ($1, 'entry-received', 'secret.person@example.org', 'en', $2, 'sent')`, id, judging.own.Entry)
			l.shows(l.as(who).get("/admin/notices"), "secret.person")
			l.lacks(l.as(who+"-recused").get("/admin/notices"), "secret.person")
			l.same(l.as(who+"-recused").get("/admin/notices?q=secret.person"), l.as(who+"-recused").get("/admin/notices?q=nobody.nobody"))
			l.hidden(l.as(who+"-recused").get("/admin/notices/"+id.String()), l.as(who+"-recused").post("/admin/notices/"+id.String()+"/cancel", nil))
		})
	}
	try("a recused admin's log of who saw what lacks the entry", func() {
		l.as("official").get(of(judging, ""))
		l.shows(l.as("admin").get("/admin/seen"), judging.own.Entry.String(), `"name":"official"`)
		l.lacks(l.as("admin-recused").get("/admin/seen"), judging.own.Entry.String())
	})
}

func sealedEntries(l *leaks, try func(string, func())) {
	s := l.stages["open"]
	for _, who := range []string{"official", "chair", "auditor", "admin"} {
		try("before the deadline the "+who+"'s list names no team and no entry", func() { l.lacks(l.as(who).get(desk(s, "/entries")), append(s.marks(), "Rival")...) })
		try("before the deadline the "+who+" finds nothing at an entry's address", func() {
			l.hidden(l.as(who).get(of(s, "")), l.as(who).get("/manage/entries/"+s.own.Entry.String()+"/screening"))
		})
		try("before the deadline the "+who+" gets no link to a file", func() {
			l.hidden(l.as(who).post("/files/"+s.own.File.String()+"/link", map[string]any{"disposition": "download"}))
		})
		try("before the deadline the "+who+"'s screening list names no team", func() { l.lacks(l.as(who).get(desk(s, "/screening")), append(s.marks(), "Rival")...) })
	}
	for name, query := range map[string]string{"search": "?q=Nube", "filter by country": "?country=ES", "filter by kind": "?kind=startup", "order by team": "?sort=team", "page size": "?limit=1"} {
		try("before the deadline a "+name+" tells nothing of who entered", func() {
			l.same(l.as("official").get(desk(s, "/entries"+query)), l.as("official").get(desk(s, "/entries")))
		})
	}
	try("before the deadline the late policy names no entry that came", func() { l.lacks(l.as("official").get(desk(s, "/late")), s.marks()[:3]...) })
	try("before the deadline the acceptances name no team", func() { l.lacks(l.as("official").get(desk(s, "/acceptances")), s.marks()...) })
	try("before the deadline an auditor's rows behind an indicator name no team", func() {
		l.exec(`update challenges set opens_at = clock_timestamp() - interval '3 hours', closes_at = clock_timestamp() + interval '1 hour' where id = $1`, s.challenge.Challenge)
		var rows struct {
			Rows struct {
				Items []struct{ Challenge, Team string }
			}
		}
		l.as("auditor").get("/kpi/"+l.indicator).into(l.t, &rows)
		for _, r := range rows.Rows.Items {
			if r.Challenge == s.challenge.Slug && r.Team != "" {
				l.t.Errorf("%+v", r)
			}
		}
	})
	try("before the deadline the export says nothing of answers", func() {
		for _, line := range strings.Split(string(l.as("admin").get("/exports/participation.csv?contest=contest").body), "\n") {
			if strings.Contains(line, s.own.Reference) && strings.Contains(line, "Pilot") {
				l.t.Errorf("%s", line)
			}
		}
	})
	try("before the deadline the search of the site finds nothing of an entry's text", func() {
		l.lacks(l.nobody().get("/challenges?q=Nube"), s.marks()...)
	})
	try("a juror who is assigned early still sees nothing before the deadline", func() {
		a := l.as("juror").get("/jury/assignments/" + s.assignment.String())
		if a.status == 200 {
			l.t.Errorf("%s", a)
		}
	})
}

func sealedScores(l *leaks, try func(string, func())) {
	s, locked := l.stages["judging"], l.stages["locked"]
	for _, what := range []string{"ranking", "matrix", "decision"} {
		try("before the lock the official's "+what+" says only that it is sealed", func() {
			if a := l.as("official").get(desk(s, "/"+what)); a.code() != "jury.sealed" || a.has("80") && a.has("total") {
				l.t.Errorf("%s", a)
			}
		})
		try("an admin never finds the "+what, func() { l.hidden(l.as("admin").get(desk(s, "/"+what)), l.as("admin").get(desk(locked, "/"+what))) })
		try("a juror never finds the "+what, func() { l.hidden(l.as("juror").get(desk(s, "/"+what)), l.as("juror").get(desk(locked, "/"+what))) })
	}
	try("the team's page of its entry does not change when scores are locked", func() { l.lacks(l.as("owner").get(of(locked, "")), `"total"`, `"rank"`, `"outcome"`, "A clear plan") })
	try("before the release the team's result says only that it is not released", func() {
		if a := l.as("owner").get(of(locked, "/result")); a.code() != "award.not_released" {
			l.t.Errorf("%s", a)
		}
	})
	try("before the release the public results are as if they did not exist", func() { l.hidden(l.nobody().get("/challenges/" + locked.challenge.Slug + "/results")) })
	try("before the release the gallery shows no entry that agreed to be shown", func() {
		l.exec(`update entries set gallery = true where team_id = $1`, l.team.Team)
		l.lacks(l.nobody().get("/contests/contest/gallery?challenge="+locked.challenge.Slug), "Nube Clara")
	})
	try("before the release the outbox does not tell winners from the rest", func() {
		for _, who := range []string{"manager", "admin"} {
			l.lacks(l.as(who).get("/admin/notices?state=held"), "results-winner")
			l.lacks(l.as(who).get("/admin/notices?kind=results-winner"), "team@example.org")
		}
	})
	try("before the release nobody reads a result's mail in the outbox", func() {
		var id uuid.UUID
		must(l.t, l.db.Pool().QueryRow(l.t.Context(), `select id from notices where kind = 'results-winner' and state = 'held' limit 1`).Scan(&id))
		l.hidden(l.as("manager").get("/admin/notices/"+id.String()), l.as("admin").get("/admin/notices/"+id.String()))
	})
	try("a juror cannot open what is assigned to another", func() {
		l.hidden(l.as("chair").get("/jury/assignments/"+s.assignment.String()), l.as("juror-other").get("/jury/assignments/"+s.assignment.String()))
	})
	try("a team learns who opened its entry only with the results", func() {
		if a := l.as("owner").get(of(locked, "/seen")); a.code() != "seen.not_released" {
			l.t.Errorf("%s", a)
		}
	})
	try("with the results a team learns who opened its entry by role alone", func() {
		released := l.stages["released"]
		l.as("official").get(of(released, ""))
		l.as("juror").get("/jury/assignments/" + released.assignment.String())
		l.as("auditor").post("/files/"+released.own.File.String()+"/link", map[string]any{"disposition": "view"})
		a := l.as("owner").get(of(released, "/seen"))
		l.shows(a, `"role":"official"`, `"role":"juror"`, `"role":"auditor"`, `"kind":"file"`)
		l.lacks(a, "official@", l.as("juror").actor.PersonID.String(), `"name"`, `"lastAt"`)
	})
	try("the team's result names no juror", func() {
		l.lacks(l.as("owner").get(of(l.stages["released"], "/result")), l.as("juror").actor.PersonID.String(), `"juror"`, "Strong.")
	})
}

func otherTeams(l *leaks, try func(string, func())) {
	s := l.stages["released"]
	for _, rest := range []string{"", "/history", "/receipt", "/rules", "/eligibility", "/testbeds", "/gallery", "/result", "/seen"} {
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
		last := link.URL[len(link.URL)-1]
		for _, path := range []string{strings.Replace(link.URL, "/v/", "/d/", 1), link.URL[:len(link.URL)-1] + string(map[bool]byte{true: 'B', false: 'A'}[last == 'A'])} {
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
