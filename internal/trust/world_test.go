package trust

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/testkit"
)

// stage is one challenge in one state, with everything in it that an operation can name. Own is the
// entry that the world's team made, rival that of another team.
type stage struct {
	state     string
	contest   uuid.UUID
	challenge testkit.ChallengeRows
	own       testkit.EntryRows
	rival     testkit.EntryRows

	assignment, review, question, edit, resource, request, link, run uuid.UUID
}

// states are those of a challenge, in the order of its life. Ended: the contest is archived, its
// results are out.
var states = []string{"draft", "open", "closed", "judging", "locked", "released", "ended"}

// world is a programme with two hosts, a contest that runs, one that has ended and one that is
// nobody's business, and people in every relation to them.
type world struct {
	*program
	t         testing.TB
	rows      testkit.ProgrammeRows
	other     uuid.UUID // a contest of Fujisawa's
	ended     uuid.UUID
	team      testkit.EntryRows // the team that enters everywhere; its entry is of no stage
	rivals    uuid.UUID         // the other team
	stages    map[string]*stage
	people    map[string]caller
	seats     map[string]uuid.UUID // by person and contest
	indicator string
	absent    []byte // the bytes of what does not exist
	ids       map[string]string
}

// newWorld starts the program and fills its database.
func newWorld(t testing.TB, p *program) *world {
	t.Helper()
	w := &world{program: p, t: t, stages: map[string]*stage{}, people: map[string]caller{}, seats: map[string]uuid.UUID{}, ids: map[string]string{}, indicator: "contest-startups"}
	w.rows = testkit.Programme(t, p.db)
	w.other, w.ended = w.contest("elsewhere", false), w.contest("ended", true)
	w.exec(`insert into target_groups (id, programme_id, slug, name, position) values (gen_random_uuid(), $1, 'innovators', '{"en":"Innovators"}', 1)`, w.rows.ID)
	w.exec(`insert into indicators (id, programme_id, target_group_id, slug, name, op, target, counted_by, position)
		select gen_random_uuid(), $1, id, $2, '{"en":"Startups"}', 'gt', 20, 'contest-startups', 1 from target_groups`, w.rows.ID, w.indicator)
	w.team.Team, w.rivals = testkit.NewID(), testkit.NewID()
	w.exec(`insert into teams (id, name, kind, country) values ($1, 'Nube Clara', 'startup', 'ES'), ($2, 'Rival Works', 'company', 'FR')`, w.team.Team, w.rivals)
	w.cast()
	for i, s := range states {
		w.stage(i, s)
	}
	w.loose()
	w.recuse()
	w.absent = p.notFound(t, w.people["member"])
	return w
}

func (w *world) exec(sql string, args ...any) { w.t.Helper(); testkit.Exec(w.t, w.db, sql, args...) }

func (w *world) contest(slug string, ended bool) uuid.UUID {
	id := testkit.NewID()
	w.exec(`insert into contests (id, programme_id, slug, record_scope, title, month, time_zone, opens_at, closes_at, judging_ends_at, results_at, announced_at, archived_at)
		select $1, programme_id, $2, $2, title, month, time_zone, opens_at, closes_at, judging_ends_at, results_at, announced_at,
		case when $3 then clock_timestamp() end from contests where slug = 'contest'`, id, slug, ended)
	return id
}

// stage makes a challenge in a state, with two entries and what hangs on them.
func (w *world) stage(i int, state string) {
	s := &stage{state: state, contest: w.rows.Contest}
	rows := w.rows
	if state == "ended" {
		s.contest, rows.Contest, rows.ContestSlug = w.ended, w.ended, "ended"
	}
	past := -time.Hour
	options := map[string][]testkit.ChallengeOption{
		"draft": {testkit.AsDraft()}, "open": nil,
	}
	opts, running := options[state]
	if !running {
		opts = []testkit.ChallengeOption{testkit.Opens(-48 * time.Hour), testkit.Closes(past)}
	}
	s.challenge = testkit.OpenChallenge(w.t, w.db, append(opts, testkit.In(rows), testkit.Named("stage-"+state))...)
	id := s.challenge.Challenge
	s.own, s.rival = w.enter(s, w.team.Team, fmt.Sprintf("E-%d", 2000+i)), w.enter(s, w.rivals, fmt.Sprintf("E-%d", 3000+i))
	at := map[string]int{"judging": 1, "locked": 2, "released": 3, "ended": 3}[state]
	for n, column := range []string{"assigned_at", "locked_at", "released_at"} {
		if at > n {
			w.exec(`update challenges set `+column+` = clock_timestamp() - make_interval(mins => $2) where id = $1`, id, 30-n)
		}
	}
	if at == 3 {
		w.exec(`update challenges set decided_at = locked_at where id = $1`, id)
		for n, e := range []uuid.UUID{s.own.Entry, s.rival.Entry} {
			w.exec(`insert into decisions (entry_id, challenge_id, outcome, place, reason, feedback, language) values ($1,$2,'winner',$3,'','Well done.','en')`, e, id, n+1)
		}
	}
	s.assignment, s.review = w.judged(s, "juror", s.own.Entry, at > 1)
	w.judged(s, "juror", s.rival.Entry, at > 1)
	for _, who := range []string{"juror", "chair"} {
		w.exec(`insert into conflict_declarations (seat_id, challenge_id) values ($1, $2)`, w.seats[who+s.contest.String()], id)
	}
	s.question, s.edit, s.resource, s.request, s.link, s.run = testkit.NewID(), testkit.NewID(), testkit.NewID(), testkit.NewID(), testkit.NewID(), testkit.NewID()
	w.exec(`insert into questions (id, challenge_id, asked_by, language, body) values ($1, $2, $3, 'en', 'Is there power at the stop?')`, s.question, id, w.people["owner"].actor.PersonID)
	w.exec(`insert into edit_requests (id, challenge_id, section, body, language, requested_by) values ($1, $2, 'terms', 'Say who owns the data.', 'en', $3)`, s.edit, id, w.people["official2"].actor.PersonID)
	w.exec(`insert into challenge_resources (id, challenge_id, kind, title, url, state) values ($1, $2, 'link', '{"en":"Data"}', 'https://example.org/data', 'ready')`, s.resource, id)
	w.exec(`insert into translation_requests (id, challenge_id, language, email) values ($1, $2, 'ja', 'translator@example.org')`, s.request, id)
	w.exec(`insert into campaign_links (id, challenge_id, code, label) values ($1, $2, $3, 'Site')`, s.link, id, fmt.Sprintf("code%d", i))
	w.exec(`insert into screening_runs (id, challenge_id, act, entries, finished_at) values ($1, $2, 'pass', '{}', clock_timestamp())`, s.run, id)
	w.stages[state] = s
}

// enter gives a team a submitted entry with one file.
func (w *world) enter(s *stage, team uuid.UUID, reference string) testkit.EntryRows {
	e := testkit.EntryRows{Entry: testkit.NewID(), Team: team, Reference: reference, File: testkit.NewID()}
	var name string
	must(w.t, w.db.Pool().QueryRow(w.t.Context(), `select name from teams where id = $1`, team).Scan(&name))
	w.exec(`insert into entries (id, challenge_id, team_id, reference, language, state) values ($1, $2, $3, $4, 'en', 'submitted')`, e.Entry, s.challenge.Challenge, team, reference)
	for key, value := range answersOf(name) {
		w.exec(`insert into answers (entry_id, field_id, value) values ($1, $2, $3)`, e.Entry, s.challenge.Fields[key], value)
	}
	w.exec(`insert into files (id, entry_id, field_id, name, size, declared_type, detected_type, object_key, part_size, state, sha256, completed_at)
		values ($1, $2, $3, $4, 1000, 'application/pdf', 'application/pdf', $5, 8388608, 'clean', sha256('x'), clock_timestamp())`,
		e.File, e.Entry, s.challenge.Fields["pitch"], name+" pitch.pdf", "test/"+e.File.String())
	answers, _ := json.Marshal(answersOf(name))
	files, _ := json.Marshal([]map[string]any{{"id": e.File, "field": "pitch", "name": name + " pitch.pdf", "size": 1000, "type": "application/pdf", "sha256": "00"}})
	var leaf int64
	must(w.t, w.db.Pool().QueryRow(w.t.Context(), `insert into record_leaves (kind, scope, subject, commitment) values ('entry.received', 'contest', $1, sha256('x')) returning id`, e.Entry).Scan(&leaf))
	w.exec(`insert into record_openings (leaf_id, salt, payload) values ($1, sha256('salt'), '{}')`, leaf)
	submission := testkit.NewID()
	w.exec(`insert into submissions (id, entry_id, number, answers, files, leaf_id, submitted_at) values ($1, $2, 1, $3, $4, $5, clock_timestamp() - interval '2 hours')`, submission, e.Entry, answers, files, leaf)
	w.exec(`update entries set last_submission_id = $2, changed_at = clock_timestamp() - interval '3 hours' where id = $1`, e.Entry, submission)
	return e
}

func answersOf(team string) map[string]string {
	return map[string]string{"title": "The plan of " + team, "summary": "What " + team + " would do.", "stage": "pilot", "website": "https://" + strings.Fields(team)[0] + ".example"}
}

// judged gives a juror an entry with a submitted review of it.
func (w *world) judged(s *stage, who string, entry uuid.UUID, locked bool) (assignment, review uuid.UUID) {
	assignment, review = testkit.NewID(), testkit.NewID()
	seat := w.seats[who+s.contest.String()]
	w.exec(`insert into assignments (id, entry_id, seat_id) values ($1, $2, $3)`, assignment, entry, seat)
	scores := map[string]int{}
	for _, c := range s.challenge.Criteria {
		scores[c.String()] = 4
	}
	raw, _ := json.Marshal(scores)
	w.exec(`insert into reviews (id, assignment_id, entry_id, seat_id, scores, to_team, to_jury, language) values ($1, $2, $3, $4, $5, 'A clear plan, well told.', 'Strong.', 'en')`, review, assignment, entry, seat, raw)
	w.exec(`insert into review_versions (review_id, version, scores, to_team, to_jury, language, total, leaf_id) values ($1, 1, $2, 'A clear plan, well told.', 'Strong.', 'en', 80, 0)`, review, raw)
	w.exec(`update reviews set submitted_version = 1, submitted_at = clock_timestamp() where id = $1`, review)
	if locked {
		w.exec(`update reviews set locked_at = clock_timestamp() where id = $1`, review)
	}
	return assignment, review
}

// cast makes the people. Those whose name ends in "-recused" are blind for the own team's entries.
func (w *world) cast() {
	city := func(r authz.Role, id uuid.UUID) authz.Grant { return authz.Grant{Role: r, Kind: authz.City, ID: id} }
	contest := func(r authz.Role, ids ...uuid.UUID) (out []authz.Grant) {
		for _, id := range ids {
			out = append(out, authz.Grant{Role: r, Kind: authz.Contest, ID: id})
		}
		return out
	}
	team := func(r authz.Role, id uuid.UUID) authz.Grant { return authz.Grant{Role: r, Kind: authz.Team, ID: id} }
	whole := func(r authz.Role) authz.Grant { return authz.Grant{Role: r, Kind: authz.Installation} }
	ours := []uuid.UUID{w.rows.Contest, w.ended}
	for name, grants := range map[string][]authz.Grant{
		"member": nil, "unconfirmed": {team(authz.TeamOwner, w.team.Team)},
		"owner": {team(authz.TeamOwner, w.team.Team)}, "submitter": {team(authz.TeamSubmitter, w.team.Team)},
		"editor": {team(authz.TeamEditor, w.team.Team)}, "viewer": {team(authz.TeamViewer, w.team.Team)},
		"rival":    {team(authz.TeamOwner, w.rivals)},
		"official": {city(authz.Official, w.rows.Santander)}, "official2": {city(authz.Official, w.rows.Santander)},
		"official-other": {city(authz.Official, w.rows.Fujisawa)}, "official-recused": {city(authz.Official, w.rows.Santander)},
		"translator": contest(authz.Translator, ours...), "translator-other": contest(authz.Translator, w.other),
		"juror": contest(authz.Juror, ours...), "juror-other": contest(authz.Juror, w.other), "juror-recused": contest(authz.Juror, ours...),
		"chair": contest(authz.Chair, ours...), "chair-other": contest(authz.Chair, w.other), "chair-recused": contest(authz.Chair, ours...),
		"auditor": contest(authz.Auditor, ours...), "auditor-other": contest(authz.Auditor, w.other), "auditor-recused": contest(authz.Auditor, ours...),
		"manager": {whole(authz.Manager)}, "manager-recused": {whole(authz.Manager)},
		"admin": {whole(authz.Admin)}, "admin-recused": {whole(authz.Admin)},
	} {
		c := w.person(w.t, name, grants...)
		w.people[name] = c
		for _, g := range grants {
			if g.Role == authz.Juror || g.Role == authz.Chair {
				seat := testkit.NewID()
				w.exec(`insert into seats (id, contest_id, person_id, pseudonym) values ($1, $2, $3, $4)`, seat, g.ID, c.actor.PersonID, seat.String())
				w.seats[name+g.ID.String()] = seat
			}
		}
	}
	w.people["nobody"] = w.nobody()
	w.exec(`update people set confirmed_at = null where id = $1`, w.people["unconfirmed"].actor.PersonID)
}

// loose makes what hangs on no challenge.
func (w *world) loose() {
	someone := w.people["member"].actor.PersonID
	w.exec(`insert into invitations (id, email, language, role, scope_kind, scope_id, token_hash, expires_at)
		values (gen_random_uuid(), 'invited@example.org', 'en', 'juror', 'contest', $1, sha256('a'), clock_timestamp() + interval '9 days'),
		       (gen_random_uuid(), 'invited@example.org', 'en', 'team_viewer', 'team', $2, sha256('b'), clock_timestamp() + interval '9 days')`, w.rows.Contest, w.team.Team)
	w.exec(`insert into team_claims (id, team_id, person_id) values (gen_random_uuid(), $1, $2)`, w.rivals, someone)
	w.exec(`insert into team_transfers (id, team_id, from_id, to_id, expires_at) values (gen_random_uuid(), $1, $2, $3, clock_timestamp() + interval '9 days')`,
		w.team.Team, w.people["owner"].actor.PersonID, w.people["editor"].actor.PersonID)
	w.people["admin"].post("/invitations", map[string]any{"email": "mailed@example.org", "language": "en", "role": "juror", "scopeKind": "contest", "scopeId": w.other})
	w.exec(`insert into teams (id, name, kind, country, unclaimed) values (gen_random_uuid(), 'Unclaimed Inc', 'startup', 'US', true)`)
	w.signed()
	w.exec(`insert into breaches (id, noticed_at, what, gdpr, appi) values (gen_random_uuid(), clock_timestamp(), 'A lost laptop', true, false)`)
	w.exec(`insert into measurements (id, indicator_id, measured_on, value) select gen_random_uuid(), id, current_date, 3 from indicators`)
	w.exec(`insert into river_job (state, args, kind, max_attempts, finalized_at) values ('discarded', '{}', 'none', 1, clock_timestamp())`)
}

// recuse makes the recused blind, as a declaration does, and reads everybody's rights as they are now.
func (w *world) recuse() {
	w.exec(`insert into exclusions (person_id, entry_id, kind) select p.id, e.id, 'conflict' from people p, entries e
		where p.name like '%-recused' and e.team_id = $1 on conflict do nothing`, w.team.Team)
	for name, c := range w.people {
		if c.token != "" {
			c.actor = testkit.Actor(w.t, w.db, c.actor.PersonID, c.actor.SessionID)
			w.people[name] = c
		}
	}
}

// signed has the record signed now: the key is known then, and so is a first checkpoint.
func (w *world) signed() {
	w.t.Helper()
	before := w.count(w.t, `select count(*) from record_checkpoints`)
	w.exec(`insert into river_job (state, args, kind, max_attempts) values ('available', '{}', 'record.sequence', 3)`)
	for end := time.Now().Add(time.Minute); w.count(w.t, `select count(*) from record_checkpoints`) == before; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			w.t.Fatal("the record is not signed")
		}
	}
}
