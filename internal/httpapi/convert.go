package httpapi

import (
	"encoding/json"
	"strings"

	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/lang"
)

// ETag is the strong tag of a version.
func ETag(version int) string { return *common.ETag(version) }

// Version reads the version out of If-Match. What is no tag of ours matches no version: stale.
func Version(ifMatch string) (int, error) { return common.VersionOf(strings.TrimSpace(ifMatch)) }

// LocalText gives a text by language in the contract's form.
func LocalText(t lang.Text) common.LocalText { return common.TextOf(t) }

// Text reads a text by language out of the contract's form; empty languages are absent.
func Text(t common.LocalText) lang.Text { return t.Lang() }

// NextCursor is the contract's form of a cursor: null after the last page.
func NextCursor(cursor string) *string {
	if cursor == "" {
		return nil
	}
	return &cursor
}

// Value gives what an optional part of a request says, or its zero value.
func Value[T any](p *T) T {
	if p == nil {
		var none T
		return none
	}
	return *p
}

// PasskeyAsk is the contract's form of what an authenticator is asked. options have WebAuthn's own
// JSON form.
func PasskeyAsk(ticket string, options any) (common.PasskeyAsk, error) {
	out := common.PasskeyAsk{Ticket: ticket}
	text, err := json.Marshal(options)
	if err == nil {
		err = json.Unmarshal(text, &out.Options)
	}
	return out, err
}
