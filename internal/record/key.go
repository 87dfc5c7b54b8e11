package record

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Signer holds the log's private Ed25519 key. It never enters the database.
type Signer struct {
	note.Signer
	verifierKey string
}

// Origin returns the log's name, as every checkpoint begins.
func (s *Signer) Origin() string { return s.Name() }

// VerifierKey returns the public key in the form "<origin>+<hash>+<base64>".
func (s *Signer) VerifierKey() string { return s.verifierKey }

// String hides the private part from logs.
func (s *Signer) String() string { return "record signer " + s.verifierKey }

// GenerateKey makes a key for origin, a name such as "contest.example.city/log/1"
// without spaces or '+'. It returns the private text to keep.
func GenerateKey(origin string) (private string, err error) {
	if len(origin) > 100 || origin == "" || strings.ContainsAny(origin, "+ \t\r\n") {
		return "", fmt.Errorf("record: %q cannot name a log: 1 to 100 bytes without spaces or +", clip(origin))
	}
	private, _, err = note.GenerateKey(rand.Reader, origin)
	return private, err
}

// ParseKey reads a private key as GenerateKey wrote it (space around it is
// ignored). Errors never repeat the text.
func ParseKey(private string) (*Signer, error) {
	private = strings.TrimSpace(private)
	s, err := note.NewSigner(private)
	if err != nil {
		return nil, errors.New("record: this is not a log key; it begins with PRIVATE+KEY+")
	}
	// NewSigner has just checked this shape: PRIVATE+KEY+name+hash+base64(alg, seed).
	// The base64 part may itself hold '+', so only four cuts are made.
	seed, err := base64.StdEncoding.DecodeString(strings.SplitN(private, "+", 5)[4])
	if err != nil {
		return nil, errors.New("record: the log key is damaged")
	}
	public := ed25519.NewKeyFromSeed(seed[1:]).Public().(ed25519.PublicKey)
	verifierKey, err := note.NewEd25519VerifierKey(s.Name(), public)
	if err != nil {
		return nil, fmt.Errorf("record: the log key is damaged: %w", err)
	}
	return &Signer{Signer: s, verifierKey: verifierKey}, nil
}

// parseVerifierKey reads a verifier key in its one canonical form (note itself
// takes the hash in either case).
func parseVerifierKey(key string) (note.Verifier, error) {
	v, err := note.NewVerifier(key)
	if err != nil {
		return nil, fmt.Errorf("%q is not a verifier key", clip(key))
	}
	parts := strings.SplitN(key, "+", 3)
	if _, err := decode64(parts[2]); err != nil || parts[1] != fmt.Sprintf("%08x", v.KeyHash()) {
		return nil, fmt.Errorf("%q is not written as a verifier key is", clip(key))
	}
	return v, nil
}
