package record

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

const testOrigin = "contest.example.city/log/1"

// memLog is a log in memory, for tests of the half that knows no database.
type memLog struct {
	t      testing.TB
	signer *Signer
	tree   *nodes // never loads: everything it made is in it
	leaves []Receipt
}

func newMemLog(t testing.TB) *memLog {
	t.Helper()
	private, err := GenerateKey(testOrigin)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := ParseKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return &memLog{t: t, signer: signer, tree: &nodes{have: map[int64]tlog.Hash{}}}
}

func (l *memLog) add(kind Kind, contest, payload string) int64 {
	l.t.Helper()
	index := int64(len(l.leaves))
	r := Receipt{Kind: kind, Contest: contest, Payload: []byte(payload), VerifierKey: l.signer.VerifierKey()}
	for i := range r.Salt {
		r.Salt[i] = byte(int(index)*7 + i)
	}
	if _, err := l.tree.add(index, l.public(r)); err != nil {
		l.t.Fatal(err)
	}
	l.leaves = append(l.leaves, r)
	return index
}

func (l *memLog) public(r Receipt) PublicLeaf {
	return PublicLeaf{Kind: r.Kind, Scope: r.Contest, Commitment: Commit(r.Salt, r.Payload)}
}

func (l *memLog) fill(n int) *memLog {
	for i := range n {
		l.add(KindReviewSubmitted, "c1", fmt.Sprintf(`{"review":%d}`, i))
	}
	return l
}

func (l *memLog) root(size int64) tlog.Hash {
	l.t.Helper()
	h, err := tlog.TreeHash(size, l.tree)
	if err != nil {
		l.t.Fatal(err)
	}
	return h
}

func (l *memLog) checkpoint(size int64) []byte {
	l.t.Helper()
	c := Checkpoint{Origin: l.signer.Origin(), Size: size, Root: l.root(size), Time: time.Date(2027, 2, 1, 9, 30, 0, 0, time.UTC)}
	signed, err := c.Sign(l.signer)
	if err != nil {
		l.t.Fatal(err)
	}
	return signed
}

func (l *memLog) receipt(index, size int64) []byte {
	l.t.Helper()
	r := l.leaves[index]
	hashes, err := tlog.ProveRecord(size, index, l.tree)
	if err != nil {
		l.t.Fatal(err)
	}
	r.Proof = Proof{Index: index, Hashes: hashes, Checkpoint: l.checkpoint(size)}
	b, err := r.Marshal()
	if err != nil {
		l.t.Fatal(err)
	}
	return b
}

func (l *memLog) consistency(oldSize, newSize int64) Consistency {
	l.t.Helper()
	c := Consistency{OldSize: oldSize, Checkpoint: l.checkpoint(newSize)}
	if oldSize > 0 {
		hashes, err := tlog.ProveTree(newSize, oldSize, l.tree)
		if err != nil {
			l.t.Fatal(err)
		}
		c.Hashes = hashes
	}
	return c
}

// entryPayload is as large as a real one gets: uuids and four files.
func entryPayload(t testing.TB, challenge string) string {
	t.Helper()
	hash := strings.Repeat("x", 43) + "="
	p, err := EntryReceived{
		Entry: "0198f2c4-7f3e-7cc1-9f43-3a4be70f1a52", Challenge: challenge, Version: 12, Rules: 3, Answers: hash,
		Files: []string{hash, hash, hash, hash}, Time: "2027-02-01T09:29:31.123456Z",
	}.Payload()
	if err != nil {
		t.Fatal(err)
	}
	return string(p)
}

func mustFail(t testing.TB, err error, want Code) {
	t.Helper()
	wrong, ok := err.(*VerifyError) //nolint:errorlint // the documented type, unwrapped
	if !ok || wrong.Code != want {
		t.Fatalf("error = %v, want %s", err, want)
	}
}
