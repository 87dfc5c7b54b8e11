// Package objstore keeps files in a bucket of an S3 store, and lets browsers
// send and fetch them by signed links, either through Proxy on the program's own
// address or straight at the store's public one.
package objstore

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/cors"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

const (
	// internalHost is the host name that links are signed for when the store
	// listens on a socket; it is never looked up.
	internalHost = "s3.internal"

	defaultRegion  = "us-east-1"
	defaultMaxPart = 64 << 20 // bytes
)

// Syncer makes an object durable where the store itself does not promise it.
type Syncer interface {
	Sync(bucket, key string) error
}

// Config says which store to use.
type Config struct {
	// Socket is the Unix socket of a private store; else Endpoint is host[:port].
	Socket   string
	Endpoint string
	Secure   bool // https to Endpoint

	AccessKey, SecretKey string
	Bucket, Region       string // Region defaults to us-east-1

	// PublicURL is the store's address as browsers see it, scheme and host alone.
	// Empty: links are relative and go through Proxy.
	PublicURL string
	// AllowOrigin is the program's own origin, which the store must let use
	// PublicURL.
	AllowOrigin string
	// MaxPart is the largest part Proxy lets through, in bytes; 0 means 64 MiB.
	MaxPart int64
	// Spool is the folder in which Proxy keeps parts while they come in; empty: the system's own for
	// temporary files.
	Spool string
	// Syncer may be nil: a store of its own keeps what it acknowledges.
	Syncer Syncer
}

// Store is a bucket of an S3 store. It is safe for concurrent use.
type Store struct {
	core      minio.Core
	links     *minio.Client // signs what browsers use
	transport *http.Transport
	target    url.URL // where the store is, for Proxy
	cfg       Config
}

// Open prepares the client; it does not connect.
func Open(cfg Config) (*Store, error) {
	if cfg.Bucket == "" || cfg.AccessKey == "" || cfg.SecretKey == "" {
		return nil, errors.New("objstore: bucket, access key and secret key are needed")
	}
	if (cfg.Socket == "") == (cfg.Endpoint == "") || strings.Contains(cfg.Endpoint, "/") {
		return nil, errors.New("objstore: either a socket or an endpoint host[:port] is needed")
	}
	if cfg.Region == "" {
		cfg.Region = defaultRegion
	}
	if cfg.MaxPart == 0 {
		cfg.MaxPart = defaultMaxPart
	}
	s := &Store{cfg: cfg, transport: newTransport(cfg.Socket)}
	s.target = url.URL{Scheme: "http", Host: cfg.Endpoint}
	if cfg.Secure {
		s.target.Scheme = "https"
	}
	if cfg.Socket != "" {
		s.target = url.URL{Scheme: "http", Host: internalHost}
	}
	client, err := s.client(s.target)
	if err != nil {
		return nil, err
	}
	s.core, s.links = minio.Core{Client: client}, client
	if cfg.PublicURL != "" {
		u, err := url.Parse(cfg.PublicURL)
		if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || (u.Path != "" && u.Path != "/") {
			return nil, errors.New("objstore: the public address must be http(s)://host[:port] without a path")
		}
		if s.links, err = s.client(*u); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *Store) client(at url.URL) (*minio.Client, error) {
	c, err := minio.New(at.Host, &minio.Options{
		Creds:  credentials.NewStaticV4(s.cfg.AccessKey, s.cfg.SecretKey, ""),
		Secure: at.Scheme == "https", Transport: s.transport,
		Region: s.cfg.Region, BucketLookup: minio.BucketLookupPath, // both save a request before signing
		MaxRetries: 3, // a store that is down must be said to be down within a second or two
	})
	if err != nil {
		return nil, fmt.Errorf("objstore: %w", err)
	}
	return c, nil
}

func newTransport(socket string) *http.Transport {
	dialer := &net.Dialer{Timeout: 5 * time.Second}
	t := &http.Transport{
		DialContext:           dialer.DialContext,
		MaxIdleConnsPerHost:   64,
		IdleConnTimeout:       90 * time.Second,
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: 2 * time.Minute, // completing a large upload takes its time
		ExpectContinueTimeout: time.Second,
		DisableCompression:    true, // bytes are passed on as they are
	}
	if socket != "" {
		t.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
			return dialer.DialContext(ctx, "unix", socket)
		}
	}
	return t
}

// EnsureBucket makes the bucket where it is missing, and lets AllowOrigin use it
// directly when there is a public address. It may be repeated.
func (s *Store) EnsureBucket(ctx context.Context) error {
	err := s.core.MakeBucket(ctx, s.cfg.Bucket, minio.MakeBucketOptions{Region: s.cfg.Region})
	switch minio.ToErrorResponse(err).Code {
	case "BucketAlreadyOwnedByYou", "BucketAlreadyExists":
		err = nil
	}
	if err != nil {
		return failure("make the bucket", err)
	}
	if s.cfg.PublicURL == "" || s.cfg.AllowOrigin == "" {
		return nil
	}
	err = s.core.SetBucketCors(ctx, s.cfg.Bucket, cors.NewConfig([]cors.Rule{{
		AllowedOrigin: []string{s.cfg.AllowOrigin},
		AllowedMethod: []string{http.MethodGet, http.MethodPut},
		AllowedHeader: []string{"*"},
		ExposeHeader:  []string{"ETag", "Content-Range", "Accept-Ranges"},
		MaxAgeSeconds: 3600,
	}}))
	if minio.ToErrorResponse(err).Code == "NotImplemented" {
		return nil // such stores answer every origin
	}
	return failure("allow the program's origin", err)
}

// Ping reports whether the bucket can be reached with the keys.
func (s *Store) Ping(ctx context.Context) error {
	ok, err := s.core.BucketExists(ctx, s.cfg.Bucket)
	if err == nil && !ok {
		return fmt.Errorf("%w: bucket %s", ErrNotFound, s.cfg.Bucket)
	}
	return failure("reach the bucket", err)
}

// Origin is the store's public origin, which a Content-Security-Policy must
// list; empty when links are relative.
func (s *Store) Origin() string {
	if s.cfg.PublicURL == "" {
		return ""
	}
	u := s.links.EndpointURL()
	return u.Scheme + "://" + u.Host
}
