package jury_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/testkit"
)

// world is a closed challenge with entries, jurors, a chair and an official.
type world struct {
	*testing.T
	ctx      context.Context
	db       *database.DB
	svc      *jury.Service
	rows     testkit.ChallengeRows
	entries  []testkit.EntryRows
	jurors   []authz.Actor
	chair    authz.Actor
	official authz.Actor
}

// paths stands where the object store's links are made; entry's own tests try those.
type paths struct{}

func (paths) FileLink(_ context.Context, file uuid.UUID, how entry.Disposition) (entry.FileLink, error) {
	return entry.FileLink{URL: "/files/" + file.String() + "/" + string(how)}, nil
}

func newWorld(t *testing.T, entries, jurors int, opts ...testkit.ChallengeOption) *world {
	t.Helper()
	db := testkit.DB(t)
	opts = append([]testkit.ChallengeOption{testkit.Opens(-240 * time.Hour), testkit.Closes(-time.Hour)}, opts...)
	w := &world{T: t, ctx: t.Context(), db: db, svc: jury.New(db, paths{}), rows: testkit.OpenChallenge(t, db, opts...)}
	for i := range entries {
		w.entries = append(w.entries, testkit.Entered(t, db, w.rows, fmt.Sprintf("Team%02d", i+1)))
	}
	for i := range jurors {
		w.jurors = append(w.jurors, w.seated(fmt.Sprintf("Juror %02d", i+1), authz.Juror))
	}
	w.chair = w.seated("The Chair", authz.Chair)
	w.official = testkit.Person(t, db, "An Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: w.rows.City})
	return w
}

func (w *world) seated(name string, roles ...authz.Role) authz.Actor {
	w.Helper()
	grants := []authz.Grant{}
	for _, r := range roles {
		grants = append(grants, authz.Grant{Role: r, Kind: authz.Contest, ID: w.rows.Contest})
	}
	a := testkit.Person(w, w.db, name, grants...)
	w.must(w.db.InTx(w.ctx, func(tx database.Tx) error { return jury.Seat(tx, a.PersonID, w.rows.Contest, &w.rows.City) }))
	return a
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

// declare has everyone declare no conflict.
func (w *world) declareAll() {
	w.Helper()
	for _, j := range w.jurors {
		w.must(w.svc.Declare(w.ctx, j, w.rows.Challenge, nil))
	}
}

func (w *world) assignAll() {
	w.Helper()
	_, err := w.svc.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.All})
	w.must(err)
}

// again reads an actor anew, as the next request would.
func (w *world) again(a authz.Actor) authz.Actor {
	return testkit.Actor(w, w.db, a.PersonID, a.SessionID)
}

// desk is a juror's assignment of an entry.
func (w *world) desk(j authz.Actor, e testkit.EntryRows) uuid.UUID {
	w.Helper()
	var id uuid.UUID
	w.must(w.db.Pool().QueryRow(w.ctx, `select a.id from assignments a join seats s on s.id = a.seat_id
		where s.person_id = $1 and a.entry_id = $2`, j.PersonID, e.Entry).Scan(&id))
	return id
}

func (w *world) sheet(impact, fit, team int) score.Sheet {
	return score.Sheet{w.rows.Criteria["impact"]: impact, w.rows.Criteria["fit"]: fit, w.rows.Criteria["team"]: team}
}

func (w *world) draft(impact, fit, team int) jury.Draft {
	return jury.Draft{Scores: w.sheet(impact, fit, team), ToTeam: "A clear plan with a few open questions.", ToJury: "Strong.", Language: "en"}
}

// judge saves and submits a review.
func (w *world) judge(j authz.Actor, e testkit.EntryRows, impact, fit, team int) jury.Review {
	w.Helper()
	id := w.desk(j, e)
	a, err := w.svc.Assignment(w.ctx, j, id)
	w.must(err)
	r, err := w.svc.SaveReview(w.ctx, j, id, a.Review.Version, w.draft(impact, fit, team))
	w.must(err)
	r, err = w.svc.SubmitReview(w.ctx, j, id, r.Version)
	w.must(err)
	return r
}

func (w *world) count(sql string, args ...any) (n int) {
	w.Helper()
	w.must(w.db.Pool().QueryRow(w.ctx, sql, args...).Scan(&n))
	return n
}

func (w *world) leaves(kind string) int {
	return w.count(`select count(*) from record_leaves where kind = $1`, kind)
}
