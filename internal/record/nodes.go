package record

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"golang.org/x/mod/sumdb/tlog"
)

// rows is what both the pool and a transaction can do.
type rows interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// nodes reads the tree's stored hashes from the database and keeps what it has
// seen or made, so that growing the tree asks the database once.
type nodes struct {
	ctx  context.Context
	db   rows
	have map[int64]tlog.Hash
}

func openNodes(ctx context.Context, db rows) *nodes {
	return &nodes{ctx: ctx, db: db, have: map[int64]tlog.Hash{}}
}

// ReadHashes implements tlog.HashReader.
func (n *nodes) ReadHashes(positions []int64) ([]tlog.Hash, error) {
	var missing []int64
	for _, p := range positions {
		if _, ok := n.have[p]; !ok {
			missing = append(missing, p)
		}
	}
	if err := n.load(missing); err != nil {
		return nil, err
	}
	hashes := make([]tlog.Hash, len(positions))
	for i, p := range positions {
		h, ok := n.have[p]
		if !ok {
			return nil, fmt.Errorf("record: the tree's hash at %d is missing", p)
		}
		hashes[i] = h
	}
	return hashes, nil
}

func (n *nodes) load(positions []int64) error {
	if len(positions) == 0 {
		return nil
	}
	found, err := n.db.Query(n.ctx, `select position, hash from record_nodes where position = any($1)`, positions)
	if err != nil {
		return fmt.Errorf("record: read the tree: %w", err)
	}
	var position int64
	var hash []byte
	_, err = pgx.ForEachRow(found, []any{&position, &hash}, func() error {
		n.have[position] = tlog.Hash(hash)
		return nil
	})
	if err != nil {
		return fmt.Errorf("record: read the tree: %w", err)
	}
	return nil
}

// add hashes leaf number index into the tree and returns the new rows of
// record_nodes: position and hash.
func (n *nodes) add(index int64, leaf PublicLeaf) ([][]any, error) {
	return n.addHash(index, leaf.Hash())
}

func (n *nodes) addHash(index int64, leaf tlog.Hash) ([][]any, error) {
	hashes, err := tlog.StoredHashesForRecordHash(index, leaf, n)
	if err != nil {
		return nil, fmt.Errorf("record: grow the tree: %w", err)
	}
	first := tlog.StoredHashIndex(0, index)
	fresh := make([][]any, len(hashes))
	for i, h := range hashes {
		n.have[first+int64(i)] = h
		fresh[i] = []any{first + int64(i), h[:]}
	}
	return fresh, nil
}
