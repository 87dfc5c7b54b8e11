package record

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/tlog"
)

// SaltSize is the number of random bytes that hide a leaf's payload.
const SaltSize = 32

// MaxPayload bounds a payload, in bytes. Payloads hold ids and hashes, not texts.
const MaxPayload = 64 << 10

const (
	leafVersion  = "fieldtrial.v1"
	commitDomain = "fieldtrial.v1/commit\x00"
)

// Commitment hides a payload until its salt is shown.
type Commitment [sha256.Size]byte

// Commit returns SHA256("fieldtrial.v1/commit\0" ‖ salt ‖ SHA256(payload)).
// The payload's digest, not the payload, goes in: the salt then always ends at the
// same place and no payload can pretend to be part of one.
func Commit(salt [SaltSize]byte, payload []byte) Commitment {
	digest := sha256.Sum256(payload)
	h := sha256.New()
	h.Write([]byte(commitDomain))
	h.Write(salt[:])
	h.Write(digest[:])
	return Commitment(h.Sum(nil))
}

// PublicLeaf is all that the world ever sees of a leaf.
type PublicLeaf struct {
	Kind       Kind
	Scope      string // public random id of the contest, or of the programme
	Commitment Commitment
}

// Bytes returns the leaf as it is hashed into the log:
// "fieldtrial.v1\n<kind>\n<scope>\n<base64 commitment>\n".
func (l PublicLeaf) Bytes() []byte {
	return []byte(leafVersion + "\n" + string(l.Kind) + "\n" + l.Scope + "\n" +
		base64.StdEncoding.EncodeToString(l.Commitment[:]) + "\n")
}

// Hash returns the RFC 6962 leaf hash of Bytes.
func (l PublicLeaf) Hash() tlog.Hash { return tlog.RecordHash(l.Bytes()) }

// checkNames refuses a kind or scope that could break the leaf's lines apart.
func checkNames(kind Kind, scope string) error {
	if !madeOf(string(kind), 64, "abcdefghijklmnopqrstuvwxyz0123456789._") {
		return fmt.Errorf("record: kind %q must be 1 to 64 of a-z 0-9 . _", kind)
	}
	if !madeOf(scope, 64, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") {
		return fmt.Errorf("record: scope %q must be 1 to 64 of A-Z a-z 0-9 _ -", scope)
	}
	return nil
}

// checkPayload refuses what a receipt could not carry unchanged: a receipt is
// JSON, so its payload must be text, and control characters have several JSON
// spellings, which would leave a receipt with more than one form.
func checkPayload(payload []byte) error {
	if len(payload) == 0 || len(payload) > MaxPayload {
		return fmt.Errorf("record: payload has %d bytes, want 1 to %d", len(payload), MaxPayload)
	}
	if !utf8.Valid(payload) {
		return fmt.Errorf("record: payload is not UTF-8")
	}
	for i, b := range payload {
		if b < 0x20 || b == 0x7f {
			return fmt.Errorf("record: payload has a control character at byte %d", i)
		}
	}
	return nil
}

func madeOf(s string, most int, alphabet string) bool {
	if s == "" || len(s) > most {
		return false
	}
	return strings.Trim(s, alphabet) == ""
}
