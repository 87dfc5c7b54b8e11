package meeting_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/award"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/meeting"
	"fieldtrial/internal/testkit"
)

// world is a challenge that three jurors and a chair have judged: the first entry scored best, and so on
// downwards. The second juror is in conflict with the second entry.
type world struct {
	*testing.T
	ctx      context.Context
	db       *database.DB
	jury     *jury.Service
	svc      *meeting.Service
	awards   *award.Service
	rows     testkit.ChallengeRows
	entries  []testkit.EntryRows
	jurors   []authz.Actor
	chair    authz.Actor
	official authz.Actor
	version  int
}

func newWorld(t *testing.T, opts ...testkit.ChallengeOption) *world {
	t.Helper()
	db := testkit.DB(t)
	w := &world{T: t, ctx: t.Context(), db: db, jury: jury.New(db, nil), svc: meeting.New(db), awards: award.New(db)}
	w.rows = testkit.OpenChallenge(t, db, append(opts, testkit.Opens(-240*time.Hour), testkit.Closes(-time.Hour))...)
	for i := range 3 {
		w.entries = append(w.entries, testkit.Entered(t, db, w.rows, fmt.Sprintf("Team%d", i+1)))
	}
	seated := func(name string, role authz.Role) authz.Actor {
		a := testkit.Person(t, db, name, authz.Grant{Role: role, Kind: authz.Contest, ID: w.rows.Contest})
		w.must(db.InTx(w.ctx, func(tx database.Tx) error { return jury.Seat(tx, a.PersonID, w.rows.Contest, nil) }))
		return a
	}
	for _, name := range []string{"Juror A", "Juror B", "Juror C"} {
		w.jurors = append(w.jurors, seated(name, authz.Juror))
	}
	w.chair = seated("The Chair", authz.Chair)
	w.official = testkit.Person(t, db, "An Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: w.rows.City})
	_, err := w.jury.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.All})
	w.must(err)
	for n, j := range w.jurors {
		conflicts := []uuid.UUID{}
		if n == 1 {
			conflicts = append(conflicts, w.entries[1].Team)
		}
		w.must(w.jury.Declare(w.ctx, j, w.rows.Challenge, conflicts))
		j = w.again(j)
		w.jurors[n] = j
		for i, e := range w.entries {
			if j.Excluded[e.Entry] {
				continue
			}
			var assignment uuid.UUID
			w.must(db.Pool().QueryRow(w.ctx, `select a.id from assignments a join seats s on s.id = a.seat_id
				where s.person_id = $1 and a.entry_id = $2`, j.PersonID, e.Entry).Scan(&assignment))
			w.review(j, assignment, 5-i)
		}
	}
	return w
}

func (w *world) review(j authz.Actor, assignment uuid.UUID, n int) {
	w.Helper()
	s := score.Sheet{w.rows.Criteria["impact"]: n, w.rows.Criteria["fit"]: n, w.rows.Criteria["team"]: n}
	r, err := w.jury.SaveReview(w.ctx, j, assignment, 0, jury.Draft{Scores: s, ToTeam: "A comment that is long enough.", Language: "en"})
	w.must(err)
	_, err = w.jury.SubmitReview(w.ctx, j, assignment, r.Version)
	w.must(err)
}

func (w *world) lock() {
	w.Helper()
	_, err := w.jury.Lock(w.ctx, w.chair, w.rows.Challenge, true)
	w.must(err)
}

// plan keeps a meeting at which these are there.
func (w *world) plan(quorum int, there ...authz.Actor) meeting.Meeting {
	w.Helper()
	m, err := w.try(quorum, there...)
	w.must(err)
	return m
}

func (w *world) try(quorum int, there ...authz.Actor) (meeting.Meeting, error) {
	presence := map[uuid.UUID]meeting.Presence{}
	for _, p := range there {
		presence[p.PersonID] = meeting.Present
	}
	for _, p := range append([]authz.Actor{w.chair}, w.jurors...) {
		if presence[p.PersonID] == "" {
			presence[p.PersonID] = meeting.Excused
		}
	}
	m, err := w.svc.Save(w.ctx, w.chair, w.rows.Challenge, w.version, meeting.Plan{Place: "Town hall", Language: lang.ES, Quorum: quorum, Secretary: "S. Secretary"}, presence)
	w.version = max(w.version, m.Version)
	return m, err
}

// open locks the scores and opens a meeting of everybody.
func (w *world) open() meeting.Meeting {
	w.Helper()
	w.lock()
	w.plan(3, w.chair, w.jurors[0], w.jurors[1], w.jurors[2], w.official)
	m, err := w.svc.Open(w.ctx, w.chair, w.rows.Challenge, w.version)
	w.must(err)
	w.version = m.Version
	return m
}

// decide calls an entry and keeps a recommendation that everybody in the room is for.
func (w *world) decide(entry int, d meeting.Draft) (meeting.Meeting, error) {
	m, err := w.svc.Call(w.ctx, w.chair, w.rows.Challenge, w.entries[entry].Entry, true)
	if err != nil {
		return m, err
	}
	x := w.item(m, entry)
	if d.Votes == (meeting.Votes{}) {
		d.Votes.For = x.Voters
	}
	return w.svc.SaveItem(w.ctx, w.chair, w.rows.Challenge, w.entries[entry].Entry, x.Version, d)
}

func (w *world) item(m meeting.Meeting, entry int) meeting.Item {
	for _, x := range m.Items {
		if x.Entry == w.entries[entry].Entry {
			return x
		}
	}
	return meeting.Item{}
}

// again reads an actor anew, as the next request would.
func (w *world) again(a authz.Actor) authz.Actor {
	return testkit.Actor(w, w.db, a.PersonID, a.SessionID)
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

func (w *world) count(sql string, args ...any) (n int) {
	w.Helper()
	w.must(w.db.Pool().QueryRow(w.ctx, sql, args...).Scan(&n))
	return n
}

func fields(err error) map[string]string {
	out := map[string]string{}
	if f, ok := fault.As(err); ok {
		for _, x := range f.Fields {
			out[x.Pointer] = x.Code
		}
	}
	return out
}

// relock scores a review anew, with nothing, and locks again.
func (w *world) relock(assignment uuid.UUID) {
	w.Helper()
	a, err := w.jury.Assignment(w.ctx, w.jurors[0], assignment)
	w.must(err)
	s := score.Sheet{w.rows.Criteria["impact"]: 0, w.rows.Criteria["fit"]: 0, w.rows.Criteria["team"]: 0}
	r, err := w.jury.SaveReview(w.ctx, w.jurors[0], assignment, a.Review.Version, jury.Draft{Scores: s, ToTeam: "A comment that is long enough.", Language: "en"})
	w.must(err)
	_, err = w.jury.SubmitReview(w.ctx, w.jurors[0], assignment, r.Version)
	w.must(err)
	w.lock()
}
