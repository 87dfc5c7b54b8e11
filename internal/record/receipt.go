package record

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// maxReceipt bounds a receipt file, in bytes: the largest payload with every
// character escaped, and room for the proof.
const maxReceipt = 6*MaxPayload + 64<<10

// Receipt is everything needed to prove one leaf without the server: the proof,
// and the opening that ties its payload to the public leaf.
type Receipt struct {
	Kind        Kind
	Contest     string // the leaf's scope
	Salt        [SaltSize]byte
	Payload     []byte // the exact bytes that were committed to
	Proof       Proof
	VerifierKey string // of the log that signed; compare it with the published one
}

// receiptFile is the receipt on paper. Names and order are part of the format.
type receiptFile struct {
	Kind        string `json:"kind"`
	Contest     string `json:"contest"`
	Salt        string `json:"salt"`
	Payload     string `json:"payload"`
	Proof       string `json:"proof"`
	VerifierKey string `json:"verifierKey"`
}

// Marshal returns the receipt as one line of JSON, about 1.3 KB. The payload is
// a JSON string that holds its bytes, not re-encoded JSON.
func (r Receipt) Marshal() ([]byte, error) {
	if err := errors.Join(checkNames(r.Kind, r.Contest), checkPayload(r.Payload)); err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false) // six bytes for every < would buy nothing
	err := enc.Encode(receiptFile{
		Kind: string(r.Kind), Contest: r.Contest,
		Salt:    base64.StdEncoding.EncodeToString(r.Salt[:]),
		Payload: string(r.Payload), Proof: r.Proof.String(), VerifierKey: r.VerifierKey,
	})
	return buf.Bytes(), err
}

// ParseReceipt reads a receipt's form. It proves nothing: Verify does.
// White space around JSON tokens is free; everything else must be as Marshal
// writes it: six members, each once, each a string. The error is a *VerifyError.
func ParseReceipt(data []byte) (r Receipt, err error) {
	members, err := readMembers(data)
	if err != nil {
		return r, malformed("", err)
	}
	r.Kind, r.Contest, r.VerifierKey = Kind(members["kind"]), members["contest"], members["verifierKey"]
	r.Payload = []byte(members["payload"])
	if err := checkNames(r.Kind, r.Contest); err != nil {
		return r, malformed("kind or contest", err)
	}
	if err := checkPayload(r.Payload); err != nil {
		return r, malformed("payload", err)
	}
	salt, err := decode64(members["salt"])
	if err != nil {
		return r, malformed("salt", err)
	}
	if len(salt) != SaltSize {
		return r, malformed("salt", fmt.Errorf("holds %d bytes, want %d", len(salt), SaltSize))
	}
	r.Salt = [SaltSize]byte(salt)
	if r.Proof, err = ParseProof(members["proof"]); err != nil {
		return r, malformed("proof", err)
	}
	return r, nil
}

// readMembers is stricter than json.Unmarshal, which takes names in any case,
// lets the last of two equal names win and ignores strangers: each of these
// would let two people read two things in one file.
func readMembers(data []byte) (map[string]string, error) {
	if len(data) > maxReceipt {
		return nil, fmt.Errorf("%d bytes are more than any receipt has", len(data))
	}
	if !utf8.Valid(data) {
		return nil, errors.New("not UTF-8")
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil, errors.New("not a JSON object")
	}
	members := map[string]string{}
	for dec.More() {
		name, err := readString(dec)
		if err != nil {
			return nil, err
		}
		if !known(name) {
			return nil, fmt.Errorf("unknown member %q", clip(name))
		}
		if _, twice := members[name]; twice {
			return nil, fmt.Errorf("member %q appears twice", name)
		}
		if members[name], err = readString(dec); err != nil {
			return nil, fmt.Errorf("member %q: %w", name, err)
		}
	}
	if _, err := dec.Token(); err != nil {
		return nil, errors.New("the JSON object does not end")
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something follows the JSON object")
	}
	for _, name := range memberNames {
		if _, ok := members[name]; !ok {
			return nil, fmt.Errorf("member %q is missing", name)
		}
	}
	return members, nil
}

var memberNames = []string{"kind", "contest", "salt", "payload", "proof", "verifierKey"}

func known(name string) bool {
	for _, n := range memberNames {
		if n == name {
			return true
		}
	}
	return false
}

func readString(dec *json.Decoder) (string, error) {
	t, err := dec.Token()
	if err != nil {
		return "", errors.New("broken JSON")
	}
	s, ok := t.(string)
	if !ok {
		return "", errors.New("not a string")
	}
	return s, nil
}

func malformed(part string, err error) *VerifyError {
	detail := err.Error()
	if part != "" {
		detail = part + ": " + detail
	}
	return &VerifyError{Code: CodeReceiptMalformed, Detail: detail}
}
