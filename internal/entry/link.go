package entry

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/objstore"
	"fieldtrial/internal/seen"
)

// Disposition says how a file is opened.
type Disposition string

// Inline shows a file in the page; Download saves it.
const (
	Inline   Disposition = "view"
	Download Disposition = "download"
)

// linkLife bounds a link to open a file. The page asks for a new one.
const linkLife = 5 * time.Minute

// FileLink is an address under which a file can be opened for a while. URL is a path of this site
// and holds a secret: it belongs in no log and in no mail.
type FileLink struct {
	URL       string
	ExpiresAt time.Time
	Type      string
	Scanned   bool // false: no scanner has looked at the file
}

// LinkFor gives a link to whoever may open the file: its team while it is in the entry or in what
// was sent, and the people who run the challenge, after the deadline, what was last submitted, and
// what had been before a correction.
func (s *Service) LinkFor(ctx context.Context, actor authz.Actor, id uuid.UUID, d Disposition) (FileLink, error) {
	f, c, r, err := s.fileIn(ctx, id)
	if err != nil {
		return FileLink{}, err
	}
	scope := r.scope(c)
	sent := false
	if r.Submission != nil {
		last, err := sentContent(ctx, s.db.Pool(), r.Submission.ID)
		if err != nil {
			return FileLink{}, err
		}
		sent = slices.ContainsFunc(last.Files, func(x SentFile) bool { return x.ID == id })
	}
	if !sent {
		if sent, err = beforeCorrection(ctx, s.db.Pool(), r.ID, id); err != nil {
			return FileLink{}, err
		}
	}
	if actor.May(authz.SeeEntry, scope) {
		if f.removed && !sent {
			return FileLink{}, fault.ErrNotFound
		}
		return s.link(ctx, f, d)
	}
	now, err := s.db.Now(ctx)
	if err != nil {
		return FileLink{}, err
	}
	if !actor.May(authz.SeeSubmitted, scope) || !sent || c.BlindTo(actor) {
		return FileLink{}, hidden(actor)
	}
	sealed, err := Sealed(ctx, s.db.Pool(), c, now)
	if err != nil {
		return FileLink{}, err
	}
	if sealed {
		return FileLink{}, hidden(actor)
	}
	if err := seen.Note(ctx, s.db.Pool(), actor, scope, seen.File, &id, r.ID); err != nil {
		return FileLink{}, err
	}
	return s.FileLink(ctx, id, d)
}

// FileLink gives a link to somebody outside the team whose right the caller has checked.
// ErrFileNotOpen where nobody outside may open it: not checked yet, infected, or not scanned while
// the settings ask for a scan.
func (s *Service) FileLink(ctx context.Context, id uuid.UUID, d Disposition) (FileLink, error) {
	f, err := fileByID(ctx, s.db.Pool(), id)
	if err != nil {
		return FileLink{}, err
	}
	if f.State != Clean && (f.State != NotScanned || !s.cfg.OpenUnscanned) {
		return FileLink{}, ErrFileNotOpen
	}
	return s.link(ctx, f, d)
}

func (s *Service) link(ctx context.Context, f File, d Disposition) (FileLink, error) {
	if !f.good() {
		return FileLink{}, ErrFileNotOpen
	}
	now, err := s.db.Now(ctx)
	if err != nil {
		return FileLink{}, err
	}
	until := now.Add(linkLife).Truncate(time.Second)
	path := "/v/"
	if d == Download {
		path = "/d/"
	}
	return FileLink{URL: path + s.seal(f.ID, d, until), ExpiresAt: until, Type: f.Type, Scanned: f.State == Clean}, nil
}

// A token is the file's id, the time it ends and a MAC over both and the disposition.
const tokenBody = 16 + 8

func (s *Service) seal(id uuid.UUID, d Disposition, until time.Time) string {
	b := make([]byte, tokenBody, tokenBody+sha256.Size)
	copy(b, id[:])
	binary.BigEndian.PutUint64(b[16:], uint64(until.Unix())) //nolint:gosec // after 1970
	return base64.RawURLEncoding.EncodeToString(append(b, s.mac(b, d)...))
}

func (s *Service) mac(body []byte, d Disposition) []byte {
	h := hmac.New(sha256.New, s.key[:])
	h.Write(body)
	h.Write([]byte(d))
	return h.Sum(nil)
}

// Opened is a file to serve. The caller closes Body.
type Opened struct {
	Name    string
	Type    string
	Size    int64
	ETag    string
	At      time.Time
	Content io.ReadSeekCloser
}

// Open takes a link's token. A token that is forged, over or for the other disposition, and a file
// that must not be opened any more, are all fault.ErrNotFound.
func (s *Service) Open(ctx context.Context, token string, d Disposition) (Opened, error) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(b) != tokenBody+sha256.Size || !hmac.Equal(b[tokenBody:], s.mac(b[:tokenBody], d)) {
		return Opened{}, fault.ErrNotFound
	}
	now, err := s.db.Now(ctx)
	if err != nil {
		return Opened{}, err
	}
	if now.Unix() >= int64(binary.BigEndian.Uint64(b[16:tokenBody])) { //nolint:gosec // our own MAC covers it
		return Opened{}, fault.ErrNotFound
	}
	f, err := fileByID(ctx, s.db.Pool(), uuid.UUID(b[:16]))
	if err != nil {
		return Opened{}, err
	}
	if !f.good() { // found infected since the link was made
		return Opened{}, fault.ErrNotFound
	}
	return Opened{
		Name: f.Name, Type: f.Type, Size: f.Size, At: f.CreatedAt, ETag: `"` + hex.EncodeToString(f.SHA256) + `"`,
		Content: &stored{ctx: ctx, store: s.store, key: f.Key, size: f.Size},
	}, nil
}

// stored reads an object from any place, asking the store only once something is read.
type stored struct {
	ctx   context.Context
	store *objstore.Store
	key   string
	size  int64
	at    int64
	body  io.ReadCloser
}

var errSeek = errors.New("entry: seek before the start")

// Seek moves to a place; nothing is asked of the store yet.
func (o *stored) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += o.at
	case io.SeekEnd:
		offset += o.size
	}
	if offset < 0 {
		return 0, errSeek
	}
	if offset != o.at {
		_ = o.Close()
		o.at = offset
	}
	return offset, nil
}

// Read reads on from the place.
func (o *stored) Read(p []byte) (int, error) {
	if o.at >= o.size {
		return 0, io.EOF
	}
	if o.body == nil {
		body, _, err := o.store.Get(o.ctx, o.key, &objstore.Range{From: o.at})
		if err != nil {
			return 0, storeFault(err)
		}
		o.body = body
	}
	n, err := o.body.Read(p)
	o.at += int64(n)
	return n, err
}

// Close lets go of the store.
func (o *stored) Close() error {
	if o.body == nil {
		return nil
	}
	err := o.body.Close()
	o.body = nil
	return err
}
