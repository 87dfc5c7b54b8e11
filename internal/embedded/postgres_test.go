package embedded

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

func startPostgres(t *testing.T, cfg PostgresConfig) *Postgres {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cfg.NoSync = true
	p, err := StartPostgres(ctx, cfg)
	must(t, err)
	t.Cleanup(p.Stop)
	return p
}

func connect(t *testing.T, dsn string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	must(t, err)
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func exec1(t *testing.T, dsn, sql string) {
	t.Helper()
	conn := connect(t, dsn)
	_, err := conn.Exec(t.Context(), sql)
	must(t, err)
	must(t, conn.Close(t.Context()))
}

func count(t *testing.T, dsn, sql string) (n int) {
	t.Helper()
	must(t, connect(t, dsn).QueryRow(t.Context(), sql).Scan(&n))
	return n
}

func TestPostgresRolesAndRestart(t *testing.T) {
	t.Parallel()
	dir := open(t)
	p := startPostgres(t, PostgresConfig{Dir: dir})

	var super, createdb, createrole bool
	must(t, connect(t, p.RuntimeDSN()).QueryRow(t.Context(),
		"SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user").Scan(&super, &createdb, &createrole))
	if super || createdb || createrole {
		t.Error("the runtime role has special rights")
	}
	if _, err := connect(t, p.RuntimeDSN()).Exec(t.Context(), "CREATE TABLE t (x int)"); err == nil {
		t.Error("the runtime role may create tables")
	}
	exec1(t, p.OwnerDSN(), "CREATE TABLE kept (x int); INSERT INTO kept VALUES (7)")
	if n := count(t, p.OwnerDSN(), "SELECT count(*) FROM pg_settings WHERE name = 'listen_addresses' AND setting = ''"); n != 1 {
		t.Error("the database listens on the network")
	}
	for _, name := range []string{"owner.password", "runtime.password"} {
		info, err := os.Stat(filepath.Join(dir, name))
		must(t, err)
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", name, info.Mode())
		}
	}
	wrong := strings.Replace(p.OwnerDSN(), p.owner, "wrong", 1)
	if _, err := pgx.Connect(t.Context(), wrong); err == nil {
		t.Error("a wrong password opens the database")
	}

	_, err := StartPostgres(t.Context(), PostgresConfig{Dir: dir})
	if !errors.Is(err, ErrInUse) {
		t.Errorf("a second instance got %v, not ErrInUse", err)
	}

	p.Stop()
	p.Stop()
	if pids := processesIn(p.data); len(pids) > 0 {
		t.Errorf("Stop left processes %v", pids)
	}
	must(t, os.Remove(filepath.Join(dir, "runtime.password"))) // heals itself
	begin := time.Now()
	p = startPostgres(t, PostgresConfig{Dir: dir})
	t.Logf("restart took %v", time.Since(begin))
	if n := count(t, p.OwnerDSN(), "SELECT x FROM kept"); n != 7 {
		t.Error("the data is gone after a restart")
	}
	if n := count(t, p.RuntimeDSN(), "SELECT 1"); n != 1 {
		t.Error("the runtime role cannot log in")
	}
}

func TestPostgresRestartsWhenItDies(t *testing.T) {
	t.Parallel()
	p := startPostgres(t, PostgresConfig{Dir: open(t)})
	exec1(t, p.OwnerDSN(), "CREATE TABLE kept (x int)")
	for _, sig := range []syscall.Signal{syscall.SIGKILL, syscall.SIGQUIT, syscall.SIGINT} {
		before := p.PID()
		must(t, syscall.Kill(before, sig))
		back := waitUntil(30*time.Second, func() bool {
			conn, err := pgx.Connect(t.Context(), p.RuntimeDSN())
			if err != nil {
				return false
			}
			defer conn.Close(t.Context())
			return p.PID() != before
		})
		if !back {
			t.Fatalf("the database did not come back after %v", sig)
		}
	}
	if n := count(t, p.OwnerDSN(), "SELECT count(*) FROM kept"); n != 0 {
		t.Error("the table is wrong")
	}
	p.Stop()
	if _, open := <-p.Done(); open {
		t.Error("Done reported an error after Stop")
	}
}

func TestPostgresAfterKillOfTheProgram(t *testing.T) {
	t.Parallel()
	dir, exe := open(t), testBinary(t)
	h := startHelper(t, exe, dir, nil)
	if h.Error != "" {
		t.Fatal(h.Error)
	}
	exec1(t, h.Owner, "CREATE TABLE kept (x int)")
	for range 3 {
		exec1(t, h.Owner, "INSERT INTO kept VALUES (1)")
		h.kill()
		h = startHelper(t, exe, dir, nil)
		if h.Error != "" {
			t.Fatal(h.Error)
		}
	}
	if n := count(t, h.Owner, "SELECT count(*) FROM kept"); n != 3 {
		t.Errorf("%d of 3 acknowledged rows survived", n)
	}
}

func TestPostgresEndsWithTheProgram(t *testing.T) {
	t.Parallel()
	dir := open(t)
	h := startHelper(t, testBinary(t), dir, nil)
	h.kill()
	if !waitUntil(30*time.Second, func() bool { return len(processesIn(pg15(dir))) == 0 }) {
		t.Fatalf("the database outlives the program: %v", processesIn(pg15(dir)))
	}
}

func TestPostgresAfterKillOfBoth(t *testing.T) {
	t.Parallel()
	dir, exe := open(t), testBinary(t)
	h := startHelper(t, exe, dir, nil)
	exec1(t, h.Owner, "CREATE TABLE kept (x int); INSERT INTO kept VALUES (1)")
	must(t, syscall.Kill(h.PID, syscall.SIGSTOP)) // or it would shut down in peace
	h.kill()
	must(t, syscall.Kill(h.PID, syscall.SIGKILL))
	h = startHelper(t, exe, dir, nil)
	if h.Error != "" {
		t.Fatal(h.Error)
	}
	if n := count(t, h.Owner, "SELECT count(*) FROM kept"); n != 1 {
		t.Error("the row is gone")
	}
}

// A postmaster that outlives the program, as nothing told it, must be ended by
// the next start.
func TestPostgresOrphanIsEnded(t *testing.T) {
	t.Parallel()
	dir := open(t)
	p := startPostgres(t, PostgresConfig{Dir: dir})
	p.Stop()
	must(t, os.Mkdir(p.sock, 0o700))
	must(t, p.id.own(p.sock))
	orphan := p.id.command(p.bin.path("postgres"), p.data, "-D", p.data, "-k", p.sock, "-c", "listen_addresses=")
	must(t, orphan.Start())
	t.Cleanup(func() { _ = orphan.Process.Kill() })
	ended := make(chan error, 1)
	go func() { ended <- orphan.Wait() }()
	if !waitUntil(30*time.Second, func() bool { return readPID(filepath.Join(p.data, "postmaster.pid")) == orphan.Process.Pid }) {
		t.Fatal("the orphan does not start")
	}
	p = startPostgres(t, PostgresConfig{Dir: dir})
	if err := <-ended; err != nil {
		t.Errorf("the orphan was not shut down in good order: %v", err)
	}
	if n := count(t, p.OwnerDSN(), "SELECT 1"); n != 1 {
		t.Error("no answer")
	}
}

func TestPostgresAsAnOrdinaryUser(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Log("every other test runs as an ordinary user already")
		return
	}
	dir := open(t)
	exe := filepath.Join(dir, "program")
	copyProgram(t, exe)
	data := filepath.Join(dir, "data")
	must(t, os.Mkdir(data, 0o700))
	must(t, os.Chown(data, 65534, 65534))
	h := startHelper(t, exe, data, &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}})
	if h.Error != "" || h.Identity != "uid 65534" {
		t.Fatalf("%+v", h.helperReport)
	}
	if n := count(t, h.Owner, "SELECT 1"); n != 1 {
		t.Error("no answer")
	}
	h.close()

	// As root afterwards: the folder changes hands.
	if p := startPostgres(t, PostgresConfig{Dir: data}); count(t, p.OwnerDSN(), "SELECT 1") != 1 {
		t.Error("no answer")
	}
}

// Where no other user may enter, root runs it in a user namespace.
func TestPostgresInAPrivateFolder(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	must(t, os.Mkdir(dir, 0o700))
	p := startPostgres(t, PostgresConfig{Dir: dir})
	if os.Geteuid() == 0 && !p.id.userns {
		t.Errorf("runs as %s", p.id.name)
	}
	if n := count(t, p.RuntimeDSN(), "SELECT 1"); n != 1 {
		t.Error("no answer")
	}
}

func TestPostgresInALongFolder(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(open(t), strings.Repeat("long", 30))
	p := startPostgres(t, PostgresConfig{Dir: dir})
	if strings.HasPrefix(p.sock, dir) {
		t.Errorf("the socket is in %s", p.sock)
	}
	if n := count(t, p.RuntimeDSN(), "SELECT 1"); n != 1 {
		t.Error("no answer")
	}
	p.Stop()
	if exists(p.sock) {
		t.Errorf("%s is left", p.sock)
	}
}
