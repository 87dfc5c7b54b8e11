package pitch_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/pitch"
	"fieldtrial/internal/testkit"
)

// world is a challenge with a pitch round of at most two, 40 per cent, on clarity (60, 0 to 5) and proof
// (40, 0 to 10). Three jurors and a chair have judged four entries: 100, 80, 60, 40 points.
type world struct {
	*testing.T
	ctx      context.Context
	db       *database.DB
	jury     *jury.Service
	svc      *pitch.Service
	rows     testkit.ChallengeRows
	entries  []testkit.EntryRows
	jurors   []authz.Actor
	chair    authz.Actor
	official authz.Actor
	criteria []contest.Criterion
}

func text(s string) lang.Text { return lang.Text{"en": s, "es": s, "ja": s} }

func plan(invited, share int) pitch.Plan {
	k := func(key string, weight, highest int) contest.Criterion {
		c := contest.Criterion{Key: key, Weight: weight, Highest: highest, Name: text(key)}
		for n := range highest + 1 {
			c.Anchors = append(c.Anchors, text(fmt.Sprint("Score ", n)))
		}
		return c
	}
	return pitch.Plan{Held: true, Invited: invited, Share: share, Criteria: []contest.Criterion{k("clarity", 60, 5), k("proof", 40, 10)}}
}

// announced is a challenge that opens tomorrow, with its host.
func announced(t *testing.T) *world {
	t.Helper()
	db := testkit.DB(t)
	w := &world{T: t, ctx: t.Context(), db: db, jury: jury.New(db, nil), svc: pitch.New(db)}
	w.rows = testkit.OpenChallenge(t, db, testkit.Opens(24*time.Hour))
	w.official = testkit.Person(t, db, "An Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: w.rows.City})
	return w
}

// judged is a challenge after the jury's lock.
func judged(t *testing.T) *world {
	t.Helper()
	w := announced(t)
	p, err := w.svc.SavePlan(w.ctx, w.official, w.rows.Challenge, 0, plan(2, 40))
	w.must(err)
	w.criteria = p.Criteria
	testkit.Exec(t, w.db, `update challenges set opens_at = clock_timestamp() - interval '10 days', closes_at = clock_timestamp() - interval '1 hour' where id = $1`, w.rows.Challenge)
	for i := range 4 {
		w.entries = append(w.entries, testkit.Entered(t, w.db, w.rows, fmt.Sprintf("Team%d", i+1)))
	}
	for _, name := range []string{"Juror A", "Juror B", "Juror C"} {
		w.jurors = append(w.jurors, w.seated(name, authz.Juror))
	}
	w.chair = w.seated("The Chair", authz.Chair)
	_, err = w.jury.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.All})
	w.must(err)
	for _, j := range w.jurors {
		w.must(w.jury.Declare(w.ctx, j, w.rows.Challenge, nil))
		for i, n := range []int{5, 4, 3, 2} {
			w.review(j, w.assignment(j, i), n)
		}
	}
	w.must(w.jury.Declare(w.ctx, w.chair, w.rows.Challenge, nil))
	_, err = w.jury.Lock(w.ctx, w.chair, w.rows.Challenge, true)
	w.must(err)
	return w
}

func (w *world) seated(name string, role authz.Role) authz.Actor {
	a := testkit.Person(w, w.db, name, authz.Grant{Role: role, Kind: authz.Contest, ID: w.rows.Contest})
	w.must(w.db.InTx(w.ctx, func(tx database.Tx) error { return jury.Seat(tx, a.PersonID, w.rows.Contest, nil) }))
	return a
}

func (w *world) assignment(j authz.Actor, entry int) (id uuid.UUID) {
	w.Helper()
	w.must(w.db.Pool().QueryRow(w.ctx, `select a.id from assignments a join seats s on s.id = a.seat_id
		where s.person_id = $1 and a.entry_id = $2`, j.PersonID, w.entries[entry].Entry).Scan(&id))
	return id
}

func (w *world) review(j authz.Actor, assignment uuid.UUID, n int) {
	w.Helper()
	s := score.Sheet{w.rows.Criteria["impact"]: n, w.rows.Criteria["fit"]: n, w.rows.Criteria["team"]: n}
	r, err := w.jury.SaveReview(w.ctx, j, assignment, 0, jury.Draft{Scores: s, ToTeam: "A comment that is long enough.", Language: "en"})
	w.must(err)
	_, err = w.jury.SubmitReview(w.ctx, j, assignment, r.Version)
	w.must(err)
}

// invite is a line of the shortlist, an hour apart from the others.
func (w *world) invite(entry int, reason string) pitch.Named {
	return pitch.Named{Entry: w.entries[entry].Entry, Invited: true, Reason: reason, At: time.Now().Add(time.Duration(24+entry) * time.Hour), Place: "Town hall"}
}

func (w *world) pass(entry int, reason string) pitch.Named {
	return pitch.Named{Entry: w.entries[entry].Entry, Reason: reason}
}

func (w *world) name(list ...pitch.Named) pitch.Round {
	w.Helper()
	r, err := w.svc.Name(w.ctx, w.chair, w.rows.Challenge, list)
	w.must(err)
	return r
}

// score keeps a sheet over what is there.
func (w *world) score(j authz.Actor, entry, clarity, proof int) {
	w.Helper()
	_, err := w.try(j, entry, score.Sheet{w.criteria[0].ID: clarity, w.criteria[1].ID: proof})
	w.must(err)
}

func (w *world) try(j authz.Actor, entry int, sheet score.Sheet) (pitch.Heard, error) {
	d, err := w.svc.Desk(w.ctx, j, w.rows.Challenge)
	if err != nil {
		return pitch.Heard{}, err
	}
	version := 0
	for _, h := range d.Items {
		if h.Entry.EntryID == w.entries[entry].Entry {
			version = h.Version
		}
	}
	h, _, err := w.svc.Score(w.ctx, j, w.rows.Challenge, w.entries[entry].Entry, version, sheet, "Heard.")
	return h, err
}

func (w *world) lock(acceptMissing bool) (pitch.Round, error) {
	var version int
	w.must(w.db.Pool().QueryRow(w.ctx, `select version from pitch_rounds where challenge_id = $1`, w.rows.Challenge).Scan(&version))
	return w.svc.Lock(w.ctx, w.chair, w.rows.Challenge, version, acceptMissing)
}

// recuse takes somebody off an entry and reads the actor anew, as the next request would.
func (w *world) recuse(a authz.Actor, entry int) authz.Actor {
	w.Helper()
	w.must(w.db.InTx(w.ctx, func(tx database.Tx) error {
		return authz.Exclude(tx, a.PersonID, w.entries[entry].Entry, "recusal", "Found out.")
	}))
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
