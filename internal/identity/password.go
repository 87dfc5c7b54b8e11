package identity

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// argonParams are the costs of one hash: memory in KiB, passes over it, lanes.
type argonParams struct {
	memory uint32
	passes uint32
	lanes  uint8
}

// defaultArgon follows the OWASP recommendation of 19 MiB, two passes, one lane.
var defaultArgon = argonParams{memory: 19 * 1024, passes: 2, lanes: 1}

const (
	saltLength = 16
	hashLength = 32
)

// hashing limits how many hashes are computed at once: each takes 19 MiB, and a storm of sign-ins
// must wait in line instead of using up the memory.
var hashing = make(chan struct{}, max(2, runtime.NumCPU()))

func enter(ctx context.Context) error {
	select {
	case hashing <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func leave() { <-hashing }

// hashPassword gives the PHC string of a password.
func hashPassword(ctx context.Context, p argonParams, password string) (string, error) {
	if err := enter(ctx); err != nil {
		return "", err
	}
	defer leave()
	salt := make([]byte, saltLength)
	if _, err := rand.Read(salt); err != nil {
		return "", err
	}
	return phc(p, salt, compute(p, salt, password)), nil
}

// checkPassword reports whether the password is the one of the PHC string. An empty or unreadable
// string fits no password.
func checkPassword(ctx context.Context, encoded, password string) (bool, error) {
	if err := enter(ctx); err != nil {
		return false, err
	}
	defer leave()
	p, salt, want, ok := parsePHC(encoded)
	if !ok {
		return false, nil
	}
	return subtle.ConstantTimeCompare(compute(p, salt, password), want) == 1, nil
}

// compute normalises first: the same password typed on two keyboards may differ in its code points.
func compute(p argonParams, salt []byte, password string) []byte {
	return argon2.IDKey([]byte(norm.NFKC.String(password)), salt, p.passes, p.memory, p.lanes, hashLength)
}

var b64 = base64.RawStdEncoding

func phc(p argonParams, salt, hash []byte) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.memory, p.passes, p.lanes,
		b64.EncodeToString(salt), b64.EncodeToString(hash))
}

func parsePHC(s string) (p argonParams, salt, hash []byte, ok bool) {
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return p, nil, nil, false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.memory, &p.passes, &p.lanes); err != nil {
		return p, nil, nil, false
	}
	salt, err1 := b64.DecodeString(parts[4])
	hash, err2 := b64.DecodeString(parts[5])
	ok = err1 == nil && err2 == nil && len(hash) == hashLength && p.passes > 0 && p.lanes > 0
	return p, salt, hash, ok
}

// decoy is a hash that no password fits, as costly to check as a real one: it is checked where
// there is no account, so that the time tells nothing.
func decoy(p argonParams) string {
	salt, hash := make([]byte, saltLength), make([]byte, hashLength)
	_, _ = rand.Read(salt)
	_, _ = rand.Read(hash)
	return phc(p, salt, hash)
}
