package entry

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// RemoveFile takes a file out of the entry. What was submitted keeps it. Giving up an upload brings
// back the version that it was to replace.
func (s *Service) RemoveFile(ctx context.Context, actor authz.Actor, id uuid.UUID) error {
	f, err := fileByID(ctx, s.db.Pool(), id)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx database.Tx) error {
		_, r, err := lockToEdit(tx, actor, f.Entry)
		if err != nil {
			return err
		}
		if err := r.admits(f.Field); err != nil {
			return err
		}
		tag, err := tx.Pgx().Exec(ctx, `update files set removed_at = clock_timestamp() where id = $1 and removed_at is null`, id)
		if err != nil || tag.RowsAffected() == 0 {
			return err
		}
		if f.State != Uploading && f.State != Refused {
			return touch(tx, f.Entry)
		}
		tag, err = tx.Pgx().Exec(ctx, `update files set replaced_at = null where id = (
			select x.id from files x where x.entry_id = $1 and x.field_id = $2 and x.removed_at is null and x.replaced_at is not null and x.id < $3
			  and not exists (select from files n where n.entry_id = $1 and n.field_id = $2 and n.id <> $3
			                  and n.removed_at is null and n.replaced_at is null and n.state not in ('uploading', 'refused'))
			order by x.id desc limit 1)`, f.Entry, f.Field, id)
		if err != nil || (tag.RowsAffected() == 0 && !f.promised()) {
			return err // it was never part of the entry
		}
		return touch(tx, f.Entry)
	})
}

// RestoreFile puts an earlier version of a file back in the place of the later one, which becomes
// the earlier version in its turn.
func (s *Service) RestoreFile(ctx context.Context, actor authz.Actor, id uuid.UUID) (View, error) {
	f, _, err := s.fileToEdit(ctx, actor, id)
	if err != nil {
		return View{}, err
	}
	err = s.db.InTx(ctx, func(tx database.Tx) error {
		_, r, err := lockToEdit(tx, actor, f.Entry)
		if err != nil {
			return err
		}
		if err := r.admits(f.Field); err != nil {
			return err
		}
		tag, err := tx.Pgx().Exec(ctx, `update files set replaced_at = null where id = $1 and removed_at is null and replaced_at is not null`, id)
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			if f, err = fileByID(ctx, tx.Pgx(), id); err == nil && f.removed {
				err = fault.ErrNotFound
			}
			return err // it stands already
		}
		if _, err := tx.Pgx().Exec(ctx, `update files set replaced_at = clock_timestamp()
			where entry_id = $1 and field_id = $2 and id <> $3 and removed_at is null and replaced_at is null
			  and (state <> 'uploading' or promised_sha256 is not null)`, f.Entry, f.Field, id); err != nil {
			return err
		}
		return touch(tx, f.Entry)
	})
	if err := done(err); err != nil {
		return View{}, err
	}
	return s.Get(ctx, actor, f.Entry)
}

// settleVersions lets go of earlier versions once an entry was submitted without them.
func settleVersions(tx database.Tx, entry uuid.UUID) error {
	_, err := tx.Pgx().Exec(tx.Context(), `update files set removed_at = clock_timestamp()
		where entry_id = $1 and removed_at is null and replaced_at is not null`, entry)
	return err
}

// listed are the files that a team sees, newest first: those that stand, earlier versions, and what
// the last submission carries although it was taken out since.
func listed(ctx context.Context, q database.Queryer, r row) ([]File, error) {
	sent := map[uuid.UUID]bool{}
	ids := []uuid.UUID{}
	if r.Submission != nil {
		last, err := sentContent(ctx, q, r.Submission.ID)
		if err != nil {
			return nil, err
		}
		for _, f := range last.Files {
			sent[f.ID] = true
			ids = append(ids, f.ID)
		}
	}
	files, err := collectFiles(ctx, q, `where entry_id = $1 and (removed_at is null or id = any($2)) order by id desc`, r.ID, ids)
	for i := range files {
		files[i].Sent = sent[files[i].ID]
		files[i].Replaced = files[i].Replaced || files[i].removed
	}
	return files, err
}
