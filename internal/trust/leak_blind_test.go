package trust

import (
	"github.com/google/uuid"

	"fieldtrial/internal/testkit"
)

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
	try("in a blind contest no mail to a juror names team or entry", func() {
		if a := l.as("blind chair").post(desk(s, "/assign"), map[string]any{"mode": "all", "preview": false}); a.status != 200 {
			l.t.Fatalf("assign: %s", a)
		}
		l.exec(`update challenges set locked_at = clock_timestamp() where id = $1`, s.challenge.Challenge)
		l.exec(`update reviews set locked_at = clock_timestamp() where id = $1`, s.review)
		if a := l.as("blind chair").post("/manage/reviews/"+s.review.String()+"/reopen", map[string]any{"reason": "One scale was misread."}); a.status != 200 && a.status != 204 {
			l.t.Fatalf("open again: %s", a)
		}
		for _, kind := range []string{"jury-assigned", "review-reopened"} {
			var id uuid.UUID
			must(l.t, l.db.Pool().QueryRow(l.t.Context(), `select id from notices where kind = $1 and email = $2`, kind, l.as("blind juror").email).Scan(&id))
			a := l.as("admin").get("/admin/notices/" + id.String())
			l.shows(a, "/jury")
			l.lacks(a, append(names[:4], s.own.Reference, s.rival.Reference, s.own.Entry.String(), s.rival.Entry.String(), "The plan of")...)
		}
	})
	try("in a blind contest officials and auditors still know whose entry it is", func() {
		l.shows(l.as("official").get(desk(s, "/entries")), "Nube Clara")
	})
}
