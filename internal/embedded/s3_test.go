package embedded

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
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

// client talks to the store through its socket, with the given secret.
func client(t *testing.T, s *S3, secret string) *minio.Client {
	t.Helper()
	c, err := minio.New("s3.internal", &minio.Options{
		Creds: credentials.NewStaticV4(s.AccessKey(), secret, ""), Region: Region, MaxRetries: 1,
		Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "unix", s.Socket())
		}},
	})
	must(t, err)
	return c
}

func put(t *testing.T, c *minio.Client, key string) {
	t.Helper()
	_, err := c.PutObject(t.Context(), "files", key, bytes.NewReader([]byte("content")), 7,
		minio.PutObjectOptions{ContentType: "text/x-kept", SendContentMd5: true})
	must(t, err)
}

func check(t *testing.T, c *minio.Client, key string) {
	t.Helper()
	o, err := c.GetObject(t.Context(), "files", key, minio.GetObjectOptions{})
	must(t, err)
	defer o.Close()
	b, err := io.ReadAll(o)
	must(t, err)
	info, err := o.Stat()
	must(t, err)
	if string(b) != "content" || info.ContentType != "text/x-kept" {
		t.Errorf("%s holds %q of type %q", key, b, info.ContentType)
	}
}

func TestS3(t *testing.T) {
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
			c := client(t, s, s.SecretKey())
			must(t, c.MakeBucket(t.Context(), "files", minio.MakeBucketOptions{}))
			put(t, c, "a/b/kept")
			check(t, c, "a/b/kept")
			must(t, s.Sync("files", "a/b/kept"))
			if s.Sync("files", "a/b/missing") == nil {
				t.Error("Sync of a missing object succeeds")
			}
			if err := s.Sync("files", "../../secret.key"); err == nil || !strings.Contains(err.Error(), "no object's name") {
				t.Errorf("Sync leaves the store: %v", err)
			}
			if _, err := client(t, s, "wrong").ListBuckets(t.Context()); err == nil {
				t.Error("a wrong key opens the store")
			}
			if _, err := StartS3(t.Context(), S3Config{Dir: dir}); !errors.Is(err, ErrInUse) {
				t.Errorf("a second instance got %v, not ErrInUse", err)
			}
			s.Stop()
			s = startS3(t, dir)
			check(t, client(t, s, s.SecretKey()), "a/b/kept")
		})
	}
}

func TestS3RestartsWhenItDies(t *testing.T) {
	s := startS3(t, t.TempDir())
	c := client(t, s, s.SecretKey())
	must(t, c.MakeBucket(t.Context(), "files", minio.MakeBucketOptions{}))
	put(t, c, "kept")
	for range 2 {
		before := s.PID()
		must(t, syscall.Kill(before, syscall.SIGKILL))
		if !waitUntil(10*time.Second, func() bool {
			_, err := c.BucketExists(t.Context(), "files")
			return err == nil && s.PID() != before
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
	dir := t.TempDir()
	h := startHelperOf(t, "s3", testBinary(t), dir, nil)
	if h.Error != "" {
		t.Fatal(h.Error)
	}
	if len(processesIn(objectsFolder(dir))) != 1 {
		t.Fatal("the store does not work in its folder")
	}
	h.kill()
	if !waitUntil(5*time.Second, func() bool { return len(processesIn(objectsFolder(dir))) == 0 }) {
		t.Fatal("the store outlives the program")
	}
	startS3(t, dir)
}

func TestS3InALongFolder(t *testing.T) {
	s := startS3(t, filepath.Join(t.TempDir(), strings.Repeat("long", 30)))
	_, err := client(t, s, s.SecretKey()).ListBuckets(t.Context())
	must(t, err)
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
