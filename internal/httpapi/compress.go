package httpapi

import (
	"compress/gzip"
	"mime"
	"net/http"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"
)

// compressFrom is from how many bytes on an answer is compressed: below it the packets are the same.
const compressFrom = 1 << 10

// compress sends the API's larger JSON answers gzipped to whoever takes them so. Files to save,
// calendars and CSV go out as they are, and so does everything that holds a secret: in a compressed
// answer that repeats words of the request, its length would tell about the secret (BREACH).
func compress(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if r.Method == http.MethodHead || secretive(strings.TrimPrefix(r.URL.Path, Base)) {
			return next(c)
		}
		plain := c.Response().Writer
		w := &gzipWriter{ResponseWriter: plain, wanted: takesGzip(r.Header.Get("Accept-Encoding"))}
		c.Response().Writer = w
		// Before an error or a panic is answered: that goes out as it is.
		defer func() { c.Response().Writer = plain }()
		if err := next(c); err != nil {
			return err
		}
		return w.finish()
	}
}

// secretive says that an answer may hold a token or a signed link.
func secretive(path string) bool {
	for _, p := range []string{"/auth/", "/invitations/", "/files/"} {
		if strings.HasPrefix(path, p) {
			return true
		}
	}
	return strings.HasSuffix(path, "/link") || strings.HasSuffix(path, "/links")
}

// takesGzip reads an Accept-Encoding header as far as gzip is concerned.
func takesGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if !strings.EqualFold(strings.TrimSpace(name), "gzip") {
			continue
		}
		weight = strings.ReplaceAll(strings.TrimSpace(weight), " ", "")
		return strings.Trim(strings.TrimPrefix(weight, "q="), "0.") != "" || weight == ""
	}
	return false
}

var gzips = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// gzipWriter holds back the first bytes of an answer until it is known whether they are worth it.
type gzipWriter struct {
	http.ResponseWriter
	wanted  bool // the client takes gzip
	status  int
	held    []byte
	decided bool
	gz      *gzip.Writer // nil: as it is
}

// WriteHeader keeps the status until the first bytes are there.
func (w *gzipWriter) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
}

// Write holds back, or compresses, or passes on.
func (w *gzipWriter) Write(b []byte) (int, error) {
	if !w.decided {
		w.held = append(w.held, b...)
		if len(w.held) < compressFrom {
			return len(b), nil
		}
		return len(b), w.decide()
	}
	if w.gz != nil {
		return w.gz.Write(b)
	}
	return w.ResponseWriter.Write(b)
}

// decide sends the header and what was held back.
func (w *gzipWriter) decide() error {
	w.decided = true
	h := w.Header()
	kind, _, _ := mime.ParseMediaType(h.Get(echo.HeaderContentType))
	if kind == echo.MIMEApplicationJSON && h.Get(echo.HeaderContentEncoding) == "" && h.Get(echo.HeaderContentDisposition) == "" {
		h.Add(echo.HeaderVary, echo.HeaderAcceptEncoding)
		if w.wanted && len(w.held) >= compressFrom {
			h.Set(echo.HeaderContentEncoding, "gzip")
			h.Del(echo.HeaderContentLength)
			w.gz, _ = gzips.Get().(*gzip.Writer)
			w.gz.Reset(w.ResponseWriter)
		}
	}
	if w.status != 0 {
		w.ResponseWriter.WriteHeader(w.status)
	}
	held := w.held
	w.held = nil
	if len(held) == 0 {
		return nil
	}
	_, err := w.Write(held)
	return err
}

// Flush sends what there is.
func (w *gzipWriter) Flush() {
	if !w.decided {
		_ = w.decide()
	}
	if w.gz != nil {
		_ = w.gz.Flush()
	}
	_ = http.NewResponseController(w.ResponseWriter).Flush()
}

// finish ends the answer.
func (w *gzipWriter) finish() error {
	if !w.decided {
		if err := w.decide(); err != nil {
			return err
		}
	}
	if w.gz == nil {
		return nil
	}
	err := w.gz.Close()
	w.gz.Reset(nil)
	gzips.Put(w.gz)
	w.gz = nil
	return err
}
