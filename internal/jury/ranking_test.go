package jury_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/testkit"
)

// The lock computes the ranking once, stores it and puts its hash on record; nothing is fitted again
// until the next lock.
func TestTheRankingIsStoredWithTheLock(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3, 3)
	w.assignAll()
	w.declareAll()
	for i, j := range w.jurors {
		w.judge(j, w.entries[0], 5, 4, 5-i)
		w.judge(j, w.entries[1], 3, 3, 4-i)
		w.judge(j, w.entries[2], 2, i, 1)
	}
	before, err := w.svc.Ranking(w.ctx, w.chair, w.rows.Challenge)
	w.must(err)
	if before.Fit == nil || before.Order != contest.ByRaw || before.Places < 1 || len(before.Panel) != 3 || before.Panel[0].Name == "" {
		t.Errorf("before the lock: %+v", before.Assessment)
	}
	_, err = w.svc.Lock(w.ctx, w.chair, w.rows.Challenge, false)
	w.must(err)
	var body, payload string
	w.must(w.db.Pool().QueryRow(w.ctx, `select k.body, convert_from(o.payload, 'UTF8') from rankings k
		join rounds r on r.challenge_id = k.challenge_id and r.number = k.number
		join record_openings o on o.leaf_id = r.leaf_id where k.challenge_id = $1`, w.rows.Challenge).Scan(&body, &payload))
	var leaf struct{ Order, Ranking string }
	w.must(json.Unmarshal([]byte(payload), &leaf))
	if sum := sha256.Sum256([]byte(body)); leaf.Order != "raw" || leaf.Ranking != base64.StdEncoding.EncodeToString(sum[:]) {
		t.Errorf("on record: %s", payload)
	}
	for _, sql := range []string{`update rankings set body = '{}'`, `delete from rankings`} {
		if _, err := w.db.Pool().Exec(w.ctx, sql); err == nil {
			t.Errorf("the runtime role may %s", sql)
		}
	}
	locked, err := w.svc.Ranking(w.ctx, w.official, w.rows.Challenge)
	w.must(err)
	if locked.Rows[0].Entry != w.entries[0].Entry || *locked.Rows[0].Calibrated != *before.Rows[0].Calibrated || locked.Panel[0].Name != "" {
		t.Errorf("after the lock: %+v", locked.Rows[0])
	}
	var review uuid.UUID
	w.must(w.db.Pool().QueryRow(w.ctx, `select id from reviews where assignment_id = $1`, w.desk(w.jurors[0], w.entries[0])).Scan(&review))
	w.must(w.svc.Reopen(w.ctx, w.chair, review, "The scores were mixed up."))
	w.judge(w.jurors[0], w.entries[0], 0, 0, 0)
	still, err := w.svc.Ranking(w.ctx, w.official, w.rows.Challenge)
	w.must(err)
	if still.Rows[0].Mean != locked.Rows[0].Mean || *still.Rows[0].Worth != *locked.Rows[0].Worth {
		t.Error("a review that was opened again changed the order before the next lock")
	}
	_, err = w.svc.Lock(w.ctx, w.chair, w.rows.Challenge, false)
	w.must(err)
	next, err := w.svc.Ranking(w.ctx, w.official, w.rows.Challenge)
	w.must(err)
	if row(next, w.entries[0].Entry).Mean >= row(locked, w.entries[0].Entry).Mean || w.count(`select count(*) from rankings`) != 2 {
		t.Error("the second lock has no ranking of its own")
	}
}

func row(r jury.Ranking, entry uuid.UUID) jury.StandingRow {
	for _, x := range r.Rows {
		if x.Entry == entry {
			return x
		}
	}
	return jury.StandingRow{}
}

// What was chosen before opening decides: entry 1 met the strict juror, entry 2 did not.
func TestTheChosenOrderDecides(t *testing.T) {
	t.Parallel()
	for _, order := range []contest.Order{contest.ByRaw, contest.ByCalibrated} {
		w := newWorld(t, 6, 3)
		testkit.Exec(t, w.db, `update contests set official_order = $1`, string(order))
		w.assignAll()
		w.declareAll()
		for i, e := range w.entries {
			for k, j := range w.jurors {
				n := 4 - i/2
				if k == 2 {
					n -= 2
				}
				if i == 0 && k == 1 || i == 1 && k == 2 {
					continue // entry 1 misses a lenient juror, entry 2 the strict one
				}
				w.judge(j, e, n, n, max(0, n-i%2))
			}
		}
		_, err := w.svc.Lock(w.ctx, w.chair, w.rows.Challenge, true)
		w.must(err)
		r, err := w.svc.Ranking(w.ctx, w.official, w.rows.Challenge)
		w.must(err)
		first, second := row(r, w.entries[0].Entry), row(r, w.entries[1].Entry)
		if first.RawRank <= second.RawRank || first.CalibratedRank >= second.CalibratedRank {
			t.Fatalf("raw ranks %d and %d, calibrated %d and %d: this tries nothing", first.RawRank, second.RawRank, first.CalibratedRank, second.CalibratedRank)
		}
		if byRaw := order == contest.ByRaw; r.Order != order || (first.Rank > second.Rank) != byRaw {
			t.Errorf("%s: ranks %d and %d", order, first.Rank, second.Rank)
		}
		c, err := contest.Load(w.ctx, w.db.Pool(), w.rows.Challenge)
		w.must(err)
		told, err := jury.FeedbackOf(w.ctx, w.db.Pool(), c, w.entries[0].Entry)
		w.must(err)
		if byRaw := order == contest.ByRaw; (told.Counts == nil) != byRaw || !byRaw && *told.Counts != *first.Calibrated {
			t.Errorf("%s: the team is told %v counts", order, told.Counts)
		}
	}
}

// The ranking is computed before the challenge is held, and again under the lock only where a review came
// in between: the largest contest is not held up while its jurors are left out one by one.
func TestTheRankingIsMadeReadyBeforeTheLock(t *testing.T) {
	t.Parallel()
	for _, late := range []bool{false, true} {
		w := newWorld(t, 3, 3)
		w.assignAll()
		w.declareAll()
		for i, j := range w.jurors {
			for k, e := range w.entries {
				w.judge(j, e, 5-k, 4, 5-i)
			}
		}
		early, err := w.svc.Prepare(w.ctx, w.chair, w.rows.Challenge)
		w.must(err)
		early.Mark()
		if late {
			w.judge(w.jurors[0], w.entries[0], 0, 0, 0)
		}
		w.must(w.db.InTx(w.ctx, func(tx database.Tx) error { return jury.LockWith(tx, w.chair, w.rows.Challenge, early) }))
		var body string
		w.must(w.db.Pool().QueryRow(w.ctx, `select body from rankings where challenge_id = $1`, w.rows.Challenge).Scan(&body))
		if (body == early.Body()) == late {
			t.Errorf("a review in between: %v; stored is what was made ready: %v", late, body == early.Body())
		}
	}
}
