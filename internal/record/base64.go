package record

import (
	"encoding/base64"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// decode64 reads standard base64 in its one canonical form. Go's decoder skips
// line breaks and ignores spare bits, so two texts could mean the same bytes;
// here a text that would not be written that way again is refused.
func decode64(s string) ([]byte, error) {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return nil, fmt.Errorf("%q is not base64", clip(s))
	}
	if base64.StdEncoding.EncodeToString(b) != s {
		return nil, fmt.Errorf("%q is not canonical base64", clip(s))
	}
	return b, nil
}

// DecodeHash reads 32 bytes, such as a root or a salt, in canonical base64.
func DecodeHash(s string) (tlog.Hash, error) { return decodeHash(s) }

func decodeHash(s string) (h tlog.Hash, err error) {
	b, err := decode64(s)
	if err != nil {
		return h, err
	}
	if len(b) != tlog.HashSize {
		return h, fmt.Errorf("%q holds %d bytes, want %d", clip(s), len(b), tlog.HashSize)
	}
	return tlog.Hash(b), nil
}

// clip keeps a hostile file's text from filling the screen with its own error.
func clip(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return s[:most] + "…"
}
