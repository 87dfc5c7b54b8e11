package objstore

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"
)

// Link says how a browser shall get an object.
type Link struct {
	// Filename is the name a download is saved under.
	Filename string
	// Inline shows the object instead of saving it; for types that are safe so.
	Inline bool
	// ContentType overrides the stored one when not empty.
	ContentType string
	// Valid is how long the link works, up to 7 days.
	Valid time.Duration
}

// URL signs a link by which a browser GETs an object, in pieces if it likes.
func (s *Store) URL(ctx context.Context, key string, l Link) (string, error) {
	q := url.Values{"response-content-disposition": {Disposition(l.Inline, l.Filename)}}
	if l.ContentType != "" {
		q.Set("response-content-type", l.ContentType)
	}
	u, err := s.links.Presign(ctx, http.MethodGet, s.cfg.Bucket, key, l.Valid, q)
	if err != nil {
		return "", failure("sign a link", err)
	}
	return s.link(u), nil
}

// Disposition writes a Content-Disposition (RFC 6266): a plain ASCII name for
// old clients and the true one, in any script, for the others.
func Disposition(inline bool, filename string) string {
	kind := "attachment"
	if inline {
		kind = "inline"
	}
	name := cleanName(filename)
	if name == "" {
		return kind
	}
	plain := strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII || r == '"' || r == '\\' || r == '%' {
			return '_'
		}
		return r
	}, name)
	d := fmt.Sprintf(`%s; filename="%s"`, kind, plain)
	if plain != name {
		d += "; filename*=UTF-8''" + extValue(name)
	}
	return d
}

// cleanName takes out what must not be in a file name: folders, control and
// format characters (which can turn the direction of the text and so disguise
// the true extension).
func cleanName(s string) string {
	s = strings.ToValidUTF8(s, "")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '/' || r == '\\':
			return '_'
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp):
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

// extValue encodes as RFC 8187 asks: everything but its attr-char set.
func extValue(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("!#$&+-.^_`|~", c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
