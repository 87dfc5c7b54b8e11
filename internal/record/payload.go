package record

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// EntryReceived is the payload of an entry.received leaf. Its receipt stays under
// 2,000 bytes with four files and any log size.
type EntryReceived struct {
	Entry     string   `json:"entry"`
	Challenge string   `json:"challenge"`
	Version   int      `json:"version"`
	Rules     int      `json:"rules"`   // version of the rules the team accepted
	Answers   string   `json:"answers"` // SHA-256 over the answers, base64
	Files     []string `json:"files"`   // SHA-256 of each file, base64, arrived or on its way
	Time      string   `json:"time"`    // the database's clock, RFC 3339, UTC
}

// Payload returns the bytes to commit to.
func (p EntryReceived) Payload() ([]byte, error) { return encodePayload(p) }

// Deadline is the payload of a deadline leaf.
type Deadline struct {
	Challenge string `json:"challenge"`
	ClosedAt  string `json:"closedAt"` // the deadline that has passed, RFC 3339, UTC
	Time      string `json:"time"`     // the database's clock when it was appended
}

// Payload returns the bytes to commit to.
func (p Deadline) Payload() ([]byte, error) { return encodePayload(p) }

func encodePayload(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("record: %w", err)
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}

// challengeOf returns the challenge a payload speaks of, or "".
func challengeOf(payload []byte) string {
	var p struct {
		Challenge string `json:"challenge"`
	}
	if json.Unmarshal(payload, &p) != nil {
		return ""
	}
	return p.Challenge
}
