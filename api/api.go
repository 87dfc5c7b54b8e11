// Package api embeds the bundled contract, which is served as it is and checked against.
package api

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
)

//go:embed openapi.gen.json.gz
var packed []byte

// Document is the bundled OpenAPI 3.0.3 document as JSON, made by `make gen`. The program carries it packed: a
// ninth of its size.
var Document = unpack(packed)

func unpack(b []byte) []byte {
	r, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil { // only for a damaged program
		panic(err)
	}
	document, err := io.ReadAll(r)
	if err != nil {
		panic(err)
	}
	return document
}
