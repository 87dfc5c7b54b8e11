package entryapi

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"fieldtrial/internal/entry"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/objstore"
)

// Files registers the short paths under which files are opened by a link: /v/… shows, /d/… saves.
// They are registered on the root, outside the API: the token in the path is the right to open.
func Files(entries *entry.Service) func(root httpapi.Router) {
	return func(root httpapi.Router) {
		for path, d := range map[string]entry.Disposition{"/v/:token": entry.Inline, "/d/:token": entry.Download} {
			h := open(entries, d)
			root.GET(path, h)
			root.HEAD(path, h)
		}
	}
}

// viewPolicy lets a shown file do nothing, whatever it is. Chromium's PDF viewer starts under it.
const viewPolicy = "default-src 'none'; img-src 'self'; media-src 'self'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"

func open(entries *entry.Service, d entry.Disposition) echo.HandlerFunc {
	return func(c echo.Context) error {
		f, err := entries.Open(c.Request().Context(), c.Param("token"), d)
		if err != nil {
			return err
		}
		defer func() { _ = f.Content.Close() }()
		h := c.Response().Header()
		h.Set("Content-Type", f.Type)
		h.Set("Content-Disposition", objstore.Disposition(d == entry.Inline, f.Name))
		h.Set("Cache-Control", "private, no-store")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Referrer-Policy", "no-referrer") // the address is a secret while it lasts
		h.Set("ETag", f.ETag)
		if d == entry.Inline {
			h.Set("Content-Security-Policy", viewPolicy)
			h.Set("X-Frame-Options", "SAMEORIGIN")
		} else {
			h.Set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
		}
		http.ServeContent(c.Response(), c.Request(), "", f.At, f.Content)
		return nil
	}
}
