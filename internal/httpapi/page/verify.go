package page

import (
	"io/fs"
	"net/http"

	"github.com/labstack/echo/v4"

	"fieldtrial/internal/lang"
)

// verifierPolicy lets the verifier run its own script and ask this site for proofs, and nothing else.
// It writes no HTML, so no Trusted Types policy is needed.
const verifierPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; " +
	"form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// verifier serves the page that checks receipts in the browser: a page of its own, apart from the rest,
// and the same as one file to keep. Without it in the build there is nothing here.
func (s *server) verifier(e *echo.Echo) {
	served, err := fs.ReadFile(s.cfg.Files, "verify/index.html")
	if err != nil {
		return
	}
	for _, l := range lang.All {
		whole := s.fill(string(served), "/verify", l)
		show := func(c echo.Context) error {
			h := c.Response().Header()
			h.Set("Content-Security-Policy", verifierPolicy)
			h.Set("Cache-Control", "no-cache")
			h.Set("Content-Language", string(l))
			return c.HTML(http.StatusOK, whole(s.cfg.Describe(c.Request(), "/verify", l)))
		}
		e.GET(Prefix(l, "/verify"), show)
		e.HEAD(Prefix(l, "/verify"), show)
	}
	e.GET("/verify/fieldtrial-verify.html", func(c echo.Context) error {
		b, err := fs.ReadFile(s.cfg.Files, "verify/fieldtrial-verify.html")
		if err != nil {
			return echo.ErrNotFound
		}
		h := c.Response().Header()
		h.Set("Content-Disposition", `attachment; filename="fieldtrial-verify.html"`)
		h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
		return c.Blob(http.StatusOK, "text/html; charset=utf-8", b)
	})
}
