package httpapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"fieldtrial/internal/fault"
)

const (
	// bodyLimit is the largest JSON body. Files never pass through the API.
	bodyLimit = 1 << 20
	// bodyDepth is how deep a body may nest; the deepest of the contract needs seven.
	bodyDepth = 32
	// bodyValues is how many values a body may hold; a decision about every entry of the largest
	// challenge has a tenth of them.
	bodyValues = 50_000
	// bodySilence is how long a client may pause within a body, bodyWithin how long all of it may take.
	bodySilence = 10 * time.Second
	bodyWithin  = 2 * time.Minute
)

// takeBody reads the body before anything else is done, so that a client that sends slowly holds
// nothing but its own connection. What is PUT beside the API are parts of files: who takes them in
// gives them time as they come.
func takeBody(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if r.Body == nil || r.Body == http.NoBody {
			return next(c)
		}
		line := http.NewResponseController(c.Response())
		if r.Method == http.MethodPut && !strings.HasPrefix(r.URL.Path, Base+"/") {
			_ = line.SetReadDeadline(time.Now().Add(bodySilence))
			return next(c)
		}
		if r.ContentLength > bodyLimit {
			return errTooLarge
		}
		end := time.Now().Add(bodyWithin)
		paced := pacedReader{r.Body, func() { _ = line.SetReadDeadline(earlier(time.Now().Add(bodySilence), end)) }}
		body, err := io.ReadAll(http.MaxBytesReader(c.Response(), io.NopCloser(paced), bodyLimit))
		var tooLarge *http.MaxBytesError
		switch {
		case errors.As(err, &tooLarge):
			return errTooLarge
		case errors.Is(err, os.ErrDeadlineExceeded):
			return echo.NewHTTPError(http.StatusRequestTimeout)
		case err != nil:
			return errMalformed.Wrap(err)
		}
		_ = line.SetReadDeadline(time.Time{})
		r.Body = io.NopCloser(bytes.NewReader(body))
		return next(c)
	}
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// pacedReader calls before each read.
type pacedReader struct {
	io.Reader
	before func()
}

// Read reads.
func (p pacedReader) Read(b []byte) (int, error) { p.before(); return p.Reader.Read(b) }

// plain refuses what no reader could agree on: keys that are given twice, text that is not Unicode,
// control characters but tab and line break, and nests too deep to be meant.
func plain(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		for _, v := range c.ParamValues() {
			if v, err := url.PathUnescape(v); err != nil || !plainText(v) {
				return fault.ErrNotFound
			}
		}
		for name, values := range r.URL.Query() {
			for _, v := range values {
				if !plainText(v) {
					return fault.ErrInvalid.At(name, "control", nil)
				}
			}
		}
		if r.Body == nil || r.Body == http.NoBody {
			return next(c)
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return errMalformed.Wrap(err)
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		if err := plainJSON(body); err != nil {
			return err
		}
		return next(c)
	}
}

func plainText(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r'
	})
}

// frame is one object or list that is open while a body is read.
type frame struct {
	keys  map[string]bool // of an object
	key   string
	index int
	value bool // in an object: the key has been read
}

// plainJSON points at the first thing that is wrong with a body. What is no JSON at all is the
// validator's to refuse.
func plainJSON(body []byte) error {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var open []frame
	refuse := func(code string) error { return fault.ErrInvalid.At(pointer(open), code, nil) }
	for n := 0; ; n++ {
		if n > bodyValues {
			return errTooLarge
		}
		from := d.InputOffset()
		token, err := d.Token()
		if err != nil {
			return nil //nolint:nilerr // the end, or no JSON
		}
		if token == json.Delim('}') || token == json.Delim(']') {
			open = open[:len(open)-1]
			continue
		}
		if last := len(open) - 1; last >= 0 {
			top := &open[last]
			if top.keys != nil && !top.value {
				top.key, _ = token.(string)
				if top.keys[top.key] {
					return refuse("repeated")
				}
				top.keys[top.key], top.value = true, true
				continue
			}
			top.value = false
			top.index++
		}
		switch x := token.(type) {
		case json.Delim:
			f := frame{}
			if x == '{' {
				f.keys = map[string]bool{}
			}
			if open = append(open, f); len(open) > bodyDepth {
				open = nil
				return refuse("malformed")
			}
		case string:
			if raw := body[from:d.InputOffset()]; !utf8.Valid(raw) || !plainText(x) || (strings.ContainsRune(x, utf8.RuneError) && halfPair(raw)) {
				return refuse("control")
			}
		}
	}
}

// halfPair reports whether a string escapes half of a surrogate pair, which decoding replaces.
func halfPair(raw []byte) bool {
	high := false
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' {
			if high {
				return true
			}
			continue
		}
		i++
		if i >= len(raw) || raw[i] != 'u' || i+4 >= len(raw) {
			if high {
				return true
			}
			continue
		}
		n, _ := strconv.ParseUint(string(raw[i+1:i+5]), 16, 32)
		i += 4
		low := n >= 0xdc00 && n < 0xe000
		if low != high {
			return true
		}
		high = n >= 0xd800 && n < 0xdc00
	}
	return high
}

func pointer(open []frame) string {
	var b strings.Builder
	for _, f := range open {
		b.WriteByte('/')
		if f.keys == nil {
			b.WriteString(strconv.Itoa(max(f.index-1, 0)))
			continue
		}
		b.WriteString(strings.NewReplacer("~", "~0", "/", "~1").Replace(f.key))
	}
	return b.String()
}
