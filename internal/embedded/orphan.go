package embedded

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// processesIn lists the processes whose working folder is dir. PostgreSQL's
// processes all work in their data folder, so this finds a postmaster that
// outlived the program, and backends that outlived their postmaster, without
// trusting the number in postmaster.pid, which may by now be another process's.
// A zombie has no working folder any more and is not listed: it holds nothing.
func processesIn(dir string) []int {
	want, err := os.Stat(dir)
	if err != nil {
		return nil
	}
	entries, _ := os.ReadDir("/proc")
	var pids []int
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		if got, err := os.Stat(filepath.Join("/proc", e.Name(), "cwd")); err == nil && os.SameFile(want, got) {
			pids = append(pids, pid)
		}
	}
	return pids
}

// clearOrphans ends every process left in the data folder, first as PostgreSQL
// wishes (the postmaster's fast shutdown), in the end by force, then removes the
// pid file. The caller holds the folder's lock, so no living program owns them.
//
// The pid file must go: PostgreSQL refuses to start when the number in it
// belongs to any process of the same user, or to a zombie nobody reaps.
func clearOrphans(data string, patience time.Duration) error {
	pidFile := filepath.Join(data, "postmaster.pid")
	steps := []syscall.Signal{syscall.SIGINT, syscall.SIGQUIT, syscall.SIGKILL}
	for i, sig := range steps {
		pids := processesIn(data)
		if len(pids) == 0 {
			break
		}
		if postmaster := readPID(pidFile); i == 0 && slices.Contains(pids, postmaster) {
			pids = []int{postmaster} // it ends its own backends
		} else if i == 0 {
			pids = nil // backends see by themselves that their postmaster is gone
		}
		for _, pid := range pids {
			_ = syscall.Kill(pid, sig)
		}
		if waitUntil(patience, func() bool { return len(processesIn(data)) == 0 }) {
			break
		}
	}
	if left := processesIn(data); len(left) > 0 {
		return fmt.Errorf("embedded: processes %v still use %s and do not end", left, data)
	}
	if err := os.Remove(pidFile); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("embedded: cannot remove a stale pid file: %w", err)
	}
	return nil
}

// readPID returns the number in the first line of a postmaster.pid, 0 if none.
func readPID(file string) int {
	b, err := os.ReadFile(file)
	if err != nil {
		return 0
	}
	line, _, _ := strings.Cut(string(b), "\n")
	pid, _ := strconv.Atoi(strings.TrimSpace(line))
	return pid
}

// waitUntil polls ok every 10 ms, up to patience.
func waitUntil(patience time.Duration, ok func() bool) bool {
	for end := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		if ok() {
			return true
		}
		if time.Now().After(end) {
			return false
		}
	}
}
