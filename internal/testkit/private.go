package testkit

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"fieldtrial/internal/embedded"
)

// sweep removes the folders of test binaries that have ended: nobody holds their lock any more.
func sweep() {
	old, _ := filepath.Glob(filepath.Join(os.TempDir(), "ft-pg-*", "lock"))
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

// startPrivate starts a Postgres of this test binary's own. It ends with the binary, even when that
// is killed; the next one removes its folder.
func startPrivate() (string, error) {
	sweep()
	dir, err := os.MkdirTemp("", "ft-pg-")
	if err != nil {
		return "", err
	}
	if err := os.Chmod(dir, 0o711); err != nil { // the database runs as another user
		return "", err
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	pg, err := embedded.StartPostgres(ctx, embedded.PostgresConfig{
		Dir: dir, NoSync: true, BinDir: os.Getenv("FIELDTRIAL_POSTGRES_BIN"),
		NodeModules: []string{"../../web/node_modules", "../../../web/node_modules"},
	})
	if err != nil {
		_ = os.RemoveAll(dir)
		return "", err
	}
	return pg.OwnerDSN(), nil
}
