package entry

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/objstore"
)

const (
	partSize = 8 << 20 // bytes of every part but the last
	maxFile  = 2 << 30 // bytes, whatever the form says

	maxUploads = 12 // under way at once for one entry
)

// FileStart announces a file. Type is a media type.
type FileStart struct {
	Field uuid.UUID
	Name  string
	Size  int64
	Type  string
}

// Upload is a file on its way with the parts that have arrived.
type Upload struct {
	File      File
	PartSize  int64
	PartCount int
	Parts     []objstore.Part
}

// StartUpload announces a file to a field of the form. Its parts then go to the links of SignParts.
func (s *Service) StartUpload(ctx context.Context, actor authz.Actor, entry uuid.UUID, f FileStart) (Upload, error) {
	id := uuid.Must(uuid.NewV7())
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, r, err := lockToEdit(tx, actor, entry)
		if err != nil {
			return err
		}
		if err := r.admits(f.Field); err != nil {
			return err
		}
		form, err := contest.Form(ctx, tx.Pgx(), c.ID)
		if err != nil {
			return err
		}
		if err := checkStart(form, &f); err != nil {
			return err
		}
		var open int
		if err := tx.Pgx().QueryRow(ctx, `select count(*) from files where entry_id = $1 and state = 'uploading' and removed_at is null`, entry).Scan(&open); err != nil {
			return err
		}
		if open >= maxUploads {
			return ErrTooManyUploads
		}
		tx.Remember(id.String())
		_, err = tx.Pgx().Exec(ctx, `insert into files (id, entry_id, field_id, name, size, declared_type, object_key, part_size, uploaded_by)
			values ($1,$2,$3,$4,$5,$6,$7,$8,$9)`, id, entry, f.Field, f.Name, f.Size, f.Type, "entries/"+uuid.NewString(), partSize, actor.PersonID)
		return err
	})
	if first, again := database.Replayed(err); again {
		if id, err = uuid.Parse(first); err != nil {
			return Upload{}, fault.ErrNotFound
		}
	}
	if err != nil {
		return Upload{}, err
	}
	return s.Upload(ctx, actor, id)
}

// Upload tells which parts have arrived, to resume.
func (s *Service) Upload(ctx context.Context, actor authz.Actor, id uuid.UUID) (Upload, error) {
	f, _, err := s.fileToEdit(ctx, actor, id)
	if err != nil {
		return Upload{}, err
	}
	u := Upload{File: f, PartSize: f.part, PartCount: int((f.Size + f.part - 1) / f.part), Parts: []objstore.Part{}}
	if f.State != Uploading {
		return u, nil
	}
	if f, err = s.begun(ctx, f); err != nil {
		return Upload{}, err
	}
	parts, err := s.store.ListParts(ctx, f.Key, f.upload)
	if errors.Is(err, objstore.ErrNoUpload) {
		return s.joined(ctx, u, err)
	}
	if err != nil {
		return Upload{}, storeFault(err)
	}
	for _, p := range parts {
		if p.Number <= u.PartCount && p.Size == f.partBytes(p.Number) { // one of another size has to come again
			u.Parts = append(u.Parts, p)
		}
	}
	return u, nil
}

// joined is an upload whose parts the store has put together and whose end was not written down: the
// program stopped in between. All parts have arrived; completing goes on from there. Where the file is
// not there either, gone says what became of it.
func (s *Service) joined(ctx context.Context, u Upload, gone error) (Upload, error) {
	o, err := s.store.Stat(ctx, u.File.Key)
	if errors.Is(err, objstore.ErrNotFound) || (err == nil && o.Size != u.File.Size) {
		return Upload{}, storeFault(gone)
	}
	if err != nil {
		return Upload{}, storeFault(err)
	}
	for n := 1; n <= u.PartCount; n++ {
		u.Parts = append(u.Parts, objstore.Part{Number: n, Size: u.File.partBytes(n)})
	}
	return u, nil
}

// partBytes is how long a part must be.
func (f File) partBytes(n int) int64 { return min(f.part, f.Size-int64(n-1)*f.part) }

// begun makes the upload at the store where that has not happened yet. It is not part of the
// transaction that announced the file: the store may be away while the entry is written.
func (s *Service) begun(ctx context.Context, f File) (File, error) {
	if f.upload != "" {
		return f, nil
	}
	id, err := s.store.CreateMultipart(ctx, f.Key, f.Type)
	if err != nil {
		return f, storeFault(err)
	}
	err = s.db.InTx(detached(ctx), func(tx database.Tx) error {
		return tx.Pgx().QueryRow(ctx, `update files set upload_id = case when upload_id = '' then $2 else upload_id end
			where id = $1 returning upload_id`, f.ID, id).Scan(&f.upload)
	})
	if err == nil && f.upload != id { // another request was faster
		err = storeFault(s.store.Abort(ctx, f.Key, id))
	}
	return f, err
}

// PartLink is an address for one part.
type PartLink struct {
	Number int
	URL    string
}

// partLinkLife bounds a link to send a part to. The store looks at it when the part begins.
const partLinkLife = 10 * time.Minute

// SignParts gives the addresses that parts are PUT to, and until when.
func (s *Service) SignParts(ctx context.Context, actor authz.Actor, id uuid.UUID, numbers []int) ([]PartLink, time.Time, error) {
	f, now, err := s.fileToSend(ctx, actor, id)
	if err != nil {
		return nil, time.Time{}, err
	}
	if f.State != Uploading {
		return nil, time.Time{}, ErrFileEnded
	}
	if f, err = s.begun(ctx, f); err != nil {
		return nil, time.Time{}, err
	}
	count := int((f.Size + f.part - 1) / f.part)
	out := make([]PartLink, 0, len(numbers))
	for _, n := range numbers {
		if n < 1 || n > count {
			return nil, time.Time{}, fault.ErrInvalid.At("/numbers", "too_large", map[string]any{"max": count})
		}
		urls, err := s.store.PartURLs(ctx, f.Key, f.upload, n, n, partLinkLife)
		if err != nil {
			return nil, time.Time{}, storeFault(err)
		}
		out = append(out, PartLink{n, urls[0]})
	}
	return out, now.Add(partLinkLife), nil
}

// storeFault turns what the store says into what a client is told.
func storeFault(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, objstore.ErrNoSpace):
		return ErrStoreFull.Wrap(err)
	case errors.Is(err, objstore.ErrUnavailable):
		return fault.ErrUnavailable.Wrap(err)
	case errors.Is(err, objstore.ErrIncomplete):
		return ErrFileIncomplete.Wrap(err)
	case errors.Is(err, objstore.ErrNoUpload):
		return ErrFileEnded.Wrap(err)
	case errors.Is(err, objstore.ErrNotFound):
		return ErrFileNotOpen.Wrap(err)
	}
	return err
}

// detached drops the request's idempotency key: what follows is no wish of the client's.
func detached(ctx context.Context) context.Context {
	return database.WithIdempotency(ctx, database.Idempotency{})
}
