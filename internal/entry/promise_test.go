package entry

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/record"
	"fieldtrial/internal/scan"
	"fieldtrial/internal/testkit"
)

// promise announces a file and commits to its bytes, of which none are sent.
func (b *bench) promise(t *testing.T, id uuid.UUID, name string, content []byte) Upload {
	t.Helper()
	u, err := b.StartUpload(t.Context(), b.owner, id, FileStart{b.c.Fields["pitch"], name, int64(len(content)), "application/pdf"})
	must(t, err)
	sum := sha256.Sum256(content)
	f, err := b.Promise(t.Context(), b.owner, u.File.ID, sum[:])
	must(t, err)
	u.File = f
	return u
}

// closeAgo moves the deadline so that it passed some time ago.
func (b *bench) closeAgo(t *testing.T, ago time.Duration) time.Time {
	t.Helper()
	closes := time.Now().Add(-ago)
	testkit.Exec(t, b.db, `update challenges set closes_at = $2::timestamptz, judging_ends_at = $2::timestamptz + interval '15 days',
		results_at = $2::timestamptz + interval '20 days', opens_at = $2::timestamptz - interval '9 days' where id = $1`, b.c.Challenge, closes)
	return closes
}

func (b *bench) kinds(t *testing.T, id uuid.UUID) []string {
	t.Helper()
	var kinds []string
	must(t, b.db.Pool().QueryRow(t.Context(), `select coalesce(array_agg(kind order by id), '{}') from record_leaves where subject = $1`, id).Scan(&kinds))
	return kinds
}

func TestHashNowBytesLater(t *testing.T) {
	t.Parallel()
	scanner := &verdicts{}
	b := newBench(t).withFiles(t, scanner, Config{})
	id := b.begin(t)
	b.fill(t, b.owner, id)
	right, wrong := pdf(9<<20), pdf(9<<20)
	wrong[len(wrong)-1] = 'y'
	u := b.promise(t, id, "pitch.pdf", right)
	if other := sha256.Sum256(wrong); true {
		if _, err := b.Promise(t.Context(), b.owner, u.File.ID, other[:]); !errors.Is(err, ErrHashFixed) {
			t.Errorf("another promise for the same file: %v", err)
		}
		if _, err := b.Promise(t.Context(), b.owner, u.File.ID, other[:5]); err == nil {
			t.Error("five bytes are no SHA-256")
		}
	}
	v, err := b.Submit(t.Context(), b.owner, id)
	must(t, err)
	if v.Submission.Kind != HashOnly || v.Unsent || !slices.Equal(b.kinds(t, id), []string{"entry.promised"}) {
		t.Fatalf("submitted by the hash alone: %+v %v", v.Submission, b.kinds(t, id))
	}
	b.closeNow(t)
	_, err = CloseDue(t.Context(), b.db)
	must(t, err)

	if _, err := b.StartUpload(t.Context(), b.owner, id, FileStart{b.c.Fields["pitch"], "new.pdf", 10, "application/pdf"}); !errors.Is(err, ErrDeadlinePassed) {
		t.Errorf("a new file after the deadline: %v", err)
	}
	if err := b.RemoveFile(t.Context(), b.owner, u.File.ID); !errors.Is(err, ErrDeadlinePassed) {
		t.Errorf("taken out after the deadline: %v", err)
	}
	b.putParts(t, b.owner, u, wrong)
	if _, err := b.CompleteUpload(t.Context(), b.owner, u.File.ID); !errors.Is(err, ErrHashDiffers) {
		t.Fatalf("other bytes: %v", err)
	}
	again, err := b.Upload(t.Context(), b.owner, u.File.ID)
	if err != nil || again.File.State != Uploading || again.File.Reason != hashDiffers || len(again.Parts) != 0 {
		t.Fatalf("the file waits for the right bytes: %+v %v", again, err)
	}
	if _, err := b.store.Stat(t.Context(), u.File.Key); err == nil {
		t.Error("the wrong bytes are still there")
	}
	b.putParts(t, b.owner, u, right)
	f, err := b.CompleteUpload(t.Context(), b.owner, u.File.ID)
	if err != nil || f.State != Checking || !bytes.Equal(f.SHA256, f.Promised) {
		t.Fatalf("the right bytes, late: %+v %v", f, err)
	}
	if v, err = b.Get(t.Context(), b.owner, id); err != nil || v.Unsent {
		t.Errorf("what was promised is no change: %v %v", v.Unsent, err)
	}
	if want := []string{"entry.promised", "file.matched"}; !slices.Equal(b.kinds(t, id), want) {
		t.Errorf("on record: %v", b.kinds(t, id))
	}
	signer, err := record.LoadOrCreateKey(t.TempDir(), "test.example/log")
	must(t, err)
	_, err = record.Sequence(t.Context(), b.db, signer)
	must(t, err)
	paper, _, err := b.Receipt(t.Context(), b.owner, id)
	must(t, err)
	got, err := record.Verify(paper, record.Options{Key: signer.VerifierKey()})
	must(t, err)
	var said record.EntryReceived
	must(t, json.Unmarshal(got.Payload, &said))
	if got.Kind != record.KindEntryPromised || len(said.Files) != 1 || !slices.Equal(said.Awaited, said.Files) {
		t.Errorf("the receipt carries the promised hash: %s %+v", got.Kind, said)
	}
	leaf, err := record.LeafOf(t.Context(), b.db, record.KindDeadline, b.c.Challenge.String())
	must(t, err)
	closing, err := record.ReadReceipt(t.Context(), b.db, leaf)
	must(t, err)
	deadline, err := record.Verify(closing, record.Options{})
	must(t, err)
	must(t, record.OnTime(got, deadline))
}

// A file over the size that is hashed at once is compared by the job.
func TestLateBytesByTheJob(t *testing.T) {
	t.Parallel()
	b := newBench(t).withFiles(t, &verdicts{say: scan.Verdict{Outcome: scan.Clean}}, Config{})
	id := b.begin(t)
	b.fill(t, b.owner, id)
	right := pdf(1000)
	u := b.promise(t, id, "pitch.pdf", right)
	_, err := b.Submit(t.Context(), b.owner, id)
	must(t, err)
	b.closeNow(t)
	unhashed := func(content []byte) File { // as CompleteUpload leaves a large one
		b.putParts(t, b.owner, u, content)
		f, err := s3File(t, b, u.File.ID)
		must(t, err)
		must(t, b.Check(t.Context(), f.ID, true))
		f, err = fileByID(t.Context(), b.db.Pool(), f.ID)
		must(t, err)
		return f
	}
	wrong := bytes.Clone(right)
	wrong[999] = 'y'
	if f := unhashed(wrong); f.State != Uploading || f.Reason != hashDiffers || f.upload != "" {
		t.Fatalf("other bytes: %+v", f)
	}
	if f := unhashed(right); f.State != Clean || !bytes.Equal(f.SHA256, f.Promised) {
		t.Fatalf("the right ones: %+v", f)
	}
	if want := []string{"entry.promised", "file.matched"}; !slices.Equal(b.kinds(t, id), want) {
		t.Errorf("on record: %v", b.kinds(t, id))
	}
}

// s3File joins an upload's parts and leaves hashing to the job.
func s3File(t *testing.T, b *bench, id uuid.UUID) (File, error) {
	t.Helper()
	f, err := fileByID(t.Context(), b.db.Pool(), id)
	must(t, err)
	_, err = b.store.Complete(t.Context(), f.Key, f.upload, f.Size)
	must(t, err)
	testkit.Exec(t, b.db, `update files set state = 'checking' where id = $1`, id)
	return f, err
}

func TestBytesThatDoNotCome(t *testing.T) {
	t.Parallel()
	b := newBench(t).withFiles(t, nil, Config{})
	b.join(t, "Ken Mori", authz.TeamViewer)
	id := b.begin(t)
	b.fill(t, b.owner, id)
	u := b.promise(t, id, "pitch.pdf", pdf(1000))
	_, err := b.Submit(t.Context(), b.owner, id)
	must(t, err)
	mails := func() int {
		_, err := BytesDue(t.Context(), b.db)
		must(t, err)
		return b.count(t, `select count(*) from notices where kind = 'bytes-missing' and subject_id = $1`, id)
	}
	if n := mails(); n != 0 {
		t.Fatalf("%d mails before the deadline", n)
	}
	for _, x := range []struct {
		ago   time.Duration
		mails int
		state FileState
	}{{time.Minute, 2, Uploading}, {time.Minute, 2, Uploading}, {17 * time.Hour, 2, Uploading}, {18*time.Hour + time.Minute, 4, Uploading}, {24*time.Hour + time.Second, 4, Missing}} {
		b.closeAgo(t, x.ago) // time passes by moving the deadline, and with it the moment that was told
		testkit.Exec(t, b.db, `update bytes_reminders set until = (select closes_at + interval '24 hours' from challenges where id = $1)`, b.c.Challenge)
		if n := mails(); n != x.mails {
			t.Errorf("%s after the deadline: %d mails, want %d", x.ago, n, x.mails)
		}
		if f, err := fileByID(t.Context(), b.db.Pool(), u.File.ID); err != nil || f.State != x.state {
			t.Errorf("%s after the deadline: %s %v", x.ago, f.State, err)
		}
	}
	if _, _, err := b.SignParts(t.Context(), b.owner, u.File.ID, []int{1}); !errors.Is(err, ErrBytesLate) {
		t.Errorf("a second too late: %v", err)
	}
	official := testkit.Person(t, b.db, "Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: b.c.Santander})
	l, err := b.Late(t.Context(), official, b.c.Challenge)
	if err != nil || len(l.Waiting) != 1 || l.Waiting[0].State != Missing || l.Waiting[0].File != "pitch.pdf" {
		t.Errorf("the official sees it: %+v %v", l.Waiting, err)
	}
	v, err := b.Get(t.Context(), b.owner, id)
	if i := slices.IndexFunc(v.Files, func(f File) bool { return f.ID == u.File.ID }); err != nil || v.Files[i].State != Missing || !v.Files[i].Sent {
		t.Errorf("so does the team: %+v %v", v.Files, err)
	}
	b.closeAgo(t, time.Hour) // the deadline was moved back
	_ = mails()
	b.putParts(t, b.owner, u, pdf(1000))
	if _, err := b.CompleteUpload(t.Context(), b.owner, u.File.ID); err != nil {
		t.Errorf("with more time: %v", err)
	}
}

// After the deadline a file cannot be swapped: what was submitted stays, by its hash too, whatever
// was put in its place since.
func TestNoSwapAfterTheDeadline(t *testing.T) {
	t.Parallel()
	b := newBench(t).withFiles(t, nil, Config{})
	id := b.begin(t)
	b.fill(t, b.owner, id)
	first := pdf(1000)
	one := b.promise(t, id, "one.pdf", first)
	_, err := b.Submit(t.Context(), b.owner, id)
	must(t, err)
	two := b.promise(t, id, "two.pdf", pdf(2000))
	links, _, err := b.SignParts(t.Context(), b.owner, two.File.ID, []int{1})
	if err != nil || len(links) != 1 {
		t.Fatal(err)
	}
	must(t, b.RemoveFile(t.Context(), b.owner, one.File.ID))
	b.closeNow(t)
	if _, _, err := b.SignParts(t.Context(), b.owner, two.File.ID, []int{1}); !errors.Is(err, ErrDeadlinePassed) {
		t.Errorf("bytes of a file that was never submitted: %v", err)
	}
	if _, err := b.CompleteUpload(t.Context(), b.owner, two.File.ID); !errors.Is(err, ErrDeadlinePassed) {
		t.Errorf("the same, completed: %v", err)
	}
	if _, err := b.RestoreFile(t.Context(), b.owner, one.File.ID); !errors.Is(err, ErrDeadlinePassed) {
		t.Errorf("restored: %v", err)
	}
	b.putParts(t, b.owner, one, first)
	if _, err := b.CompleteUpload(t.Context(), b.owner, one.File.ID); err != nil {
		t.Errorf("bytes of what was submitted come in although it was taken out since: %v", err)
	}
	v, err := b.Get(t.Context(), b.owner, id)
	if i := slices.IndexFunc(v.Files, func(f File) bool { return f.ID == one.File.ID }); err != nil || i < 0 || !v.Files[i].Sent {
		t.Errorf("the team sees what it submitted: %+v %v", v.Files, err)
	}
}

func TestVersionsOfAFile(t *testing.T) {
	t.Parallel()
	b := newBench(t).withFiles(t, nil, Config{})
	id := b.begin(t)
	b.fill(t, b.owner, id)
	testkit.Exec(t, b.db, `delete from files`)
	listed := func() (out string) {
		v, err := b.Get(t.Context(), b.owner, id)
		must(t, err)
		for _, f := range v.Files {
			out += f.Name
			if f.Replaced {
				out += "(earlier)"
			}
			if f.Sent {
				out += "(sent)"
			}
			out += " "
		}
		return out
	}
	one := b.send(t, b.owner, id, "pitch", "one", "application/pdf", pdf(100))
	b.send(t, b.owner, id, "pitch", "two", "application/pdf", pdf(200))
	if got := listed(); got != "two one(earlier) " {
		t.Errorf("replaced: %s", got)
	}
	_, err := b.RestoreFile(t.Context(), b.owner, one.ID)
	must(t, err)
	if got := listed(); got != "two(earlier) one " {
		t.Errorf("the first again: %s", got)
	}
	_, err = b.Submit(t.Context(), b.owner, id)
	must(t, err)
	if got := listed(); got != "one(sent) " {
		t.Errorf("submitted: %s", got)
	}
	three := b.promise(t, id, "three", pdf(300))
	if got := listed(); got != "three one(earlier)(sent) " {
		t.Errorf("promised: %s", got)
	}
	must(t, b.RemoveFile(t.Context(), b.owner, three.File.ID))
	if got := listed(); got != "one(sent) " {
		t.Errorf("given up: %s", got)
	}
	b.send(t, b.owner, id, "pitch", "four", "application/pdf", pdf(400))
	v, err := b.Submit(t.Context(), b.owner, id)
	must(t, err)
	if got := listed(); got != "four(sent) " || v.Submission.Kind != OnTime {
		t.Errorf("submitted again: %s %s", got, v.Submission.Kind)
	}
}
