package entry

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/objstore"
	"fieldtrial/internal/scan"
	"fieldtrial/internal/testkit"
)

// verdicts is a scanner that says what the test wants, having read the file.
type verdicts struct {
	say  scan.Verdict
	err  error
	read int64
}

func (v *verdicts) Scan(_ context.Context, r io.Reader) (scan.Verdict, error) {
	var err error
	if v.read, err = io.Copy(io.Discard, r); err != nil {
		return scan.Verdict{}, err
	}
	return v.say, v.err
}

func TestUploadPauseResumeComplete(t *testing.T) {
	t.Parallel()
	scanner := &verdicts{say: scan.Verdict{Outcome: scan.Clean}}
	b := newBench(t).withFiles(t, scanner, Config{})
	id := b.begin(t)
	content := pdf(17 << 20) // three parts
	u, err := b.StartUpload(t.Context(), b.owner, id, FileStart{b.c.Fields["pitch"], `C:\papers\Propuesta final.pdf`, int64(len(content)), "application/pdf"})
	must(t, err)
	if u.File.Name != "Propuesta final.pdf" || u.PartCount != 3 || u.PartSize != 8<<20 || u.File.State != Uploading {
		t.Fatalf("%+v", u)
	}
	b.putParts(t, b.owner, u, content, 1, 3)
	if _, err := b.CompleteUpload(t.Context(), b.owner, u.File.ID); !errors.Is(err, ErrFileIncomplete) {
		t.Fatalf("a part is missing: %v", err)
	}
	if u, err = b.Upload(t.Context(), b.owner, u.File.ID); err != nil || len(u.Parts) != 2 || u.Parts[1].Number != 3 {
		t.Fatalf("resume: %+v %v", u.Parts, err)
	}
	b.putParts(t, b.owner, u, content, 2)
	f, err := b.CompleteUpload(t.Context(), b.owner, u.File.ID)
	must(t, err)
	sum := sha256.Sum256(content)
	if f.State != Checking || !bytes.Equal(f.SHA256, sum[:]) || f.Type != "application/pdf" {
		t.Fatalf("complete: %+v", f)
	}
	if again, err := b.CompleteUpload(t.Context(), b.owner, u.File.ID); err != nil || again.ID != f.ID {
		t.Errorf("the answer was lost: %v", err)
	}
	if n := b.count(t, `select count(*) from river_job where kind = 'entry.check_file'`); n != 1 {
		t.Errorf("%d jobs", n)
	}
	must(t, b.Check(t.Context(), f.ID, false))
	v, err := b.Get(t.Context(), b.owner, id)
	if err != nil || len(v.Files) != 1 || v.Files[0].State != Clean || scanner.read != int64(len(content)) {
		t.Fatalf("scanned: %+v %v", v.Files, err)
	}
	// A second file of the field takes its place once it is whole.
	g := b.send(t, b.owner, id, "pitch", "v2.pdf", "application/pdf", pdf(2000))
	if v, err = b.Get(t.Context(), b.owner, id); err != nil || len(v.Files) != 2 || v.Files[0].ID != g.ID || v.Files[0].Replaced || !v.Files[1].Replaced {
		t.Errorf("replaced: %+v %v", v.Files, err)
	}
	must(t, b.RemoveFile(t.Context(), b.owner, g.ID))
	must(t, b.RemoveFile(t.Context(), b.owner, g.ID))
	if v, err = b.Get(t.Context(), b.owner, id); err != nil || len(v.Files) != 1 || !v.Files[0].Replaced {
		t.Errorf("removed: %+v %v", v.Files, err)
	}
}

func TestFilesThatLie(t *testing.T) {
	t.Parallel()
	b := newBench(t).withFiles(t, nil, Config{})
	id := b.begin(t)
	exe := append([]byte("MZ\x90\x00\x03"), bytes.Repeat([]byte{0}, 600)...)
	html := []byte("<!doctype html><script>alert(1)</script>")
	for name, content := range map[string][]byte{"exe": exe, "html": html, "png": append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 100)...)} {
		if f := b.send(t, b.owner, id, "pitch", name+".pdf", "application/pdf", content); f.State != Refused || f.Reason != "type_differs" {
			t.Errorf("%s as a pdf: %+v", name, f)
		}
	}
	v, err := b.Get(t.Context(), b.owner, id)
	must(t, err)
	if len(v.Files) != 3 || codes(v.Missing[3]) != "{/fields/pitch file_refused map[]}" {
		t.Errorf("%+v", v.Missing)
	}
	if _, err := b.LinkFor(t.Context(), b.owner, v.Files[0].ID, Inline); !errors.Is(err, ErrFileNotOpen) {
		t.Errorf("refused files are not opened: %v", err)
	}
	for what, f := range map[string]FileStart{
		"/type":    {b.c.Fields["pitch"], "a.exe", 10, "application/x-msdownload"},
		"/size":    {b.c.Fields["pitch"], "a.pdf", 21 << 20, "application/pdf"},
		"/name":    {b.c.Fields["pitch"], " / ", 10, "application/pdf"},
		"/fieldId": {b.c.Fields["title"], "a.pdf", 10, "application/pdf"},
	} {
		_, err := b.StartUpload(t.Context(), b.owner, id, f)
		if e, _ := fault.As(err); e == nil || len(e.Fields) != 1 || e.Fields[0].Pointer != what {
			t.Errorf("%s: %v", what, err)
		}
	}
	// More bytes than announced never become a file.
	u, err := b.StartUpload(t.Context(), b.owner, id, FileStart{b.c.Fields["pitch"], "small.pdf", 100, "application/pdf"})
	must(t, err)
	long := pdf(5000)
	u2 := u
	u2.PartSize = int64(len(long))
	b.putParts(t, b.owner, u2, long)
	if _, err := b.CompleteUpload(t.Context(), b.owner, u.File.ID); !errors.Is(err, ErrFileIncomplete) {
		t.Errorf("size lie: %v", err)
	}
	if got, err := b.Upload(t.Context(), b.owner, u.File.ID); err != nil || len(got.Parts) != 0 {
		t.Errorf("a part of the wrong size has to come again: %+v %v", got.Parts, err)
	}
	_, stranger := b.newTeam(t, "Stranger")
	if _, err := b.Upload(t.Context(), stranger, u.File.ID); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("stranger: %v", err)
	}
	if _, _, err := b.SignParts(t.Context(), stranger, u.File.ID, []int{1}); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("stranger: %v", err)
	}
	b.closeNow(t)
	if _, err := b.CompleteUpload(t.Context(), b.owner, u.File.ID); !errors.Is(err, ErrDeadlinePassed) {
		t.Errorf("late: %v", err)
	}
}

func TestWhoMayOpenAFile(t *testing.T) {
	t.Parallel()
	scanner := &verdicts{}
	b := newBench(t).withFiles(t, scanner, Config{})
	id := b.begin(t)
	b.fill(t, b.owner, id)
	f := b.send(t, b.owner, id, "pitch", "pitch.pdf", "application/pdf", pdf(3000))
	official := testkit.Person(t, b.db, "Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: b.c.Santander})
	_, stranger := b.newTeam(t, "Stranger")

	if l, err := b.LinkFor(t.Context(), b.owner, f.ID, Inline); err != nil || l.Scanned || time.Until(l.ExpiresAt) > 5*time.Minute {
		t.Errorf("the team opens its own file while it is checked: %+v %v", l, err)
	}
	if _, err := b.FileLink(t.Context(), f.ID, Inline); !errors.Is(err, ErrFileNotOpen) {
		t.Errorf("nobody else does: %v", err)
	}
	_, err := b.Submit(t.Context(), b.owner, id)
	must(t, err)
	must(t, b.RemoveFile(t.Context(), b.owner, f.ID))
	b.closeNow(t)
	if _, err := b.LinkFor(t.Context(), official, f.ID, Inline); !errors.Is(err, ErrFileNotOpen) {
		t.Errorf("not scanned yet: %v", err)
	}
	scanner.err = scan.ErrUnavailable
	if err := b.Check(t.Context(), f.ID, false); !errors.Is(err, scan.ErrUnavailable) {
		t.Errorf("the job tries again: %v", err)
	}
	must(t, b.Check(t.Context(), f.ID, true))
	if _, err := b.LinkFor(t.Context(), official, f.ID, Inline); !errors.Is(err, ErrFileNotOpen) {
		t.Errorf("not scanned, and the setting says no: %v", err)
	}
	b.cfg.OpenUnscanned = true
	if l, err := b.LinkFor(t.Context(), official, f.ID, Download); err != nil || l.Scanned {
		t.Errorf("not scanned, and the setting says yes: %+v %v", l, err)
	}
	for who, a := range map[string]authz.Actor{"stranger": stranger, "nobody": {}} {
		if _, err := b.LinkFor(t.Context(), a, f.ID, Inline); !errors.Is(err, fault.ErrNotFound) && !errors.Is(err, fault.ErrSignIn) {
			t.Errorf("%s: %v", who, err)
		}
	}
	// Found infected while a link is out: the link is dead.
	l, err := b.LinkFor(t.Context(), b.owner, f.ID, Inline)
	must(t, err)
	o, err := b.Open(t.Context(), l.URL[3:], Inline)
	must(t, err)
	must(t, o.Content.Close())
	if _, err := b.Open(t.Context(), l.URL[3:], Download); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("a view link does not download: %v", err)
	}
	testkit.Exec(t, b.db, `update files set state = 'checking' where id = $1`, f.ID)
	scanner.err, scanner.say = nil, scan.Verdict{Outcome: scan.Infected, Signature: "Eicar"}
	must(t, b.Check(t.Context(), f.ID, false))
	if _, err := b.Open(t.Context(), l.URL[3:], Inline); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("infected: %v", err)
	}
	for who, a := range map[string]authz.Actor{"team": b.owner, "official": official} {
		if _, err := b.LinkFor(t.Context(), a, f.ID, Inline); !errors.Is(err, ErrFileNotOpen) {
			t.Errorf("infected, %s: %v", who, err)
		}
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	b := newBench(t).withFiles(t, nil, Config{})
	id := b.begin(t)
	f := b.send(t, b.owner, id, "pitch", "pitch.pdf", "application/pdf", pdf(3000))
	good := b.seal(f.ID, Inline, time.Now().Add(time.Minute))
	if _, err := b.Open(t.Context(), good, Inline); err != nil {
		t.Fatal(err)
	}
	other := New(b.db, b.store, nil, Config{LinkKey: bytes.Repeat([]byte("x"), 32)})
	flipped := []byte(good)
	flipped[3] ^= 1
	for what, token := range map[string]string{
		"over": b.seal(f.ID, Inline, time.Now().Add(-time.Second)), "another key": other.seal(f.ID, Inline, time.Now().Add(time.Minute)),
		"no such file": b.seal(uuid.New(), Inline, time.Now().Add(time.Minute)), "changed": string(flipped), "junk": "junk", "empty": "", "longer": good + "AAAA",
	} {
		if _, err := b.Open(t.Context(), token, Inline); !errors.Is(err, fault.ErrNotFound) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestSweep(t *testing.T) {
	t.Parallel()
	b := newBench(t).withFiles(t, nil, Config{})
	id := b.begin(t)
	b.fill(t, b.owner, id)
	sent := b.send(t, b.owner, id, "pitch", "sent.pdf", "application/pdf", pdf(100))
	_, err := b.Submit(t.Context(), b.owner, id)
	must(t, err)
	removed := b.send(t, b.owner, id, "pitch", "never-sent.pdf", "application/pdf", pdf(100))
	must(t, b.RemoveFile(t.Context(), b.owner, removed.ID))
	given, err := b.StartUpload(t.Context(), b.owner, id, FileStart{b.c.Fields["pitch"], "a.pdf", 100, "application/pdf"})
	must(t, err)
	fresh, err := b.StartUpload(t.Context(), b.owner, id, FileStart{b.c.Fields["pitch"], "b.pdf", 100, "application/pdf"})
	must(t, err)
	testkit.Exec(t, b.db, `update files set created_at = created_at - interval '3 days', removed_at = removed_at - interval '3 days' where id <> $1`, fresh.File.ID)
	testkit.Exec(t, b.db, `delete from files where object_key not like 'entries/%'`) // the one that fill put in by hand
	if n, err := b.Sweep(t.Context()); err != nil || n != 2 {
		t.Fatalf("%d swept, %v", n, err)
	}
	for id, want := range map[uuid.UUID]int{sent.ID: 1, removed.ID: 0, given.File.ID: 0, fresh.File.ID: 1} {
		if n := b.count(t, `select count(*) from files where id = $1`, id); n != want {
			t.Errorf("%s: %d rows, want %d", id, n, want)
		}
	}
	if _, err := b.store.Stat(t.Context(), removed.Key); err == nil {
		t.Error("the object is still there")
	}
	if _, err := b.store.Stat(t.Context(), sent.Key); err != nil {
		t.Error(err)
	}
	if parts, err := b.store.ListParts(t.Context(), given.File.Key, given.File.upload); err == nil {
		t.Errorf("the upload is still there: %v", parts)
	}
}

// deaf is a store that nobody answers for.
func deaf(t *testing.T) *objstore.Store {
	t.Helper()
	st, err := objstore.Open(objstore.Config{Socket: t.TempDir() + "/none", AccessKey: "a", SecretKey: "b", Bucket: "files"})
	must(t, err)
	return st
}

func TestTheStoreMayBeAway(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.Service = New(b.db, deaf(t), nil, Config{LinkKey: linkKey})
	id := b.begin(t)
	b.fill(t, b.owner, id)
	_, err := b.StartUpload(t.Context(), b.owner, id, FileStart{b.c.Fields["pitch"], "a.pdf", 10, "application/pdf"})
	if !errors.Is(err, fault.ErrUnavailable) {
		t.Errorf("uploads wait: %v", err)
	}
	if _, err := b.Submit(t.Context(), b.owner, id); err != nil {
		t.Errorf("text is submitted all the same: %v", err)
	}
}
