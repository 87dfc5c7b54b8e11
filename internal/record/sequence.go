package record

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/mod/sumdb/tlog"

	"fieldtrial/internal/database"
)

// batchSize bounds one transaction of Sequence: large enough to shuffle well,
// small enough to commit in well under a second.
const batchSize = 2000

// ErrKeyUnknown says that the log was signed by another key before. Starting
// with a fresh data folder on an old database does this; see AdoptKey.
var ErrKeyUnknown = errors.New("record: the log is signed by another key; restore record.key or adopt the new one")

// ErrDamaged says that the stored tree no longer gives the root that was signed.
// Nothing is signed then: a new checkpoint would contradict the published ones.
var ErrDamaged = errors.New("record: the stored log contradicts its last checkpoint")

// Sequence orders every pending leaf it can see, a batch at a time, and signs a
// checkpoint over each batch. It returns how many leaves it placed; 0 means there
// was nothing to do, and nothing is signed then.
//
// Several processes may call it at once, and any may die at any point: each batch
// is one transaction under an advisory lock, so order, nodes and checkpoint
// appear together or not at all, and no checkpoint is seen before it is durable.
// ctx must not carry an idempotency key: this is a job's work, not a request's.
func Sequence(ctx context.Context, db *database.DB, signer *Signer) (int, error) {
	total := 0
	for {
		placed := 0
		err := db.InTx(ctx, func(tx database.Tx) (err error) {
			placed, err = sequenceBatch(tx, signer)
			return err
		})
		if err != nil {
			return total, err
		}
		total += placed
		if placed < batchSize {
			return total, nil
		}
	}
}

func sequenceBatch(tx database.Tx, signer *Signer) (int, error) {
	// The lock comes first and by itself: statements after it see all that its
	// last holder committed.
	if err := tx.Lock("record.sequence"); err != nil {
		return 0, err
	}
	// Whatever the server's default, a checkpoint that could be taken back by a
	// power cut must not be shown to anyone.
	if _, err := tx.Pgx().Exec(tx.Context(), `set local synchronous_commit = on`); err != nil {
		return 0, fmt.Errorf("record: %w", err)
	}
	pending, err := readPending(tx)
	if err != nil || len(pending) == 0 {
		return 0, err
	}
	keyID, err := signingKey(tx, signer)
	if err != nil {
		return 0, err
	}
	tree := openNodes(tx.Context(), tx.Pgx())
	size, err := checkTree(tx, tree)
	if err != nil {
		return 0, err
	}
	mix(pending)
	if err := place(tx, tree, size, pending); err != nil {
		return 0, err
	}
	return len(pending), sign(tx, tree, size+int64(len(pending)), signer, keyID)
}

type pendingLeaf struct {
	id   int64
	leaf PublicLeaf
}

// readPending takes the lowest ids that have no index. An open transaction may
// hold a lower id than any of these; its leaf is found by a later batch.
func readPending(tx database.Tx) ([]pendingLeaf, error) {
	found, err := tx.Pgx().Query(tx.Context(), `
		select l.id, l.kind, l.scope, l.commitment from record_leaves l
		where not exists (select from record_order o where o.leaf_id = l.id)
		order by l.id limit $1`, batchSize)
	if err != nil {
		return nil, fmt.Errorf("record: read pending leaves: %w", err)
	}
	return pgx.CollectRows(found, func(row pgx.CollectableRow) (p pendingLeaf, err error) {
		var commitment []byte
		err = row.Scan(&p.id, &p.leaf.Kind, &p.leaf.Scope, &commitment)
		if err == nil {
			p.leaf.Commitment = Commitment(commitment)
		}
		return p, err
	})
}

// checkTree returns the log's size, having made sure that the leaves ordered so
// far and their stored hashes still give the root that was signed last.
func checkTree(tx database.Tx, tree *nodes) (size int64, err error) {
	var root []byte
	err = tx.Pgx().QueryRow(tx.Context(), `
		select (select coalesce(max(leaf_index) + 1, 0) from record_order),
			(select root from record_checkpoints order by size desc limit 1)`).Scan(&size, &root)
	if err != nil {
		return 0, fmt.Errorf("record: read the log's size: %w", err)
	}
	if root == nil {
		root = emptyRoot[:] // nothing signed yet
	}
	now, err := tlog.TreeHash(size, tree)
	if err != nil {
		return 0, err
	}
	if now != tlog.Hash(root) {
		return 0, fmt.Errorf("%w: root at %d leaves", ErrDamaged, size)
	}
	return size, nil
}

// place gives the leaves the next indices, in the order they come.
func place(tx database.Tx, tree *nodes, size int64, leaves []pendingLeaf) error {
	order := make([][]any, len(leaves))
	var hashes [][]any
	for i, p := range leaves {
		index := size + int64(i)
		fresh, err := tree.add(index, p.leaf)
		if err != nil {
			return err
		}
		order[i] = []any{index, p.id}
		hashes = append(hashes, fresh...)
	}
	_, err := tx.Pgx().CopyFrom(tx.Context(), pgx.Identifier{"record_order"}, []string{"leaf_index", "leaf_id"}, pgx.CopyFromRows(order))
	if err != nil {
		return fmt.Errorf("record: store the order: %w", err)
	}
	_, err = tx.Pgx().CopyFrom(tx.Context(), pgx.Identifier{"record_nodes"}, []string{"position", "hash"}, pgx.CopyFromRows(hashes))
	if err != nil {
		return fmt.Errorf("record: store the tree: %w", err)
	}
	return nil
}

// sign stores the checkpoint at size. Its time is the database's, the clock that
// deadlines go by.
func sign(tx database.Tx, tree *nodes, size int64, signer *Signer, keyID int32) error {
	root, err := tlog.TreeHash(size, tree)
	if err != nil {
		return err
	}
	now, err := tx.Now()
	if err != nil {
		return fmt.Errorf("record: %w", err)
	}
	now = now.UTC().Truncate(time.Second)
	signed, err := Checkpoint{Origin: signer.Origin(), Size: size, Root: root, Time: now}.Sign(signer)
	if err != nil {
		return err
	}
	_, err = tx.Pgx().Exec(tx.Context(), `insert into record_checkpoints (size, root, note, key_id, signed_at)
		values ($1, $2, $3, $4, $5)`, size, root[:], string(signed), keyID, now)
	if err != nil {
		return fmt.Errorf("record: store the checkpoint: %w", err)
	}
	return nil
}
