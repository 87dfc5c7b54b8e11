package trust

import (
	"strings"

	"fieldtrial/internal/testkit"
)

func drafts(l *leaks, try func(string, func())) {
	s := l.stages["draft"]
	title := "El aire de " + s.challenge.Slug
	for what, path := range map[string]string{
		"feed in JSON": "/feeds/challenges.es.json", "feed in RSS": "/feeds/challenges.es.rss", "calendar": "/feeds/challenges.es.ics",
		"site's map": "/sitemap.xml", "embeddable list": "/embed/challenges?lang=es", "page of challenges": "/es/challenges",
	} {
		try("the "+what+" does not know of a draft", func() { l.lacks(l.nobody().at("GET", path, nil), title, s.challenge.Slug) })
	}
	try("a draft's name answers the public as a name that nobody gave", func() {
		for _, rest := range []string{"", "/extras", "/questions", "/versions", "/results", "/deadline.ics"} {
			l.hidden(l.nobody().get("/challenges/"+s.challenge.Slug+rest), l.nobody().get("/challenges/nobody-gave-this"+rest))
		}
	})
	try("the public list and its search do not know of a draft", func() {
		l.lacks(l.nobody().get("/challenges?q=stage-draft"), title)
		l.lacks(l.nobody().get("/challenges"), s.challenge.Slug+`"`)
	})
	try("changing a draft does not change the public list's ETag", func() {
		before := l.nobody().get("/challenges").header.Get("ETag")
		l.exec(`update challenges set tags = '["new"]', version = version + 1 where id = $1`, s.challenge.Challenge)
		if after := l.nobody().get("/challenges").header.Get("ETag"); after != before {
			l.t.Errorf("%s, then %s", before, after)
		}
	})
	try("another city's official finds no draft, by id or in lists", func() {
		l.hidden(l.as("official-other").get(desk(s, "")), l.as("official-other").get(desk(s, "/authoring")), l.as("official-other").get(desk(s, "/form")))
		l.lacks(l.as("official-other").get("/manage/challenges"), title)
	})
	try("another city's official cannot copy from a draft it does not see", func() {
		a := l.as("official-other").post(desk(s, "/clone"), map[string]any{"contestId": l.rows.Contest, "leadCityId": l.rows.Fujisawa})
		l.hidden(a)
	})
	try("a private question and its asker are not public", func() {
		l.lacks(l.nobody().get("/challenges/"+l.stages["open"].challenge.Slug+"/questions"), "power at the stop", "owner")
	})
}

func contestEnds(l *leaks, try func(string, func())) {
	s := l.stages["ended"]
	for _, who := range []string{"juror", "chair"} {
		try("after the contest a "+who+" finds no queue, no list and no score", func() {
			l.hidden(l.as(who).get("/jury/challenges/"+s.challenge.Challenge.String()+"/queue"), l.as(who).get(desk(s, "/entries")),
				l.as(who).get(desk(s, "/ranking")), l.as(who).get(desk(s, "/matrix")), l.as(who).get(of(s, "")))
		})
		try("after the contest a "+who+"'s overview lacks it", func() { l.lacks(l.as(who).get("/jury"), s.challenge.Slug+`"`) })
	}
	try("after the contest a juror's own assignment and its files do not exist", func() {
		l.hidden(l.as("juror").get("/jury/assignments/"+s.assignment.String()),
			l.as("juror").post("/jury/assignments/"+s.assignment.String()+"/files/"+s.own.File.String()+"/link?disposition=view", nil))
	})
	try("a contest has ended for its jury when the last standstill is over, archived or not", func() {
		who := l.person(l.t, "late juror", testkit.Juror(l.other))
		c := testkit.OpenChallenge(l.t, l.db, testkit.In(testkit.ProgrammeRows{ID: l.rows.ID, Contest: l.other, Santander: l.rows.Santander, Fujisawa: l.rows.Fujisawa, TestbedEU: l.rows.TestbedEU}),
			testkit.Named("standstill"), testkit.Opens(-72*3600e9), testkit.Closes(-48*3600e9))
		l.exec(`insert into seats (id, contest_id, person_id, pseudonym) values (gen_random_uuid(), $1, $2, 'p')`, l.other, who.actor.PersonID)
		l.exec(`update challenges set released_at = clock_timestamp() - interval '4 days' where id = $1`, c.Challenge)
		l.shows(who.get("/jury"), "standstill")
		l.exec(`update challenges set released_at = clock_timestamp() - interval '6 days' where id = $1`, c.Challenge)
		l.lacks(who.get("/jury"), "standstill")
		l.exec(`delete from challenges where id = $1`, c.Challenge)
	})
}

// blinded adds a contest in which judging is blind, with the jury's people.
func (w *world) blinded() {
	id := testkit.NewID()
	w.exec(`insert into contests (id, programme_id, slug, record_scope, title, month, time_zone, opens_at, closes_at, judging_ends_at, results_at, announced_at, blind)
		select $1, programme_id, 'blind', 'blind', title, month, time_zone, opens_at, closes_at, judging_ends_at, results_at, announced_at, true from contests where slug = 'contest'`, id)
	rows := w.rows
	rows.Contest, rows.ContestSlug = id, "blind"
	s := &stage{state: "blind", contest: id}
	s.challenge = testkit.OpenChallenge(w.t, w.db, testkit.In(rows), testkit.Named("stage-blind"), testkit.Opens(-72*3600e9), testkit.Closes(-3600e9))
	w.exec(`update challenges set assigned_at = clock_timestamp() where id = $1`, s.challenge.Challenge)
	w.exec(`update form_fields set identifying = true where challenge_id = $1 and key in ('website', 'title', 'pitch')`, s.challenge.Challenge)
	s.own, s.rival = w.enter(s, w.team.Team, "E-4000"), w.enter(s, w.rivals, "E-4001")
	w.people["blind juror"] = w.person(w.t, "blind juror", testkit.Juror(id))
	w.people["blind chair"] = w.person(w.t, "blind chair", testkit.Chair(id))
	for _, who := range []string{"blind juror", "blind chair"} {
		seat := testkit.NewID()
		w.exec(`insert into seats (id, contest_id, person_id, pseudonym) values ($1, $2, $3, $4)`, seat, id, w.people[who].actor.PersonID, who)
		w.exec(`insert into conflict_declarations (seat_id, challenge_id) values ($1, $2)`, seat, s.challenge.Challenge)
		w.seats[who+id.String()] = seat
	}
	s.assignment, s.review = w.judged(s, "blind juror", s.own.Entry, false)
	w.stages["blind"] = s
}

func blindJudging(l *leaks, try func(string, func())) {
	s := l.stages["blind"]
	names := []string{"Nube Clara", "Rival", "Nube.example", l.team.Team.String(), `"country":"ES"`}
	try("in a blind contest a juror reads neither team, nor what identifies it, nor a file's name", func() {
		a := l.as("blind juror").get("/jury/assignments/" + s.assignment.String())
		l.shows(a, `"blind":true`)
		l.lacks(a, "https://Nube.example", "The plan of", `"teamName"`, "pitch.pdf", s.own.File.String(), l.team.Team.String())
	})
	try("in a blind contest a juror gets no link to a file that identifies", func() {
		l.hidden(l.as("blind juror").post("/jury/assignments/"+s.assignment.String()+"/files/"+s.own.File.String()+"/link?disposition=view", nil))
	})
	try("in a blind contest a juror's queue names nobody", func() {
		l.lacks(l.as("blind juror").get("/jury/challenges/"+s.challenge.Challenge.String()+"/queue"), names...)
	})
	try("in a blind contest the chair's list of entries names nobody", func() {
		l.lacks(l.as("blind chair").get(desk(s, "/entries")), names[:4]...)
		l.lacks(l.as("blind chair").get(desk(s, "/screening")), names[:4]...)
	})
	try("in a blind contest the chair's search by a team's name finds nothing", func() {
		l.same(l.as("blind chair").get(desk(s, "/entries?q=Nube")), l.as("blind chair").get(desk(s, "/entries?q=Nobo")))
		l.same(l.as("blind chair").get(desk(s, "/screening?q=Nube")), l.as("blind chair").get(desk(s, "/screening?q=Nobo")))
	})
	try("in a blind contest the chair does not open entries and files past the blinds", func() {
		l.hidden(l.as("blind chair").get(of(s, "")), l.as("blind chair").get("/manage/entries/"+s.own.Entry.String()+"/screening"),
			l.as("blind chair").post("/files/"+s.own.File.String()+"/link", map[string]any{"disposition": "view"}))
	})
	try("in a blind contest the chair's matrix and ranking name nobody", func() {
		l.lacks(l.as("blind chair").get(desk(s, "/matrix")), names...)
		l.lacks(l.as("blind chair").get(desk(s, "/ranking")), names...)
	})
	try("in a blind contest the late policy names nobody to the chair", func() {
		l.exec(`insert into extensions (id, challenge_id, team_id, until, reason, language, granted_at, leaf_id) values (gen_random_uuid(), $1, $2, clock_timestamp(), 'Storm', 'en', clock_timestamp(), 0)`, s.challenge.Challenge, l.team.Team)
		l.lacks(l.as("blind chair").get(desk(s, "/late")), names[:4]...)
	})
	try("in a blind contest the acceptances name nobody to the chair", func() {
		l.lacks(l.as("blind chair").get(desk(s, "/acceptances")), names[:4]...)
	})
	try("in a blind contest officials and auditors still know whose entry it is", func() {
		l.shows(l.as("official").get(desk(s, "/entries")), "Nube Clara")
	})
}

func accounts(l *leaks, try func(string, func())) {
	try("registering an address that has an account answers as for one that has none", func() {
		form := func(email string) map[string]any {
			return map[string]any{"email": email, "name": "Somebody", "password": "an entirely new passphrase", "language": "en"}
		}
		l.same(l.nobody().post("/auth/register", form(l.as("member").email)), l.nobody().post("/auth/register", form("nobody.yet@example.org")))
	})
	try("asking for a new password answers alike with and without an account", func() {
		l.same(l.nobody().post("/auth/reset-request", map[string]any{"email": l.as("member").email}), l.nobody().post("/auth/reset-request", map[string]any{"email": "nobody@example.org"}))
	})
	try("a wrong password and an unknown address answer alike", func() {
		l.same(l.nobody().post("/auth/sign-in", map[string]any{"email": l.as("member").email, "password": "not the password"}),
			l.nobody().post("/auth/sign-in", map[string]any{"email": "nobodi@example.org", "password": "not the password"}))
	})
	try("no password and no token stands in the log", func() {
		log := l.log.all()
		for _, secret := range []string{password, l.as("member").token, "an entirely new passphrase"} {
			if strings.Contains(log, secret) {
				l.t.Errorf("the log has %s", secret)
			}
		}
	})
	try("an error tells no SQL, no path and no stack", func() {
		for _, a := range []answer{l.nobody().get("/challenges?cursor=zzz"), l.nobody().get("/challenges/%00"), l.nobody().post("/auth/sign-in", "{"), l.nobody().get("/challenges?sort=title;drop")} {
			for _, w := range []string{"SQLSTATE", "goroutine", ".go:", "select ", "fieldtrial/internal", "pgx"} {
				if a.has(w) {
					l.t.Errorf("%s", a)
				}
			}
		}
	})
	try("a demotion takes effect at the next request", func() {
		who := l.person(l.t, "demoted", testkit.Juror(l.other))
		l.exec(`delete from grants where person_id = $1`, who.actor.PersonID)
		l.lacks(who.get("/jury"), "elsewhere")
		l.hidden(who.get(desk(l.stages["closed"], "/entries")))
	})
}
