package trust

import "fmt"

// invite announces a pitch round in a stage and puts entries on its shortlist, the first one at the first hour.
func (l *leaks) invite(s *stage, entries ...any) {
	l.t.Helper()
	id := s.challenge.Challenge
	l.exec(`insert into pitch_plans (challenge_id, held, invited, share) values ($1, true, 2, 40)`, id)
	l.exec(`insert into pitch_criteria (id, challenge_id, key, position, weight, lowest, highest, name) values (gen_random_uuid(), $1, 'clarity', 1, 100, 0, 5, '{"en":"Clarity"}')`, id)
	l.exec(`insert into pitch_rounds (challenge_id, named_at, leaf_id) values ($1, clock_timestamp(), 0)`, id)
	for n, e := range entries {
		l.exec(`insert into pitch_entries (challenge_id, entry_id, jury_rank, invited, at, place) values ($1, $2, $3, true, clock_timestamp() + make_interval(hours => $3), $4)`,
			id, e, n+1, fmt.Sprintf("Room %d", n+1))
	}
}

// pitches are what is learned of a pitch round, and of the scores in it before its lock.
func pitches(l *leaks, try func(string, func())) {
	s, other := l.stages["locked"], l.stages["judging"]
	round, mine := desk(s, "/pitch"), "/jury/challenges/"+s.challenge.Challenge.String()+"/pitch"
	var none answer
	try("a team that is not invited gets the answer of where there is no pitch round", func() {
		none = l.as("owner").get(of(s, "/pitch"))
		l.lacks(none, `"at"`, `"place"`, `"criteria"`, `"share"`)
		l.invite(s, s.rival.Entry)
		l.same(none, l.as("owner").get(of(s, "/pitch")))
		l.same(none, l.as("owner").get(of(other, "/pitch")))
	})
	try("a team sees its own invitation and no other", func() {
		l.exec(`insert into pitch_entries (challenge_id, entry_id, jury_rank, invited, at, place) values ($1, $2, 2, true, clock_timestamp(), 'Room 2')`, s.challenge.Challenge, s.own.Entry)
		a := l.as("viewer").get(of(s, "/pitch"))
		l.shows(a, "Room 2")
		l.lacks(a, "Room 1", s.rival.Reference, s.rival.Entry.String())
		l.hidden(l.as("rival").get(of(s, "/pitch")), l.as("official").get(of(s, "/pitch")), l.as("juror").get(of(s, "/pitch")))
	})
	for _, who := range []string{"owner", "rival", "member", "manager", "admin", "official-other", "chair-other", "translator"} {
		try("the shortlist does not exist for the "+who, func() { l.hidden(l.as(who).get(round), l.as(who).get(mine)) })
	}
	try("before the lock nobody sees another's score of a pitch", func() {
		var criterion string
		if err := l.db.Pool().QueryRow(l.t.Context(), `select id::text from pitch_criteria where challenge_id = $1`, s.challenge.Challenge).Scan(&criterion); err != nil {
			l.t.Fatal(err)
		}
		a := l.as("juror").do("PUT", mine+"/score", map[string]any{"entryId": s.own.Entry, "comment": "Shaky on costs.",
			"scores": []any{map[string]any{"criterionId": criterion, "score": 3}}}, "If-Match", `"0"`)
		l.shows(a, "Shaky on costs.", `"total":60`)
		for _, who := range []string{"chair", "official", "auditor"} {
			l.lacks(l.as(who).get(round), "Shaky", `"total":`, `"pitch":`, `"spread":`, `"finalRank":`)
		}
		l.lacks(l.as("chair").get(mine), "Shaky", `"total":`)
	})
	for _, who := range []string{"chair-recused", "official-recused", "auditor-recused"} {
		try("the pitch round of a recused "+who+" lacks the entry", func() {
			a := l.as(who).get(round)
			l.shows(a, s.rival.Reference)
			l.lacks(a, append(s.marks(), s.own.Reference, "Room 2")...)
		})
	}
	try("a recused juror neither finds the pitch nor scores it", func() {
		l.exec(`insert into conflict_declarations (seat_id, challenge_id) values ($1, $2) on conflict do nothing`, l.seats["juror-recused"+s.contest.String()], s.challenge.Challenge)
		l.lacks(l.as("juror-recused").get(mine), append(s.marks(), s.own.Reference, "Room 2")...)
		l.hidden(l.as("juror-recused").do("PUT", mine+"/score", map[string]any{"entryId": s.own.Entry, "comment": "", "scores": []any{}}, "If-Match", `"0"`))
	})
}
