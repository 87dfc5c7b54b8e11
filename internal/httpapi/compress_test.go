package httpapi

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
)

// answering gives an address of the API that answers in one way.
func answering(t *testing.T, path string, h echo.HandlerFunc) *echo.Echo {
	t.Helper()
	e := echo.New()
	e.HTTPErrorHandler = func(err error, c echo.Context) { _ = c.JSON(http.StatusTeapot, map[string]string{"code": err.Error()}) }
	e.Use(underBase(compress))
	e.Any(Base+path, h)
	return e
}

func TestLargeJSONIsCompressed(t *testing.T) {
	long := map[string]string{"text": strings.Repeat("さくら ", 600)}
	json := func(c echo.Context) error {
		c.Response().Header().Set("ETag", `"7"`)
		return c.JSON(http.StatusCreated, long)
	}
	for _, c := range []struct {
		name, method, path, accept string
		h                          echo.HandlerFunc
		zipped                     bool
	}{
		{"a list", "GET", "/challenges", "gzip, deflate, br", json, true},
		{"a write", "POST", "/teams", "br;q=1.0, gzip;q=0.8", json, true},
		{"a client that does not take it", "GET", "/challenges", "", json, false},
		{"a client that refuses it", "GET", "/challenges", "gzip;q=0", json, false},
		{"another encoding", "GET", "/challenges", "br", json, false},
		{"a token", "POST", "/auth/refresh", "gzip", json, false},
		{"an invitation", "POST", "/invitations/look", "gzip", json, false},
		{"signed links", "POST", "/files/1/parts", "gzip", json, false},
		{"a juror's link", "POST", "/jury/assignments/1/files/2/link", "gzip", json, false},
		{"a few bytes", "GET", "/challenges", "gzip", func(c echo.Context) error { return c.JSON(http.StatusOK, "short") }, false},
		{"CSV", "GET", "/exports/participation.csv", "gzip", func(c echo.Context) error {
			return c.Blob(http.StatusOK, "text/csv; charset=utf-8", []byte(strings.Repeat("a,b\n", 900)))
		}, false},
		{"a receipt to save", "GET", "/entries/1/receipt", "gzip", func(c echo.Context) error {
			c.Response().Header().Set("Content-Disposition", "attachment")
			return c.JSON(http.StatusOK, long)
		}, false},
	} {
		req := httptest.NewRequest(c.method, Base+c.path, nil)
		req.Header.Set("Accept-Encoding", c.accept)
		w := httptest.NewRecorder()
		answering(t, c.path, c.h).ServeHTTP(w, req)
		got := w.Header().Get("Content-Encoding") == "gzip"
		if got != c.zipped {
			t.Errorf("%s: %v, %v", c.name, w.Code, w.Header())
		}
		if !got {
			continue
		}
		if w.Code != http.StatusCreated || w.Header().Get("ETag") != `"7"` || w.Header().Get("Vary") != "Accept-Encoding" || w.Header().Get("Content-Length") != "" {
			t.Errorf("%s: %d %v", c.name, w.Code, w.Header())
		}
		small := w.Body.Len()
		r, err := gzip.NewReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil || !strings.Contains(string(body), long["text"]) || small*4 > len(body) {
			t.Errorf("%s: %d of %d bytes, %v", c.name, small, len(body), err)
		}
	}
}

func TestWhatIsNotCompressedArrivesWhole(t *testing.T) {
	for name, c := range map[string]struct {
		h      echo.HandlerFunc
		status int
		body   string
	}{
		"nothing":          {func(c echo.Context) error { return c.NoContent(http.StatusNoContent) }, 204, ""},
		"a fault":          {func(echo.Context) error { return echo.NewHTTPError(500, "x") }, 418, `{"code":"code=500, message=x"}`},
		"the status alone": {func(c echo.Context) error { c.Response().WriteHeader(http.StatusAccepted); return nil }, 202, ""},
		"a stream": {func(c echo.Context) error {
			c.Response().Header().Set("Content-Type", "text/event-stream")
			for range 3 {
				_, _ = c.Response().Write([]byte("x\n"))
				c.Response().Flush()
			}
			return nil
		}, 200, "x\nx\nx\n"},
	} {
		req := httptest.NewRequest("GET", Base+"/things", nil)
		req.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		answering(t, "/things", c.h).ServeHTTP(w, req)
		if w.Code != c.status || strings.TrimSpace(w.Body.String()) != strings.TrimSpace(c.body) || w.Header().Get("Content-Encoding") != "" {
			t.Errorf("%s: %d %q %v", name, w.Code, w.Body, w.Header())
		}
	}
}

// The pages' own files are compressed when they are built.
func TestOnlyTheAPIIsCompressed(t *testing.T) {
	e := server(t)
	e.GET("/app.json", func(c echo.Context) error { return c.JSON(200, strings.Repeat("x", 5000)) })
	for path, want := range map[string]string{"/app.json": "", Base + "/openapi.json": "Accept-Encoding"} {
		req := httptest.NewRequest("GET", path, nil)
		req.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		e.ServeHTTP(w, req)
		if w.Code != 200 || w.Header().Get("Vary") != want {
			t.Errorf("%s: %d %v", path, w.Code, w.Header())
		}
	}
}
