package team

import (
	"database/sql"
	"testing"

	"github.com/google/uuid"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver that goose speaks through
	"github.com/pressly/goose/v3"

	"fieldtrial/internal/testkit"
	"fieldtrial/migrations"
)

// Whoever edited before the rights were told apart could submit, and can go on to.
func TestEditorsOfBeforeKeepTheRightToSubmit(t *testing.T) {
	t.Parallel()
	_, url := testkit.DBWithOwner(t)
	raw, err := sql.Open("pgx", url)
	must(t, err)
	t.Cleanup(func() { _ = raw.Close() })
	p, err := goose.NewProvider(goose.DialectPostgres, raw, migrations.Files)
	must(t, err)
	_, err = p.DownTo(t.Context(), 15)
	must(t, err)
	person, team := uuid.New(), uuid.New()
	for _, statement := range []string{
		`insert into people (id, email, name, language) values ('` + person.String() + `', 'ed@example.org', 'Ed', 'en')`,
		`insert into teams (id, name, kind, country) values ('` + team.String() + `', 'Team', 'startup', 'ES')`,
		`insert into grants (id, person_id, role, scope_kind, scope_id) values (gen_random_uuid(), '` + person.String() + `', 'team_editor', 'team', '` + team.String() + `')`,
		`insert into invitations (id, email, language, role, scope_kind, scope_id, token_hash, expires_at)
			values (gen_random_uuid(), 'new@example.org', 'en', 'team_editor', 'team', '` + team.String() + `', 'x', now())`,
	} {
		_, err := raw.ExecContext(t.Context(), statement)
		must(t, err)
	}
	_, err = p.Up(t.Context())
	must(t, err)
	var grant, invitation string
	must(t, raw.QueryRowContext(t.Context(), `select (select role from grants), (select role from invitations)`).Scan(&grant, &invitation))
	if grant != "team_submitter" || invitation != "team_submitter" {
		t.Errorf("%s, %s", grant, invitation)
	}
}
