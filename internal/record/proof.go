package record

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	proofHeader = "c2sp.org/tlog-proof@v1"
	// maxProofHashes is the depth of the largest tree that parseSize lets in, doubled
	// for consistency proofs.
	maxProofHashes = 104
)

// Proof shows that one leaf is in the tree of a signed checkpoint: C2SP tlog-proof.
type Proof struct {
	Index      int64       // of the leaf, from 0
	Hashes     []tlog.Hash // from the leaf's sibling up to the root's child
	Checkpoint []byte      // signed note
}

// String returns the proof as c2sp.org/tlog-proof@v1.
func (p Proof) String() string {
	return proofHeader + "\nindex " + strconv.FormatInt(p.Index, 10) + "\n" +
		joinHashes(p.Hashes) + "\n" + string(p.Checkpoint)
}

// ParseProof reads a tlog-proof@v1. An "extra" line is allowed, as the format
// says, and left aside: nothing vouches for it.
func ParseProof(text string) (p Proof, err error) {
	head, checkpoint, ok := strings.Cut(text, "\n\n")
	if !ok {
		return p, errors.New("no blank line before the checkpoint")
	}
	lines := strings.Split(head, "\n")
	if lines[0] != proofHeader {
		return p, fmt.Errorf("first line is %q, want %s", clip(lines[0]), proofHeader)
	}
	lines = lines[1:]
	if len(lines) > 0 && strings.HasPrefix(lines[0], "extra ") {
		if _, err := decode64(lines[0][len("extra "):]); err != nil {
			return p, err
		}
		lines = lines[1:]
	}
	if len(lines) == 0 || !strings.HasPrefix(lines[0], "index ") {
		return p, errors.New("no index line")
	}
	if p.Index, err = parseSize(lines[0][len("index "):]); err != nil {
		return p, err
	}
	if p.Hashes, err = splitHashes(lines[1:]); err != nil {
		return p, err
	}
	p.Checkpoint = []byte(checkpoint)
	return p, nil
}

// Consistency shows that a later checkpoint only added to an earlier one. Its
// text is the body that C2SP tlog-witness takes: "old <size>", the proof's
// hashes, a blank line, the later checkpoint.
type Consistency struct {
	OldSize    int64
	Hashes     []tlog.Hash
	Checkpoint []byte // signed note of the later tree
}

// String returns the proof in the tlog-witness form.
func (c Consistency) String() string {
	return "old " + strconv.FormatInt(c.OldSize, 10) + "\n" + joinHashes(c.Hashes) + "\n" + string(c.Checkpoint)
}

// ParseConsistency reads what String writes.
func ParseConsistency(text string) (c Consistency, err error) {
	head, checkpoint, ok := strings.Cut(text, "\n\n")
	if !ok {
		return c, errors.New("no blank line before the checkpoint")
	}
	lines := strings.Split(head, "\n")
	old, ok := strings.CutPrefix(lines[0], "old ")
	if !ok {
		return c, fmt.Errorf("first line is %q, want \"old <size>\"", clip(lines[0]))
	}
	if c.OldSize, err = parseSize(old); err != nil {
		return c, err
	}
	if c.Hashes, err = splitHashes(lines[1:]); err != nil {
		return c, err
	}
	c.Checkpoint = []byte(checkpoint)
	return c, nil
}

func joinHashes(hashes []tlog.Hash) string {
	var b strings.Builder
	for _, h := range hashes {
		b.WriteString(base64.StdEncoding.EncodeToString(h[:]))
		b.WriteByte('\n')
	}
	return b.String()
}

func splitHashes(lines []string) ([]tlog.Hash, error) {
	if len(lines) > maxProofHashes {
		return nil, fmt.Errorf("%d hashes are more than any proof needs", len(lines))
	}
	var hashes []tlog.Hash
	for _, line := range lines {
		h, err := decodeHash(line)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, h)
	}
	return hashes, nil
}
