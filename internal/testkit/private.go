package testkit

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"fieldtrial/internal/embedded"
)

// scratch is where databases of tests lie: in the folder that SCRATCH names (.ci/scratch), else where other
// temporary files are.
func scratch() string {
	if dir := os.Getenv("SCRATCH"); dir != "" {
		return dir
	}
	return os.TempDir()
}

// sweep removes the folders of test binaries that have ended: nobody holds their lock any more.
func sweep() {
	old, _ := filepath.Glob(filepath.Join(scratch(), "ft-pg-*", "lock"))
	for _, path := range old {
		f, err := os.Open(path)
		if err != nil {
			continue
		}
		if syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil {
			_ = os.RemoveAll(filepath.Dir(path))
		}
		_ = f.Close()
	}
}

// StartPostgres starts a Postgres that ends with this process, even when that is killed; the next one
// removes its folder. packages are the folders where npm may have put one.
func StartPostgres(packages ...string) (url string, stop func(), err error) {
	sweep()
	dir, err := os.MkdirTemp(scratch(), "ft-pg-")
	if err != nil {
		return "", nil, err
	}
	if err := os.Chmod(dir, 0o711); err != nil { // the database runs as another user
		return "", nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	pg, err := embedded.StartPostgres(ctx, embedded.PostgresConfig{
		Dir: dir, NoSync: true, BinDir: os.Getenv("FIELDTRIAL_POSTGRES_BIN"), NodeModules: packages,
	})
	if err != nil {
		_ = os.RemoveAll(dir)
		return "", nil, err
	}
	return pg.OwnerDSN(), func() { pg.Stop(); _ = os.RemoveAll(dir) }, nil
}

// startPrivate starts a Postgres of this test binary's own.
func startPrivate() (string, error) {
	url, _, err := StartPostgres("../../web/node_modules", "../../../web/node_modules")
	return url, err
}
