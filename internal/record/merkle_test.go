package record

import (
	"encoding/hex"
	"testing"

	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/tlog"
)

func TestKnownHashes(t *testing.T) {
	for _, c := range []struct {
		what, got, want string
	}{
		{"root of the empty log", hex.EncodeToString(emptyRoot[:]), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
		{"hash of the empty leaf", hashHex(tlog.RecordHash(nil)), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"},
		{"root of no leaves", hashHex(newMemLog(t).root(0)), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
	} {
		if c.got != c.want {
			t.Errorf("%s = %s, want %s", c.what, c.got, c.want)
		}
	}
}

// The expected values were computed with another SHA-256 from the written formula.
func TestCommitmentAndLeafBytes(t *testing.T) {
	var salt [SaltSize]byte
	for i := range salt {
		salt[i] = byte(i)
	}
	c := Commit(salt, []byte(`{"entry":"e1","version":1}`))
	if got := hex.EncodeToString(c[:]); got != "b82373b4d3b92025edc590ba90f22e0de3ad5d3704410164d9163ebdb059310d" {
		t.Errorf("commitment = %s", got)
	}
	l := PublicLeaf{Kind: KindEntryReceived, Scope: "01J9Z3", Commitment: c}
	if got, want := string(l.Bytes()), "fieldtrial.v1\nentry.received\n01J9Z3\nuCNztNO5ICXtxZC6kPIuDeOtXTcEQQFk2RY+vbBZMQ0=\n"; got != want {
		t.Errorf("leaf = %q, want %q", got, want)
	}
	if got := hashHex(l.Hash()); got != "dbee26c4335968661e7744cedb4440835f7bccae97a0355e38b8732dbe568649" {
		t.Errorf("leaf hash = %s", got)
	}
}

func TestInclusionAgreesWithAnotherLibrary(t *testing.T) {
	const most = 70
	l := newMemLog(t).fill(most)
	for size := int64(1); size <= most; size++ {
		root := l.root(size)
		for index := range size {
			hashes, err := tlog.ProveRecord(size, index, l.tree)
			if err != nil {
				t.Fatal(err)
			}
			leaf := rfc6962.DefaultHasher.HashLeaf(l.public(l.leaves[index]).Bytes())
			if err := proof.VerifyInclusion(rfc6962.DefaultHasher, uint64(index), uint64(size), leaf, raw(hashes), root[:]); err != nil {
				t.Fatalf("leaf %d of %d: %v", index, size, err)
			}
		}
	}
}

func TestConsistencyAgreesWithAnotherLibrary(t *testing.T) {
	const most = 70
	l := newMemLog(t).fill(most)
	for size := int64(1); size <= most; size++ {
		newRoot := l.root(size)
		for old := int64(1); old <= size; old++ {
			oldRoot := l.root(old)
			hashes := l.consistency(old, size).Hashes
			if err := proof.VerifyConsistency(rfc6962.DefaultHasher, uint64(old), uint64(size), raw(hashes), oldRoot[:], newRoot[:]); err != nil {
				t.Fatalf("%d to %d: %v", old, size, err)
			}
		}
	}
}

func raw(hashes []tlog.Hash) [][]byte {
	out := make([][]byte, len(hashes))
	for i := range hashes {
		out[i] = hashes[i][:]
	}
	return out
}

func hashHex(h tlog.Hash) string { return hex.EncodeToString(h[:]) }
