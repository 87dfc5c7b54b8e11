package entry

import (
	"context"
	"testing"
)

// A browser that goes away while its file is put together loses nothing, nor does a program that stops
// between the store's end and its own.
func TestAnUploadIsBroughtToItsEnd(t *testing.T) {
	t.Parallel()
	b := newBench(t).withFiles(t, nil, Config{})
	id := b.begin(t)
	content := pdf(9 << 20) // two parts
	start := func(field string) Upload {
		t.Helper()
		u, err := b.StartUpload(t.Context(), b.owner, id, FileStart{b.c.Fields[field], "a.pdf", int64(len(content)), "application/pdf"})
		must(t, err)
		b.putParts(t, b.owner, u, content)
		return u
	}
	left := start("pitch")
	gone, leave := context.WithCancel(t.Context())
	leave()
	if f, err := b.CompleteUpload(gone, b.owner, left.File.ID); err != nil || f.State != Checking || len(f.SHA256) == 0 {
		t.Errorf("the browser has left: %+v %v", f, err)
	}

	u := start("pitch")
	f, err := fileByID(t.Context(), b.db.Pool(), u.File.ID)
	must(t, err)
	_, err = b.store.Complete(t.Context(), f.Key, f.upload, f.Size)
	must(t, err)
	again, err := b.Upload(t.Context(), b.owner, u.File.ID)
	if err != nil || len(again.Parts) != 2 || again.Parts[1].Size != int64(len(content))-again.PartSize {
		t.Fatalf("joined at the store: %+v %v", again.Parts, err)
	}
	if f, err := b.CompleteUpload(t.Context(), b.owner, u.File.ID); err != nil || f.State != Checking {
		t.Errorf("gone on with: %+v %v", f, err)
	}
}
