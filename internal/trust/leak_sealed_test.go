package trust

import (
	"strings"

	"github.com/google/uuid"
)

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
