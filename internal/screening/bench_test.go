package screening

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/testkit"
)

// bench is a challenge whose deadline has passed, with an official of its city.
type bench struct {
	*Service
	db       *database.DB
	c        testkit.ChallengeRows
	official authz.Actor
	entries  *entry.Service
}

func newBench(t *testing.T, opts ...testkit.ChallengeOption) *bench {
	t.Helper()
	db := testkit.DB(t)
	if len(opts) == 0 {
		opts = []testkit.ChallengeOption{testkit.Opens(-48 * time.Hour), testkit.Closes(-time.Hour)}
	}
	b := &bench{Service: New(db), db: db, c: testkit.OpenChallenge(t, db, opts...)}
	b.official = testkit.Person(t, db, "Olga", authz.Grant{Role: authz.Official, Kind: authz.City, ID: b.c.City})
	b.entries = entry.New(db, nil, nil, entry.Config{LinkKey: make([]byte, 32)})
	return b
}

// entered adds submitted entries, named A, B, C …
func (b *bench) entered(t *testing.T, n int) []testkit.EntryRows {
	t.Helper()
	out := make([]testkit.EntryRows, n)
	for i := range out {
		out[i] = testkit.Entered(t, b.db, b.c, "Team "+string(rune('A'+i)))
		testkit.Exec(t, b.db, `update entries set reference = $2 where id = $1`, out[i].Entry, "FT-"+string(rune('1'+i)))
		testkit.Exec(t, b.db, `update submissions set files = jsonb_set(files, '{0,sha256}', to_jsonb(encode(sha256('x'), 'hex'))) where entry_id = $1`, out[i].Entry)
		testkit.Exec(t, b.db, `insert into answers (entry_id, field_id, value) select $1, f.id, s.answers ->> f.key from form_fields f
			join submissions s on s.entry_id = $1 where f.challenge_id = $2 and s.answers ? f.key`, out[i].Entry, b.c.Challenge)
	}
	return out
}

func (b *bench) do(t *testing.T, r Request) Run {
	t.Helper()
	run, err := b.Do(t.Context(), b.official, b.c.Challenge, r)
	must(t, err)
	return run
}

func (b *bench) all(t *testing.T, f Filter) Overview {
	t.Helper()
	o, err := b.Overview(t.Context(), b.official, b.c.Challenge, f, "", 100)
	must(t, err)
	return o
}

func (b *bench) count(t *testing.T, sql string, args ...any) int {
	t.Helper()
	var n int
	must(t, b.db.Pool().QueryRow(t.Context(), sql, args...).Scan(&n))
	return n
}

func ids(list ...testkit.EntryRows) []uuid.UUID {
	out := make([]uuid.UUID, len(list))
	for i, e := range list {
		out[i] = e.Entry
	}
	return out
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
