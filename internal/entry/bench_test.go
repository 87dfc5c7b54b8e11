package entry

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/embedded"
	"fieldtrial/internal/objstore"
	"fieldtrial/internal/team"
	"fieldtrial/internal/testkit"
)

var private struct {
	once sync.Once
	s3   *embedded.S3
	err  error
	dir  string
}

func TestMain(m *testing.M) {
	embedded.RunS3Child()
	code := m.Run()
	if private.s3 != nil {
		private.s3.Stop()
	}
	if private.dir != "" {
		_ = os.RemoveAll(private.dir)
	}
	os.Exit(code)
}

// store gives a bucket of its own in the one real store of this test binary.
func store(t *testing.T) *objstore.Store {
	t.Helper()
	private.once.Do(func() {
		if private.dir, private.err = os.MkdirTemp("", "entry-s3-"); private.err != nil {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		private.s3, private.err = embedded.StartS3(ctx, embedded.S3Config{Dir: private.dir})
	})
	must(t, private.err)
	s3 := private.s3
	st, err := objstore.Open(objstore.Config{Socket: s3.Socket(), AccessKey: s3.AccessKey(), SecretKey: s3.SecretKey(),
		Bucket: "files-" + uuid.NewString()[:8], Syncer: s3})
	must(t, err)
	must(t, st.EnsureBucket(t.Context()))
	return st
}

// bench is a challenge, a team with an owner and a service on a real database.
type bench struct {
	*Service
	db    *database.DB
	c     testkit.ChallengeRows
	team  uuid.UUID
	owner authz.Actor
	web   *httptest.Server // the store's proxy, where there is one
}

var linkKey = bytes.Repeat([]byte("k"), 32)

func newBench(t *testing.T, opts ...testkit.ChallengeOption) *bench {
	t.Helper()
	db := testkit.DB(t)
	b := &bench{db: db, c: testkit.OpenChallenge(t, db, opts...), Service: New(db, nil, nil, Config{LinkKey: linkKey})}
	b.team, b.owner = b.newTeam(t, "First Owner")
	return b
}

// withFiles gives the bench a real store. Call it before anything is uploaded.
func (b *bench) withFiles(t *testing.T, scanner Scanner, cfg Config) *bench {
	t.Helper()
	st := store(t)
	cfg.LinkKey = linkKey
	b.Service = New(b.db, st, scanner, cfg)
	b.web = httptest.NewServer(st.Proxy())
	t.Cleanup(b.web.Close)
	return b
}

// newTeam makes a person with a team of their own.
func (b *bench) newTeam(t *testing.T, owner string) (uuid.UUID, authz.Actor) {
	t.Helper()
	a := testkit.Person(t, b.db, owner)
	of, err := team.New(b.db).Create(t.Context(), a, team.Form{Name: "Team of " + owner, Kind: "startup", Country: "ES"})
	must(t, err)
	return of.ID, testkit.Actor(t, b.db, a.PersonID, a.SessionID)
}

// join makes a person with a role in the bench's team.
func (b *bench) join(t *testing.T, name string, role authz.Role) authz.Actor {
	t.Helper()
	return testkit.Person(t, b.db, name, authz.Grant{Role: role, Kind: authz.Team, ID: b.team})
}

func (b *bench) begin(t *testing.T) uuid.UUID { t.Helper(); return b.beginAs(t, b.owner, b.team) }

func (b *bench) beginAs(t *testing.T, actor authz.Actor, team uuid.UUID) uuid.UUID {
	t.Helper()
	v, err := b.Begin(t.Context(), actor, b.c.Slug, team, "en")
	must(t, err)
	return v.ID
}

// fill answers every required question and puts a pitch in place by hand.
func (b *bench) fill(t *testing.T, actor authz.Actor, id uuid.UUID) {
	t.Helper()
	_, err := b.SaveAnswers(t.Context(), actor, id, []Typed{
		{b.c.Fields["title"], "Clean air", 0}, {b.c.Fields["summary"], "Sensors on lamps.", 0}, {b.c.Fields["stage"], "pilot", 0}})
	must(t, err)
	testkit.Exec(t, b.db, `insert into files (id, entry_id, field_id, name, size, declared_type, detected_type, sha256, object_key, part_size, state, completed_at)
		values ($1, $2, $3, 'pitch.pdf', 10, 'application/pdf', 'application/pdf', sha256('pitch'), $4, 8388608, 'clean', clock_timestamp())`,
		testkit.NewID(), id, b.c.Fields["pitch"], uuid.NewString())
}

func (b *bench) save(t *testing.T, actor authz.Actor, id uuid.UUID, key, value string, version int) Saved {
	t.Helper()
	s, err := b.SaveAnswers(t.Context(), actor, id, []Typed{{b.c.Fields[key], value, version}})
	must(t, err)
	return s
}

// closeNow moves the deadline into the past.
func (b *bench) closeNow(t *testing.T) {
	t.Helper()
	testkit.Exec(t, b.db, `update challenges set closes_at = clock_timestamp() - interval '1 millisecond',
		judging_ends_at = clock_timestamp() + interval '1 day', results_at = clock_timestamp() + interval '2 days' where id = $1`, b.c.Challenge)
}

func (b *bench) count(t *testing.T, sql string, args ...any) int {
	t.Helper()
	var n int
	must(t, b.db.Pool().QueryRow(t.Context(), sql, args...).Scan(&n))
	return n
}

// send uploads a file whole and completes it.
func (b *bench) send(t *testing.T, actor authz.Actor, id uuid.UUID, field, name, typ string, content []byte) File {
	t.Helper()
	u, err := b.StartUpload(t.Context(), actor, id, FileStart{b.c.Fields[field], name, int64(len(content)), typ})
	must(t, err)
	b.putParts(t, actor, u, content)
	f, err := b.CompleteUpload(t.Context(), actor, u.File.ID)
	must(t, err)
	return f
}

func (b *bench) putParts(t *testing.T, actor authz.Actor, u Upload, content []byte, only ...int) {
	t.Helper()
	if len(only) == 0 {
		for n := 1; n <= u.PartCount; n++ {
			only = append(only, n)
		}
	}
	links, _, err := b.SignParts(t.Context(), actor, u.File.ID, only)
	must(t, err)
	for _, l := range links {
		from := int64(l.Number-1) * u.PartSize
		part := content[from:min(from+u.PartSize, int64(len(content)))]
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPut, b.web.URL+l.URL, bytes.NewReader(part))
		must(t, err)
		res, err := http.DefaultClient.Do(req)
		must(t, err)
		text, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if res.StatusCode != http.StatusOK {
			t.Fatalf("part %d: %d %s", l.Number, res.StatusCode, text)
		}
	}
}

// pdf is a small document that is what it claims to be, n bytes long.
func pdf(n int) []byte {
	head := "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n"
	if n < len(head) {
		n = len(head)
	}
	return []byte(head + strings.Repeat("x", n-len(head)))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func codes(v any) string { return fmt.Sprint(v) }
