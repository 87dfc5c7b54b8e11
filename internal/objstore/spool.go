package objstore

import (
	"io"
	"net/http"
	"net/url"
	"os"
	"time"
)

// partSilence is how long a client may pause within a part.
const partSilence = 30 * time.Second

// paced gives the client time anew before each read.
type paced struct {
	io.Reader
	line *http.ResponseController
}

// Read reads.
func (p paced) Read(b []byte) (int, error) {
	_ = p.line.SetReadDeadline(time.Now().Add(partSilence))
	return p.Reader.Read(b)
}

// spool takes in the whole of a part before the store hears of it. A browser that goes away in the
// middle would otherwise end the store's connection in the middle too, which versitygw takes for the
// end of the part: it would list a part of full length with zeros for a tail, and who resumes the
// upload would pass over it. The file has no name any more when spool returns it.
func (s *Store) spool(w http.ResponseWriter, r *http.Request) (*os.File, error) {
	f, err := os.CreateTemp(s.cfg.Spool, ".part-*")
	if err != nil {
		return nil, err
	}
	_ = os.Remove(f.Name())
	buf := buffers{}.Get()
	defer buffers{}.Put(buf)
	line := http.NewResponseController(w)
	defer func() { _ = line.SetReadDeadline(time.Time{}) }()
	n, err := io.CopyBuffer(struct{ io.Writer }{f}, paced{http.MaxBytesReader(w, r.Body, s.cfg.MaxPart), line}, buf)
	if err == nil && n != r.ContentLength {
		err = io.ErrUnexpectedEOF
	}
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// expired reports whether a signed link is past its time. The store decides about everything else;
// this it would say while the part is still being sent to it, and the answer would be lost.
func expired(q url.Values, now time.Time) bool {
	at, err := time.Parse("20060102T150405Z", q.Get("X-Amz-Date"))
	valid, err2 := time.ParseDuration(q.Get("X-Amz-Expires") + "s")
	return err == nil && err2 == nil && now.After(at.Add(valid))
}
