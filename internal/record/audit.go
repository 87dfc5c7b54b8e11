package record

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"golang.org/x/mod/sumdb/tlog"

	"fieldtrial/internal/database"
)

// auditPage is how many leaves Audit reads at a time.
const auditPage = 5000

// Audit rebuilds the whole log from its leaves and compares: every signed
// checkpoint with the root it should have, every stored hash with what the leaves
// give, and every opening with its leaf's commitment. It returns the number of ordered leaves. `doctor` and `restore`
// call it; 60,000 leaves take a few seconds. The error wraps ErrDamaged when the
// stored log contradicts itself.
func Audit(ctx context.Context, db *database.DB) (size int64, err error) {
	// One snapshot for all reads: a log that grows meanwhile is not damaged.
	snapshot := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	err = pgx.BeginTxFunc(ctx, db.Pool(), snapshot, func(tx pgx.Tx) error {
		roots, err := rebuild(ctx, tx)
		if err != nil {
			return err
		}
		size = int64(len(roots)) - 1
		return errors.Join(auditCheckpoints(ctx, tx, roots), auditOpenings(ctx, tx))
	})
	return size, err
}

func auditCheckpoints(ctx context.Context, db rows, roots []tlog.Hash) error {
	signed := int64(0)
	for before := int64(0); ; {
		page, err := readCheckpoints(ctx, db, before, auditPage)
		if err != nil {
			return err
		}
		for _, c := range page {
			signed = max(signed, c.Size)
			if err := auditCheckpoint(c, roots); err != nil {
				return err
			}
			before = c.Size
		}
		if len(page) < auditPage {
			break
		}
	}
	if size := int64(len(roots)) - 1; signed != size {
		return fmt.Errorf("%w: %d leaves, %d signed", ErrDamaged, size, signed)
	}
	return nil
}

func auditCheckpoint(c StoredCheckpoint, roots []tlog.Hash) error {
	said, err := OpenCheckpoint([]byte(c.Note), c.VerifierKey)
	if err != nil {
		return fmt.Errorf("%w: checkpoint of %d leaves: %w", ErrDamaged, c.Size, err)
	}
	if c.Size >= int64(len(roots)) || said.Size != c.Size || said.Root != roots[c.Size] {
		return fmt.Errorf("%w: root at %d leaves", ErrDamaged, c.Size)
	}
	return nil
}

// rebuild returns the root at every size from 0 on, computed from the leaves alone.
func rebuild(ctx context.Context, db rows) ([]tlog.Hash, error) {
	tree := &nodes{have: map[int64]tlog.Hash{}} // never reads the stored hashes
	roots := []tlog.Hash{emptyRoot}
	for {
		from := int64(len(roots)) - 1
		page, err := readLeaves(ctx, db, from, auditPage)
		if err != nil {
			return nil, err
		}
		for i, leaf := range page {
			if _, err := tree.addHash(from+int64(i), tlog.RecordHash(leaf)); err != nil {
				return nil, err
			}
			root, err := tlog.TreeHash(from+int64(i)+1, tree)
			if err != nil {
				return nil, err
			}
			roots = append(roots, root)
		}
		if len(page) < auditPage {
			return roots, auditNodes(ctx, db, tree.have)
		}
	}
}

// auditNodes finds stored hashes that differ or are missing: the roots would
// still be right, but receipts would fail.
func auditNodes(ctx context.Context, db rows, want map[int64]tlog.Hash) error {
	found, err := db.Query(ctx, `select position, hash from record_nodes`)
	if err != nil {
		return fmt.Errorf("record: audit the tree: %w", err)
	}
	var position int64
	var hash []byte
	right := 0
	_, err = pgx.ForEachRow(found, []any{&position, &hash}, func() error {
		if h, ok := want[position]; !ok || h != tlog.Hash(hash) {
			return fmt.Errorf("%w: stored hash at %d", ErrDamaged, position)
		}
		right++
		return nil
	})
	if err == nil && right != len(want) {
		err = fmt.Errorf("%w: %d stored hashes, want %d", ErrDamaged, right, len(want))
	}
	return err
}

// auditOpenings lets the database do the hashing: it is one statement for any
// number of leaves, and a second opinion on Commit.
func auditOpenings(ctx context.Context, db rows) error {
	var wrong int64
	err := db.QueryRow(ctx, `
		select count(*) from record_openings o join record_leaves l on l.id = o.leaf_id
		where l.commitment <> sha256(convert_to('fieldtrial.v1/commit', 'UTF8') || '\x00'::bytea || o.salt || sha256(o.payload))`).Scan(&wrong)
	if err != nil {
		return fmt.Errorf("record: audit the openings: %w", err)
	}
	if wrong > 0 {
		return fmt.Errorf("%w: %d payloads differ from what was committed to", ErrDamaged, wrong)
	}
	return nil
}
