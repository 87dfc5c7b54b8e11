package objstore

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"
)

const part = 5 << 20 // the smallest that S3 allows for all but the last

func TestUploadInParts(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	id, links := b.begin(t, "u/1", 3)
	send := func(n int, size int64) {
		t.Helper()
		req, err := http.NewRequest(http.MethodPut, b.web.URL+links[n-1], letters('a'+byte(n), size))
		must(t, err)
		req.ContentLength = size
		res, err := http.DefaultClient.Do(req)
		must(t, err)
		_ = res.Body.Close()
		if res.StatusCode != 200 || res.Header.Get("ETag") == "" {
			t.Fatalf("part %d: %d %v", n, res.StatusCode, res.Header)
		}
	}
	send(2, part)
	_, err := b.Complete(ctx, "u/1", id, 2*part+3)
	wantKind(t, err, ErrIncomplete) // the first part is missing
	send(1, part)
	send(3, 2)
	_, err = b.Complete(ctx, "u/1", id, 2*part+3)
	wantKind(t, err, ErrIncomplete) // a byte is missing
	send(3, 3)                      // again, whole
	parts, err := b.ListParts(ctx, "u/1", id)
	must(t, err)
	if len(parts) != 3 || parts[1].Number != 2 || parts[1].Size != part || parts[2].Size != 3 || parts[0].ETag == "" {
		t.Errorf("%+v", parts)
	}
	if len(b.rec.synced) != 0 {
		t.Error("made durable before it was complete")
	}
	for range 3 { // a repeated completion finds the same object
		o, err := b.Complete(ctx, "u/1", id, 2*part+3)
		must(t, err)
		if o.Size != 2*part+3 || o.ContentType != "application/pdf" {
			t.Errorf("%+v", o)
		}
	}
	if len(b.rec.synced) != 3 || b.rec.synced[0] != "files/u/1" {
		t.Errorf("made durable: %v", b.rec.synced)
	}
	_, err = b.Complete(ctx, "u/1", id, 7)
	wantKind(t, err, ErrIncomplete)
	sum, _, err := b.Hash(ctx, "u/1")
	must(t, err)
	h := sha256.New()
	_, _ = io.Copy(h, io.MultiReader(letters('b', part), letters('c', part), letters('d', 3)))
	if string(h.Sum(nil)) != string(sum[:]) {
		t.Error("the object is not what was sent")
	}

	_, err = b.Complete(ctx, "u/none", "no-such-id", 3)
	wantKind(t, err, ErrNoUpload)
	_, err = b.ListParts(ctx, "u/1", "no-such-id")
	wantKind(t, err, ErrNoUpload)
}

// A browser that goes away in the middle of a part leaves nothing behind: no part of full length
// with zeros for a tail.
func TestBrokenOffPartsAreNotThere(t *testing.T) {
	b := newBench(t)
	id, links := b.begin(t, "u", 5)
	for i, sent := range []int64{0, 1, 100 << 10, part / 2, part - 1} {
		body := io.MultiReader(letters('a', sent), iotest.ErrReader(io.ErrUnexpectedEOF))
		req, err := http.NewRequest(http.MethodPut, b.web.URL+links[i], body)
		must(t, err)
		req.ContentLength = part
		if res, err := http.DefaultClient.Do(req); err == nil {
			_ = res.Body.Close()
			if res.StatusCode == 200 {
				t.Errorf("%d of %d bytes were taken", sent, part)
			}
		}
	}
	time.Sleep(500 * time.Millisecond) // the store would be done by then
	parts, err := b.ListParts(t.Context(), "u", id)
	if err != nil || len(parts) != 0 {
		t.Errorf("%+v %v", parts, err)
	}
}

// What cannot be made durable is not acknowledged.
func TestCompleteFailsWhenNotDurable(t *testing.T) {
	broken := errors.New("disk broken")
	b := newBench(t, func(c *Config) { c.Syncer = failing{broken} })
	id, links := b.begin(t, "u", 1)
	b.send(t, http.MethodPut, links[0], strings.NewReader("x"))
	_, err := b.Complete(t.Context(), "u", id, 1)
	wantKind(t, err, broken)
	_, err = b.Put(t.Context(), "v", strings.NewReader("x"), 1, "")
	wantKind(t, err, broken)
}

type failing struct{ err error }

func (f failing) Sync(string, string) error { return f.err }

func TestSweep(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	first, _ := b.begin(t, "s/1", 1)
	_, links := b.begin(t, "s/2", 1)
	b.send(t, http.MethodPut, links[0], strings.NewReader("x"))
	if stale, err := b.StaleUploads(ctx, time.Hour); err != nil || len(stale) != 0 {
		t.Errorf("%v %v", stale, err)
	}
	stale, err := b.StaleUploads(ctx, -time.Hour)
	must(t, err)
	if len(stale) != 2 || stale[0].Key != "s/1" || stale[0].ID != first || time.Since(stale[0].Begun) > time.Minute {
		t.Errorf("%+v", stale)
	}
	must(t, b.Abort(ctx, "s/1", first))
	must(t, b.Abort(ctx, "s/1", first))
	if n, err := b.AbortStale(ctx, -time.Hour); err != nil || n != 1 {
		t.Errorf("%d %v", n, err)
	}
	if stale, err := b.StaleUploads(ctx, -time.Hour); err != nil || len(stale) != 0 {
		t.Errorf("%v %v", stale, err)
	}
	if res, _ := b.send(t, http.MethodPut, links[0], strings.NewReader("x")); res.StatusCode != http.StatusNotFound {
		t.Errorf("an aborted upload takes a part: %d", res.StatusCode)
	}
}

func TestPartURLs(t *testing.T) {
	b := newBench(t)
	begin := time.Now()
	links, err := b.PartURLs(t.Context(), "k", "id", 1, 1000, time.Minute)
	must(t, err)
	if took := time.Since(begin); len(links) != 1000 || took > time.Second {
		t.Errorf("%d links took %v", len(links), took)
	}
	for _, pair := range [][2]int{{0, 1}, {2, 1}, {1, 10001}} {
		if _, err := b.PartURLs(t.Context(), "k", "id", pair[0], pair[1], time.Minute); err == nil {
			t.Errorf("%v is accepted", pair)
		}
	}
}

// Parts of full size, several at once, pass with flat memory on both sides.
func TestMemoryStaysFlat(t *testing.T) {
	b := newBench(t)
	const size, parts = 64 << 20, 3
	id, links := b.begin(t, "m", parts)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var wg sync.WaitGroup
	for _, link := range links {
		wg.Go(func() {
			req, _ := http.NewRequest(http.MethodPut, b.web.URL+link, letters('x', size))
			req.ContentLength = size
			res, err := http.DefaultClient.Do(req)
			if err != nil || res.StatusCode != 200 {
				t.Errorf("%v %v", res, err)
				return
			}
			_ = res.Body.Close()
		})
	}
	wg.Wait()
	runtime.ReadMemStats(&after)
	if grown := (after.HeapSys - before.HeapSys) >> 20; after.HeapSys > before.HeapSys && grown > 32 {
		t.Errorf("the proxy's memory grew by %d MiB", grown)
	}
	if peak := peakMiB(t, b.rec.PID()); peak > 200 {
		t.Errorf("the store's memory reached %d MiB", peak)
	}
	_, err := b.Complete(t.Context(), "m", id, parts*size)
	must(t, err)

	link, err := b.URL(t.Context(), "m", Link{Valid: time.Minute})
	must(t, err)
	res, err := http.Get(b.web.URL + link)
	must(t, err)
	defer res.Body.Close()
	if n, err := io.Copy(io.Discard, res.Body); err != nil || n != parts*size {
		t.Errorf("%d bytes, %v", n, err)
	}
	if peak := peakMiB(t, b.rec.PID()); peak > 200 {
		t.Errorf("the store's memory reached %d MiB", peak)
	}
}

func peakMiB(t *testing.T, pid int) (kib int) {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	must(t, err)
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	_, err = fmt.Sscan(rest, &kib)
	must(t, err)
	t.Logf("peak %d MiB", kib>>10)
	return kib >> 10
}
