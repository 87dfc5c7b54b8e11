package embedded

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

const (
	// Region is the region the private store signs for.
	Region = "us-east-1"

	accessKey  = "fieldtrial"
	secretFile = "secret.key"
)

// S3Config says where the private object store lives.
type S3Config struct {
	Dir string
	// Log may be nil.
	Log *slog.Logger
}

// S3 is a running private object store that restarts when it dies.
type S3 struct {
	dir, socket, secret string
	log                 *slog.Logger
	lock                *os.File

	mu      sync.Mutex
	child   *process
	closing chan struct{}
	closed  bool
	over    chan struct{}
	done    chan error
}

func objectsFolder(dir string) string { return filepath.Join(dir, "objects") }

// StartS3 starts the private object store as a child of the program, which must
// call RunS3Child first thing in main. ctx bounds the start alone.
func StartS3(ctx context.Context, cfg S3Config) (_ *S3, err error) {
	dir, err := filepath.Abs(cfg.Dir)
	if err != nil {
		return nil, err
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	s := &S3{dir: dir, log: cfg.Log, closing: make(chan struct{}), over: make(chan struct{}), done: make(chan error, 1)}
	if s.lock, err = lockFolder(dir); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = s.lock.Close()
		}
	}()
	if err = os.MkdirAll(objectsFolder(dir), 0o700); err != nil {
		return nil, fmt.Errorf("embedded: %w", err)
	}
	if s.secret, err = keepSecret(filepath.Join(dir, secretFile)); err != nil {
		return nil, err
	}
	const name = "s3.sock"
	sock, err := socketFolder(filepath.Join(dir, "sock"), name, os.Geteuid())
	if err != nil {
		return nil, err
	}
	s.socket = filepath.Join(sock, name)
	// The child gets SIGKILL when the program dies, so this is only ever a matter
	// of moments; and SIGKILL is safe, as every object appears by a rename.
	if err = clearOrphans(objectsFolder(dir), patience); err != nil {
		return nil, err
	}
	if s.child, err = s.start(ctx); err != nil {
		return nil, err
	}
	go s.supervise() //nolint:gosec // it outlives ctx, which bounds the start alone
	return s, nil
}

// start runs the child and waits until it listens.
func (s *S3) start(ctx context.Context) (*process, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(exe, s3ChildArgument, s.dir, s.socket)
	cmd.Env = []string{"PATH=/usr/bin:/bin", "TZ=UTC"}
	ready := &readyWriter{ready: make(chan struct{})}
	complaints := &tail{name: "s3", log: s.log}
	cmd.Stdout, cmd.Stderr = ready, complaints
	p, err := startProcess(cmd, syscall.SIGKILL)
	if err != nil {
		return nil, fmt.Errorf("embedded: object store: %w", err)
	}
	select {
	case <-ready.ready:
		return p, nil
	case <-p.ended:
		return nil, fmt.Errorf("embedded: the object store ended while starting: %w: %s", p.ending(), complaints)
	case <-ctx.Done():
		p.stop(0)
		return nil, fmt.Errorf("embedded: the object store was not ready in time: %w: %s", ctx.Err(), complaints)
	}
}

// supervise starts the child again whenever it ends unasked.
func (s *S3) supervise() {
	defer close(s.over)
	defer close(s.done)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() { <-s.closing; cancel() }()
	var pace backoff
	for {
		pace.born()
		select {
		case <-s.closing:
			return
		case <-s.child.ended:
		}
		s.log.Error("the object store ended by itself and is started again", "error", s.child.err)
		for pace.died(); ; {
			if !pace.wait(s.closing) {
				return
			}
			starting, stop := context.WithTimeout(ctx, 30*time.Second)
			child, err := s.start(starting)
			stop()
			if err == nil {
				s.mu.Lock()
				s.child = child
				s.mu.Unlock()
				break
			}
			s.log.Error("the object store does not start", "error", err)
			if pace.exhausted() {
				s.done <- err
				return
			}
		}
	}
}

// Socket is the path of the Unix socket the store listens on.
func (s *S3) Socket() string { return s.socket }

// AccessKey and SecretKey sign requests to the store.
func (s *S3) AccessKey() string { return accessKey }

// SecretKey is made at the first start and kept in the folder.
func (s *S3) SecretKey() string { return s.secret }

// PID is the process id of the running child; it changes at a restart.
func (s *S3) PID() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.child.pid()
}

// Done gives one error when the store has died and could not be started again,
// and is closed when the supervisor ends.
func (s *S3) Done() <-chan error { return s.done }

// Sync brings an object and the names that lead to it safely to disk. The store
// itself does not: without this, a power cut may take an acknowledged object.
func (s *S3) Sync(bucket, key string) error {
	name := filepath.Join(bucket, filepath.FromSlash(key))
	if !filepath.IsLocal(name) {
		return fmt.Errorf("embedded: %q is no object's name", name)
	}
	if err := syncPath(objectsFolder(s.dir), name); err != nil {
		return fmt.Errorf("embedded: cannot make an object durable: %w", err)
	}
	// Where extended attributes are missing, the metadata are files of their own.
	side := filepath.Join(s.dir, "metadata")
	files, err := os.ReadDir(filepath.Join(side, name, "meta"))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	for _, f := range files {
		err = errors.Join(err, syncPath(side, filepath.Join(name, "meta", f.Name())))
	}
	if err != nil {
		return fmt.Errorf("embedded: cannot make an object's metadata durable: %w", err)
	}
	return nil
}

// syncPath syncs root/name and each folder from there up to root.
func syncPath(root, name string) error {
	for ; ; name = filepath.Dir(name) {
		if err := fsync(filepath.Join(root, name)); err != nil {
			return err
		}
		if name == "." {
			return nil
		}
	}
}

// Stop ends the store and releases its folder. It may be called more than once.
func (s *S3) Stop() {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		<-s.over
		return
	}
	s.closed = true
	close(s.closing)
	s.mu.Unlock()
	<-s.over
	s.child.stop(5*time.Second, syscall.SIGTERM)
	_ = os.Remove(s.socket)
	_ = os.Remove(filepath.Dir(s.socket))
	_ = s.lock.Close()
}

// readyWriter closes ready when the child says that it listens.
type readyWriter struct {
	ready chan struct{}
	seen  bytes.Buffer
	once  sync.Once
}

// Write takes a piece of the child's output.
func (w *readyWriter) Write(p []byte) (int, error) {
	if w.seen.Len() < longestLine {
		w.seen.Write(p)
		if strings.Contains(w.seen.String(), s3Ready) {
			w.once.Do(func() { close(w.ready) })
		}
	}
	return len(p), nil
}
