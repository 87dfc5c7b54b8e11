package testkit

import (
	"encoding/hex"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// EICAR is the harmless file every scanner knows, put together here so that no scanner stumbles
// over the source.
func EICAR() string {
	return strings.Join([]string{`X5O!P%@AP[4\PZX54(P^)7CC)7}$`, "EICAR", "-STANDARD-", "ANTIVIRUS", "-TEST-", "FILE!", "$H+H*"}, "")
}

// EICARName is what Clamd's daemon calls it.
const EICARName = "Eicar-Test.UNOFFICIAL"

// Clamd starts Debian's clamd with one signature, that of EICAR anywhere in a file, and the given
// settings; it gives the path of its socket. The daemon ends with the test.
func Clamd(t testing.TB, settings ...string) (socket string) {
	t.Helper()
	program, err := exec.LookPath("clamd")
	if err != nil {
		if program, err = exec.LookPath("/usr/sbin/clamd"); err != nil {
			t.Fatal("clamd is needed: apt-get install clamav-daemon")
		}
	}
	dir := t.TempDir()
	socket = filepath.Join(dir, "s")
	signatures := filepath.Join(dir, "db")
	check(t, os.Mkdir(signatures, 0o750))
	// Name:any type:anywhere:bytes
	line := "Eicar-Test:0:*:" + hex.EncodeToString([]byte(EICAR())) + "\n"
	check(t, os.WriteFile(filepath.Join(signatures, "test.ndb"), []byte(line), 0o600))
	conf := append([]string{"Foreground yes", "LocalSocket " + socket, "DatabaseDirectory " + signatures,
		"TemporaryDirectory " + dir, "PidFile " + filepath.Join(dir, "pid"), "SelfCheck 0"}, settings...)
	file := filepath.Join(dir, "clamd.conf")
	check(t, os.WriteFile(file, []byte(strings.Join(conf, "\n")+"\n"), 0o600))
	cmd := exec.Command(program, "--config-file="+file)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	check(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	for end := time.Now().Add(20 * time.Second); !answers(socket); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("clamd does not start")
		}
	}
	return socket
}

func answers(socket string) bool {
	conn, err := net.DialTimeout("unix", socket, time.Second)
	if err != nil {
		return false
	}
	defer func() { _ = conn.Close() }()
	if _, err := io.WriteString(conn, "zPING\x00"); err != nil {
		return false
	}
	answer := make([]byte, 5)
	_, err = io.ReadFull(conn, answer)
	return err == nil && string(answer) == "PONG\x00"
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
