package feeds_test

import (
	"crypto/sha256"
	"encoding/base64"
)

func hashOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
