package jury_test

import (
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/jury"
	"fieldtrial/internal/testkit"
)

func TestFailedEntriesAreNotAssignedAndUncheckedOnesAreNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 4, 2)
	testkit.Exec(t, w.db, `update entries set eligible = false where id = $1`, w.entries[0].Entry)
	testkit.Exec(t, w.db, `update entries set eligible = true where id = $1`, w.entries[1].Entry)
	run := testkit.NewID()
	testkit.Exec(t, w.db, `insert into screening_runs (id, challenge_id, act, entries) values ($1, $2, 'correct', '{}')`, run, w.rows.Challenge)
	testkit.Exec(t, w.db, `insert into corrections (id, entry_id, run_id, fields, until, language, before)
		select gen_random_uuid(), e.id, $2, $3, clock_timestamp() + interval '1 hour', 'en', e.last_submission_id from entries e where e.id = $1`,
		w.entries[2].Entry, run, []uuid.UUID{w.rows.Fields["title"]})
	a, err := w.svc.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.All})
	w.must(err)
	if a.Entries != 3 || a.Added != 6 || a.Unscreened != 2 || a.Correcting != 1 {
		t.Errorf("assigned: %+v", a)
	}
	var n int
	w.must(w.db.Pool().QueryRow(w.ctx, `select count(*) from assignments where entry_id = $1`, w.entries[0].Entry).Scan(&n))
	if n != 0 {
		t.Errorf("a failed entry went to %d jurors", n)
	}
}
