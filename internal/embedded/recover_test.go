package embedded

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// A program killed while initdb runs leaves a folder that is never taken for a database.
func TestPostgresAfterHalfMadeInitdb(t *testing.T) {
	t.Parallel()
	dir := open(t)
	half := pg15(dir) + ".new"
	must(t, os.MkdirAll(filepath.Join(half, "base"), 0o700))
	must(t, os.WriteFile(filepath.Join(half, "PG_VERSION"), []byte("15\n"), 0o600))
	p := startPostgres(t, PostgresConfig{Dir: dir})
	if n := count(t, p.RuntimeDSN(), "SELECT 1"); n != 1 {
		t.Error("no answer")
	}
	if exists(half) {
		t.Error("the half-made folder is left")
	}
}

// The number in the pid file now belongs to an innocent process, and what is
// worse, to one of the database's own user: PostgreSQL alone would refuse to start.
func TestPostgresWithAForeignPIDInItsFile(t *testing.T) {
	t.Parallel()
	dir := open(t)
	p := startPostgres(t, PostgresConfig{Dir: dir})
	pidFile := filepath.Join(p.data, "postmaster.pid")
	content, err := os.ReadFile(pidFile)
	must(t, err)
	p.Stop()

	other := exec.Command("sleep", "60")
	other.SysProcAttr = p.id.attr()
	must(t, other.Start())
	defer func() { _ = other.Process.Kill(); _ = other.Wait() }()
	stale := fmt.Sprintf("%d%s", other.Process.Pid, content[len(fmt.Sprint(readPIDText(content))):])
	must(t, os.WriteFile(pidFile, []byte(stale), 0o600))
	must(t, os.Chown(pidFile, p.id.uid, p.id.gid))

	p = startPostgres(t, PostgresConfig{Dir: dir})
	if n := count(t, p.RuntimeDSN(), "SELECT 1"); n != 1 {
		t.Error("no answer")
	}
	if err := other.Process.Signal(syscall.Signal(0)); err != nil {
		t.Error("the innocent process was ended")
	}
}

func readPIDText(content []byte) (pid int) {
	_, _ = fmt.Sscan(string(content), &pid)
	return pid
}

func TestPostgresClearErrors(t *testing.T) {
	t.Parallel()
	dir := open(t)
	t.Run("folder below a file", func(t *testing.T) {
		file := filepath.Join(dir, "file")
		must(t, os.WriteFile(file, nil, 0o600))
		_, err := StartPostgres(t.Context(), PostgresConfig{Dir: filepath.Join(file, "data")})
		wantError(t, err, "cannot create the data folder", file)
	})
	t.Run("password lost", func(t *testing.T) {
		lost := filepath.Join(dir, "lost")
		p := startPostgres(t, PostgresConfig{Dir: lost})
		p.Stop()
		must(t, os.Remove(filepath.Join(lost, "owner.password")))
		_, err := StartPostgres(t.Context(), PostgresConfig{Dir: lost})
		wantError(t, err, "owner.password is missing", "backup")
	})
	t.Run("no rights", func(t *testing.T) {
		if os.Geteuid() != 0 {
			t.Log("needs root to make a folder of somebody else's")
			return
		}
		theirs := filepath.Join(dir, "theirs")
		must(t, os.Mkdir(theirs, 0o755))
		exe := filepath.Join(dir, "program")
		copyProgram(t, exe)
		h := startHelper(t, exe, theirs, &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}})
		wantError(t, fmt.Errorf("%s", h.Error), "cannot write in the data folder", "permission denied")
	})
	t.Run("disk full", func(t *testing.T) {
		if os.Geteuid() != 0 {
			t.Log("needs root to mount a small disk")
			return
		}
		small := filepath.Join(dir, "small")
		must(t, os.Mkdir(small, 0o755))
		must(t, syscall.Mount("tmpfs", small, "tmpfs", 0, "size=8m,mode=755"))
		// Lazily: a program that is just being started elsewhere may hold a copy of a file for an instant.
		defer func() { must(t, syscall.Unmount(small, syscall.MNT_DETACH)) }()
		_, err := StartPostgres(t.Context(), PostgresConfig{Dir: filepath.Join(small, "data")})
		wantError(t, err, "initdb", "No space left on device")
		// Once there is room it starts unaided.
		must(t, syscall.Mount("tmpfs", small, "tmpfs", syscall.MS_REMOUNT, "size=300m"))
		p := startPostgres(t, PostgresConfig{Dir: filepath.Join(small, "data")})
		if n := count(t, p.RuntimeDSN(), "SELECT 1"); n != 1 {
			t.Error("no answer")
		}
		p.Stop()
	})
}

func TestFindBinaries(t *testing.T) {
	t.Setenv("PATH", "/nonexistent")
	_, err := findBinaries(open(t), nil)
	wantError(t, err, "FIELDTRIAL_POSTGRES_BIN")

	old := open(t)
	must(t, os.WriteFile(filepath.Join(old, "initdb"), nil, 0o755))
	must(t, os.WriteFile(filepath.Join(old, "postgres"), []byte("#!/bin/sh\necho 'postgres (PostgreSQL) 14.3'\n"), 0o755))
	_, err = findBinaries(old, nil)
	wantError(t, err, "14", "15 or newer")

	for text, want := range map[string]int{
		"postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)": 15,
		"postgres (PostgreSQL) 18beta1":                        18,
		"nothing":                                              0,
	} {
		if got := majorOf(text); got != want {
			t.Errorf("majorOf(%q) = %d", text, got)
		}
	}
}
