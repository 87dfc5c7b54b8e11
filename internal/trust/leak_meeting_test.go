package trust

// meet has a chair plan a meeting at which these people are there, and open it.
func (l *leaks) meet(s *stage, chair string, there ...string) {
	l.t.Helper()
	people := []map[string]any{}
	for _, who := range there {
		people = append(people, map[string]any{"personId": l.as(who).actor.PersonID, "presence": "present"})
	}
	now := l.as(chair).get(desk(s, "/meeting"))
	a := l.as(chair).do("PUT", desk(s, "/meeting"), map[string]any{"place": "", "language": "en", "quorum": 1, "secretary": "", "guests": "", "notes": "", "people": people},
		"If-Match", now.header.Get("ETag"))
	if a.status == 200 {
		a = l.as(chair).do("POST", desk(s, "/meeting/open"), nil, "If-Match", a.header.Get("ETag"))
	}
	if a.status != 200 {
		l.t.Fatalf("the meeting: %s", a)
	}
}

// meetings are what the wall of the jury's room may show, and to whom.
func meetings(l *leaks, try func(string, func())) {
	s, blind := l.stages["locked"], l.stages["blind"]
	wall := desk(s, "/meeting/projector")
	try("the projector leaves out an entry while somebody in the room is recused from it, and its rank leaves no gap", func() {
		l.meet(s, "chair", "chair", "juror", "juror-recused")
		a := l.as("chair").get(wall)
		l.shows(a, s.rival.Reference, `"hides":true`)
		l.lacks(a, append(s.marks(), s.own.Reference, `"rank":2`)...)
		if n := l.number(a, "items"); n != 1 {
			l.t.Errorf("%v entries", n)
		}
	})
	try("the projector names no juror beside a score", func() {
		l.lacks(l.as("chair").get(wall), `"juror"`, `"seatId"`, `"label"`, l.as("juror").actor.PersonID.String(), "Strong.", "A clear plan")
	})
	for _, who := range []string{"admin", "manager", "member", "rival", "chair-other", "official-other"} {
		try("the projector does not exist for the "+who, func() { l.hidden(l.as(who).get(wall), l.as(who).get(desk(s, "/meeting"))) })
	}
	for _, who := range []string{"juror", "official", "auditor"} {
		try("the projector is not for the "+who+" to open", func() {
			if a := l.as(who).get(wall); a.status != 403 || a.has(s.rival.Reference) {
				l.t.Errorf("%s", a)
			}
		})
	}
	for _, who := range []string{"juror-recused", "official-recused", "chair-recused"} {
		try("the meeting of a recused "+who+" lacks the entry and its discussion", func() {
			l.lacks(l.as(who).get(desk(s, "/meeting")), append(s.marks(), s.own.Reference)...)
		})
	}
	try("in a blind contest the projector names nobody", func() {
		l.exec(`update challenges set locked_at = coalesce(locked_at, clock_timestamp()) where id = $1`, blind.challenge.Challenge)
		l.exec(`update reviews set locked_at = coalesce(locked_at, clock_timestamp()) where entry_id = $1`, blind.own.Entry)
		l.meet(blind, "blind chair", "blind chair", "blind juror")
		a := l.as("blind chair").get(desk(blind, "/meeting/projector"))
		l.shows(a, blind.own.Reference)
		l.lacks(a, "Nube Clara", "Rival", "Nube.example", "The plan of", l.team.Team.String())
	})
}
