package embedded

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
	"time"
)

// Mail is a message the mailbox has kept.
type Mail struct {
	ID          string
	From        string   // header, decoded
	To          []string // envelope: who would have received it
	Subject     string   // decoded
	Text        string   // the plain text part
	HTML        string   // the HTML part
	MessageID   string   // with its angle brackets
	Headers     mail.Header
	Date        time.Time // header; zero when missing
	Received    time.Time // when the mailbox accepted it
	Attachments []string  // file names
	Raw         []byte    // as received, headers of the envelope first
}

// parseMail reads a message as far as it can; what is malformed stays in Raw.
func parseMail(id string, raw []byte) Mail {
	m := Mail{ID: id, Raw: raw}
	msg, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return m
	}
	m.Headers = msg.Header
	m.From = decodeHeader(msg.Header.Get("From"))
	m.Subject = decodeHeader(msg.Header.Get("Subject"))
	m.MessageID = msg.Header.Get("Message-Id")
	m.Date, _ = msg.Header.Date()
	m.Received, _ = time.Parse(time.RFC3339Nano, msg.Header.Get("X-Received-At"))
	for to := range strings.SplitSeq(msg.Header.Get("Delivered-To"), ", ") {
		if to != "" {
			m.To = append(m.To, to)
		}
	}
	m.readPart(textproto.MIMEHeader(msg.Header), msg.Body, 0)
	return m
}

func decodeHeader(s string) string {
	d, err := new(mime.WordDecoder).DecodeHeader(s)
	if err != nil {
		return s
	}
	return d
}

// readPart takes the first plain text, the first HTML and the names of files
// from a part and those inside it.
func (m *Mail) readPart(h textproto.MIMEHeader, body io.Reader, depth int) {
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") {
		if depth > 5 {
			return
		}
		parts := multipart.NewReader(body, params["boundary"])
		for {
			part, err := parts.NextRawPart()
			if err != nil {
				return
			}
			m.readPart(part.Header, part, depth+1)
		}
	}
	if _, p, err := mime.ParseMediaType(h.Get("Content-Disposition")); err == nil && p["filename"] != "" {
		m.Attachments = append(m.Attachments, decodeHeader(p["filename"]))
		return
	}
	switch strings.ToLower(h.Get("Content-Transfer-Encoding")) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	b, _ := io.ReadAll(body)
	text := strings.ReplaceAll(string(b), "\r\n", "\n")
	switch {
	case kind == "text/plain" && m.Text == "":
		m.Text = text
	case kind == "text/html" && m.HTML == "":
		m.HTML = text
	}
}
