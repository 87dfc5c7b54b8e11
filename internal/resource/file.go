package resource

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"
	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jobs"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/objstore"
	"fieldtrial/internal/scan"
)

// given are the media types that are given out, as magic bytes tell them: documents, tables, data,
// pictures and archives. Nothing a browser would run.
var given = []string{
	"application/pdf", "image/png", "image/jpeg", "image/webp", "image/tiff", "text/plain", "text/csv", "text/tab-separated-values",
	"application/json", "application/geo+json", "application/zip", "application/gzip", "video/mp4",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"application/vnd.openxmlformats-officedocument.presentationml.presentation",
	"application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet", "application/vnd.sqlite3",
}

// Upload is a file that is announced: its parts, in order, are PUT to Links, each PartSize bytes long
// but the last. The links work for an hour.
type Upload struct {
	ID       uuid.UUID
	Links    []string
	PartSize int64
}

// AddFile announces a file of a challenge.
func (s *Service) AddFile(ctx context.Context, actor authz.Actor, challenge uuid.UUID, title lang.Text, name string, size int64) (Upload, error) {
	title, name = tidy(title), fileName(name)
	var v fault.Check
	checkTitle(&v, title)
	v.That(name != "", "/name", "required")
	v.That(size > 0, "/size", "too_small", "min", 1)
	v.That(size <= MaxSize, "/size", "file_too_large", "max", MaxSize)
	if err := v.Err(); err != nil {
		return Upload{}, err
	}
	id, err := s.adding(ctx, actor, challenge, func(tx database.Tx, id uuid.UUID) error {
		_, err := tx.Pgx().Exec(ctx, `insert into challenge_resources (id, challenge_id, kind, title, name, size, object_key, state, created_by)
			values ($1,$2,'file',$3,$4,$5,$6,'uploading',$7)`, id, challenge, title, name, size, "resources/"+uuid.NewString(), actor.PersonID)
		return err
	})
	if err != nil {
		return Upload{}, err
	}
	r, err := s.byID(ctx, id)
	if err != nil {
		return Upload{}, err
	}
	if r.upload == "" {
		if r.upload, err = s.store.CreateMultipart(ctx, r.key, "application/octet-stream"); err != nil {
			return Upload{}, storeFault(err)
		}
		if _, err := s.db.Pool().Exec(ctx, `update challenge_resources set upload_id = $2 where id = $1 and upload_id = ''`, id, r.upload); err != nil {
			return Upload{}, err
		}
	}
	links, err := s.store.PartURLs(ctx, r.key, r.upload, 1, int((size+partSize-1)/partSize), time.Hour)
	return Upload{ID: id, Links: links, PartSize: partSize}, storeFault(err)
}

// Complete joins the parts of a file; a job then looks at its bytes. It gives the file's challenge.
func (s *Service) Complete(ctx context.Context, actor authz.Actor, id uuid.UUID) (uuid.UUID, error) {
	r, err := s.byID(ctx, id)
	if err != nil {
		return uuid.Nil, err
	}
	return r.Challenge, s.db.InTx(ctx, func(tx database.Tx) error {
		if err := s.lock(tx, actor, r.Challenge); err != nil {
			return err
		}
		if r.State != Uploading || r.Kind != "file" {
			return nil // completed before; the answer was lost
		}
		if _, err := s.store.Complete(ctx, r.key, r.upload, r.Size); err != nil {
			return storeFault(err)
		}
		if _, err := tx.Pgx().Exec(ctx, `update challenge_resources set state = 'checking' where id = $1 and state = 'uploading'`, id); err != nil {
			return err
		}
		return jobs.Enqueue(tx, CheckArgs{Resource: id})
	})
}

// CheckArgs asks to look at the bytes of a file that has arrived.
type CheckArgs struct {
	Resource uuid.UUID `json:"resource"`
}

// Kind names the job.
func (CheckArgs) Kind() string { return "resource.check" }

// CheckWorker runs Service.Check.
type CheckWorker struct {
	river.WorkerDefaults[CheckArgs]
	Service *Service
}

// scanTries is how often a scanner that fails is asked before a file is said to be not scanned.
const scanTries = 6

// Work checks one file.
func (w *CheckWorker) Work(ctx context.Context, job *river.Job[CheckArgs]) error {
	return w.Service.Check(ctx, job.Args.Resource, job.Attempt >= scanTries)
}

// Check names the type of a file by its bytes, refuses what is not given out, and has it scanned. last
// says that a scanner that cannot be reached is not waited for any longer. It may be repeated.
func (s *Service) Check(ctx context.Context, id uuid.UUID, last bool) error {
	r, err := s.byID(ctx, id)
	if errors.Is(err, fault.ErrNotFound) || (err == nil && r.State != Checking) {
		return nil
	}
	if err != nil {
		return err
	}
	body, _, err := s.store.Get(ctx, r.key, nil)
	if err != nil {
		return err
	}
	defer func() { _ = body.Close() }()
	b, err := io.ReadAll(io.LimitReader(body, MaxSize+1))
	if err != nil {
		return err
	}
	typ, _, _ := strings.Cut(mimetype.Detect(b).String(), ";")
	sum := sha256.Sum256(b)
	state, scanned := Ready, false
	switch {
	case !slices.Contains(given, typ) || int64(len(b)) != r.Size || scan.Bomb(bytes.NewReader(b), r.Size):
		state = Refused
	case s.scanner != nil:
		v, err := s.scanner.Scan(ctx, bytes.NewReader(b))
		if err != nil && !last {
			return fmt.Errorf("resource: scan %s: %w", id, err)
		}
		if err == nil {
			scanned = v.Outcome == scan.Clean
			if v.Outcome == scan.Infected {
				state = Infected
			}
		}
	}
	_, err = s.db.Pool().Exec(ctx, `update challenge_resources set state = $2, scanned = $3, media_type = $4, sha256 = $5
		where id = $1 and state = 'checking'`, id, string(state), scanned, typ, sum[:])
	return err
}

// Sweep deletes the objects of files that were removed, refused or given up, once no copy of the
// challenge needs them, and forgets visits and salts that are over.
func (s *Service) Sweep(ctx context.Context) error {
	list, err := query(ctx, s.db.Pool(), `where r.kind = 'file' and (r.removed_at < clock_timestamp() - interval '1 hour'
		or (r.state in ('uploading','infected','refused') and r.created_at < clock_timestamp() - interval '48 hours'))
		and not exists (select from challenge_resources o where o.object_key = r.object_key and o.id <> r.id) order by r.id limit 200`)
	if err != nil {
		return err
	}
	var failed error
	for _, r := range list {
		if r.State == Uploading && r.upload != "" {
			err = s.store.Abort(ctx, r.key, r.upload)
		} else {
			err = s.store.Delete(ctx, r.key)
		}
		if err == nil {
			_, err = s.db.Pool().Exec(ctx, `delete from challenge_resources where id = $1`, r.ID)
		}
		failed = errors.Join(failed, err)
	}
	_, err = s.db.Pool().Exec(ctx, `delete from resource_visits where counted_at < clock_timestamp() - interval '1 hour'`)
	if err == nil {
		_, err = s.db.Pool().Exec(ctx, `delete from visit_salts where day < (clock_timestamp() at time zone 'UTC')::date`)
	}
	return errors.Join(failed, err)
}

// SweepArgs asks to sweep. It is meant to run every hour.
type SweepArgs struct{}

// Kind names the job.
func (SweepArgs) Kind() string { return "resource.sweep" }

// SweepWorker runs Service.Sweep.
type SweepWorker struct {
	river.WorkerDefaults[SweepArgs]
	Service *Service
}

// Work sweeps once.
func (w *SweepWorker) Work(ctx context.Context, _ *river.Job[SweepArgs]) error {
	return w.Service.Sweep(ctx)
}

// fileName keeps what a person called the file, without folders.
func fileName(s string) string {
	s = oneLine(s)
	if i := strings.LastIndexAny(s, `/\`); i >= 0 {
		s = s[i+1:]
	}
	for utf8.RuneCountInString(s) > 255 {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	return s
}

func storeFault(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, objstore.ErrIncomplete), errors.Is(err, objstore.ErrNoUpload):
		return ErrIncomplete.Wrap(err)
	case errors.Is(err, objstore.ErrUnavailable), errors.Is(err, objstore.ErrNoSpace):
		return fault.ErrUnavailable.Wrap(err)
	}
	return err
}
