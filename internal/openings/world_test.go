package openings_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/award"
	"fieldtrial/internal/database"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/openings"
	"fieldtrial/internal/record"
	"fieldtrial/internal/testkit"
)

// world is a challenge with four entries that three jurors have read. The last two entries tie by the
// totals, by every criterion and so by lot.
type world struct {
	*testing.T
	db       *database.DB
	signer   *record.Signer
	svc      *openings.Service
	jury     *jury.Service
	rows     testkit.ChallengeRows
	entries  []testkit.EntryRows
	jurors   []authz.Actor
	chair    authz.Actor
	official authz.Actor
	auditor  authz.Actor
}

func newWorld(t *testing.T, order string) *world {
	t.Helper()
	db := testkit.DB(t)
	private, err := record.GenerateKey("contest.example.city/log/1")
	if err != nil {
		t.Fatal(err)
	}
	w := &world{T: t, db: db, svc: openings.New(db), jury: jury.New(db, nil)}
	w.signer, err = record.ParseKey(private)
	w.must(err)
	w.rows = testkit.OpenChallenge(t, db, testkit.Opens(-240*time.Hour), testkit.Closes(-time.Hour))
	testkit.Exec(t, db, `update contests set official_order = $2 where id = $1`, w.rows.Contest, order)
	for i := range 4 {
		w.entries = append(w.entries, testkit.Entered(t, db, w.rows, fmt.Sprintf("Team%d", i+1)))
	}
	seated := func(name string, role authz.Role) authz.Actor {
		a := testkit.Person(t, db, name, authz.Grant{Role: role, Kind: authz.Contest, ID: w.rows.Contest})
		w.must(db.InTx(t.Context(), func(tx database.Tx) error { return jury.Seat(tx, a.PersonID, w.rows.Contest, nil) }))
		return a
	}
	w.jurors = []authz.Actor{seated("Juror A", authz.Juror), seated("Juror B", authz.Juror), seated("Juror C", authz.Juror)}
	w.chair = seated("Chair", authz.Chair)
	w.official = testkit.Person(t, db, "Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: w.rows.City})
	w.auditor = testkit.Person(t, db, "Auditor", authz.Grant{Role: authz.Auditor, Kind: authz.Contest, ID: w.rows.Contest})
	_, err = w.jury.Assign(t.Context(), w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.All})
	w.must(err)
	for n, j := range w.jurors {
		w.must(w.jury.Declare(t.Context(), j, w.rows.Challenge, nil))
		for i, e := range w.entries {
			var assignment uuid.UUID
			w.must(db.Pool().QueryRow(t.Context(), `select a.id from assignments a join seats s on s.id = a.seat_id
				where s.person_id = $1 and a.entry_id = $2`, j.PersonID, e.Entry).Scan(&assignment))
			w.review(j, assignment, scores[n][i])
		}
	}
	return w
}

// scores by juror, then entry: impact, fit, team.
var scores = [3][4][3]int{
	{{5, 4, 5}, {4, 4, 3}, {2, 3, 3}, {2, 3, 3}},
	{{4, 4, 4}, {4, 3, 3}, {2, 2, 3}, {2, 2, 3}},
	{{5, 5, 3}, {3, 4, 2}, {1, 2, 4}, {1, 2, 4}},
}

func (w *world) review(j authz.Actor, assignment uuid.UUID, s [3]int) {
	w.Helper()
	sheet := score.Sheet{w.rows.Criteria["impact"]: s[0], w.rows.Criteria["fit"]: s[1], w.rows.Criteria["team"]: s[2]}
	r, err := w.jury.SaveReview(w.Context(), j, assignment, 0, jury.Draft{Scores: sheet, ToTeam: "A clear plan with open questions.", Language: "en"})
	w.must(err)
	_, err = w.jury.SubmitReview(w.Context(), j, assignment, r.Version)
	w.must(err)
}

func (w *world) lock() {
	w.Helper()
	_, err := w.jury.Lock(w.Context(), w.chair, w.rows.Challenge, true)
	w.must(err)
	w.sign()
}

func (w *world) sign() {
	w.Helper()
	_, err := record.Sequence(w.Context(), w.db, w.signer)
	w.must(err)
}

// release decides for the best entry and makes it public.
func (w *world) release() {
	w.Helper()
	svc, slot := award.New(w.db), w.rows.Slot
	d := award.Draft{Language: "es", Choices: []award.Choice{
		{Entry: w.entries[0].Entry, Outcome: award.Winner, Place: 1, Slot: &slot, Feedback: "We look forward to it."},
		{Entry: w.entries[1].Entry, Outcome: award.Reserve, Place: 1, Reason: "The street is free sooner."},
		{Entry: w.entries[2].Entry, Outcome: award.NotSelected}, {Entry: w.entries[3].Entry, Outcome: award.NotSelected},
	}}
	begun, err := svc.Decision(w.Context(), w.official, w.rows.Challenge)
	w.must(err)
	saved, err := svc.Save(w.Context(), w.official, w.rows.Challenge, begun.Version, d)
	w.must(err)
	_, err = svc.Decide(w.Context(), w.official, w.rows.Challenge, saved.Version)
	w.must(err)
	_, _, err = svc.Release(w.Context(), w.official, w.rows.Challenge)
	w.must(err)
	w.sign()
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) want(err, target error, what string) {
	w.Helper()
	if !errors.Is(err, target) {
		w.Errorf("%s: %v, want %v", what, err, target)
	}
}
