package testkit

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
)

// Person makes a confirmed account called by its name, in English and UTC, with an open session and
// the roles, and gives the actor they are. The account has no password; its address is
// <name>@example.org in lower case without spaces, so names must differ within a test.
func Person(t testing.TB, db *database.DB, name string, grants ...authz.Grant) authz.Actor {
	t.Helper()
	id, session := NewID(), NewID()
	email := strings.ToLower(strings.ReplaceAll(name, " ", ".")) + "@example.org"
	Exec(t, db, `insert into people (id, email, name, language, confirmed_at) values ($1,$2,$3,'en',clock_timestamp())`, id, email, name)
	Exec(t, db, `insert into sessions (id, person_id) values ($1,$2)`, session, id)
	for _, g := range grants {
		var scope any
		if g.Kind != authz.Installation {
			scope = g.ID
		}
		Exec(t, db, `insert into grants (id, person_id, role, scope_kind, scope_id) values ($1,$2,$3,$4,$5)`, NewID(), id, string(g.Role), string(g.Kind), scope)
	}
	return Actor(t, db, id, session)
}

// Juror is the grant of a juror of a contest.
func Juror(contest uuid.UUID) authz.Grant {
	return authz.Grant{Role: authz.Juror, Kind: authz.Contest, ID: contest}
}

// Chair is the grant of a chair of a contest's jury.
func Chair(contest uuid.UUID) authz.Grant {
	return authz.Grant{Role: authz.Chair, Kind: authz.Contest, ID: contest}
}

// Actor reads a person's actor again, after their roles or exclusions changed.
func Actor(t testing.TB, db *database.DB, person, session uuid.UUID) authz.Actor {
	t.Helper()
	a, open, err := authz.Load(t.Context(), db.Pool(), person, session)
	if err != nil || !open {
		t.Fatalf("actor: open %v, %v", open, err)
	}
	return a
}
