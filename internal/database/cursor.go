package database

import (
	"bytes"
	"encoding/base64"
	"encoding/json"

	"fieldtrial/internal/fault"
)

// ErrCursor says that a paging cursor was not made by this list.
var ErrCursor = fault.New(fault.Invalid, "request.cursor", "The page position is not valid. Start from the first page.")

// EncodeCursor packs the sort keys of a page's last row. The client treats it as opaque.
func EncodeCursor(keys ...any) string {
	b, _ := json.Marshal(keys)
	return base64.RawURLEncoding.EncodeToString(b)
}

// DecodeCursor unpacks into pointers, as many as were packed. An empty cursor is the first page
// and reports false.
func DecodeCursor(cursor string, into ...any) (bool, error) {
	if cursor == "" {
		return false, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || bytes.Contains(b, []byte(`\u0000`)) { // which no text of the database holds
		return false, ErrCursor
	}
	var raw []json.RawMessage
	if json.Unmarshal(b, &raw) != nil || len(raw) != len(into) {
		return false, ErrCursor
	}
	for i := range raw {
		if json.Unmarshal(raw[i], into[i]) != nil {
			return false, ErrCursor
		}
	}
	return true, nil
}
