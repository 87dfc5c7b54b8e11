// Package web holds the built page; internal/httpapi/page serves it.
package web

import (
	"embed"
	"io/fs"
)

// dist/README stands in git, so that this compiles on a fresh clone; `npm run build` fills dist/app.
//
//go:embed all:dist
var dist embed.FS

// Files is the built page: index.html, icon.svg, assets/… (hashed names; where smaller only as .br and
// .gz) and preload.json (the scripts and catalogues of each route). Before the first build it
// has no files.
func Files() fs.FS {
	app, err := fs.Sub(dist, "dist/app")
	if err != nil { // only for a malformed path
		panic(err)
	}
	return app
}

// Built reports whether the page is in this binary.
func Built() bool {
	_, err := fs.Stat(Files(), "index.html")
	return err == nil
}
