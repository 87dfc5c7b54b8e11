package entry

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/gabriel-vasile/mimetype"
	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jobs"
	"fieldtrial/internal/objstore"
	"fieldtrial/internal/scan"
)

// inspectNow is up to how many bytes a file is hashed before the answer, so that it can be
// submitted at once; larger ones are hashed by the job.
const inspectNow = 64 << 20

// finishWithin bounds how long joining and hashing may take.
const finishWithin = 5 * time.Minute

// CompleteUpload joins the parts. The file must come to the announced size; it is then hashed,
// compared with its declared type and scanned. In time means completed before the deadline. It is
// brought to its end though the browser goes away meanwhile, as a reload does.
func (s *Service) CompleteUpload(ctx context.Context, actor authz.Actor, id uuid.UUID) (File, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishWithin)
	defer cancel()
	f, _, err := s.fileToEdit(ctx, actor, id)
	if err != nil {
		return File{}, err
	}
	if f.State != Uploading {
		return f, nil // completed before; the answer was lost
	}
	if _, _, err := s.fileToSend(ctx, actor, id); err != nil { // before work is done; decided again below, under the lock
		return File{}, err
	}
	if f.upload == "" {
		return File{}, ErrFileIncomplete
	}
	if _, err := s.store.Complete(ctx, f.Key, f.upload, f.Size); err != nil {
		return File{}, storeFault(err)
	}
	var found inspection
	if f.Size <= inspectNow {
		if found, err = s.inspect(ctx, f); err != nil {
			return File{}, storeFault(err)
		}
	}
	err = s.db.InTx(ctx, func(tx database.Tx) error {
		c, r, promised, err := lockForBytes(tx, actor, f)
		if err != nil {
			return err
		}
		tag, err := tx.Pgx().Exec(ctx, `update files set state = 'checking', completed_at = clock_timestamp()
			where id = $1 and state = 'uploading' and removed_at is null`, id)
		if err != nil || tag.RowsAffected() == 0 {
			return err
		}
		if !promised { // what was submitted by its hash is no change of the entry
			if err := touch(tx, f.Entry); err != nil {
				return err
			}
		}
		if found.done {
			if err := keepInspection(tx, f, found); err != nil || found.reason != "" {
				return err
			}
			if promised {
				if err := matched(tx, c, r, found.sum); err != nil {
					return err
				}
			}
		}
		return jobs.Enqueue(tx, CheckArgs{File: id})
	})
	if err := done(err); err != nil {
		return File{}, err
	}
	if found.reason == hashDiffers {
		return File{}, errors.Join(ErrHashDiffers, storeFault(s.store.Delete(ctx, f.Key)))
	}
	return fileByID(ctx, s.db.Pool(), id)
}

// fileToSend reads a file whose bytes the actor may send now, with the database's clock.
func (s *Service) fileToSend(ctx context.Context, actor authz.Actor, id uuid.UUID) (File, time.Time, error) {
	f, c, r, err := s.fileIn(ctx, id)
	if err != nil {
		return f, time.Time{}, err
	}
	if err := actor.Require(authz.EditEntry, r.scope(c)); err != nil {
		return f, time.Time{}, err
	}
	now, err := s.db.Now(ctx)
	if err != nil {
		return f, now, err
	}
	_, err = takesBytes(ctx, s.db.Pool(), c, &r, f, now)
	return f, now, err
}

// hashDiffers is the reason of bytes that are not the promised ones: they are thrown away, and the
// file waits for the right ones.
const hashDiffers = "hash_differs"

// inspection is what looking at the stored bytes showed. reason is set where the file is refused.
type inspection struct {
	done   bool
	typ    string
	sum    []byte
	reason string
}

// inspect reads the whole object: its first bytes say what it is, all of them make the hash.
func (s *Service) inspect(ctx context.Context, f File) (inspection, error) {
	body, _, err := s.store.Get(ctx, f.Key, nil)
	if err != nil {
		return inspection{}, err
	}
	defer func() { _ = body.Close() }()
	head := make([]byte, 8<<10)
	n, err := io.ReadFull(body, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return inspection{}, err
	}
	h := sha256.New()
	h.Write(head[:n])
	rest, err := io.Copy(h, body)
	if err != nil {
		return inspection{}, err
	}
	out := inspection{done: true, sum: h.Sum(nil), typ: detect(head[:n])}
	switch {
	case int64(n)+rest != f.Size:
		out.reason = "size_differs"
	case len(f.Promised) > 0 && !bytes.Equal(out.sum, f.Promised):
		out.reason = hashDiffers
	case out.typ != f.Type:
		out.reason = "type_differs"
	}
	return out, nil
}

// detect names the media type by magic bytes; one that no form accepts is kept for the record.
func detect(head []byte) string {
	typ, _, _ := strings.Cut(mimetype.Detect(head).String(), ";")
	if typ == "application/pdf" && !bytes.HasPrefix(bytes.TrimLeft(head, "\ufeff \r\n\t"), []byte("%PDF-")) {
		return "application/octet-stream" // something else comes first, which other readers would open
	}
	return typ
}

// keepInspection writes down what was found. A good file takes the place of the field's others.
func keepInspection(tx database.Tx, f File, found inspection) error {
	if found.reason == hashDiffers { // a new upload begins at the store with the next part
		_, err := tx.Pgx().Exec(tx.Context(), `update files set state = 'uploading', upload_id = '', completed_at = null, scan_detail = $2
			where id = $1 and state = 'checking' and sha256 is null`, f.ID, found.reason)
		return err
	}
	state := Checking
	if found.reason != "" {
		state = Refused
	}
	tag, err := tx.Pgx().Exec(tx.Context(), `update files set state = $2, sha256 = $3, detected_type = $4, scan_detail = $5
		where id = $1 and state = 'checking' and sha256 is null`, f.ID, string(state), found.sum, found.typ, found.reason)
	if err != nil || tag.RowsAffected() == 0 || state == Refused {
		return err
	}
	return replaceOthers(tx, f)
}

// keepLater is keepInspection for the job: whether the file was submitted by its hash is asked now.
func keepLater(tx database.Tx, f File, found inspection) error {
	c, r, _, err := lock(tx, f.Entry)
	if err != nil {
		return err
	}
	promised, err := awaited(tx.Context(), tx.Pgx(), r, f.ID)
	if err != nil {
		return err
	}
	if err := keepInspection(tx, f, found); err != nil || found.reason != "" || !promised {
		return err
	}
	return matched(tx, c, r, found.sum)
}

// CheckArgs asks to hash and scan a file that has arrived.
type CheckArgs struct {
	File uuid.UUID `json:"file"`
}

// Kind names the job.
func (CheckArgs) Kind() string { return "entry.check_file" }

// CheckWorker runs Service.Check.
type CheckWorker struct {
	river.WorkerDefaults[CheckArgs]
	Service *Service
}

// Timeout lets 2 GB through a slow scanner, and ends before the job would be taken for stuck.
func (w *CheckWorker) Timeout(*river.Job[CheckArgs]) time.Duration { return 14 * time.Minute }

// scanTries is how often a scanner that fails is asked again before the file is said to be not
// scanned.
const scanTries = 6

// Work checks one file.
func (w *CheckWorker) Work(ctx context.Context, job *river.Job[CheckArgs]) error {
	return w.Service.Check(ctx, job.Args.File, job.Attempt >= scanTries)
}

// Check hashes a file where that is still to do, and has it scanned. last says that a scanner that
// cannot be reached is not waited for any longer. It may be repeated.
func (s *Service) Check(ctx context.Context, id uuid.UUID, last bool) error {
	f, err := fileByID(ctx, s.db.Pool(), id)
	if errors.Is(err, fault.ErrNotFound) || (err == nil && f.State != Checking) {
		return nil
	}
	if err != nil {
		return err
	}
	if len(f.SHA256) == 0 {
		found, err := s.inspect(ctx, f)
		if errors.Is(err, objstore.ErrNotFound) {
			return nil // swept with its entry
		}
		if err != nil {
			return err
		}
		if err := s.db.InTx(ctx, func(tx database.Tx) error { return keepLater(tx, f, found) }); err != nil || found.reason != "" {
			if err == nil && found.reason == hashDiffers {
				err = s.store.Delete(ctx, f.Key)
			}
			return err
		}
	}
	v := scan.Verdict{Outcome: scan.NotScanned, Reason: "no_scanner"}
	if s.scanner != nil {
		if v, err = s.scanFile(ctx, f); err != nil && !last {
			return fmt.Errorf("entry: scan %s: %w", f.ID, err)
		} else if err != nil {
			v = scan.Verdict{Outcome: scan.NotScanned, Reason: "no_scanner"}
		}
	}
	return s.db.InTx(ctx, func(tx database.Tx) error { return keepVerdict(tx, f, v) })
}

func (s *Service) scanFile(ctx context.Context, f File) (scan.Verdict, error) {
	body, _, err := s.store.Get(ctx, f.Key, nil)
	if err != nil {
		return scan.Verdict{}, err
	}
	defer func() { _ = body.Close() }()
	return s.scanner.Scan(ctx, body)
}
