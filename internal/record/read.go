package record

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/mod/sumdb/tlog"

	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// Faults of reading. A receipt is ready within a minute of its leaf.
var (
	ErrPending = fault.New(fault.Conflict, "record.pending", "The receipt is not ready yet. It takes up to a minute.")
	ErrErased  = fault.New(fault.NotFound, "record.erased", "The contents of this receipt were erased.")
)

// StoredCheckpoint is a signed checkpoint with the key that signed it.
type StoredCheckpoint struct {
	Size        int64
	Root        tlog.Hash
	Note        string // the signed checkpoint, byte for byte
	VerifierKey string
	SignedAt    time.Time
}

const selectCheckpoint = `select c.size, c.root, c.note, k.verifier_key, c.signed_at
	from record_checkpoints c join record_keys k on k.id = c.key_id `

func scanCheckpoint(row pgx.CollectableRow) (c StoredCheckpoint, err error) {
	var root []byte
	if err = row.Scan(&c.Size, &root, &c.Note, &c.VerifierKey, &c.SignedAt); err == nil {
		c.Root = tlog.Hash(root)
	}
	return c, err
}

func oneCheckpoint(ctx context.Context, db rows, where string, args ...any) (StoredCheckpoint, error) {
	found, err := db.Query(ctx, selectCheckpoint+where, args...)
	if err != nil {
		return StoredCheckpoint{}, fmt.Errorf("record: read a checkpoint: %w", err)
	}
	c, err := pgx.CollectOneRow(found, scanCheckpoint)
	if errors.Is(err, pgx.ErrNoRows) {
		return c, fault.ErrNotFound
	}
	if err != nil {
		return c, fmt.Errorf("record: read a checkpoint: %w", err)
	}
	return c, nil
}

// LatestCheckpoint returns the newest checkpoint; fault.ErrNotFound before the first.
func LatestCheckpoint(ctx context.Context, db *database.DB) (StoredCheckpoint, error) {
	return oneCheckpoint(ctx, db.Pool(), `order by c.size desc limit 1`)
}

// NewestNote gives the newest signed checkpoint, byte for byte; "" before the first. Mails carry it: what
// lies in many mailboxes nobody can take back.
func NewestNote(tx database.Tx) (note string, err error) {
	err = tx.Pgx().QueryRow(tx.Context(), `select note from record_checkpoints order by size desc limit 1`).Scan(&note)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("record: read the newest checkpoint: %w", err)
	}
	return note, nil
}

// Checkpoints lists checkpoints, newest first, from those smaller than before
// (0: from the newest), at most limit.
func Checkpoints(ctx context.Context, db *database.DB, before int64, limit int) ([]StoredCheckpoint, error) {
	return readCheckpoints(ctx, db.Pool(), before, limit)
}

func readCheckpoints(ctx context.Context, db rows, before int64, limit int) ([]StoredCheckpoint, error) {
	found, err := db.Query(ctx, selectCheckpoint+`where $1 = 0 or c.size < $1 order by c.size desc limit $2`, before, limit)
	if err != nil {
		return nil, fmt.Errorf("record: list checkpoints: %w", err)
	}
	return pgx.CollectRows(found, scanCheckpoint)
}

// ReadReceipt proves a leaf against the newest checkpoint and returns the
// receipt's bytes. Everything it reads is append-only, so it needs no transaction.
// Errors: ErrPending (no index or no checkpoint over it yet), ErrErased,
// fault.ErrNotFound (no such leaf).
func ReadReceipt(ctx context.Context, db *database.DB, leafID int64) ([]byte, error) {
	return readReceipt(ctx, db, leafID, `where c.size > $1 order by c.size desc limit 1`)
}

// ReadFirstReceipt is ReadReceipt against the first checkpoint that covers the leaf: it never changes.
func ReadFirstReceipt(ctx context.Context, db *database.DB, leafID int64) ([]byte, error) {
	return readReceipt(ctx, db, leafID, `where c.size > $1 order by c.size limit 1`)
}

func readReceipt(ctx context.Context, db *database.DB, leafID int64, which string) ([]byte, error) {
	var r Receipt
	var index *int64
	var salt []byte
	err := db.Pool().QueryRow(ctx, `
		select l.kind, l.scope, o.leaf_index, p.salt, p.payload from record_leaves l
		left join record_order o on o.leaf_id = l.id
		left join record_openings p on p.leaf_id = l.id
		where l.id = $1`, leafID).Scan(&r.Kind, &r.Contest, &index, &salt, &r.Payload)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil, fault.ErrNotFound
	case err != nil:
		return nil, fmt.Errorf("record: read a leaf: %w", err)
	case salt == nil:
		return nil, ErrErased
	case index == nil:
		return nil, ErrPending
	}
	r.Salt = [SaltSize]byte(salt)
	// The checkpoint is read after the index: order and checkpoint commit
	// together, so one covers it now.
	c, err := oneCheckpoint(ctx, db.Pool(), which, *index)
	if err != nil {
		return nil, err
	}
	hashes, err := tlog.ProveRecord(c.Size, *index, openNodes(ctx, db.Pool()))
	if err != nil {
		return nil, fmt.Errorf("record: prove a leaf: %w", err)
	}
	r.VerifierKey = c.VerifierKey
	r.Proof = Proof{Index: *index, Hashes: hashes, Checkpoint: []byte(c.Note)}
	return r.Marshal()
}

// LeafOf returns the newest leaf of a kind about a subject, or fault.ErrNotFound.
func LeafOf(ctx context.Context, db *database.DB, kind Kind, subject string) (id int64, err error) {
	err = db.Pool().QueryRow(ctx, `select id from record_leaves where subject = $1::uuid and kind = $2
		order by id desc limit 1`, subject, string(kind)).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, fault.ErrNotFound
	}
	if err != nil {
		return 0, fmt.Errorf("record: find a leaf: %w", err)
	}
	return id, nil
}

// ReadConsistency proves that the log at newSize (0: the newest checkpoint) only
// adds to the log at oldSize. newSize must be a checkpoint's. Sizes that do not
// exist are fault.ErrNotFound.
func ReadConsistency(ctx context.Context, db *database.DB, oldSize, newSize int64) (Consistency, error) {
	where, args := `where c.size = $1`, []any{newSize}
	if newSize == 0 {
		where, args = `order by c.size desc limit 1`, nil
	}
	c, err := oneCheckpoint(ctx, db.Pool(), where, args...)
	if err != nil {
		return Consistency{}, err
	}
	if oldSize < 0 || oldSize > c.Size {
		return Consistency{}, fault.ErrNotFound
	}
	proof := Consistency{OldSize: oldSize, Checkpoint: []byte(c.Note)}
	if oldSize > 0 {
		if proof.Hashes, err = tlog.ProveTree(c.Size, oldSize, openNodes(ctx, db.Pool())); err != nil {
			return Consistency{}, fmt.Errorf("record: prove consistency: %w", err)
		}
	}
	return proof, nil
}

// ReadLeaves returns the public bytes of up to limit leaves from index from on,
// in the log's order, for whoever wants to rebuild the tree.
func ReadLeaves(ctx context.Context, db *database.DB, from int64, limit int) ([][]byte, error) {
	return readLeaves(ctx, db.Pool(), from, limit)
}

func readLeaves(ctx context.Context, db rows, from int64, limit int) ([][]byte, error) {
	found, err := db.Query(ctx, `
		select l.kind, l.scope, l.commitment from record_order o join record_leaves l on l.id = o.leaf_id
		where o.leaf_index >= $1 order by o.leaf_index limit $2`, from, limit)
	if err != nil {
		return nil, fmt.Errorf("record: list leaves: %w", err)
	}
	return pgx.CollectRows(found, func(row pgx.CollectableRow) ([]byte, error) {
		var l PublicLeaf
		var commitment []byte
		if err := row.Scan(&l.Kind, &l.Scope, &commitment); err != nil {
			return nil, err
		}
		l.Commitment = Commitment(commitment)
		return l.Bytes(), nil
	})
}
