package mail

import (
	"fmt"
	netmail "net/mail"
	"strings"
	"unicode"

	gomail "github.com/wneessen/go-mail"
)

// Message is one letter to one person.
type Message struct {
	To      string // an address, or "Name <address>"
	Subject string
	Text    string
	HTML    string // may be empty
	// MessageID, without angle brackets, like "u4ni…@example.org". The caller
	// makes it once per message, so that every try carries the same.
	MessageID string
	Language  string // BCP 47, like "es"; may be empty
	// Headers are further ones, like List-Unsubscribe.
	Headers map[string]string
}

// reserved are the headers that Headers must not touch.
var reserved = map[string]bool{
	"from": true, "to": true, "cc": true, "bcc": true, "sender": true, "reply-to": true, "subject": true, "date": true,
	"message-id": true, "return-path": true, "received": true, "mime-version": true,
	"content-type": true, "content-transfer-encoding": true, "content-language": true, "auto-submitted": true,
}

func (s *Sender) compose(m Message) (*gomail.Msg, error) {
	to, err := address(m.To)
	if err != nil {
		return nil, fmt.Errorf("recipient: %w", err)
	}
	if err := oneLine("subject", m.Subject); err != nil {
		return nil, err
	}
	if err := oneLine("language", m.Language); err != nil {
		return nil, err
	}
	local, domain, ok := strings.Cut(m.MessageID, "@")
	if !ok || local == "" || domain == "" || strings.ContainsFunc(m.MessageID, notInID) {
		return nil, fmt.Errorf("message id: %w", ErrInjection)
	}
	msg := gomail.NewMsg(gomail.WithCharset(gomail.CharsetUTF8), gomail.WithEncoding(gomail.EncodingQP), gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(s.from)
	msg.ToMailAddress(to)
	if s.replyTo != nil {
		msg.ReplyToMailAddress(s.replyTo)
	}
	msg.Subject(m.Subject)
	msg.SetDate()
	msg.SetMessageIDWithValue(m.MessageID)
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // or holiday replies come back
	if m.Language != "" {
		msg.SetGenHeader(gomail.HeaderContentLang, m.Language)
	}
	for name, value := range m.Headers {
		if name == "" || reserved[strings.ToLower(name)] || strings.ContainsFunc(name, notInName) {
			return nil, fmt.Errorf("header %q: %w", name, ErrInjection)
		}
		if err := oneLine(name, value); err != nil {
			return nil, err
		}
		msg.SetGenHeader(gomail.Header(name), value)
	}
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	return msg, nil
}

func address(s string) (*netmail.Address, error) {
	if err := oneLine("address", s); err != nil {
		return nil, err
	}
	a, err := netmail.ParseAddress(s)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAddress, err)
	}
	if err := oneLine("address", a.Name+a.Address); err != nil { // an encoded word may hide a line break
		return nil, err
	}
	return a, nil
}

// oneLine refuses what could end a header and begin another.
func oneLine(what, s string) error {
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }) {
		return fmt.Errorf("%s: %w", what, ErrInjection)
	}
	return nil
}

func notInID(r rune) bool { return r <= ' ' || r > '~' || r == '<' || r == '>' }

func notInName(r rune) bool { return r <= ' ' || r > '~' || r == ':' }
