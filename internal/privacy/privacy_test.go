package privacy

import (
	"errors"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/record"
	"fieldtrial/internal/testkit"
)

func want(t *testing.T, what string, err, wanted error) {
	t.Helper()
	if !errors.Is(err, wanted) && (err != nil || wanted != nil) {
		t.Errorf("%s: %v, want %v", what, err, wanted)
	}
}

func count(t *testing.T, db *database.DB, sql string, args ...any) (n int) {
	t.Helper()
	if err := db.Pool().QueryRow(t.Context(), sql, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// released is a challenge with results: one entry with an award, one without.
func released(t *testing.T, db *database.DB) (winner, loser testkit.EntryRows) {
	t.Helper()
	c := testkit.OpenChallenge(t, db)
	winner, loser = testkit.Entered(t, db, c, "Winner"), testkit.Entered(t, db, c, "Loser")
	testkit.Exec(t, db, `update challenges set released_at = clock_timestamp() where id = $1`, c.Challenge)
	testkit.Exec(t, db, `insert into awards (id, entry_id, starts_on) values ($1, $2, '2026-01-01')`, testkit.NewID(), winner.Entry)
	return winner, loser
}

// leaf puts something about an entry on record.
func leaf(t *testing.T, db *database.DB, subject uuid.UUID) {
	t.Helper()
	err := db.InTx(t.Context(), func(tx database.Tx) error {
		_, err := record.Append(tx, record.Leaf{Kind: record.KindEntryWithdrawn, Scope: "test-scope", Subject: subject.String(), Payload: []byte(`{"entry":"x"}`)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
