package jury_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/record"
	"fieldtrial/internal/testkit"
)

// judged is a world in which two jurors scored two entries.
func judged(t *testing.T) *world {
	w := newWorld(t, 2, 2)
	w.assignAll()
	w.declareAll()
	for i, j := range w.jurors {
		w.judge(j, w.entries[0], 5, 4, 3+i)
		w.judge(j, w.entries[1], 2, 2, 2)
	}
	return w
}

func TestTheLockHoldsInTheDatabase(t *testing.T) {
	t.Parallel()
	w := judged(t)
	j, desk := w.jurors[0], w.desk(w.jurors[0], w.entries[0])
	round, err := w.svc.Lock(w.ctx, w.chair, w.rows.Challenge, false)
	w.must(err)
	if round.Number != 1 || round.Reviews != 4 || w.leaves("round.locked") != 1 {
		t.Errorf("round %+v", round)
	}
	for _, sql := range []string{
		`update reviews set to_team = 'changed'`,
		`update reviews set locked_at = null`,
		`update reviews set submitted_version = null`,
		`delete from reviews`,
		`insert into review_versions (review_id, version, scores, to_team, to_jury, language, total, leaf_id)
			select id, 99, '{}', '', '', 'en', 100, 0 from reviews limit 1`,
		`update rounds set root = sha256('')`,
		`alter table reviews disable trigger reviews_locked`,
	} {
		if _, err := w.db.Pool().Exec(w.ctx, sql); err == nil {
			t.Errorf("after the lock the runtime role may %s", sql)
		}
	}
	_, err = w.svc.SaveReview(w.ctx, j, desk, 1, w.draft(0, 0, 0))
	w.want(err, jury.ErrLocked, "save")
	_, err = w.svc.SubmitReview(w.ctx, j, desk, 1)
	w.want(err, jury.ErrLocked, "submit")
	w.want(w.svc.Recuse(w.ctx, j, desk, "too late"), jury.ErrLocked, "recuse")
	w.want(w.svc.Declare(w.ctx, j, w.rows.Challenge, []uuid.UUID{w.entries[1].Team}), jury.ErrLocked, "declare")
	_, err = w.svc.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.All})
	w.want(err, jury.ErrLocked, "assign")
	_, err = w.svc.Lock(w.ctx, w.chair, w.rows.Challenge, true)
	w.want(err, contest.ErrScoresLocked, "lock again")
}

// Whoever holds the reviews' commitments computes the root anew: RFC 6962 over four sorted leaves.
func TestTheRootCommitsToWhatCounts(t *testing.T) {
	t.Parallel()
	w := judged(t)
	round, err := w.svc.Lock(w.ctx, w.chair, w.rows.Challenge, false)
	w.must(err)
	rows, err := w.db.Pool().Query(w.ctx, `select commitment from record_leaves where kind = 'review.submitted'`)
	w.must(err)
	var all [][]byte
	for rows.Next() {
		var c []byte
		w.must(rows.Scan(&c))
		all = append(all, c)
	}
	slices.SortFunc(all, bytes.Compare)
	leaf := func(b []byte) []byte { s := sha256.Sum256(append([]byte{0}, b...)); return s[:] }
	node := func(a, b []byte) []byte { s := sha256.Sum256(append(append([]byte{1}, a...), b...)); return s[:] }
	want := node(node(leaf(all[0]), leaf(all[1])), node(leaf(all[2]), leaf(all[3])))
	if len(all) != 4 || !bytes.Equal(round.Root, want) {
		t.Errorf("root %x, want %x over %d", round.Root, want, len(all))
	}
}

func TestMissingReviewsMustBeAccepted(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 2)
	w.assignAll()
	w.declareAll()
	w.judge(w.jurors[0], w.entries[0], 5, 5, 5)
	_, err := w.svc.SaveReview(w.ctx, w.jurors[1], w.desk(w.jurors[1], w.entries[0]), 0, w.draft(0, 0, 0))
	w.must(err)
	_, err = w.svc.Lock(w.ctx, w.chair, w.rows.Challenge, false)
	w.want(err, jury.ErrMissing, "lock")
	if f, _ := fault.As(err); f.Params["missing"] != 3 {
		t.Errorf("missing %v, want 3", f.Params["missing"])
	}
	round, err := w.svc.Lock(w.ctx, w.chair, w.rows.Challenge, true)
	w.must(err)
	r, err := w.svc.Ranking(w.ctx, w.chair, w.rows.Challenge)
	w.must(err)
	if round.Reviews != 1 || r.Rows[0].Reviews+r.Rows[1].Reviews != 1 || r.Rows[0].Rank != 0 {
		t.Errorf("a draft counted, or one review was ranked: %+v %+v", round, r.Rows)
	}
}

func TestScoresAreSealedUntilTheLock(t *testing.T) {
	t.Parallel()
	w := judged(t)
	auditor := testkit.Person(t, w.db, "An Auditor", authz.Grant{Role: authz.Auditor, Kind: authz.Contest, ID: w.rows.Contest})
	for name, a := range map[string]authz.Actor{"official": w.official, "auditor": auditor} {
		_, err := w.svc.Matrix(w.ctx, a, w.rows.Challenge)
		w.want(err, jury.ErrSealed, name+" matrix")
		_, err = w.svc.Ranking(w.ctx, a, w.rows.Challenge)
		w.want(err, jury.ErrSealed, name+" ranking")
	}
	m, err := w.svc.Matrix(w.ctx, w.chair, w.rows.Challenge)
	w.must(err)
	if m.Sealed || m.Rows[0].Cells[0].Total == nil || m.Jurors[0].Name == "" || len(m.Jurors) != 2 {
		t.Errorf("the chair who presides: %+v", m)
	}
	judging := w.seated("A Judging Chair", authz.Chair, authz.Juror)
	w.assignAll()
	w.must(w.svc.Declare(w.ctx, judging, w.rows.Challenge, nil))
	m, err = w.svc.Matrix(w.ctx, judging, w.rows.Challenge)
	w.must(err)
	for _, row := range m.Rows {
		for _, c := range row.Cells {
			if c.Total != nil {
				t.Error("a chair who judges sees a score before the lock")
			}
		}
	}
	_, err = w.svc.Ranking(w.ctx, judging, w.rows.Challenge)
	w.want(err, jury.ErrSealed, "a chair who judges, ranking")
	_, err = w.svc.Lock(w.ctx, w.chair, w.rows.Challenge, true)
	w.must(err)
	m, err = w.svc.Matrix(w.ctx, w.official, w.rows.Challenge)
	w.must(err)
	if m.Rows[0].Cells[1].Total == nil || m.Jurors[0].Name != "" || m.Rows[0].Cells[1].Review != nil {
		t.Errorf("the official after the lock: %+v", m.Rows[0])
	}
	r, err := w.svc.Ranking(w.ctx, judging, w.rows.Challenge)
	if err != nil || r.Rows[0].Entry != w.entries[0].Entry || r.Rows[0].Mean != 88 || *r.PooledSD != 2 {
		t.Errorf("after the lock: %+v %v", r, err)
	}
}

func TestReopeningNeedsAReasonAndLocksAgain(t *testing.T) {
	t.Parallel()
	w := judged(t)
	var review uuid.UUID
	j, desk := w.jurors[0], w.desk(w.jurors[0], w.entries[0])
	w.must(w.db.Pool().QueryRow(w.ctx, `select id from reviews where assignment_id = $1`, desk).Scan(&review))
	w.want(w.svc.Reopen(w.ctx, w.chair, review, "not yet"), contest.ErrScoresOpen, "before the lock")
	first, err := w.svc.Lock(w.ctx, w.chair, w.rows.Challenge, false)
	w.must(err)
	w.want(w.svc.Reopen(w.ctx, w.chair, review, " "), fault.ErrInvalid, "without a reason")
	w.want(w.svc.Reopen(w.ctx, w.official, review, "please"), fault.ErrForbidden, "by an official")
	w.want(w.svc.Reopen(w.ctx, j, review, "please"), fault.ErrNotFound, "by a juror")
	w.must(w.svc.Reopen(w.ctx, w.chair, review, "The scores were mixed up."))
	w.want(w.svc.Reopen(w.ctx, w.chair, review, "twice"), jury.ErrReviewOpen, "twice")
	if w.leaves("review.reopened") != 1 || w.count(`select count(*) from notices where kind = 'review-reopened'`) != 1 {
		t.Error("no leaf or no mail")
	}
	_, err = w.svc.SaveReview(w.ctx, w.jurors[1], w.desk(w.jurors[1], w.entries[0]), 1, w.draft(0, 0, 0))
	w.want(err, jury.ErrLocked, "another review")
	w.judge(j, w.entries[0], 1, 1, 1)
	second, err := w.svc.Lock(w.ctx, w.chair, w.rows.Challenge, false)
	w.must(err)
	if second.Number != 2 || second.Reviews != 4 || bytes.Equal(first.Root, second.Root) {
		t.Errorf("rounds %+v, %+v", first, second)
	}
	if _, err := w.svc.SaveReview(w.ctx, j, desk, 2, w.draft(0, 0, 0)); err == nil {
		t.Error("open after the second lock")
	}
	// A reason of an earlier transaction opens nothing.
	if _, err := w.db.Pool().Exec(w.ctx, `update reviews set locked_at = null where id = $1`, review); err == nil {
		t.Error("an old reason unlocked a review")
	}
}

func TestTheLotteryIsDrawnFromTheLockAndTheRecord(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3, 2)
	w.assignAll()
	w.declareAll()
	for _, j := range w.jurors {
		for _, e := range w.entries {
			w.judge(j, e, 3, 3, 3)
		}
	}
	round, err := w.svc.Lock(w.ctx, w.chair, w.rows.Challenge, false)
	w.must(err)
	r, err := w.svc.Ranking(w.ctx, w.chair, w.rows.Challenge)
	w.must(err)
	if !r.Open() || r.Seed != "" || r.Rows[2].Rank != 1 {
		t.Errorf("before the checkpoint: %+v", r.Rows)
	}
	key, err := record.GenerateKey("test.example/log")
	w.must(err)
	signer, err := record.ParseKey(key)
	w.must(err)
	_, err = record.Sequence(w.ctx, w.db, signer)
	w.must(err)
	var root []byte
	w.must(w.db.Pool().QueryRow(w.ctx, `select root from record_checkpoints order by size limit 1`).Scan(&root))
	seed := sha256.Sum256(append(slices.Clone(round.Root), root...))
	r, err = w.svc.Ranking(w.ctx, w.official, w.rows.Challenge)
	w.must(err)
	if r.Seed != hex.EncodeToString(seed[:]) || r.Rows[0].Rank != 1 || r.Rows[2].Rank != 3 || r.Rows[0].Tie != score.ByLottery {
		t.Errorf("after the draw: %s %+v", r.Seed, r.Rows)
	}
	w.must(w.db.InTx(w.ctx, func(tx database.Tx) error { // later checkpoints change nothing
		_, err := record.Append(tx, record.Leaf{Kind: record.KindAgreement, Scope: w.rows.RecordScope, Payload: []byte("{}")})
		return err
	}))
	_, err = record.Sequence(w.ctx, w.db, signer)
	w.must(err)
	later, err := w.svc.Ranking(w.ctx, w.official, w.rows.Challenge)
	if err != nil || later.Seed != r.Seed {
		t.Errorf("the draw changed: %v", err)
	}
}
