package jury_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/testkit"
)

// meter counts the bytes that the database answers with.
type meter struct {
	database.Queryer
	bytes int
}

func (m *meter) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	rows, err := m.Queryer.Query(ctx, sql, args...)
	return meteredRows{rows, m}, err
}

// QueryRow asks once more for what it gives, to see how much it is.
func (m *meter) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	if rows, err := m.Query(ctx, sql, args...); err == nil {
		for rows.Next() {
		}
		rows.Close()
	}
	return m.Queryer.QueryRow(ctx, sql, args...)
}

type meteredRows struct {
	pgx.Rows
	m *meter
}

func (r meteredRows) Next() bool {
	ok := r.Rows.Next()
	if ok {
		for _, v := range r.RawValues() {
			r.m.bytes += len(v)
		}
	}
	return ok
}

// Every team of a contest reads its feedback in the same minutes: a team's answer must not grow with the
// number of entries.
func TestFeedbackReadsATeamsOwnLineAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3, 3)
	testkit.Exec(t, w.db, `update contests set official_order = 'calibrated'`)
	w.assignAll()
	w.declareAll()
	for i, e := range w.entries {
		for k, j := range w.jurors {
			w.judge(j, e, 4-i, 4-k, 3)
		}
	}
	_, err := w.svc.Lock(w.ctx, w.chair, w.rows.Challenge, true)
	w.must(err)
	c, err := contest.Load(w.ctx, w.db.Pool(), w.rows.Challenge)
	w.must(err)
	ask := func() (float64, int) {
		m := meter{Queryer: w.db.Pool()}
		told, err := jury.FeedbackOf(w.ctx, &m, c, w.entries[1].Entry)
		w.must(err)
		return *told.Counts, m.bytes
	}
	counts, few := ask()
	testkit.Exec(t, w.db, `insert into rounds (challenge_id, number, root, reviews, leaf_id, locked_by, locked_at)
		select challenge_id, number + 1, root, reviews, leaf_id, locked_by, locked_at from rounds`)
	testkit.Exec(t, w.db, `insert into rankings (challenge_id, number, hash, body) select challenge_id, number + 1, hash,
		jsonb_set(body::jsonb, '{entries}', body::jsonb -> 'entries' ||
			(select jsonb_agg(jsonb_build_object('entry', gen_random_uuid(), 'calibrated', n)) from generate_series(1, 1000) n))::text from rankings`)
	if again, many := ask(); few < 500 || many != few || again != counts {
		t.Errorf("of 3 entries %d bytes were read (%v), of 1,003 entries %d (%v)", few, counts, many, again)
	}
}
