package record

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// fuzzLog is a log whose key is the same in every run, so that what stands in testdata/fuzz reaches
// behind the signature.
func fuzzLog(f testing.TB) *memLog {
	f.Helper()
	seed := bytes.Repeat([]byte{7}, ed25519.SeedSize)
	public, err := note.NewEd25519VerifierKey(testOrigin, ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey))
	if err != nil {
		f.Fatal(err)
	}
	hash := strings.SplitN(public, "+", 3)[1]
	signer, err := ParseKey("PRIVATE+KEY+" + testOrigin + "+" + hash + "+" + base64.StdEncoding.EncodeToString(append([]byte{1}, seed...)))
	if err != nil {
		f.Fatal(err)
	}
	l := &memLog{t: f, signer: signer, tree: &nodes{have: map[int64]tlog.Hash{}}}
	return l.fill(9)
}

func FuzzVerify(f *testing.F) {
	l := fuzzLog(f)
	f.Add(l.receipt(4, 9))
	f.Add([]byte(`{"kind":"a","contest":"b","salt":"","payload":"x","proof":"c2sp.org/tlog-proof@v1\nindex 0\n\n","verifierKey":""}`))
	f.Add([]byte(l.consistency(4, 9).String()))
	good := map[string]bool{}
	for i := range int64(9) {
		good[string(l.leaves[i].Payload)] = true
	}
	key := l.signer.VerifierKey()
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Verify(data, Options{Key: key})
		if err != nil {
			if _, ok := err.(*VerifyError); !ok { //nolint:errorlint // the documented type, unwrapped
				t.Fatalf("error of another type: %v", err)
			}
			return
		}
		// Nobody without the private key makes a receipt for something else.
		if !good[string(r.Payload)] || r.Contest != "c1" || r.Kind != KindReviewSubmitted {
			t.Fatalf("verified something never recorded: %+v", r)
		}
	})
}

func FuzzConsistency(f *testing.F) {
	l := fuzzLog(f)
	f.Add([]byte(l.consistency(4, 9).String()))
	r, err := Verify(l.receipt(2, 4), Options{})
	if err != nil {
		f.Fatal(err)
	}
	signed := map[int64]tlog.Hash{4: l.root(4), 9: l.root(9)}
	f.Fuzz(func(t *testing.T, data []byte) {
		later, err := NewChain(r).AddConsistency(data)
		if err == nil && later.Root != signed[later.Size] {
			t.Fatalf("accepted a checkpoint never signed: %+v", later)
		}
	})
}

// What the parsers take they write again, and what they write they take.
func FuzzParse(f *testing.F) {
	l := fuzzLog(f)
	f.Add(l.receipt(4, 9))
	f.Add([]byte(l.consistency(4, 9).String()))
	f.Add([]byte(l.file(9)))
	f.Fuzz(func(t *testing.T, data []byte) {
		if r, err := ParseReceipt(data); err == nil {
			again, err := r.Marshal()
			if err != nil {
				t.Fatalf("read, but not written: %v", err)
			}
			if _, err := ParseReceipt(again); err != nil {
				t.Fatalf("written, but not read: %v", err)
			}
		}
		if c, err := ParseConsistency(string(data)); err == nil && c.String() != string(data) {
			t.Fatalf("read as %q", c.String())
		}
		_, _ = VerifyLog(bytes.NewReader(data), LogOptions{Key: l.signer.VerifierKey()})
	})
}
