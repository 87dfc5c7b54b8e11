package app

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fieldtrial/internal/record"
)

// Version is set when the program is built.
var Version = "unknown"

// secretOf gives the server's secret: the configured one, else a random one kept in the data folder.
func secretOf(cfg Config) ([]byte, error) {
	if cfg.Secret != "" {
		return []byte(cfg.Secret), nil
	}
	path := filepath.Join(cfg.Data, "secret")
	b, err := os.ReadFile(path) //nolint:gosec // our own data folder
	if err == nil {
		return []byte(strings.TrimSpace(string(b))), nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	raw := make([]byte, 48)
	_, _ = rand.Read(raw)
	text := base64.RawURLEncoding.EncodeToString(raw)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) //nolint:gosec // our own data folder
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	if _, err := f.WriteString(text + "\n"); err != nil {
		return nil, err
	}
	return []byte(text), f.Sync()
}

// signerOf gives the key that signs the record's checkpoints.
func signerOf(cfg Config) (*record.Signer, error) {
	if cfg.RecordKey != "" {
		return record.ParseKey(cfg.RecordKey)
	}
	return record.LoadOrCreateKey(cfg.Data, originOf(cfg.PublicURL))
}

// originOf names the log after the address of the installation, as C2SP asks: without a scheme.
func originOf(publicURL string) string {
	_, host, _ := strings.Cut(publicURL, "://")
	return strings.ReplaceAll(host, ":", "_") + "/record"
}

// keygen prints a signing key for the record; whoever runs several replicas gives all of them one.
func keygen(_ context.Context, _ Config, args []string, out io.Writer) error {
	if len(args) != 1 {
		return ErrUsage
	}
	key, err := record.GenerateKey(args[0])
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, key)
	return err
}
