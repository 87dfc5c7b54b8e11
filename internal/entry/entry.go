// Package entry holds teams and their entries: answers saved field by field, files on their way to
// the object store, submissions that are snapshots on record, and receipts of them.
package entry

import (
	"context"
	"crypto/sha256"
	"io"

	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/objstore"
	"fieldtrial/internal/scan"
)

// What an entry's state does not allow.
var (
	ErrNotOpen        = fault.New(fault.Conflict, "entry.not_open", "This challenge does not take entries yet.")
	ErrDeadlinePassed = fault.New(fault.Conflict, "entry.deadline_passed", "The deadline has passed.")
	ErrOnePerTeam     = database.Constraint("entries_one_per_team", fault.New(fault.Conflict, "entry.one_per_team", "This team has an entry to this challenge already."))
	ErrIncomplete     = fault.New(fault.Invalid, "entry.incomplete", "The entry is not complete yet.")
	ErrWithdrawn      = fault.New(fault.Conflict, "entry.withdrawn", "The entry is withdrawn. Submit it again first.")
	ErrNotWithdrawn   = fault.New(fault.Conflict, "entry.not_withdrawn", "The entry is not withdrawn.")
	ErrNotSubmitted   = fault.New(fault.Conflict, "entry.not_submitted", "The entry has not been submitted.")
	ErrReceiptPending = fault.New(fault.Conflict, "entry.receipt_pending", "The receipt is being signed. It takes up to a minute.")
	ErrLanguage       = fault.New(fault.Conflict, "entry.language", "Entries to this challenge cannot be in this language.")
)

// What can be wrong with a file.
var (
	ErrFileIncomplete = fault.New(fault.Conflict, "file.incomplete", "The file has not arrived whole. Resume the upload.")
	ErrFileEnded      = fault.New(fault.Conflict, "file.upload_ended", "This upload has ended. Start it again.")
	ErrFileNotOpen    = fault.New(fault.Conflict, "file.not_openable", "This file cannot be opened.")
	ErrTooManyUploads = fault.New(fault.Conflict, "file.too_many_uploads", "Too many uploads are under way for this entry. Remove one first.")
	ErrStoreFull      = fault.New(fault.Unavailable, "file.store_full", "There is no room for files at the moment.")
)

// Scanner looks for malware; scan.Clamd is one. An error means that it could not look.
type Scanner interface {
	Scan(ctx context.Context, r io.Reader) (scan.Verdict, error)
}

// Config is what the service needs to know. LinkKey is secret and signs links to files; at least
// 32 bytes. OpenUnscanned lets people outside the team open files that no scanner has looked at.
type Config struct {
	LinkKey       []byte
	OpenUnscanned bool
}

// Service is the room's door.
type Service struct {
	db      *database.DB
	store   *objstore.Store
	scanner Scanner
	cfg     Config
	key     [sha256.Size]byte
}

// New opens the room. scanner may be nil: files are then "not scanned".
func New(db *database.DB, store *objstore.Store, scanner Scanner, cfg Config) *Service {
	if len(cfg.LinkKey) < 32 {
		panic("entry: the key for links needs 32 bytes")
	}
	return &Service{db: db, store: store, scanner: scanner, cfg: cfg,
		key: sha256.Sum256(append([]byte("fieldtrial/file-links\x00"), cfg.LinkKey...))}
}

// done turns a replayed request into a plain success: the answer is read again.
func done(err error) error {
	if _, again := database.Replayed(err); again {
		return nil
	}
	return err
}
