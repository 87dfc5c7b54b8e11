package calround_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/calround"
	"fieldtrial/internal/database"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/testkit"
)

// world is a closed challenge with entries, jurors who have declared no conflict, and a chair who only
// presides.
type world struct {
	*testing.T
	ctx     context.Context
	db      *database.DB
	svc     *calround.Service
	jury    *jury.Service
	rows    testkit.ChallengeRows
	entries []testkit.EntryRows
	jurors  []authz.Actor
	chair   authz.Actor
}

// paths stands where the object store's links are made.
type paths struct{}

func (paths) FileLink(_ context.Context, file uuid.UUID, how entry.Disposition) (entry.FileLink, error) {
	return entry.FileLink{URL: "/files/" + file.String() + "/" + string(how)}, nil
}

func newWorld(t *testing.T, entries, jurors int, opts ...testkit.ChallengeOption) *world {
	t.Helper()
	db := testkit.DB(t)
	opts = append([]testkit.ChallengeOption{testkit.Opens(-240 * time.Hour), testkit.Closes(-time.Hour)}, opts...)
	w := &world{T: t, ctx: t.Context(), db: db, svc: calround.New(db, paths{}), jury: jury.New(db, paths{}), rows: testkit.OpenChallenge(t, db, opts...)}
	for i := range entries {
		w.entries = append(w.entries, testkit.Entered(t, db, w.rows, fmt.Sprintf("Team%02d", i+1)))
	}
	for i := range jurors {
		w.jurors = append(w.jurors, w.seated(fmt.Sprintf("Juror %02d", i+1), authz.Juror))
		w.must(w.jury.Declare(w.ctx, w.jurors[i], w.rows.Challenge, nil))
	}
	w.chair = w.seated("The Chair", authz.Chair)
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

// conflict makes somebody blind for an entry, and gives the actor as the next request would have it.
func (w *world) conflict(a authz.Actor, e testkit.EntryRows) authz.Actor {
	w.Helper()
	testkit.Exec(w, w.db, `insert into exclusions (person_id, entry_id, kind) values ($1, $2, 'conflict')`, a.PersonID, e.Entry)
	return testkit.Actor(w, w.db, a.PersonID, a.SessionID)
}

// assignAll gives every entry to every juror.
func (w *world) assignAll() {
	w.Helper()
	_, err := w.jury.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.All})
	w.must(err)
}

// desk is a juror's assignment of an entry.
func (w *world) desk(j authz.Actor, e testkit.EntryRows) uuid.UUID {
	w.Helper()
	var id uuid.UUID
	w.must(w.db.Pool().QueryRow(w.ctx, `select a.id from assignments a join seats s on s.id = a.seat_id
		where s.person_id = $1 and a.entry_id = $2`, j.PersonID, e.Entry).Scan(&id))
	return id
}

// open opens a round with the first two entries.
func (w *world) open() {
	w.Helper()
	_, err := w.svc.Open(w.ctx, w.chair, w.rows.Challenge, []uuid.UUID{w.entries[0].Entry, w.entries[1].Entry})
	w.must(err)
}

func (w *world) draft(impact, fit, team int) jury.Draft {
	return jury.Draft{Scores: score.Sheet{w.rows.Criteria["impact"]: impact, w.rows.Criteria["fit"]: fit, w.rows.Criteria["team"]: team},
		ToTeam: "A clear plan with a few open questions.", Language: "en"}
}

func (w *world) save(j authz.Actor, e testkit.EntryRows, version int, d jury.Draft) (calround.Sheet, error) {
	return w.svc.Save(w.ctx, j, w.rows.Challenge, e.Entry, version, d)
}

// handIn scores these entries alike and hands in.
func (w *world) handIn(j authz.Actor, d jury.Draft, entries ...testkit.EntryRows) {
	w.Helper()
	read := []calround.Own{}
	for _, e := range entries {
		s, err := w.save(j, e, 0, d)
		w.must(err)
		read = append(read, calround.Own{Entry: e.Entry, Version: s.Version})
	}
	w.must(w.svc.HandIn(w.ctx, j, w.rows.Challenge, read))
}

func (w *world) read(j authz.Actor) calround.Desk {
	w.Helper()
	d, err := w.svc.Desk(w.ctx, j, w.rows.Challenge)
	w.must(err)
	return d
}

func (w *world) overview(a authz.Actor) calround.Overview {
	w.Helper()
	o, err := w.svc.Overview(w.ctx, a, w.rows.Challenge)
	w.must(err)
	return o
}

func (w *world) count(sql string, args ...any) (n int) {
	w.Helper()
	w.must(w.db.Pool().QueryRow(w.ctx, sql, args...).Scan(&n))
	return n
}

// judge saves and submits a review in the cockpit.
func (w *world) judge(j authz.Actor, e testkit.EntryRows) error {
	w.Helper()
	r, err := w.jury.SaveReview(w.ctx, j, w.desk(j, e), 0, w.draft(3, 3, 3))
	if err != nil {
		return err
	}
	_, err = w.jury.SubmitReview(w.ctx, j, w.desk(j, e), r.Version)
	return err
}
