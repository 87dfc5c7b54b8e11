package trust

import (
	"strings"

	"github.com/google/uuid"
)

// namings tries what teams write about jurors: it is for the team and for who decides, for nobody else.
func namings(l *leaks, try func(string, func())) {
	s, blind := l.stages["closed"], l.stages["blind"]
	const word = "Sued our founders"
	seat := func(who string, s *stage) uuid.UUID { return l.seats[who+s.contest.String()] }
	panel := func(e uuid.UUID) string { return "/entries/" + e.String() + "/panel" }
	name := func(who string) answer {
		return l.as("owner").post(panel(s.own.Entry)+"/"+seat(who, s).String()+"/naming", map[string]any{"reason": word + ", twice.", "language": "en"})
	}
	var rivalBefore, duty, orgs answer
	try("a naming is shown to the team and to the chair", func() {
		rivalBefore, duty = l.as("rival").get(panel(s.rival.Entry)), l.as("juror").get("/jury")
		orgs = l.as("juror").get("/jury/challenges/" + s.challenge.Challenge.String() + "/organisations")
		l.shows(name("juror"), word)
		l.shows(l.as("viewer").get(panel(s.own.Entry)), word)
		l.shows(l.as("chair").get(desk(s, "/conflicts")), word)
	})
	try("another team's panel is the same as before the naming", func() {
		l.shows(rivalBefore, seat("juror", s).String())
		l.same(l.as("rival").get(panel(s.rival.Entry)), rivalBefore)
	})
	try("another team finds no panel of the entry, and names nobody for it", func() {
		l.hidden(l.as("rival").get(panel(s.own.Entry)), l.as("rival").get(panel(uuid.New())))
		path := "/" + seat("juror", s).String() + "/naming"
		form := map[string]any{"reason": "A reason that is long enough.", "language": "en"}
		l.hidden(l.as("rival").post(panel(s.own.Entry)+path, form), l.as("rival").post(panel(uuid.New())+path, form), l.as("rival").do("DELETE", panel(s.own.Entry)+path, nil))
	})
	try("a visitor gets the same for an entry's panel and for none", func() {
		a, b := l.nobody().get(panel(s.own.Entry)), l.nobody().get(panel(uuid.New()))
		if a.status != 401 || a.code() != b.code() {
			l.t.Errorf("%s and %s", a, b)
		}
	})
	try("the juror who was named sees and counts nothing of it", func() {
		l.hidden(l.as("juror").get(panel(s.own.Entry)))
		l.same(l.as("juror").get("/jury"), duty)
		l.same(l.as("juror").get("/jury/challenges/"+s.challenge.Challenge.String()+"/organisations"), orgs)
		for _, path := range []string{"/jury", "/jury/challenges/" + s.challenge.Challenge.String() + "/affiliations", "/me"} {
			l.lacks(l.as("juror").get(path), word)
		}
		l.hidden(l.as("juror").get(desk(s, "/conflicts")))
	})
	try("officials and auditors read no namings", func() {
		for _, who := range []string{"official", "auditor"} {
			if a := l.as(who).get(desk(s, "/conflicts")); a.status != 403 || a.has(word) {
				l.t.Errorf("%s: %s", who, a)
			}
			l.lacks(l.as(who).get(desk(s, "/jury")), word)
		}
	})
	try("a chair neither sees nor counts what is about the chair; an admin does", func() {
		name("chair")
		about := `"seatId":"` + seat("chair", s).String()
		all, own := l.as("admin").get(desk(s, "/conflicts")), l.as("chair").get(desk(s, "/conflicts"))
		l.lacks(own, about)
		if n := strings.Count(string(all.body), about); n == 0 || l.number(own, "items") != l.number(all, "items")-float64(n) {
			l.t.Errorf("%d about the chair in %s, and %s", n, all, own)
		}
	})
	try("a chair who is off the entry reads no naming for it", func() { l.lacks(l.as("chair-recused").get(desk(s, "/conflicts")), word, s.own.Reference) })
	try("the mail to the chair says neither who nor why", func() {
		rows, err := l.db.Pool().Query(l.t.Context(), `select params::text from notices where kind = 'conflict-named'`)
		must(l.t, err)
		defer rows.Close()
		for n := 0; rows.Next(); n++ {
			var params string
			must(l.t, rows.Scan(&params))
			for _, w := range append(s.marks(), word, seat("juror", s).String()) {
				if strings.Contains(params, w) {
					l.t.Errorf("shows %q: %s", w, params)
				}
			}
		}
	})
	try("what the chair upholds takes nobody out of another team's panel", func() {
		a := l.as("chair").post(desk(s, "/conflicts"), map[string]any{"seatId": seat("juror", s), "entryId": s.own.Entry, "confirmed": true, "reason": "Quietly checked.", "toTeam": "We agree.", "language": "en"})
		if a.status != 204 {
			l.t.Fatalf("%s", a)
		}
		l.shows(l.as("viewer").get(panel(s.own.Entry)), "We agree.", `"upheld"`)
		l.lacks(l.as("viewer").get(panel(s.own.Entry)), "Quietly checked")
		l.same(l.as("rival").get(panel(s.rival.Entry)), rivalBefore)
	})
	try("in a blind contest the chair reads a naming without the team", func() {
		l.exec(`insert into conflict_namings (entry_id, seat_id, reason, language, named_at) values ($1, $2, $3, 'en', clock_timestamp())`, blind.own.Entry, seat("blind juror", blind), word)
		a := l.as("blind chair").get(desk(blind, "/conflicts"))
		l.shows(a, word)
		l.lacks(a, "Nube Clara", l.team.Team.String())
		l.shows(l.as("admin").get(desk(blind, "/conflicts")), "Nube Clara")
	})
}
