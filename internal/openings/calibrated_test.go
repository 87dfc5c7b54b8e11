package openings_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/calround"
	"fieldtrial/internal/record"
	"fieldtrial/internal/testkit"
)

// calibrate settles before opening that a calibration round counts, and opens and closes one.
func calibrate(t *testing.T, found map[record.Kind][]map[string]bool) {
	t.Helper()
	db := testkit.DB(t)
	rows := testkit.OpenChallenge(t, db, testkit.Opens(time.Hour))
	chair := testkit.Person(t, db, "Chair", testkit.Chair(rows.Contest))
	svc := calround.New(db, nil)
	must(t, svc.Settle(t.Context(), chair, rows.Challenge, true))
	testkit.Exec(t, db, `update challenges set opens_at = clock_timestamp() - interval '2 days', closes_at = clock_timestamp() - interval '1 hour' where id = $1`, rows.Challenge)
	two := []uuid.UUID{testkit.Entered(t, db, rows, "Gull").Entry, testkit.Entered(t, db, rows, "Tern").Entry}
	_, err := svc.Open(t.Context(), chair, rows.Challenge, two)
	must(t, err)
	must(t, svc.Close(t.Context(), chair, rows.Challenge))
	onRecord(t, db, found)
}
