package entry

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// FileState is where a file is on its way.
type FileState string

// The states of a file. Refused ones are not what they were declared to be.
const (
	Uploading  FileState = "uploading"
	Checking   FileState = "checking"
	Clean      FileState = "clean"
	Infected   FileState = "infected"
	NotScanned FileState = "not_scanned"
	Refused    FileState = "refused"
	Missing    FileState = "missing" // promised by its hash, and the bytes did not come in time
)

// File is one file of an entry.
type File struct {
	ID        uuid.UUID
	Entry     uuid.UUID
	Field     uuid.UUID
	Name      string
	Size      int64
	Type      string // as declared until it was looked at
	State     FileState
	Reason    string // why refused or not scanned
	SHA256    []byte // nil until computed here
	Promised  []byte // what the team's browser said the hash will be; nil where it did not
	CreatedAt time.Time
	Key       string // of the object; generated, never from a name
	upload    string
	part      int64
	removed   bool
	Replaced  bool // by a later version that the entry was not submitted with yet
	Sent      bool // carried by the last submission; filled in views
}

// good says that the file can be submitted: its bytes are here, hashed, and what they claim to be.
func (f File) good() bool {
	switch f.State {
	case Checking, Clean, NotScanned:
		return len(f.SHA256) > 0
	}
	return false
}

// promised says that the file can be submitted by its hash while its bytes are on their way.
func (f File) promised() bool { return f.State == Uploading && len(f.Promised) > 0 }

const selectFile = `select id, entry_id, field_id, name, size, coalesce(nullif(detected_type, ''), declared_type), state, scan_detail,
	sha256, created_at, object_key, upload_id, part_size, removed_at is not null, promised_sha256, replaced_at is not null from files `

func scanFile(r pgx.CollectableRow) (f File, err error) {
	err = r.Scan(&f.ID, &f.Entry, &f.Field, &f.Name, &f.Size, &f.Type, &f.State, &f.Reason, &f.SHA256, &f.CreatedAt,
		&f.Key, &f.upload, &f.part, &f.removed, &f.Promised, &f.Replaced)
	return f, err
}

// filesOf lists an entry's files as they stand, newest first: none that was removed or replaced.
func filesOf(ctx context.Context, q database.Queryer, entry uuid.UUID) ([]File, error) {
	return collectFiles(ctx, q, `where entry_id = $1 and removed_at is null and replaced_at is null order by id desc`, entry)
}

func collectFiles(ctx context.Context, q database.Queryer, where string, args ...any) ([]File, error) {
	rows, err := q.Query(ctx, selectFile+where, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanFile)
}

// filesByID reads files whether or not they were removed since.
func filesByID(ctx context.Context, q database.Queryer, ids []uuid.UUID) ([]File, error) {
	return collectFiles(ctx, q, `where id = any($1) order by id desc`, ids)
}

func fileByID(ctx context.Context, q database.Queryer, id uuid.UUID) (File, error) {
	list, err := filesByID(ctx, q, []uuid.UUID{id})
	if err != nil {
		return File{}, err
	}
	if len(list) == 0 {
		return File{}, fault.ErrNotFound
	}
	return list[0], nil
}

// fileToEdit reads a file of an entry that the actor may edit.
func (s *Service) fileToEdit(ctx context.Context, actor authz.Actor, id uuid.UUID) (File, contest.Challenge, error) {
	f, c, r, err := s.fileIn(ctx, id)
	if err != nil {
		return File{}, c, err
	}
	if err := actor.Require(authz.EditEntry, r.scope(c)); err != nil {
		return File{}, c, err
	}
	if f.removed {
		promised, err := awaited(ctx, s.db.Pool(), r, id) // what was submitted by its hash still needs its bytes
		if err != nil || !promised {
			return File{}, c, errors.Join(err, fault.ErrNotFound)
		}
	}
	return f, c, nil
}

func (s *Service) fileIn(ctx context.Context, id uuid.UUID) (File, contest.Challenge, row, error) {
	f, err := fileByID(ctx, s.db.Pool(), id)
	if err != nil {
		return File{}, contest.Challenge{}, row{}, err
	}
	r, err := read(ctx, s.db.Pool(), f.Entry)
	if err != nil {
		return File{}, contest.Challenge{}, row{}, err
	}
	c, err := contest.Load(ctx, s.db.Pool(), r.Challenge)
	return f, c, r, err
}
