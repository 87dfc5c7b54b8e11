package entry

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/record"
)

// What can be wrong with a promise of bytes.
var (
	ErrHashFixed   = fault.New(fault.Conflict, "file.hash_fixed", "The fingerprint of this file is fixed already. Start a new upload for other bytes.")
	ErrHashDiffers = fault.New(fault.Conflict, "file.hash_differs", "These bytes are not those of the file whose fingerprint was sent. Choose the same file again.")
	ErrBytesLate   = fault.New(fault.Conflict, "file.bytes_late", "The time for bytes to follow is over.")
)

// Promise commits to a file's SHA-256 while its bytes are still on their way. From then on the entry
// may be submitted with it, and only these bytes are taken. It takes the place of the field's
// earlier files, like one that has arrived.
func (s *Service) Promise(ctx context.Context, actor authz.Actor, id uuid.UUID, sum []byte) (File, error) {
	if len(sum) != sha256.Size {
		return File{}, fault.ErrInvalid.At("/sha256", "malformed", nil)
	}
	f, _, err := s.fileToEdit(ctx, actor, id)
	if err != nil {
		return File{}, err
	}
	err = s.db.InTx(ctx, func(tx database.Tx) error {
		_, r, err := lockToEdit(tx, actor, f.Entry)
		if err != nil {
			return err
		}
		if err := r.admits(f.Field); err != nil {
			return err
		}
		if f, err = fileByID(ctx, tx.Pgx(), id); err != nil { // again: it may have arrived while this waited
			return err
		}
		switch {
		case f.removed:
			return fault.ErrNotFound
		case len(f.Promised) > 0 && !bytes.Equal(f.Promised, sum):
			return ErrHashFixed
		case len(f.Promised) > 0 || f.State != Uploading:
			return nil
		}
		if _, err := tx.Pgx().Exec(ctx, `update files set promised_sha256 = $2 where id = $1`, id, sum); err != nil {
			return err
		}
		if err := replaceOthers(tx, f); err != nil {
			return err
		}
		return touch(tx, f.Entry)
	})
	if err := done(err); err != nil {
		return File{}, err
	}
	return fileByID(ctx, s.db.Pool(), id)
}

// replaceOthers puts a file in the place of the field's earlier ones, which stay to be seen until
// the entry is submitted without them; those that could not be submitted go at once.
func replaceOthers(tx database.Tx, f File) error {
	_, err := tx.Pgx().Exec(tx.Context(), `update files set
			replaced_at = case when state not in ('infected','refused','missing') then clock_timestamp() end,
			removed_at = case when state in ('infected','refused','missing') then clock_timestamp() end
		where entry_id = $1 and field_id = $2 and id < $3 and removed_at is null and replaced_at is null
		  and (state <> 'uploading' or promised_sha256 is not null)
		  and exists (select from files n where n.id = $3 and n.removed_at is null and n.replaced_at is null)`, f.Entry, f.Field, f.ID)
	return err
}

// awaited says whether the last submission carries a file by its hash alone.
func awaited(ctx context.Context, q database.Queryer, r row, file uuid.UUID) (bool, error) {
	if r.Submission == nil {
		return false, nil
	}
	last, err := sentContent(ctx, q, r.Submission.ID)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(last.Files, func(x SentFile) bool { return x.ID == file && x.Awaited }), nil
}

// takesBytes says whether bytes of a file may come at a moment: of a file that was submitted by its
// hash, until the last moment for bytes; of any other, while the entry may be edited.
func takesBytes(ctx context.Context, q database.Queryer, c contest.Challenge, r *row, f File, now time.Time) (promised bool, err error) {
	if promised, err = awaited(ctx, q, *r, f.ID); err != nil {
		return promised, err
	}
	if !promised {
		if f.removed {
			return false, fault.ErrNotFound
		}
		if err := mayEdit(ctx, q, c, r, now); err != nil {
			return false, err
		}
		return false, r.admits(f.Field)
	}
	switch {
	case r.State == StateWithdrawn:
		return true, ErrWithdrawn
	case !now.Before(r.window(c).FilesUntil()):
		return true, ErrBytesLate
	}
	return true, nil
}

// lockForBytes is lock for the arrival of a file.
func lockForBytes(tx database.Tx, actor authz.Actor, f File) (c contest.Challenge, r row, promised bool, err error) {
	c, r, now, err := lock(tx, f.Entry)
	if err != nil {
		return c, r, false, err
	}
	if err := actor.Require(authz.EditEntry, r.scope(c)); err != nil {
		return c, r, false, err
	}
	promised, err = takesBytes(tx.Context(), tx.Pgx(), c, &r, f, now)
	return c, r, promised, err
}

// matched puts on record that the bytes of a file that was submitted by its hash are here.
func matched(tx database.Tx, c contest.Challenge, r row, sum []byte) error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	payload, err := record.FileMatched{Entry: r.ID.String(), Challenge: c.ID.String(),
		File: base64.StdEncoding.EncodeToString(sum), Time: now.UTC().Format(time.RFC3339Nano)}.Payload()
	if err != nil {
		return err
	}
	_, err = record.Append(tx, record.Leaf{Kind: record.KindFileMatched, Scope: c.RecordScope, Subject: r.ID.String(), Payload: payload})
	return err
}
