package record

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// signingKey returns the id of the signer's key, which must be the log's newest.
// The first key to sign becomes the log's key.
func signingKey(tx database.Tx, signer *Signer) (id int32, err error) {
	var key string
	err = tx.Pgx().QueryRow(tx.Context(), `select id, verifier_key from record_keys order by id desc limit 1`).Scan(&id, &key)
	if errors.Is(err, pgx.ErrNoRows) {
		return addKey(tx, signer)
	}
	if err != nil {
		return 0, fmt.Errorf("record: read the log's key: %w", err)
	}
	if key != signer.VerifierKey() {
		return 0, ErrKeyUnknown
	}
	return id, nil
}

func addKey(tx database.Tx, signer *Signer) (id int32, err error) {
	err = tx.Pgx().QueryRow(tx.Context(), `insert into record_keys (origin, verifier_key) values ($1, $2) returning id`,
		signer.Origin(), signer.VerifierKey()).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("record: keep the verifier key: %w", err)
	}
	return id, nil
}

// AdoptKey lets a new key sign from now on, after the old one was lost or leaked.
// Receipts made from older checkpoints keep verifying under the old key. It is an
// operator's act, never done by itself, and has no effect when the key already signs.
func AdoptKey(ctx context.Context, db *database.DB, signer *Signer) error {
	return db.InTx(ctx, func(tx database.Tx) error {
		if err := tx.Lock("record.sequence"); err != nil {
			return err
		}
		_, err := signingKey(tx, signer)
		if errors.Is(err, ErrKeyUnknown) {
			_, err = addKey(tx, signer)
		}
		return err
	})
}

// VerifierKey returns the public key that signs the log now, for publishing and
// pinning. It is fault.ErrNotFound before the first checkpoint.
func VerifierKey(ctx context.Context, db *database.DB) (key string, err error) {
	err = db.Pool().QueryRow(ctx, `select verifier_key from record_keys order by id desc limit 1`).Scan(&key)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", fault.ErrNotFound
	}
	if err != nil {
		return "", fmt.Errorf("record: read the log's key: %w", err)
	}
	return key, nil
}
