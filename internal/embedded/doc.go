// Package embedded runs the private servers that `serve` starts when none is
// configured: a PostgreSQL cluster, an S3 store and a mailbox. Each lives in its
// own folder, is guarded by a file lock, ends when the program ends (even by
// kill -9), and is started again when it dies by itself.
//
// The package runs on Linux only: it relies on the parent-death signal, on
// flock and on /proc.
package embedded

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// ErrInUse is returned when another running program holds the folder.
var ErrInUse = errors.New("embedded: the data folder is in use by another running program")

// lockPatience is how long another holder is given to let go of the folder.
const lockPatience = time.Second

// lockFolder creates dir and takes its lock. The kernel drops the lock when the
// holder ends, however it ends, so a crash never leaves a stale lock behind.
func lockFolder(dir string) (*os.File, error) {
	// Others may pass through (the database runs as another user), not list.
	if err := os.MkdirAll(dir, 0o711); err != nil { //nolint:gosec // see above
		return nil, fmt.Errorf("embedded: cannot create the data folder: %w", err)
	}
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("embedded: cannot write in the data folder: %w", err)
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	// A program of ours that is just being started holds a copy of the file for an instant, also of one
	// that was closed meanwhile. Whoever really holds the folder holds it longer than that.
	for end := time.Now().Add(lockPatience); errors.Is(err, syscall.EWOULDBLOCK) && time.Now().Before(end); {
		time.Sleep(20 * time.Millisecond)
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	}
	if err != nil {
		_ = f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("%w: %s", ErrInUse, dir)
		}
		return nil, fmt.Errorf("embedded: cannot lock %s: %w", dir, err)
	}
	return f, nil
}

// fsync makes names created, renamed or removed in a folder, or the content
// of a file, survive a power cut.
func fsync(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = d.Close() }()
	return d.Sync()
}

// writeFileSync writes a file that is either whole or absent after a power cut.
func writeFileSync(path string, data []byte) error {
	tmp := path + ".new"
	f, err := os.OpenFile(tmp, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(tmp, path)
	}
	if err != nil {
		_ = os.Remove(tmp)
		return err
	}
	return fsync(filepath.Dir(path))
}
