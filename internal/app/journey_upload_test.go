package app

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"

	"fieldtrial/internal/httpapi/oapi/common"
)

var pdf = []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")

// signed sends requests with a token and judges nothing.
type signed struct{ token string }

// Do sends the request.
func (s signed) Do(r *http.Request) (*http.Response, error) {
	r.Header.Set("Authorization", "Bearer "+s.token)
	return http.DefaultClient.Do(r)
}

// video is 60 MB that begin like an MP4.
func video() []byte {
	b := make([]byte, 60<<20)
	_, _ = rand.Read(b[:1<<20])
	copy(b, "\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41")
	return b
}

func (w *world) start(owner caller, e common.Entry, field, name, kind string, size int) common.Upload {
	at := slices.IndexFunc(e.Fields, func(f common.EntryField) bool { return f.Key == field })
	return *val(owner.want(201).StartUploadWithResponse(w.t.Context(), e.Id, nil, common.FileStart{FieldId: e.Fields[at].Id, Name: name, Size: int64(size), Type: kind})).JSON201
}

// part puts one part to its signed address and gives the status, 0 when the connection broke.
func (w *world) part(link string, body io.Reader, size int) int {
	req, err := http.NewRequestWithContext(w.t.Context(), http.MethodPut, w.url+link, body)
	must(w.t, err)
	req.ContentLength = int64(size)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0
	}
	_ = res.Body.Close()
	return res.StatusCode
}

func (w *world) put(owner caller, e common.Entry, field, name, kind string, content []byte) common.EntryFile {
	ctx := w.t.Context()
	u := w.start(owner, e, field, name, kind, len(content))
	link := val(owner.want(200).SignPartsWithResponse(ctx, u.File.Id, common.PartNumbers{Numbers: []int{1}})).JSON200.Links[0]
	if status := w.part(link.Url, bytes.NewReader(content), len(content)); status != 200 {
		w.t.Fatalf("%s: part: %d", name, status)
	}
	return *val(owner.want(200).CompleteUploadWithResponse(ctx, u.File.Id)).JSON200
}

// half breaks off in the middle, as a train does in a tunnel.
type half struct{ rest io.Reader }

func (h half) Read(p []byte) (int, error) {
	n, err := h.rest.Read(p)
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// upload sends a PDF and a video of 60 MB in parts, one of which fails at first.
func (w *world) upload(e *entrant) {
	ctx := w.t.Context()
	file := w.put(e.owner, e.entry, "pitch-document", "提案書.pdf", "application/pdf", pdf)
	if file.Name != "提案書.pdf" || file.Sha256 == nil || *file.Sha256 != hash(pdf) {
		w.t.Errorf("pdf %+v", file)
	}
	content := video()
	u := w.start(e.owner, e.entry, "video", "実演.mp4", "video/mp4", len(content))
	if u.PartCount < 2 || len(u.Parts) != 0 {
		w.t.Fatalf("upload %+v", u)
	}
	numbers := []int{}
	for n := range u.PartCount {
		numbers = append(numbers, n+1)
	}
	piece := func(n int) []byte {
		from := int64(n-1) * u.PartSize
		return content[from:min(from+u.PartSize, int64(len(content)))]
	}
	for _, link := range val(e.owner.want(200).SignPartsWithResponse(ctx, u.File.Id, common.PartNumbers{Numbers: numbers})).JSON200.Links {
		b := piece(link.Number)
		if link.Number == 3 {
			if status := w.part(link.Url, half{bytes.NewReader(b[:len(b)/2])}, len(b)); status == 200 {
				w.t.Error("half a part was taken")
			}
			if status := w.part(strings.Replace(link.Url, "X-Amz-Signature=", "X-Amz-Signature=0", 1), bytes.NewReader(b), len(b)); status == 200 {
				w.t.Errorf("a part with another signature: %d", status)
			}
			continue
		}
		if status := w.part(link.Url, bytes.NewReader(b), len(b)); status != 200 {
			w.t.Fatalf("part %d: %d", link.Number, status)
		}
	}
	val(e.owner.want(409, "file.incomplete").CompleteUploadWithResponse(ctx, u.File.Id))
	there := val(e.owner.want(200).GetUploadWithResponse(ctx, u.File.Id)).JSON200
	if len(there.Parts) != u.PartCount-1 || slices.ContainsFunc(there.Parts, func(p common.UploadPart) bool { return p.Number == 3 }) {
		w.t.Errorf("arrived: %+v", there.Parts)
	}
	link := val(e.owner.want(200).SignPartsWithResponse(ctx, u.File.Id, common.PartNumbers{Numbers: []int{3}})).JSON200.Links[0]
	if status := w.part(link.Url, bytes.NewReader(piece(3)), len(piece(3))); status != 200 {
		w.t.Fatalf("part 3 again: %d", status)
	}
	done := val(e.owner.want(200).CompleteUploadWithResponse(ctx, u.File.Id)).JSON200
	if done.Sha256 == nil || *done.Sha256 != hash(content) {
		w.t.Errorf("video %+v", done)
	}
	w.watch(e, *done, content)
}

// watch opens the video as a browser does: by a short link, from the middle.
func (w *world) watch(e *entrant, f common.EntryFile, content []byte) {
	open := val(e.owner.want(200).LinkFileWithResponse(w.t.Context(), f.Id, common.FileLinkForm{Disposition: "view"})).JSON200
	if open.Scanned || open.Type != "video/mp4" {
		w.t.Errorf("link %+v", open)
	}
	req, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, w.url+open.Url, nil)
	must(w.t, err)
	req.Header.Set("Range", "bytes=1000000-1000099")
	res, err := http.DefaultClient.Do(req)
	must(w.t, err)
	defer func() { _ = res.Body.Close() }()
	got, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusPartialContent || !bytes.Equal(got, content[1000000:1000100]) {
		w.t.Errorf("watching: %d, %d bytes, %v", res.StatusCode, len(got), err)
	}
}

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
