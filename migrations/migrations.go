// Package migrations embeds the schema: goose SQL, one file a room.
package migrations

import "embed"

// Files holds the migrations in order.
//
//go:embed *.sql
var Files embed.FS
