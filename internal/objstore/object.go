package objstore

import (
	"context"
	"crypto/sha256"
	"io"
	"iter"
	"time"

	"github.com/minio/minio-go/v7"
)

// Object is what the store knows of a file.
type Object struct {
	Key         string
	Size        int64 // bytes
	ContentType string
	Modified    time.Time
}

// Range is a piece of an object.
type Range struct {
	From   int64 // first byte
	Length int64 // bytes; 0 for all the rest
}

// streamPart is how much Put holds in memory at a time, in bytes.
const streamPart = 16 << 20

// Put stores a whole file from the server's side; size is −1 when unknown. When
// it returns nil the file is durable.
func (s *Store) Put(ctx context.Context, key string, r io.Reader, size int64, contentType string) (Object, error) {
	info, err := s.core.Client.PutObject(ctx, s.cfg.Bucket, key, r, size, minio.PutObjectOptions{
		ContentType: contentType, PartSize: streamPart, NumThreads: 1,
		SendContentMd5: true, // the other checksums are refused over plain HTTP
	})
	if err != nil {
		return Object{}, failure("store a file", err)
	}
	if err := s.sync(key); err != nil {
		return Object{}, err
	}
	return Object{Key: key, Size: info.Size, ContentType: contentType, Modified: info.LastModified}, nil
}

// Get reads an object, or the piece of it that r names; r may be nil. The caller
// closes the reader. Object.Size is the size of the piece.
func (s *Store) Get(ctx context.Context, key string, r *Range) (io.ReadCloser, Object, error) {
	opts := minio.GetObjectOptions{}
	if r != nil {
		end := int64(0) // to the end
		if r.Length > 0 {
			end = r.From + r.Length - 1
		}
		var err error
		if r.From == 0 && end == 0 && r.Length == 0 {
			r = nil
		} else if err = opts.SetRange(r.From, end); err != nil {
			return nil, Object{}, ErrRange
		}
	}
	body, info, _, err := s.core.GetObject(ctx, s.cfg.Bucket, key, opts)
	if err != nil {
		return nil, Object{}, failure("read a file", err)
	}
	return body, object(key, info), nil
}

// Stat describes an object.
func (s *Store) Stat(ctx context.Context, key string) (Object, error) {
	info, err := s.core.StatObject(ctx, s.cfg.Bucket, key, minio.StatObjectOptions{})
	if err != nil {
		return Object{}, failure("look up a file", err)
	}
	return object(key, info), nil
}

// Delete removes an object; one that is not there is no error.
func (s *Store) Delete(ctx context.Context, key string) error {
	err := s.core.RemoveObject(ctx, s.cfg.Bucket, key, minio.RemoveObjectOptions{})
	if minio.ToErrorResponse(err).Code == "NoSuchKey" {
		return nil
	}
	return failure("delete a file", err)
}

// Hash reads a whole object and returns its SHA-256 and size.
func (s *Store) Hash(ctx context.Context, key string) (sum [sha256.Size]byte, size int64, err error) {
	body, _, err := s.Get(ctx, key, nil)
	if err != nil {
		return sum, 0, err
	}
	defer func() { _ = body.Close() }()
	h := sha256.New()
	if size, err = io.Copy(h, body); err != nil {
		return sum, 0, failure("read a file", err)
	}
	h.Sum(sum[:0])
	return sum, size, nil
}

// Walk goes through the objects whose keys begin with prefix, in order of key.
// After an error it ends.
func (s *Store) Walk(ctx context.Context, prefix string) iter.Seq2[Object, error] {
	return func(yield func(Object, error) bool) {
		for info := range s.core.ListObjectsIter(ctx, s.cfg.Bucket, minio.ListObjectsOptions{Prefix: prefix, Recursive: true}) {
			if info.Err != nil {
				yield(Object{}, failure("list the files", info.Err))
				return
			}
			if !yield(object(info.Key, info), nil) {
				return
			}
		}
	}
}

func object(key string, info minio.ObjectInfo) Object {
	return Object{Key: key, Size: info.Size, ContentType: info.ContentType, Modified: info.LastModified}
}

func (s *Store) sync(key string) error {
	if s.cfg.Syncer == nil {
		return nil
	}
	return s.cfg.Syncer.Sync(s.cfg.Bucket, key)
}
