package embedded

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// newSecret returns 192 random bits as text that needs no quoting anywhere.
func newSecret() string {
	b := make([]byte, 24)
	_, _ = rand.Read(b) // never fails: the runtime ends the program instead
	return hex.EncodeToString(b)
}

// keepSecret returns the secret kept in path, making it on the first run.
func keepSecret(path string) (string, error) {
	b, err := os.ReadFile(path)
	if err == nil {
		s := strings.TrimSpace(string(b))
		if s == "" {
			return "", fmt.Errorf("embedded: the secret file %s is empty", path)
		}
		return s, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("embedded: cannot read a secret: %w", err)
	}
	s := newSecret()
	if err := writeFileSync(path, []byte(s+"\n")); err != nil {
		return "", fmt.Errorf("embedded: cannot keep a secret: %w", err)
	}
	return s, nil
}
