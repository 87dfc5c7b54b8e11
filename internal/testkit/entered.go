package testkit

import (
	"encoding/json"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
)

// EntryRows are the ids of a submitted entry, with its team's owner.
type EntryRows struct {
	Entry     uuid.UUID
	Team      uuid.UUID
	Reference string // "E-" and the team's name
	Owner     authz.Actor
	File      uuid.UUID // a scanned PDF, submitted with it
}

// Entered inserts a team with its owner and an entry of it that is submitted, whatever the
// challenge's dates. Names must differ within a test.
func Entered(t testing.TB, db *database.DB, c ChallengeRows, team string) EntryRows {
	t.Helper()
	e := EntryRows{Entry: NewID(), Team: NewID(), File: NewID(), Reference: "E-" + team}
	Exec(t, db, `insert into teams (id, name, kind, country) values ($1, $2, 'startup', 'ES')`, e.Team, team)
	e.Owner = Person(t, db, team+" Owner", authz.Grant{Role: authz.TeamOwner, Kind: authz.Team, ID: e.Team})
	Exec(t, db, `insert into entries (id, challenge_id, team_id, reference, language, state) values ($1, $2, $3, $4, 'en', 'submitted')`,
		e.Entry, c.Challenge, e.Team, e.Reference)
	Exec(t, db, `insert into files (id, entry_id, field_id, name, size, declared_type, object_key, part_size, state, sha256, completed_at)
		values ($1, $2, $3, 'pitch.pdf', 1000, 'application/pdf', $4, 8388608, 'clean', sha256('x'), clock_timestamp())`,
		e.File, e.Entry, c.Fields["pitch"], "test/"+e.File.String())
	answers, _ := json.Marshal(map[string]string{"title": "The plan of " + team, "summary": "What **" + team + "** would do.", "stage": "pilot"})
	files, _ := json.Marshal([]map[string]any{{"id": e.File, "field": "pitch", "name": "pitch.pdf", "size": 1000, "type": "application/pdf", "sha256": "00"}})
	submission := NewID()
	Exec(t, db, `insert into submissions (id, entry_id, number, answers, files, leaf_id, submitted_at)
		values ($1, $2, 1, $3, $4, 0, clock_timestamp())`, submission, e.Entry, answers, files)
	Exec(t, db, `update entries set last_submission_id = $2 where id = $1`, e.Entry, submission)
	return e
}
