package objstore

import (
	"context"
	"crypto/sha256"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestObjects(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	must(t, b.Ping(ctx))
	must(t, b.EnsureBucket(ctx)) // again

	b.put(t, "a/1", "0123456789", "text/plain")
	o, err := b.Stat(ctx, "a/1")
	must(t, err)
	if o.Size != 10 || o.ContentType != "text/plain" || time.Since(o.Modified) > time.Minute || o.Key != "a/1" {
		t.Errorf("%+v", o)
	}
	if !slices.Equal(b.rec.synced, []string{"files/a/1"}) {
		t.Errorf("made durable: %v", b.rec.synced)
	}
	for want, r := range map[string]*Range{
		"0123456789": nil, "01": {0, 2}, "0": {0, 1}, "34": {3, 2}, "789": {7, 0}, "89": {8, 100},
	} {
		if got := b.read(t, "a/1", r); got != want {
			t.Errorf("%v reads %q, not %q", r, got, want)
		}
	}
	if got := b.read(t, "a/1", &Range{}); got != "0123456789" {
		t.Errorf("the whole range reads %q", got)
	}
	_, _, err = b.Get(ctx, "a/1", &Range{From: 10})
	wantKind(t, err, ErrRange)

	sum, size, err := b.Hash(ctx, "a/1")
	must(t, err)
	if sum != sha256.Sum256([]byte("0123456789")) || size != 10 {
		t.Error("wrong hash")
	}

	b.put(t, "a/empty", "", "text/plain")
	if _, err := b.Put(ctx, "b/unknown-size", strings.NewReader("xyz"), -1, "text/plain"); err != nil {
		t.Error(err)
	}
	if _, err := b.Put(ctx, "b/short", strings.NewReader("xyz"), 5, "text/plain"); err == nil {
		t.Error("a stream that ends early is stored")
	}
	var keys []string
	for o, err := range b.Walk(ctx, "") {
		must(t, err)
		keys = append(keys, o.Key)
	}
	if !slices.Equal(keys, []string{"a/1", "a/empty", "b/unknown-size"}) {
		t.Errorf("keys %v", keys)
	}

	must(t, b.Delete(ctx, "a/1"))
	must(t, b.Delete(ctx, "a/1"))
	_, err = b.Stat(ctx, "a/1")
	wantKind(t, err, ErrNotFound)
	_, _, err = b.Get(ctx, "a/1", nil)
	wantKind(t, err, ErrNotFound)
	_, _, err = b.Hash(ctx, "a/1")
	wantKind(t, err, ErrNotFound)
}

func TestLargeStreamFromTheServer(t *testing.T) {
	b := newBench(t)
	const size = 40 << 20 // more than two of streamPart
	o, err := b.Put(t.Context(), "big", letters('x', size), size, "video/mp4")
	must(t, err)
	if o.Size != size {
		t.Errorf("size %d", o.Size)
	}
	if o, err := b.Put(t.Context(), "big2", letters('x', size), -1, "video/mp4"); err != nil || o.Size != size {
		t.Errorf("%+v %v", o, err)
	}
	if got := b.read(t, "big", &Range{From: size - 2}); got != "xx" {
		t.Errorf("ends in %q", got)
	}
}

func TestStoreDown(t *testing.T) {
	s, err := Open(Config{Socket: filepath.Join(t.TempDir(), "none"), AccessKey: "a", SecretKey: "b", Bucket: "files"})
	must(t, err)
	begin := time.Now()
	wantKind(t, s.Ping(t.Context()), ErrUnavailable)
	_, err = s.Put(t.Context(), "a", strings.NewReader("x"), 1, "")
	wantKind(t, err, ErrUnavailable)
	if took := time.Since(begin); took > 8*time.Second {
		t.Errorf("it took %v to say so", took)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	wantKind(t, s.Ping(ctx), context.Canceled)
	wantKind(t, newBench(t, func(c *Config) { c.Bucket = "other" }).cloneWith("absent").Ping(t.Context()), ErrNotFound)
}

// cloneWith is the same store with another bucket.
func (b bench) cloneWith(bucket string) *Store {
	cfg := b.cfg
	cfg.Bucket = bucket
	s, _ := Open(cfg)
	return s
}

func TestOpenRefusesHalfAConfiguration(t *testing.T) {
	for _, c := range []Config{
		{},
		{Socket: "s", AccessKey: "a", SecretKey: "b"},
		{Socket: "s", AccessKey: "a", SecretKey: "b", Bucket: "files", PublicURL: "store.example.org"},
		{Socket: "s", AccessKey: "a", SecretKey: "b", Bucket: "files", PublicURL: "https://example.org/store"},
		{Endpoint: "http://example.org", AccessKey: "a", SecretKey: "b", Bucket: "files"},
	} {
		if _, err := Open(c); err == nil {
			t.Errorf("%+v is accepted", c)
		}
	}
}

// With a public address the browser goes straight to the store.
func TestPublicAddress(t *testing.T) {
	const origin = "https://app.example.org"
	// The store's socket behind a port of its own plays the public address.
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	public := "http://" + ln.Addr().String()
	b := newBench(t, func(c *Config) { c.PublicURL, c.AllowOrigin = public, origin })
	go forward(ln, b.cfg.Socket)
	defer ln.Close()
	if b.Origin() != public {
		t.Errorf("origin %s", b.Origin())
	}

	id, links := b.begin(t, "p/1", 1)
	req, err := http.NewRequest(http.MethodPut, links[0], strings.NewReader("content"))
	must(t, err)
	req.Header.Set("Origin", origin)
	res, err := http.DefaultClient.Do(req)
	must(t, err)
	res.Body.Close()
	if res.StatusCode != 200 || res.Header.Get("Access-Control-Allow-Origin") != origin ||
		!strings.Contains(res.Header.Get("Access-Control-Expose-Headers"), "ETag") {
		t.Errorf("%d %v", res.StatusCode, res.Header)
	}
	_, err = b.Complete(t.Context(), "p/1", id, 7)
	must(t, err)
	link, err := b.URL(t.Context(), "p/1", Link{Filename: "a.pdf", Valid: time.Minute})
	must(t, err)
	if !strings.HasPrefix(link, public+"/files/p/1?") {
		t.Error(link)
	}
	res, err = http.Get(link)
	must(t, err)
	res.Body.Close()
	if res.StatusCode != 200 {
		t.Errorf("status %d", res.StatusCode)
	}

	if newBench(t).Origin() != "" {
		t.Error("relative links have no origin")
	}
}
