package award_test

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
	"fieldtrial/internal/testkit"
)

// world is a judged and locked challenge: the first entry scored best, and so on downwards.
type world struct {
	*testing.T
	ctx      context.Context
	db       *database.DB
	jury     *jury.Service
	svc      *award.Service
	rows     testkit.ChallengeRows
	entries  []testkit.EntryRows
	jurors   []authz.Actor
	chair    authz.Actor
	official authz.Actor
}

func newWorld(t *testing.T, entries int) *world {
	db := testkit.DB(t)
	return in(t, db, testkit.Programme(t, db), "challenge", entries)
}

// in makes a judged challenge in a programme. Names of people carry the slug.
func in(t *testing.T, db *database.DB, p testkit.ProgrammeRows, slug string, entries int) *world {
	t.Helper()
	w := &world{T: t, ctx: t.Context(), db: db, jury: jury.New(db, nil), svc: award.New(db)}
	w.rows = testkit.OpenChallenge(t, db, testkit.In(p), testkit.Named(slug), testkit.Opens(-240*time.Hour), testkit.Closes(-time.Hour))
	for i := range entries {
		w.entries = append(w.entries, testkit.Entered(t, db, w.rows, fmt.Sprintf("%s-%d", slug, i+1)))
	}
	seated := func(name string, role authz.Role) authz.Actor {
		a := testkit.Person(t, db, slug+" "+name, authz.Grant{Role: role, Kind: authz.Contest, ID: w.rows.Contest})
		w.must(db.InTx(w.ctx, func(tx database.Tx) error { return jury.Seat(tx, a.PersonID, w.rows.Contest, nil) }))
		return a
	}
	w.jurors = []authz.Actor{seated("Juror A", authz.Juror), seated("Juror B", authz.Juror)}
	w.chair = seated("Chair", authz.Chair)
	w.official = testkit.Person(t, db, slug+" Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: w.rows.City})
	_, err := w.jury.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.All})
	w.must(err)
	for n, j := range w.jurors {
		w.must(w.jury.Declare(w.ctx, j, w.rows.Challenge, nil))
		q, err := w.jury.Queue(w.ctx, j, w.rows.Challenge)
		w.must(err)
		for _, item := range q.Items {
			for i, e := range w.entries {
				if e.Entry == item.Entry.EntryID {
					w.review(j, item.Assignment, 5-i, fmt.Sprintf("Comment %d on entry %d, long enough.", n+1, i+1))
				}
			}
		}
	}
	return w
}

func (w *world) review(j authz.Actor, assignment uuid.UUID, n int, comment string) {
	w.Helper()
	s := score.Sheet{w.rows.Criteria["impact"]: n, w.rows.Criteria["fit"]: n, w.rows.Criteria["team"]: n}
	r, err := w.jury.SaveReview(w.ctx, j, assignment, 0, jury.Draft{Scores: s, ToTeam: comment, Language: "en"})
	w.must(err)
	_, err = w.jury.SubmitReview(w.ctx, j, assignment, r.Version)
	w.must(err)
}

func (w *world) lock() {
	w.Helper()
	_, err := w.jury.Lock(w.ctx, w.chair, w.rows.Challenge, true)
	w.must(err)
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

func (w *world) win(entry, place int) award.Choice {
	slot := w.rows.Slot
	return award.Choice{Entry: w.entries[entry].Entry, Outcome: award.Winner, Place: place, Slot: &slot, Feedback: "We look forward to it."}
}

func (w *world) reserve(entry, place int) award.Choice {
	return award.Choice{Entry: w.entries[entry].Entry, Outcome: award.Reserve, Place: place}
}

func (w *world) no(entry int) award.Choice {
	return award.Choice{Entry: w.entries[entry].Entry, Outcome: award.NotSelected}
}

func (w *world) save(version int, choices ...award.Choice) (award.Decision, error) {
	return w.svc.Save(w.ctx, w.official, w.rows.Challenge, version, award.Draft{Language: "es", Choices: choices})
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
