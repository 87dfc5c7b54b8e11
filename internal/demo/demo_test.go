package demo_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/app/seed"
	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/demo"
	"fieldtrial/internal/embedded"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/kpi"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/objstore"
	"fieldtrial/internal/record"
	"fieldtrial/internal/testkit"
)

func TestMain(m *testing.M) {
	embedded.RunS3Child()
	os.Exit(m.Run())
}

func deps(t *testing.T) demo.Deps {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	s3, err := embedded.StartS3(ctx, embedded.S3Config{Dir: t.TempDir()})
	must(t, err)
	t.Cleanup(s3.Stop)
	st, err := objstore.Open(objstore.Config{Socket: s3.Socket(), AccessKey: s3.AccessKey(), SecretKey: s3.SecretKey(), Bucket: "files-" + uuid.NewString()[:8], Syncer: s3})
	must(t, err)
	must(t, st.EnsureBucket(t.Context()))
	db := testkit.DB(t)
	_, err = seed.MSec(t.Context(), seed.Deps{DB: db}, seed.Options{})
	must(t, err)
	return demo.Deps{DB: db, Store: st}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func value[T any](t *testing.T, db *database.DB, sql string, args ...any) (v T) {
	t.Helper()
	must(t, db.Pool().QueryRow(t.Context(), sql, args...).Scan(&v))
	return v
}

// said is all that a demonstration says, without ids and random parts.
const said = `select md5(string_agg(x, '|' order by x)) from (
	select concat_ws('/', k.slug, t.name, t.latin_name, t.kind, t.country, t.city, e.language, e.state, e.eligible, s.answers::text, s.submitted_at - k.opens_at,
		(select string_agg(v.total::text || v.to_team, ',' order by v.total, v.to_team) from review_versions v join reviews r on r.id = v.review_id where r.entry_id = e.id),
		(select outcome || coalesce(place, 0) from decisions d where d.entry_id = e.id)) as x
	from entries e join teams t on t.id = e.team_id join challenges c on c.id = e.challenge_id join contests k on k.id = c.contest_id
	left join submissions s on s.id = e.last_submission_id where k.rehearsal) y`

func TestEveryPhaseHasAContest(t *testing.T) {
	t.Parallel()
	d := deps(t)
	ctx := t.Context()
	counts := func() string {
		var b strings.Builder
		must(t, kpi.WriteParticipation(ctx, d.DB, &b, lang.EN, kpi.Filter{Actor: authz.System}))
		for _, l := range strings.Split(b.String(), "\n") {
			if strings.Contains(l, "FT-") && !strings.Contains(strings.ToLower(l), "rehearsal") {
				return l
			}
		}
		return ""
	}
	r, err := demo.Seed(ctx, d, demo.Options{Entries: 200, Seed: 7, Password: "demo password"})
	must(t, err)
	if r.Contests != 10 || r.Challenges != 20 || r.Entries != 200 || r.Teams != 200 || r.Files != 200 || r.Submitted < 140 || r.Submitted > 190 || r.Reviews < 150 {
		t.Errorf("%+v", r)
	}
	if l := counts(); l != "" {
		t.Errorf("counted: %s", l)
	}
	phases := map[contest.Phase]int{}
	rows, err := d.DB.Pool().Query(ctx, `select c.id from challenges c join contests k on k.id = c.contest_id where k.rehearsal`)
	must(t, err)
	ids := []uuid.UUID{}
	for rows.Next() {
		var id uuid.UUID
		must(t, rows.Scan(&id))
		ids = append(ids, id)
	}
	now, err := d.DB.Now(ctx)
	must(t, err)
	for _, id := range ids {
		c, err := contest.Load(ctx, d.DB.Pool(), id)
		must(t, err)
		phases[c.Phase(now)]++
	}
	want := map[contest.Phase]int{contest.Draft: 2, contest.Announced: 2, contest.Open: 2, contest.Closed: 4, contest.Judging: 2, contest.Deliberation: 2, contest.Results: 6}
	for p, n := range want {
		if phases[p] != n {
			t.Errorf("%s: %d challenges, want %d (%v)", p, phases[p], n, phases)
		}
	}
	for what, sql := range map[string]string{
		"teams that count":             `select count(*) from teams where not test`,
		"notices":                      `select count(*) from notices`,
		"submissions without a leaf":   `select count(*) from submissions s left join record_leaves l on l.id = s.leaf_id where l.kind is distinct from 'entry.received'`,
		"entries after their deadline": `select count(*) from submissions s join entries e on e.id = s.entry_id join challenges c on c.id = e.challenge_id where c.deadline_leaf < s.leaf_id`,
		"closed without a deadline":    `select count(*) from challenges c join contests k on k.id = c.contest_id where k.rehearsal and k.closes_at < now() and c.published_at is not null and c.deadline_leaf is null`,
		"winners with a real slot":     `select count(*) from awards`,
	} {
		if n := value[int](t, d.DB, sql); n != 0 {
			t.Errorf("%d %s", n, what)
		}
	}
	if n := value[int](t, d.DB, `select count(distinct language) * 100 + count(distinct t.country) from entries e join teams t on t.id = e.team_id`); n < 310 {
		t.Errorf("languages and countries: %d", n)
	}
	if spread := value[float64](t, d.DB, `select stddev(total)::float8 from review_versions`); spread < 8 || spread > 30 {
		t.Errorf("the totals spread by %.1f", spread)
	}
	documents(t, d)
	receipts(t, d)
}

// documents reads what lies in the store: valid PDFs with the entry's own words, under their hash.
func documents(t *testing.T, d demo.Deps) {
	t.Helper()
	rows, err := d.DB.Pool().Query(t.Context(), `select f.object_key, encode(f.sha256, 'hex'), a.value, e.language from files f join entries e on e.id = f.entry_id
		join answers a on a.entry_id = e.id join form_fields ff on ff.id = a.field_id and ff.key = 'project-title' order by e.language, f.id limit 200`)
	must(t, err)
	defer rows.Close()
	tried := map[string]int{}
	for rows.Next() {
		var key, sum, title, language string
		must(t, rows.Scan(&key, &sum, &title, &language))
		body, _, err := d.Store.Get(t.Context(), key, nil)
		must(t, err)
		b, err := io.ReadAll(body)
		must(t, err)
		must(t, body.Close())
		if got := sha256.Sum256(b); hex.EncodeToString(got[:]) != sum {
			t.Fatalf("%s has another hash", key)
		}
		wellFormed(t, b)
		tried[language]++
		if tried[language] <= 2 {
			readable(t, b, title)
		}
	}
	if len(tried) != 3 {
		t.Errorf("documents by language: %v", tried)
	}
}

var startxref = regexp.MustCompile(`startxref\n(\d+)\n%%EOF\n$`)

// wellFormed checks that the table of objects points where the objects are.
func wellFormed(t *testing.T, b []byte) {
	t.Helper()
	m := startxref.FindSubmatch(b)
	if !bytes.HasPrefix(b, []byte("%PDF-1.5\n")) || m == nil {
		t.Fatalf("no PDF: %.40q", b)
	}
	at, err := strconv.Atoi(string(m[1]))
	must(t, err)
	lines := strings.Split(string(b[at:]), "\n")
	if lines[0] != "xref" {
		t.Fatalf("no table at %d", at)
	}
	for i, l := range lines[3:11] {
		o, err := strconv.Atoi(l[:10])
		must(t, err)
		if !bytes.HasPrefix(b[o:], []byte(strconv.Itoa(i+1)+" 0 obj\n")) {
			t.Fatalf("object %d is not at %d", i+1, o)
		}
	}
}

// readable asks another program what the document says.
func readable(t *testing.T, b []byte, title string) {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		return // the table above is checked in any case
	}
	path := filepath.Join(t.TempDir(), "x.pdf")
	must(t, os.WriteFile(path, b, 0o600))
	out, err := exec.Command("pdftotext", path, "-").CombinedOutput()
	must(t, err)
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	if !strings.Contains(squeeze(string(out)), squeeze(title)[:min(30, len(squeeze(title)))]) {
		t.Errorf("%q is not in %q", title, out)
	}
}

// receipts are verified by the program that teams use, with the deadline's own.
func receipts(t *testing.T, d demo.Deps) {
	t.Helper()
	private, err := record.GenerateKey("demo.example/record")
	must(t, err)
	signer, err := record.ParseKey(private)
	must(t, err)
	if _, err := record.Sequence(t.Context(), d.DB, signer); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name string, leaf int64) string {
		b, err := record.ReadReceipt(t.Context(), d.DB, leaf)
		must(t, err)
		path := filepath.Join(dir, name)
		must(t, os.WriteFile(path, b, 0o600))
		return path
	}
	rows, err := d.DB.Pool().Query(t.Context(), `select s.leaf_id, c.deadline_leaf from submissions s join entries e on e.id = s.entry_id
		join challenges c on c.id = e.challenge_id where c.deadline_leaf is not null order by s.leaf_id limit 25`)
	must(t, err)
	pairs := [][2]int64{}
	for rows.Next() {
		var p [2]int64
		must(t, rows.Scan(&p[0], &p[1]))
		pairs = append(pairs, p)
	}
	if len(pairs) != 25 {
		t.Fatalf("%d receipts", len(pairs))
	}
	for _, p := range pairs {
		var out, errs bytes.Buffer
		if code := record.RunVerify([]string{write("entry.json", p[0]), "--deadline", write("deadline.json", p[1])}, &out, &errs); code != 0 || !strings.Contains(out.String(), "On time") {
			t.Fatalf("verify: %d %s %s", code, &out, &errs)
		}
	}
}

func TestTheSameSeedGivesTheSame(t *testing.T) {
	t.Parallel()
	sums := []string{}
	for _, seedNumber := range []uint64{3, 3, 4} {
		d := deps(t)
		_, err := demo.Seed(t.Context(), d, demo.Options{Entries: 60, Seed: seedNumber, Password: "demo password"})
		must(t, err)
		sums = append(sums, value[string](t, d.DB, said))
	}
	if sums[0] != sums[1] || sums[0] == sums[2] {
		t.Errorf("sums %v", sums)
	}
}

func TestADemonstrationIsMadeOnceAndAgainWhenAsked(t *testing.T) {
	t.Parallel()
	d := deps(t)
	o := demo.Options{Entries: 40, Seed: 1, Password: "demo password"}
	_, err := demo.Seed(t.Context(), d, o)
	must(t, err)
	was := value[string](t, d.DB, said)
	if _, err := demo.Seed(t.Context(), d, o); !errors.Is(err, demo.ErrThere) {
		t.Fatalf("a second time: %v", err)
	}
	o.Again = true
	_, err = demo.Seed(t.Context(), d, o)
	must(t, err)
	if n := value[int](t, d.DB, `select count(*) from entries`); n != 40 || value[int](t, d.DB, `select count(*) from teams`) != 40 || value[string](t, d.DB, said) != was {
		t.Errorf("again: %d entries", n)
	}
	// One that was stopped half-way is wiped without being asked.
	o.Again = false
	ctx, stop := context.WithCancel(t.Context())
	testkit.Exec(t, d.DB, `delete from installation where key = 'demo'`)
	half := d
	half.Told = func(s string) {
		if strings.HasPrefix(s, "demo-judging") {
			stop()
		}
	}
	if _, err := demo.Seed(ctx, half, o); err == nil {
		t.Fatal("it was not stopped")
	}
	_, err = demo.Seed(t.Context(), d, o)
	must(t, err)
	if n := value[int](t, d.DB, `select count(*) from contests where rehearsal`); n != 10 {
		t.Errorf("%d contests", n)
	}
}

func TestDraftsCannotBeReadAsSubmitted(t *testing.T) {
	t.Parallel()
	d := deps(t)
	_, err := demo.Seed(t.Context(), d, demo.Options{Entries: 80, Seed: 5, Password: "demo password"})
	must(t, err)
	open := value[uuid.UUID](t, d.DB, `select c.id from challenges c join contests k on k.id = c.contest_id where k.slug = 'demo-judging' limit 1`)
	list, err := entry.Submitted(t.Context(), d.DB.Pool(), authz.System, open)
	must(t, err)
	if n := value[int](t, d.DB, `select count(*) from entries where challenge_id = $1 and state = 'submitted'`, open); len(list) != n || n == 0 {
		t.Errorf("%d listed of %d", len(list), n)
	}
}
