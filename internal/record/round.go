package record

import (
	"bytes"
	"errors"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// A round is the set of reviews that counted when a chair locked the scores. Its root, in the
// round.locked leaf, is the RFC 6962 root over the reviews' commitments in ascending order, each
// commitment's 32 bytes hashed as a leaf. Whoever holds the openings can compute it, in whatever
// order the reviews were written, and one review can be shown to be in it without the others.

// RoundRoot is the root over these commitments; that of the empty tree without any.
func RoundRoot(commitments []Commitment) tlog.Hash {
	tree := growth{}
	for _, c := range sorted(commitments) {
		tree.add(tlog.RecordHash(c[:]))
	}
	return tree.root()
}

// ProveRound gives the place of a commitment in the round, from 0, and the hashes from its sibling up.
func ProveRound(commitments []Commitment, c Commitment) (place int64, path []tlog.Hash, err error) {
	all := sorted(commitments)
	at, found := slices.BinarySearchFunc(all, c, compareCommitments)
	if !found {
		return 0, nil, errors.New("record: the commitment is not in the round")
	}
	tree := &nodes{have: map[int64]tlog.Hash{}}
	for i, each := range all {
		if _, err := tree.addHash(int64(i), tlog.RecordHash(each[:])); err != nil {
			return 0, nil, err
		}
	}
	path, err = tlog.ProveRecord(int64(len(all)), int64(at), tree)
	return int64(at), path, err
}

// CheckRound reports whether a commitment stands at a place in a round of so many reviews.
func CheckRound(root tlog.Hash, reviews, place int64, path []tlog.Hash, c Commitment) bool {
	return place >= 0 && place < reviews && tlog.CheckRecord(path, reviews, root, place, tlog.RecordHash(c[:])) == nil
}

func sorted(commitments []Commitment) []Commitment {
	all := slices.Clone(commitments)
	slices.SortFunc(all, compareCommitments)
	return all
}

func compareCommitments(a, b Commitment) int { return bytes.Compare(a[:], b[:]) }

// growth is a Merkle tree that only grows: the roots of its perfect parts, the largest first.
type growth struct {
	size  int64
	parts []tlog.Hash
}

func (g *growth) add(leaf tlog.Hash) {
	g.parts = append(g.parts, leaf)
	for n := g.size; n&1 == 1; n >>= 1 {
		last := len(g.parts) - 1
		g.parts = append(g.parts[:last-1], tlog.NodeHash(g.parts[last-1], g.parts[last]))
	}
	g.size++
}

func (g *growth) root() tlog.Hash {
	if g.size == 0 {
		return emptyRoot
	}
	last := len(g.parts) - 1
	h := g.parts[last]
	for i := last - 1; i >= 0; i-- {
		h = tlog.NodeHash(g.parts[i], h)
	}
	return h
}
