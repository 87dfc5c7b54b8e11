package record

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// EntryReceived is the payload of an entry.received leaf. Its receipt stays under
// 2,000 bytes with four files and any log size; each testbed adds 42.
type EntryReceived struct {
	Entry     string   `json:"entry"`
	Challenge string   `json:"challenge"`
	Version   int      `json:"version"`
	Rules     int      `json:"rules"`              // version of the rules the team accepted
	Answers   string   `json:"answers"`            // SHA-256 over the answers, base64
	Files     []string `json:"files"`              // SHA-256 of each file, base64, arrived or on its way
	Awaited   []string `json:"awaited,omitempty"`  // those of Files that were still on their way
	Testbeds  []string `json:"testbeds,omitempty"` // ids of those that the team would take, most wanted first
	Time      string   `json:"time"`               // the database's clock, RFC 3339, UTC
}

// Payload returns the bytes to commit to.
func (p EntryReceived) Payload() ([]byte, error) { return encodePayload(p) }

// FileMatched is the payload of a file.matched leaf: bytes with a promised hash have arrived.
type FileMatched struct {
	Entry     string `json:"entry"`
	Challenge string `json:"challenge"`
	File      string `json:"file"` // SHA-256, base64
	Time      string `json:"time"` // the database's clock, RFC 3339, UTC
}

// Payload returns the bytes to commit to.
func (p FileMatched) Payload() ([]byte, error) { return encodePayload(p) }

// ExtensionGranted is the payload of an extension.granted leaf. The reason is there by its hash: the
// page shows it to those concerned, and it can be forgotten.
type ExtensionGranted struct {
	Challenge string `json:"challenge"`
	Team      string `json:"team"`
	Closes    string `json:"closes"` // the deadline for everybody
	Until     string `json:"until"`  // and for this team
	Reason    string `json:"reason"` // SHA-256 over its UTF-8 bytes, base64
	By        string `json:"by"`     // id of the person
	Time      string `json:"time"`   // the database's clock, RFC 3339, UTC
}

// Payload returns the bytes to commit to.
func (p ExtensionGranted) Payload() ([]byte, error) { return encodePayload(p) }

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
