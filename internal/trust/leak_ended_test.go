package trust

import (
	"fieldtrial/internal/testkit"
)

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
