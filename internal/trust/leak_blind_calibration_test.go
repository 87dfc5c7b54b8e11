package trust

import (
	"github.com/google/uuid"

	"fieldtrial/internal/testkit"
)

// blindCalibrations is a calibration round where judging is blind, from its opening to its end.
func blindCalibrations(l *leaks, try func(string, func())) {
	rows := l.rows
	rows.Contest, rows.ContestSlug = l.stages["blind"].contest, "blind"
	s := &stage{state: "blind calibration", contest: rows.Contest}
	s.challenge = testkit.OpenChallenge(l.t, l.db, testkit.In(rows), testkit.Named("stage-blind-calibration"), testkit.Opens(-72*3600e9), testkit.Closes(-3600e9))
	l.exec(`update form_fields set identifying = true where challenge_id = $1 and key in ('website', 'title', 'pitch')`, s.challenge.Challenge)
	s.own, s.rival = l.enter(s, l.team.Team, "E-4100"), l.enter(s, l.rivals, "E-4101")
	l.exec(`update submissions set answers = answers || '{"summary":"Sensors on lamps."}' where entry_id in ($1, $2)`, s.own.Entry, s.rival.Entry) // no team that keeps to the rules names itself
	for _, who := range []string{"blind juror", "blind chair"} {
		l.exec(`insert into conflict_declarations (seat_id, challenge_id) values ($1, $2)`, l.seats[who+s.contest.String()], s.challenge.Challenge)
	}
	names := []string{"Nube", "Rival", "The plan of", "pitch.pdf", s.own.File.String(), s.rival.File.String(), l.team.Team.String(), l.rivals.String()}
	at := "/jury/challenges/" + s.challenge.Challenge.String() + "/calibration"
	juror, chair := l.as("blind juror"), l.as("blind chair")
	scores := []map[string]any{}
	for _, c := range s.challenge.Criteria {
		scores = append(scores, map[string]any{"criterionId": c, "score": 3})
	}
	// named fails where an answer that should succeed names a team.
	named := func(a answer) {
		l.t.Helper()
		if a.status > 299 {
			l.t.Errorf("answers %s", a)
		}
		for _, w := range names {
			if a.has(w) {
				l.t.Errorf("shows %q: %s", w, a)
			}
		}
	}

	try("in a blind contest the chair opens a calibration round without a team's name", func() {
		l.shows(chair.get(desk(s, "/calibration")), `"choices":[{`, s.own.Reference)
		named(chair.get(desk(s, "/calibration")))
		named(chair.post(desk(s, "/calibration"), map[string]any{"entryIds": []uuid.UUID{s.own.Entry, s.rival.Entry}}))
	})
	try("in a blind contest a juror in the calibration round reads neither team, nor what identifies it, nor of its files", func() {
		a := juror.get(at)
		l.shows(a, `"blind":true`, `"state":"open"`, "Sensors on lamps.", s.own.Reference, s.rival.Reference)
		named(a)
		named(juror.get("/jury"))
		for _, e := range []testkit.EntryRows{s.own, s.rival} {
			named(juror.do("PUT", at+"/entries/"+e.Entry.String(), map[string]any{"scores": scores, "toTeam": "A clear plan with open questions.", "language": "en"}, "If-Match", `"0"`))
		}
	})
	try("in a blind contest a juror in the calibration round gets no link to a file that identifies", func() {
		for _, e := range []testkit.EntryRows{s.own, s.rival} {
			l.hidden(juror.post(at+"/entries/"+e.Entry.String()+"/files/"+e.File.String()+"/link?disposition=view", nil))
		}
	})
	try("in a blind contest no mail on the calibration round names team or entry", func() {
		var id uuid.UUID
		must(l.t, l.db.Pool().QueryRow(l.t.Context(), `select id from notices where kind = 'calibration-opened' and email = $1`, juror.email).Scan(&id))
		a := l.as("admin").get("/admin/notices/" + id.String())
		l.shows(a, at)
		l.lacks(a, append(names, s.own.Reference, s.rival.Reference, s.own.Entry.String(), s.rival.Entry.String())...)
	})
	try("in a blind contest the spread of the calibration round names nobody, to the juror and to the chair", func() {
		sheets := []map[string]any{{"entryId": s.own.Entry, "version": 1}, {"entryId": s.rival.Entry, "version": 1}}
		named(juror.post(at+"/hand-in", map[string]any{"sheets": sheets}))
		l.shows(juror.get(at), `"spread":[{`)
		named(juror.get(at))
		named(chair.get(desk(s, "/calibration")))
		named(chair.post(desk(s, "/calibration/close"), nil))
		for _, a := range []answer{juror.get(at), chair.get(desk(s, "/calibration"))} {
			l.shows(a, `"state":"closed"`, `"spread":[{`)
			named(a)
		}
	})
}
