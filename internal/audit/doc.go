// Package audit checks what the record says of judging, without server or database: a team's openings
// of its own reviews, the confidential bundle of a named auditor, and the log as a whole. The formats
// stand in docs/record.md.
//
// The file of openings and the bundle are JSON in exactly the form that Marshal writes, so that no
// file can be read in two ways.
package audit
