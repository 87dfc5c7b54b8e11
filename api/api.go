// Package api embeds the bundled contract, which is served as it is and checked against.
package api

import _ "embed"

// Document is the bundled OpenAPI 3.0.3 document as JSON, made by `make gen`.
//
//go:embed openapi.gen.json
var Document []byte
