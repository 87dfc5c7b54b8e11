package objstore

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/minio/minio-go/v7"
)

// Part is a piece of an upload that the store has.
type Part struct {
	Number int // from 1
	Size   int64
	ETag   string
}

// Upload is one that was begun and not finished.
type Upload struct {
	Key, ID string
	Begun   time.Time
}

// CreateMultipart begins an upload in parts and returns its id. All parts but
// the last are of one size, 5 MiB or more; an empty file is stored by Put.
func (s *Store) CreateMultipart(ctx context.Context, key, contentType string) (uploadID string, err error) {
	id, err := s.core.NewMultipartUpload(ctx, s.cfg.Bucket, key, minio.PutObjectOptions{ContentType: contentType})
	return id, failure("begin an upload", err)
}

// PartURLs signs the links by which a browser PUTs the parts first…last (from
// 1, both included). Nothing is asked of the store: a thousand cost a few
// milliseconds.
func (s *Store) PartURLs(ctx context.Context, key, uploadID string, first, last int, valid time.Duration) ([]string, error) {
	if first < 1 || last < first || last > 10000 {
		return nil, fmt.Errorf("objstore: there are no parts %d to %d", first, last)
	}
	links := make([]string, 0, last-first+1)
	for n := first; n <= last; n++ {
		u, err := s.links.Presign(ctx, http.MethodPut, s.cfg.Bucket, key, valid,
			url.Values{"uploadId": {uploadID}, "partNumber": {strconv.Itoa(n)}})
		if err != nil {
			return nil, failure("sign a link", err)
		}
		links = append(links, s.link(u))
	}
	return links, nil
}

// link leaves out the host where the browser goes through Proxy.
func (s *Store) link(u *url.URL) string {
	if s.cfg.PublicURL == "" {
		return u.RequestURI()
	}
	return u.String()
}

// ListParts lists the parts the store has, in order.
func (s *Store) ListParts(ctx context.Context, key, uploadID string) ([]Part, error) {
	var parts []Part
	for marker := 0; ; {
		page, err := s.core.ListObjectParts(ctx, s.cfg.Bucket, key, uploadID, marker, 1000)
		if err != nil {
			return nil, failure("list the parts", err)
		}
		for _, p := range page.ObjectParts {
			parts = append(parts, Part{Number: p.PartNumber, Size: p.Size, ETag: p.ETag})
		}
		if !page.IsTruncated || page.NextPartNumberMarker <= marker {
			return parts, nil
		}
		marker = page.NextPartNumberMarker
	}
}

// Complete joins the parts into the object, which must come to size bytes. When
// it returns nil the object is durable. ErrIncomplete leaves the upload as it
// is, so that what is missing can still be sent. It may be repeated: a finished
// upload of that size is found again.
func (s *Store) Complete(ctx context.Context, key, uploadID string, size int64) (Object, error) {
	parts, err := s.ListParts(ctx, key, uploadID)
	if errors.Is(err, ErrNoUpload) {
		return s.finished(ctx, key, size, err)
	}
	if err != nil {
		return Object{}, err
	}
	var have int64
	list := make([]minio.CompletePart, len(parts))
	for i, p := range parts {
		if p.Number != i+1 {
			return Object{}, fmt.Errorf("%w: part %d is missing", ErrIncomplete, i+1)
		}
		have += p.Size
		list[i] = minio.CompletePart{PartNumber: p.Number, ETag: p.ETag}
	}
	if have != size || len(parts) == 0 {
		return Object{}, fmt.Errorf("%w: %d of %d bytes", ErrIncomplete, have, size)
	}
	_, err = s.core.CompleteMultipartUpload(ctx, s.cfg.Bucket, key, uploadID, list, minio.PutObjectOptions{})
	if err = failure("complete an upload", err); err != nil && !errors.Is(err, ErrNoUpload) {
		return Object{}, err
	}
	return s.finished(ctx, key, size, err)
}

// finished makes the object durable and checks its size. Where it is missing,
// the cause says why it should have been there.
func (s *Store) finished(ctx context.Context, key string, size int64, cause error) (Object, error) {
	o, err := s.Stat(ctx, key)
	if errors.Is(err, ErrNotFound) && cause != nil {
		return Object{}, cause
	}
	if err != nil {
		return Object{}, err
	}
	if o.Size != size {
		return Object{}, fmt.Errorf("%w: the object has %d of %d bytes", ErrIncomplete, o.Size, size)
	}
	return o, s.sync(key)
}

// Abort ends an upload and frees its parts; one that is not there is no error.
func (s *Store) Abort(ctx context.Context, key, uploadID string) error {
	err := failure("abort an upload", s.core.AbortMultipartUpload(ctx, s.cfg.Bucket, key, uploadID))
	if errors.Is(err, ErrNoUpload) {
		return nil
	}
	return err
}

// StaleUploads lists the uploads begun longer ago than age, for a sweep.
func (s *Store) StaleUploads(ctx context.Context, age time.Duration) ([]Upload, error) {
	limit := time.Now().Add(-age)
	var stale []Upload
	key, id := "", ""
	for {
		page, err := s.core.ListMultipartUploads(ctx, s.cfg.Bucket, "", key, id, "", 1000)
		if err != nil {
			return nil, failure("list the uploads", err)
		}
		for _, u := range page.Uploads {
			if u.Initiated.Before(limit) {
				stale = append(stale, Upload{Key: u.Key, ID: u.UploadID, Begun: u.Initiated})
			}
		}
		if !page.IsTruncated || (page.NextKeyMarker == key && page.NextUploadIDMarker == id) {
			return stale, nil
		}
		key, id = page.NextKeyMarker, page.NextUploadIDMarker
	}
}

// AbortStale aborts those and returns how many there were.
func (s *Store) AbortStale(ctx context.Context, age time.Duration) (int, error) {
	stale, err := s.StaleUploads(ctx, age)
	if err != nil {
		return 0, err
	}
	for i, u := range stale {
		if err := s.Abort(ctx, u.Key, u.ID); err != nil {
			return i, err
		}
	}
	return len(stale), nil
}
