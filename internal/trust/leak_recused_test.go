package trust

import (
	"strings"

	"github.com/google/uuid"

	"fieldtrial/internal/testkit"
)

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
		l.as("official").get(of(locked, ""))
		l.as("official").get("/entries/" + judging.rival.Entry.String())
		a := l.as("admin-recused").get("/admin/seen?limit=100")
		l.lacks(a, judging.own.Entry.String(), locked.own.Entry.String())
		l.shows(a, judging.rival.Entry.String())
		l.same(l.as("admin-recused").get("/admin/seen?thing=Nube"), l.as("admin-recused").get("/admin/seen?thing=Nobo"))
	})
}
