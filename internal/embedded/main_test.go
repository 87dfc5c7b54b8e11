package embedded

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// helperVariable makes the test binary behave as a small program that keeps one
// server, so that tests can kill it.
const helperVariable = "FIELDTRIAL_EMBEDDED_HELPER"

// helperReport is the line the helper prints once its server runs.
type helperReport struct {
	Error          string
	PID            int
	Owner, Runtime string
	Identity       string
}

func TestMain(m *testing.M) {
	RunS3Child()
	switch os.Getenv(helperVariable) {
	case "":
		os.Exit(m.Run())
	case "postgres":
		helperPostgres()
	case "s3":
		helperS3()
	}
}

func helperS3() {
	s, err := StartS3(context.Background(), S3Config{Dir: os.Args[1]})
	var r helperReport
	if err != nil {
		r.Error = err.Error()
	} else {
		r.PID = s.PID()
	}
	report(r)
	if err == nil {
		s.Stop()
	}
}

// report prints the line the test waits for, and returns when the test lets go.
func report(r helperReport) {
	b, _ := json.Marshal(r)
	fmt.Println(string(b))
	_, _ = os.Stdin.Read(make([]byte, 1))
}

func helperPostgres() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	p, err := StartPostgres(ctx, PostgresConfig{Dir: os.Args[1], Log: slog.New(slog.NewTextHandler(os.Stderr, nil))})
	var r helperReport
	if err != nil {
		r.Error = err.Error()
	} else {
		r = helperReport{PID: p.PID(), Owner: p.OwnerDSN(), Runtime: p.RuntimeDSN(), Identity: p.id.name}
	}
	report(r)
	if err == nil {
		p.Stop()
	}
}

// helper is a running helper program.
type helper struct {
	helperReport
	cmd   *exec.Cmd
	close func()
}

// startHelper runs the test binary as a program of its own; attr may be nil.
func startHelper(t *testing.T, exe, dir string, attr *syscall.SysProcAttr) *helper {
	t.Helper()
	return startHelperOf(t, "postgres", exe, dir, attr)
}

func startHelperOf(t *testing.T, kind, exe, dir string, attr *syscall.SysProcAttr) *helper {
	t.Helper()
	h := &helper{cmd: exec.Command(exe, dir)}
	h.cmd.Env = append(os.Environ(), helperVariable+"="+kind)
	h.cmd.SysProcAttr = attr
	h.cmd.Dir = "/"
	in, err := h.cmd.StdinPipe()
	must(t, err)
	out, err := h.cmd.StdoutPipe()
	must(t, err)
	must(t, h.cmd.Start())
	h.close = func() { _ = in.Close(); _ = h.cmd.Wait() }
	t.Cleanup(h.close)
	line, err := bufio.NewReader(out).ReadBytes('\n')
	must(t, err)
	must(t, json.Unmarshal(line, &h.helperReport))
	return h
}

// copyProgram copies the test binary to where everyone may run it. Another program does the copying: a
// file that this one has open for writing might be inherited by a child that a parallel test starts, and
// could not be run for that instant.
func copyProgram(t *testing.T, to string) {
	t.Helper()
	out, err := exec.Command("cp", testBinary(t), to).CombinedOutput()
	if err != nil {
		t.Fatalf("cp: %v: %s", err, out)
	}
	must(t, os.Chmod(to, 0o755))
}

// kill ends the helper as kill -9 does and reaps it.
func (h *helper) kill() {
	_ = h.cmd.Process.Kill()
	_ = h.cmd.Wait()
}

// open is a folder other users may enter; t.TempDir is private to its owner.
func open(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "ft-embedded-")
	must(t, err)
	must(t, os.Chmod(dir, 0o755))
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func testBinary(t *testing.T) string {
	t.Helper()
	exe, err := os.Executable()
	must(t, err)
	return exe
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantError(t *testing.T, err error, texts ...string) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	for _, text := range texts {
		if !strings.Contains(err.Error(), text) {
			t.Errorf("the error does not say %q: %v", text, err)
		}
	}
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func pg15(dir string) string { return filepath.Join(dir, "pg15") }
