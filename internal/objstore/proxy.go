package objstore

import (
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httputil"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Path is where Proxy must be mounted, with all below it: the bucket is the
// first segment of every link.
func (s *Store) Path() string { return "/" + s.cfg.Bucket + "/" }

// deliverWithin bounds how long a part that was taken in may take to the store.
const deliverWithin = 5 * time.Minute

// Proxy passes signed links on to the store: GET of an object, and PUT of a
// part. It checks no signature, the store does; it keeps everything else out.
// Objects stream; a part arrives whole before it goes on.
//
// A transfer that breaks off in the middle ends in http.ErrAbortHandler, as
// with any reverse proxy; a recovering middleware must let it pass.
func (s *Store) Proxy() http.Handler {
	rp := &httputil.ReverseProxy{
		Transport:      s.transport,
		BufferPool:     buffers{},
		Rewrite:        s.rewrite,
		ModifyResponse: restrict,
		ErrorHandler:   explain,
		ErrorLog:       log.New(io.Discard, "", 0), // its lines hold signed links
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if status := s.refuse(r); status != 0 {
			protect(w.Header())
			w.Header().Set("Allow", "GET, PUT")
			http.Error(w, http.StatusText(status), status)
			return
		}
		if r.Method == http.MethodPut {
			f, err := s.spool(w, r)
			if err != nil {
				explain(w, r, err)
				return
			}
			defer func() { _ = f.Close() }()
			// From here on the part is ours to deliver: a browser that goes away now, as a reload does, must
			// not cut the way to the store either. The deadline also keeps the proxy from watching it leave.
			ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), deliverWithin)
			defer cancel()
			r = r.WithContext(ctx)
			r.Body = io.NopCloser(f)
		}
		rp.ServeHTTP(w, r)
	})
}

// refuse returns the status to refuse a request with, 0 to let it pass.
func (s *Store) refuse(r *http.Request) int {
	q := r.URL.Query()
	key, inBucket := strings.CutPrefix(r.URL.Path, s.Path())
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodPut:
		return http.StatusMethodNotAllowed
	case !inBucket || key == "":
		return http.StatusNotFound
	case !q.Has("X-Amz-Signature") || expired(q, time.Now()):
		return http.StatusForbidden
	case r.Method == http.MethodGet:
		return 0
	case !q.Has("uploadId") || !q.Has("partNumber"):
		return http.StatusForbidden
	case r.ContentLength < 0:
		return http.StatusLengthRequired
	case r.ContentLength > s.cfg.MaxPart:
		return http.StatusRequestEntityTooLarge
	}
	return 0
}

var (
	// What the store needs to hear; cookies and credentials it must not.
	requestHeaders = []string{"Range", "If-Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since",
		"Content-Length", "Content-Type", "Content-Md5"}
	// What a browser needs to hear.
	responseHeaders = []string{"Content-Type", "Content-Length", "Content-Range", "Content-Disposition", "Accept-Ranges",
		"Etag", "Last-Modified", "Date"}
)

func (s *Store) rewrite(p *httputil.ProxyRequest) {
	p.Out.URL.Scheme, p.Out.URL.Host = s.target.Scheme, s.target.Host
	p.Out.Host = s.target.Host // the name the link is signed for
	p.Out.Header = only(p.In.Header, requestHeaders)
	p.Out.Header.Set("User-Agent", "") // or Go adds its own
	if p.In.Method == http.MethodGet {
		// versitygw takes the chunked body of a request it refuses for the next
		// request on the connection, whose answer would then reach somebody else.
		p.Out.Body, p.Out.ContentLength, p.Out.TransferEncoding = http.NoBody, 0, nil
	}
}

func only(h http.Header, names []string) http.Header {
	kept := http.Header{}
	for _, n := range names {
		if v, ok := h[n]; ok {
			kept[n] = v
		}
	}
	return kept
}

// protect adds what every answer carries: the browser guesses no type, and a
// page that somebody uploaded runs no script and is nobody's origin.
func protect(h http.Header) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "private, no-store")
}

// restrict leaves of an answer what is meant for the browser. The store's own
// error pages name keys and hosts; they become a plain line.
func restrict(res *http.Response) error {
	res.Header = only(res.Header, responseHeaders)
	protect(res.Header)
	if res.StatusCode < 300 || res.StatusCode == http.StatusNotModified {
		return nil
	}
	switch {
	case res.StatusCode >= 500 && res.StatusCode != http.StatusInsufficientStorage:
		res.StatusCode = http.StatusServiceUnavailable
		res.Header.Set("Retry-After", "2")
	case res.StatusCode < 400:
		res.StatusCode = http.StatusBadGateway // a store does not redirect
	}
	text := http.StatusText(res.StatusCode) + "\n"
	_ = res.Body.Close()
	res.Body = io.NopCloser(strings.NewReader(text))
	res.ContentLength = int64(len(text))
	for _, n := range []string{"Content-Disposition", "Etag", "Last-Modified"} {
		res.Header.Del(n)
	}
	res.Header.Set("Content-Length", strconv.Itoa(len(text)))
	res.Header.Set("Content-Type", "text/plain; charset=utf-8")
	return nil
}

// explain answers when there is no answer from the store.
func explain(w http.ResponseWriter, r *http.Request, err error) {
	protect(w.Header())
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		http.Error(w, http.StatusText(http.StatusRequestEntityTooLarge), http.StatusRequestEntityTooLarge)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		http.Error(w, http.StatusText(http.StatusInsufficientStorage), http.StatusInsufficientStorage)
	case errors.Is(err, os.ErrDeadlineExceeded):
		http.Error(w, http.StatusText(http.StatusRequestTimeout), http.StatusRequestTimeout)
	case errors.Is(err, io.ErrUnexpectedEOF):
		http.Error(w, http.StatusText(http.StatusBadRequest), http.StatusBadRequest)
	case errors.Is(err, context.Canceled) && r.Context().Err() != nil:
		// Nobody listens any more.
	default:
		w.Header().Set("Retry-After", "2")
		http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
	}
}

// buffers lends the copying loops their memory.
type buffers struct{}

var bufferPool = sync.Pool{New: func() any { b := make([]byte, 256<<10); return &b }}

// Get lends a buffer.
func (buffers) Get() []byte { return *bufferPool.Get().(*[]byte) }

// Put takes it back.
func (buffers) Put(b []byte) { bufferPool.Put(&b) }
