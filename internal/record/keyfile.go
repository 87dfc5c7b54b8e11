package record

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// keyFile is the private key's name inside the data folder.
const keyFile = "record.key"

// LoadOrCreateKey returns the log's key from dir, making one for origin at the
// first call. A key once made keeps its origin, whatever origin later says: the
// name is part of every receipt. The file is private (0600) and on disk before
// the function returns; when several processes start at once, all get the same key.
func LoadOrCreateKey(dir, origin string) (*Signer, error) {
	path := filepath.Join(dir, keyFile)
	s, err := loadKey(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return s, err
	}
	private, err := GenerateKey(origin)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("record: %w", err)
	}
	if err := storeKey(dir, path, private); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("record: keep the log key: %w", err)
	}
	return loadKey(path)
}

func loadKey(path string) (*Signer, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("record: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("record: %s can be read by others (mode %04o): chmod 600 it", path, info.Mode().Perm())
	}
	text, err := os.ReadFile(path) //nolint:gosec // the operator's own data folder
	if err != nil {
		return nil, fmt.Errorf("record: %w", err)
	}
	s, err := ParseKey(string(text))
	if err != nil {
		return nil, fmt.Errorf("%w (%s)", err, path)
	}
	return s, nil
}

// storeKey writes beside the final name and links, because a link, unlike a
// rename, fails when another process was first.
func storeKey(dir, path, private string) error {
	f, err := os.CreateTemp(dir, keyFile+".*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.WriteString(private + "\n")
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); err != nil {
		return err
	}
	return syncDir(dir)
}

// syncDir makes the new name itself survive a power cut.
func syncDir(dir string) error {
	d, err := os.Open(dir) //nolint:gosec // the operator's own data folder
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
