package objstore

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"fieldtrial/internal/embedded"
)

func TestMain(m *testing.M) {
	embedded.RunS3Child()
	os.Exit(m.Run())
}

// recorder notes what was made durable, and makes it so.
type recorder struct {
	*embedded.S3
	mu     sync.Mutex
	synced []string
}

func (r *recorder) Sync(bucket, key string) error {
	r.mu.Lock()
	r.synced = append(r.synced, bucket+"/"+key)
	r.mu.Unlock()
	return r.S3.Sync(bucket, key)
}

// bench is a store, its real server and a web server with its proxy.
type bench struct {
	*Store
	rec *recorder
	web *httptest.Server
}

func newBench(t *testing.T, change ...func(*Config)) bench {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	s3, err := embedded.StartS3(ctx, embedded.S3Config{Dir: t.TempDir()})
	must(t, err)
	t.Cleanup(s3.Stop)
	rec := &recorder{S3: s3}
	cfg := Config{Socket: s3.Socket(), AccessKey: s3.AccessKey(), SecretKey: s3.SecretKey(), Bucket: "files", Syncer: rec}
	for _, c := range change {
		c(&cfg)
	}
	s, err := Open(cfg)
	must(t, err)
	must(t, s.EnsureBucket(ctx))
	web := httptest.NewServer(s.Proxy())
	t.Cleanup(web.Close)
	return bench{s, rec, web}
}

// send makes a request to the proxy as a browser does.
func (b bench) send(t *testing.T, method, link string, body io.Reader, headers ...string) (*http.Response, string) {
	t.Helper()
	if !strings.HasPrefix(link, "/") {
		t.Fatalf("%s is not relative", link)
	}
	req, err := http.NewRequestWithContext(t.Context(), method, b.web.URL+link, body)
	must(t, err)
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	must(t, err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	must(t, err)
	return res, string(text)
}

func (b bench) put(t *testing.T, key, content, contentType string) {
	t.Helper()
	_, err := b.Put(t.Context(), key, strings.NewReader(content), int64(len(content)), contentType)
	must(t, err)
}

func (b bench) read(t *testing.T, key string, r *Range) string {
	t.Helper()
	body, _, err := b.Get(t.Context(), key, r)
	must(t, err)
	defer body.Close()
	text, err := io.ReadAll(body)
	must(t, err)
	return string(text)
}

// begin starts an upload and returns its id and the links of n parts.
func (b bench) begin(t *testing.T, key string, n int) (string, []string) {
	t.Helper()
	id, err := b.CreateMultipart(t.Context(), key, "application/pdf")
	must(t, err)
	links, err := b.PartURLs(t.Context(), key, id, 1, n, time.Minute)
	must(t, err)
	if len(links) != n {
		t.Fatalf("%d links", len(links))
	}
	return id, links
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantKind(t *testing.T, err, kind error) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Errorf("got %v, not %v", err, kind)
	}
}

// zeros reads n bytes of a repeated letter without holding them.
func letters(c byte, n int64) io.Reader {
	return io.LimitReader(repeat(c), n)
}

type repeat byte

func (r repeat) Read(p []byte) (int, error) {
	copy(p, bytes.Repeat([]byte{byte(r)}, len(p)))
	return len(p), nil
}
