package objstore_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"fieldtrial/internal/objstore"
)

// A browser that goes away once its part was taken in does not cut the way to the store: the store
// would keep what it got as a whole part, with zeros for a tail.
func TestAPartIsDeliveredThoughItsSenderLeft(t *testing.T) {
	t.Parallel()
	begun, goOn, got := make(chan struct{}), make(chan struct{}), make(chan int64, 1)
	slow := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.ReadFull(r.Body, make([]byte, 1))
		close(begun)
		<-goOn
		n, _ := io.Copy(io.Discard, r.Body)
		got <- n + 1
	}))
	defer slow.Close()
	st, err := objstore.Open(objstore.Config{Endpoint: strings.TrimPrefix(slow.URL, "http://"), AccessKey: "a", SecretKey: "b", Bucket: "files"})
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(st.Proxy())
	defer web.Close()
	links, err := st.PartURLs(t.Context(), "key", "upload", 1, 1, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	ctx, leave := context.WithCancel(t.Context())
	part := bytes.Repeat([]byte("x"), 8<<20)
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, web.URL+links[0], bytes.NewReader(part))
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		if res, err := http.DefaultClient.Do(req); err == nil {
			_ = res.Body.Close()
		}
	}()
	<-begun
	leave()
	time.Sleep(200 * time.Millisecond) // the server hears of it
	close(goOn)
	if n := <-got; n != int64(len(part)) {
		t.Errorf("the store got %d of %d bytes", n, len(part))
	}
}
