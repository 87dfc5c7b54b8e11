package privacy

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/testkit"
)

func TestErasure(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	s, ctx := New(db, DefaultPeriods), t.Context()
	winner, loser := released(t, db)
	leaf(t, db, winner.Entry)
	leaf(t, db, loser.Entry)
	me := loser.Owner.PersonID
	testkit.Exec(t, db, `insert into notices (id, kind, email, language, state) values ($1, 'x', $2, 'en', 'sent')`, testkit.NewID(), loser.Owner.Email)
	testkit.Exec(t, db, `insert into account_events (id, person_id, kind) values ($1, $2, 'x')`, testkit.NewID(), me)
	seat, contest := testkit.NewID(), uuid.Nil
	if err := db.Pool().QueryRow(ctx, `select id from contests limit 1`).Scan(&contest); err != nil {
		t.Fatal(err)
	}
	testkit.Exec(t, db, `insert into seats (id, contest_id, person_id, pseudonym) values ($1, $2, $3, 'p')`, seat, contest, me)
	testkit.Exec(t, db, `update seats set languages = '{es}', tags = '{field/option}', max_reviews = 3 where id = $1`, seat)
	testkit.Exec(t, db, `insert into exclusions (person_id, entry_id, kind, reason) values ($1, $2, 'conflict', 'My sister works there')`, me, winner.Entry)
	testkit.Exec(t, db, `insert into conflict_rulings (seat_id, entry_id, confirmed, reason, decided_at) values ($1, $2, true, 'Her sister works there', now())`, seat, winner.Entry)
	testkit.Exec(t, db, `update conflict_rulings set to_team = 'You are right about her sister'`)
	testkit.Exec(t, db, `update seats set organisations = '{"The sister works"}' where id = $1`, seat)
	testkit.Exec(t, db, `insert into conflict_namings (entry_id, seat_id, reason, language, named_by, named_at) values ($1, $3, 'Her sister works for us', 'en', $4, now()), ($2, $3, 'Her sister left us', 'en', $4, now())`, winner.Entry, loser.Entry, seat, me)
	testkit.Exec(t, db, `update teams set partners = '{"A partner of Loser"}' where id = $1`, loser.Team)
	testkit.Exec(t, db, `insert into translation_requests (id, challenge_id, language, email) select $1, challenge_id, 'ja', $2 from entries limit 1`, testkit.NewID(), loser.Owner.Email)
	testkit.Exec(t, db, `insert into questions (id, challenge_id, asked_by, language, body) select $1, challenge_id, $2, 'en', 'A question of mine' from entries limit 1`, testkit.NewID(), me)
	testkit.Exec(t, db, `insert into consents (id, person_id, purpose, version, language, given) values ($1, $2, 'news', 1, 'en', true)`, testkit.NewID(), me)
	testkit.Exec(t, db, `insert into follows (person_id, challenge_id) select $1, challenge_id from entries limit 1`, me)
	assignment := testkit.NewID()
	testkit.Exec(t, db, `insert into assignments (id, entry_id, seat_id) values ($1, $2, $3)`, assignment, winner.Entry, seat)
	testkit.Exec(t, db, `insert into reviews (id, assignment_id, entry_id, seat_id, scores, language) values ($1, $2, $3, $4, '{"a": 4}', 'en')`,
		testkit.NewID(), assignment, winner.Entry, seat)

	old := loser.Owner
	old.Recent = false
	want(t, "without a fresh proof", s.EraseMe(ctx, old), authz.ErrProve)
	want(t, "erase", s.EraseMe(ctx, loser.Owner), nil)
	want(t, "again", s.EraseMe(ctx, loser.Owner), fault.ErrNotFound)

	for what, sql := range map[string]string{
		"address":        `select count(*) from people where email = 'loser.owner@example.org' or name like 'Loser%'`,
		"sessions":       `select count(*) from sessions where person_id = $1`,
		"roles":          `select count(*) from grants where person_id = $1`,
		"log":            `select count(*) from account_events where person_id = $1`,
		"mail":           `select count(*) from notices where email = 'loser.owner@example.org'`,
		"team":           `select count(*) from teams where name = 'Loser'`,
		"answers":        `select count(*) from submissions where answers::text like '%Loser%'`,
		"jury seat":      `select count(*) from seats where person_id = $1`,
		"jury profile":   `select count(*) from seats where languages <> '{}' or tags <> '{}' or max_reviews is not null`,
		"conflict":       `select count(*) from exclusions where reason <> ''`,
		"ruling":         `select count(*) from conflict_rulings where reason like '%sister%' or to_team like '%sister%'`,
		"naming":         `select count(*) from conflict_namings where reason like '%sister%' or named_by = $1`,
		"own naming":     `select count(*) from conflict_namings n join entries e on e.id = n.entry_id join submissions s on s.entry_id = e.id where s.answers = '{}'`,
		"organisations":  `select count(*) from seats where organisations <> '{}'`,
		"partners":       `select count(*) from teams where partners <> '{}'`,
		"translations":   `select count(*) from translation_requests where email like 'loser%'`,
		"questions":      `select count(*) from questions where body like 'A question%'`,
		"consents":       `select count(*) from consents where person_id = $1`,
		"follows":        `select count(*) from follows where person_id = $1`,
		"open sign-in":   `select count(*) from people where id = $1 and (disabled_at is null or password_hash <> '')`,
		"list of erased": `select 1 - count(*) from erasures where person_id = $1`,
	} {
		args := []any{}
		if strings.Contains(sql, "$1") {
			args = append(args, me)
		}
		if n := count(t, db, sql, args...); n != 0 {
			t.Errorf("%s: %d rows are left", what, n)
		}
	}
	if n := count(t, db, `select count(*) from reviews where seat_id = $1 and scores = '{"a": 4}'`, seat); n != 1 {
		t.Error("the scores of an erased juror are gone")
	}
	opened := func(e uuid.UUID) int {
		return count(t, db, `select count(*) from record_openings o join record_leaves l on l.id = o.leaf_id where l.subject = $1`, e)
	}
	if opened(loser.Entry) != 0 || opened(winner.Entry) != 1 || count(t, db, `select count(*) from record_leaves`) != 2 {
		t.Error("the record lost a leaf, or kept a payload")
	}

	want(t, "the winner", s.EraseMe(ctx, winner.Owner), nil)
	n := count(t, db, `select count(*) from awards a join entries e on e.id = a.entry_id join teams t on t.id = e.team_id
		join submissions s on s.id = e.last_submission_id where t.name = 'Winner' and a.starts_on = '2026-01-01' and s.answers = '{"title": "The plan of Winner"}'`)
	if n != 1 {
		t.Error("the award does not keep title, team and date alone")
	}
}

func TestWhoCannotBeErasedYet(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	s, ctx := New(db, DefaultPeriods), t.Context()
	admin := testkit.Person(t, db, "Admin", authz.Grant{Role: authz.Admin, Kind: authz.Installation})
	want(t, "the last admin", s.EraseMe(ctx, admin), ErrLastAdmin)
	e := testkit.Entered(t, db, testkit.OpenChallenge(t, db), "Team")
	want(t, "somebody whose entry is judged", s.EraseMe(ctx, e.Owner), ErrJudging)
	testkit.Exec(t, db, `update challenges set released_at = clock_timestamp()`)
	mate := testkit.Person(t, db, "Mate", authz.Grant{Role: authz.TeamEditor, Kind: authz.Team, ID: e.Team})
	want(t, "the only owner of a team of two", s.EraseMe(ctx, e.Owner), ErrOwnsTeam)
	want(t, "a member", s.EraseMe(ctx, mate), nil)
	if n := count(t, db, `select count(*) from submissions where answers::text like '%Team%'`); n != 1 {
		t.Error("a member took the team's entry along")
	}
	want(t, "by somebody", s.Erase(ctx, e.Owner, admin.PersonID), fault.ErrNotFound)
	want(t, "by an admin", s.Erase(ctx, admin, e.Owner.PersonID), nil)
	if n := count(t, db, `select count(*) from erasures where by_admin`); n != 1 {
		t.Error("not noted as an admin's act")
	}
}

func TestARestoreErasesAgain(t *testing.T) {
	t.Parallel()
	before, after := testkit.DB(t), testkit.DB(t)
	ctx := t.Context()
	gone := testkit.Person(t, before, "Gone")
	want(t, "erase", New(before, DefaultPeriods).EraseMe(ctx, gone), nil)
	list, err := Erasures(ctx, before.Pool())
	if err != nil || len(list) != 1 || list[0].Person != gone.PersonID {
		t.Fatalf("%+v %v", list, err)
	}
	// The restored database is older: it knows the person still.
	testkit.Exec(t, after, `insert into people (id, email, name, language) values ($1, 'gone@example.org', 'Gone', 'en')`, gone.PersonID)
	list = append(list, Erasure{Person: testkit.NewID(), At: time.Now()})
	for i, n := range []int{1, 0} {
		if got, err := Replay(ctx, after, list); err != nil || got != n {
			t.Errorf("replay %d: %d %v", i, got, err)
		}
	}
	if count(t, after, `select count(*) from people where email = 'gone@example.org'`) != 0 {
		t.Error("a restore brought an erased person back")
	}
}

// stays are the tables that point at a person and are left as they are: by then the person is a row
// without anything of them. What else points at people, wipeSteps must take care of.
var stays = map[string]string{
	"answer_versions": "a team's earlier texts", "answers": "a team's texts", "entries": "a team's entry", "files": "a team's files",
	"submissions": "a team's entry", "teams": "a team", "eligibility_answers": "a team's entry", "rules_acceptances": "a team's promise",
	"challenges": "an act of a city", "challenge_texts": "an act of a city", "challenge_resources": "an act of a city", "edit_requests": "an act of a city",
	"rules_versions": "an act of a city", "rules_drafts": "an act of a city", "question_texts": "a public answer", "campaign_links": "an act of a city",
	"decision_drafts": "an act of a city", "measurements": "a frozen figure", "screening_runs": "an act of a city", "early_openings": "on public record",
	"early_proposals": "an act of a city", "extensions": "on record", "assignments": "the jury's work", "assignment_wishes": "the chair's word",
	"dropouts": "the jury's work", "allotments": "on record", "rounds": "on record", "review_reopenings": "on record",
	"calibrations": "an act of the chair",
	"pitch_rounds": "on record", "meetings": "the jury's minutes", "meeting_people": "the jury's minutes", "meeting_away": "the jury's minutes",
	"seen": "the log of who saw what", "erasures": "the list of erasures", "breaches": "the log of breaches",
}

// TestErasureKnowsEveryTable fails when a table that points at people is new: it must be wiped, or be
// named among those that stay.
func TestErasureKnowsEveryTable(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	rows, err := db.Pool().Query(t.Context(), `select distinct conrelid::regclass::text from pg_constraint where contype = 'f' and confrelid = 'people'::regclass`)
	want(t, "tables", err, nil)
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	want(t, "tables", err, nil)
	if len(tables) < 40 {
		t.Errorf("only %d tables point at people", len(tables))
	}
	steps := strings.Join(wipeSteps, "\n")
	for _, name := range tables {
		wiped := regexp.MustCompile(`(delete from|update) ` + name + `\b`).MatchString(steps)
		if _, kept := stays[name]; !wiped && !kept {
			t.Errorf("nobody has said what an erasure does to %s", name)
		}
	}
}
