package trust

import (
	"encoding/json"

	"fieldtrial/internal/testkit"
)

func calibrations(l *leaks, try func(string, func())) {
	s := l.stages["closed"]
	round, juror, late := testkit.NewID(), l.seats["juror"+s.contest.String()], l.seats["juror-recused"+s.contest.String()]
	scores := map[string]int{}
	for _, c := range s.challenge.Criteria {
		scores[c.String()] = 5
	}
	sheet, _ := json.Marshal(scores)
	l.exec(`insert into conflict_declarations (seat_id, challenge_id) values ($1, $2) on conflict do nothing`, late, s.challenge.Challenge)
	l.exec(`insert into calibrations (id, challenge_id, counts, opened_at) values ($1, $2, false, clock_timestamp())`, round, s.challenge.Challenge)
	l.exec(`insert into calibration_entries (calibration_id, entry_id, position) values ($1, $2, 1), ($1, $3, 2)`, round, s.own.Entry, s.rival.Entry)
	l.exec(`insert into calibration_sheets (calibration_id, entry_id, seat_id, scores, language) select $1, entry_id, $2, $3, 'en' from calibration_entries where calibration_id = $1`, round, juror, sheet)
	l.exec(`insert into calibration_handed (calibration_id, seat_id, handed_at) values ($1, $2, clock_timestamp())`, round, juror)
	at := "/jury/challenges/" + s.challenge.Challenge.String() + "/calibration"
	mine := at + "/entries/" + s.own.Entry.String()

	try("before handing in a juror sees nothing of what others scored in the calibration round", func() {
		l.shows(l.as("juror").get(at), `"spread"`, `"totals":[100]`)
		l.lacks(l.as("juror-recused").get(at), `"spread"`, `"totals"`, `"median"`)
	})
	try("a recused juror's calibration round lacks the entry", func() {
		a := l.as("juror-recused").get(at)
		l.lacks(a, s.marks()...)
		l.shows(a, s.rival.Reference)
	})
	try("a recused juror can neither score the entry in the calibration round nor open its files", func() {
		body := map[string]any{"scores": []any{}, "toTeam": "", "language": "en"}
		l.hidden(l.as("juror-recused").do("PUT", mine, body, "If-Match", `"0"`), l.as("juror-recused").post(mine+"/copy", nil),
			l.as("juror-recused").post(mine+"/files/"+s.own.File.String()+"/link?disposition=view", nil))
	})
	try("a recused chair sees neither the entry nor its spread in the calibration round", func() {
		l.shows(l.as("chair").get(desk(s, "/calibration")), s.own.Entry.String(), `"totals":[100]`)
		a := l.as("chair-recused").get(desk(s, "/calibration"))
		l.lacks(a, s.marks()...)
		l.shows(a, s.rival.Reference, `"of":1`)
		l.lacks(a, `"of":2`)
	})
	for _, who := range []string{"official", "admin", "auditor"} {
		try("while the calibration round is open the "+who+" sees who is done and no score", func() {
			a := l.as(who).get(desk(s, "/calibration"))
			l.shows(a, `"handedInAt"`)
			l.lacks(a, `"spread"`, `"totals"`)
		})
	}
	l.exec(`update calibrations set cancelled_at = clock_timestamp(), cancel_reason = 'Tried.' where id = $1`, round)
	try("a cancelled calibration round shows what was scored to nobody", func() {
		for _, a := range []answer{l.as("juror").get(at), l.as("chair").get(desk(s, "/calibration"))} {
			l.lacks(a, `"spread"`, `"totals"`)
		}
	})
}
