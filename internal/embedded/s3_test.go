package embedded

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"fieldtrial/internal/objstore"
)

func startS3(t *testing.T, dir string) *S3 {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	s, err := StartS3(ctx, S3Config{Dir: dir})
	must(t, err)
	t.Cleanup(s.Stop)
	return s
}

// bucket talks to the store through its socket, with the given secret.
func bucket(t *testing.T, s *S3, secret string) *objstore.Store {
	t.Helper()
	b, err := objstore.Open(objstore.Config{Socket: s.Socket(), AccessKey: s.AccessKey(), SecretKey: secret, Bucket: "files", Region: Region})
	must(t, err)
	return b
}

func put(t *testing.T, b *objstore.Store, key string) {
	t.Helper()
	_, err := b.Put(t.Context(), key, strings.NewReader("content"), 7, "text/x-kept")
	must(t, err)
}

func check(t *testing.T, b *objstore.Store, key string) {
	t.Helper()
	body, o, err := b.Get(t.Context(), key, nil)
	must(t, err)
	defer body.Close()
	content, err := io.ReadAll(body)
	must(t, err)
	if string(content) != "content" || o.ContentType != "text/x-kept" {
		t.Errorf("%s holds %q of type %q", key, content, o.ContentType)
	}
}

func TestS3(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"extended attributes", "metadata in files"} {
		t.Run(kind, func(t *testing.T) {
			dir := t.TempDir()
			if kind != "extended attributes" {
				must(t, os.Mkdir(filepath.Join(dir, "metadata"), 0o700))
			}
			begin, wd := time.Now(), workFolder(t)
			s := startS3(t, dir)
			t.Logf("ready after %v", time.Since(begin))
			if workFolder(t) != wd {
				t.Error("the store changed the program's folder")
			}
			c := bucket(t, s, s.SecretKey())
			must(t, c.EnsureBucket(t.Context()))
			put(t, c, "a/b/kept")
			check(t, c, "a/b/kept")
			must(t, s.Sync("files", "a/b/kept"))
			if s.Sync("files", "a/b/missing") == nil {
				t.Error("Sync of a missing object succeeds")
			}
			if err := s.Sync("files", "../../secret.key"); err == nil || !strings.Contains(err.Error(), "no object's name") {
				t.Errorf("Sync leaves the store: %v", err)
			}
			if bucket(t, s, "wrong").Ping(t.Context()) == nil {
				t.Error("a wrong key opens the store")
			}
			if _, err := StartS3(t.Context(), S3Config{Dir: dir}); !errors.Is(err, ErrInUse) {
				t.Errorf("a second instance got %v, not ErrInUse", err)
			}
			s.Stop()
			s = startS3(t, dir)
			check(t, bucket(t, s, s.SecretKey()), "a/b/kept")
		})
	}
}

func TestS3RestartsWhenItDies(t *testing.T) {
	t.Parallel()
	s := startS3(t, t.TempDir())
	c := bucket(t, s, s.SecretKey())
	must(t, c.EnsureBucket(t.Context()))
	put(t, c, "kept")
	for range 2 {
		before := s.PID()
		must(t, syscall.Kill(before, syscall.SIGKILL))
		if !waitUntil(30*time.Second, func() bool {
			return c.Ping(t.Context()) == nil && s.PID() != before
		}) {
			t.Fatal("the store did not come back")
		}
	}
	check(t, c, "kept")
	s.Stop()
	if _, open := <-s.Done(); open {
		t.Error("Done reported an error after Stop")
	}
}

func TestS3EndsWithTheProgram(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	h := startHelperOf(t, "s3", testBinary(t), dir, nil)
	if h.Error != "" {
		t.Fatal(h.Error)
	}
	if len(processesIn(objectsFolder(dir))) != 1 {
		t.Fatal("the store does not work in its folder")
	}
	h.kill()
	if !waitUntil(30*time.Second, func() bool { return len(processesIn(objectsFolder(dir))) == 0 }) {
		t.Fatal("the store outlives the program")
	}
	startS3(t, dir)
}

func TestS3InALongFolder(t *testing.T) {
	t.Parallel()
	s := startS3(t, filepath.Join(t.TempDir(), strings.Repeat("long", 30)))
	must(t, bucket(t, s, s.SecretKey()).EnsureBucket(t.Context()))
}

func TestProbeXattr(t *testing.T) {
	must(t, probeXattr(t.TempDir()))
	if probeXattr("/proc") == nil {
		t.Error("/proc has extended attributes?")
	}
}

func workFolder(t *testing.T) string {
	t.Helper()
	wd, err := os.Getwd()
	must(t, err)
	return wd
}
