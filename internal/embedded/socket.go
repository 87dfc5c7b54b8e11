package embedded

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// longestSocket is the longest path a Unix socket may have on Linux.
const longestSocket = 107

// socketFolder returns a private folder for the socket file `name`: dir itself
// where the path is short enough, else a folder below XDG_RUNTIME_DIR or the
// temporary folder, always the same one for the same dir. The user id `owner` is
// the server's: a folder left over from an earlier run may be its.
func socketFolder(dir, name string, owner int) (string, error) {
	if len(filepath.Join(dir, name)) <= longestSocket {
		return dir, os.MkdirAll(dir, 0o700)
	}
	sum := sha256.Sum256([]byte(dir))
	short := "fieldtrial-" + hex.EncodeToString(sum[:8])
	var reasons error
	bases := []string{os.Getenv("XDG_RUNTIME_DIR"), os.TempDir(), "/tmp"}
	if os.Geteuid() == 0 {
		bases = bases[2:] // the others may be root's alone, and the server is not root
	}
	for _, base := range bases {
		if base == "" || len(filepath.Join(base, short, name)) > longestSocket {
			continue
		}
		private, err := privateFolder(filepath.Join(base, short), owner)
		if err == nil {
			return private, nil
		}
		reasons = err
	}
	return "", fmt.Errorf("embedded: no folder is short and private enough for a socket: %w", reasons)
}

// privateFolder makes a folder in a place where others write too, and refuses
// one that somebody else made first.
func privateFolder(path string, owner int) (string, error) {
	if err := os.Mkdir(path, 0o700); err != nil && !os.IsExist(err) {
		return "", err
	}
	info, err := os.Lstat(path)
	if err != nil {
		return "", err
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	if !info.IsDir() || !ok || info.Mode().Perm()&0o077 != 0 ||
		(int(st.Uid) != os.Geteuid() && int(st.Uid) != owner) {
		return "", fmt.Errorf("%s belongs to somebody else", path)
	}
	return path, nil
}
