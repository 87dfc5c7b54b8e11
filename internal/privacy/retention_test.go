package privacy

import (
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/testkit"
)

func TestRetention(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	s, ctx := New(db, DefaultPeriods), t.Context()
	winner, loser := released(t, db)
	leaf(t, db, loser.Entry)
	rows := func(list []Kept, what string) int {
		for _, k := range list {
			if k.What == what {
				return k.Rows
			}
		}
		t.Errorf("no line for %s", what)
		return -1
	}
	const losing, awarded = "entries that won nothing: contents", "awarded entries: contents"
	report, err := s.Retention(ctx, false)
	if err != nil || rows(report, losing) != 0 || rows(report, awarded) != 0 {
		t.Errorf("too early: %+v %v", report, err)
	}
	testkit.Exec(t, db, `update challenges set released_at = clock_timestamp() - interval '25 months'`)
	report, err = s.Retention(ctx, true)
	if err != nil || rows(report, losing) != 1 || rows(report, awarded) != 0 || count(t, db, `select count(*) from submissions where answers = '{}'`) != 0 {
		t.Errorf("dry run: %+v %v", report, err)
	}
	report, err = s.Retention(ctx, false)
	if err != nil || rows(report, losing) != 1 {
		t.Errorf("run: %+v %v", report, err)
	}
	if report, _ = s.Retention(ctx, false); rows(report, losing) != 0 {
		t.Error("emptied twice")
	}
	if count(t, db, `select count(*) from submissions s where s.entry_id = $1 and answers = '{}'`, loser.Entry) != 1 ||
		count(t, db, `select count(*) from submissions s where s.entry_id = $1 and answers <> '{}'`, winner.Entry) != 1 ||
		count(t, db, `select count(*) from record_openings`) != 0 || count(t, db, `select count(*) from files where removed_at is null`) != 1 {
		t.Error("not the losing entry alone was emptied, with its payload and files")
	}
	testkit.Exec(t, db, `update challenges set released_at = clock_timestamp() - interval '121 months'`)
	if report, _ = s.Retention(ctx, false); rows(report, awarded) != 1 {
		t.Errorf("awards: %+v", report)
	}
	testkit.Exec(t, db, `insert into account_events (id, person_id, kind, at) values ($1, $2, 'x', clock_timestamp() - interval '13 months'), ($3, $2, 'x', clock_timestamp())`,
		testkit.NewID(), winner.Owner.PersonID, testkit.NewID())
	if report, _ = s.Retention(ctx, false); rows(report, "security log") != 1 || count(t, db, `select count(*) from account_events`) != 1 {
		t.Errorf("log: %+v", report)
	}
	testkit.Exec(t, db, `update contests set closes_at = closes_at - interval '4 months', opens_at = opens_at - interval '4 months'`)
	testkit.Exec(t, db, `update challenges set closes_at = clock_timestamp() - interval '91 days', opens_at = clock_timestamp() - interval '92 days'`)
	testkit.Exec(t, db, `insert into entries (id, challenge_id, team_id, reference, language) select $1, challenge_id, $2, 'E-Draft', 'en' from entries limit 1`,
		testkit.NewID(), otherTeam(t, db))
	if report, err = s.Retention(ctx, false); err != nil || rows(report, "drafts") != 1 || count(t, db, `select count(*) from entries where reference = 'E-Draft'`) != 0 {
		t.Errorf("drafts: %+v %v", report, err)
	}
}

func otherTeam(t *testing.T, db *database.DB) uuid.UUID {
	t.Helper()
	id := testkit.NewID()
	testkit.Exec(t, db, `insert into teams (id, name, kind, country) values ($1, 'Other', 'startup', 'ES')`, id)
	return id
}
