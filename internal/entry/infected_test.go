package entry

import (
	"errors"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/scan"
	"fieldtrial/internal/testkit"
)

// infected is a PDF that carries what every scanner knows.
func infected() []byte { return append(pdf(3000), testkit.EICAR()...) }

// A real clamd looks at what was uploaded: the infected file stops the submission until it is gone.
func TestAnInfectedFileIsFoundAndReplaced(t *testing.T) {
	t.Parallel()
	b := newBench(t).withFiles(t, scan.Clamd{Network: "unix", Addr: testkit.Clamd(t)}, Config{OpenUnscanned: true})
	official := testkit.Person(t, b.db, "Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: b.c.Santander})
	id := b.begin(t)
	b.fill(t, b.owner, id)
	bad := b.send(t, b.owner, id, "pitch", "pitch.pdf", "application/pdf", infected())
	must(t, b.Check(t.Context(), bad.ID, false))

	v, err := b.Get(t.Context(), b.owner, id)
	must(t, err)
	if len(v.Files) != 2 || !v.Files[1].Replaced || v.Files[0].State != Infected || v.Files[0].Reason != testkit.EICARName {
		t.Fatalf("found: %+v", v.Files)
	}
	_, err = b.Submit(t.Context(), b.owner, id)
	f, _ := fault.As(err)
	if !errors.Is(err, ErrIncomplete) || len(f.Fields) != 1 || f.Fields[0].Pointer != "/fields/pitch" || f.Fields[0].Code != "file_infected" {
		t.Fatalf("an infected file is submitted: %v %+v", err, f)
	}
	if _, err := b.LinkFor(t.Context(), b.owner, bad.ID, Download); !errors.Is(err, ErrFileNotOpen) {
		t.Errorf("its own team: %v", err)
	}

	good := b.send(t, b.owner, id, "pitch", "pitch.pdf", "application/pdf", pdf(3000))
	must(t, b.Check(t.Context(), good.ID, false))
	if v, err = b.Get(t.Context(), b.owner, id); err != nil || len(v.Files) != 2 || v.Files[0].ID != good.ID || v.Files[0].State != Clean {
		t.Fatalf("replaced: %+v %v", v.Files, err)
	}
	_, err = b.Submit(t.Context(), b.owner, id)
	must(t, err)
	b.closeNow(t)
	if l, err := b.LinkFor(t.Context(), official, good.ID, Inline); err != nil || !l.Scanned {
		t.Errorf("the clean one: %+v %v", l, err)
	}
	if _, err := b.LinkFor(t.Context(), official, bad.ID, Inline); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("the infected one: %v", err)
	}
}

// What was sent while the scanner was still looking is opened by nobody once it is found infected.
func TestFoundInfectedAfterItWasSubmitted(t *testing.T) {
	t.Parallel()
	b := newBench(t).withFiles(t, scan.Clamd{Network: "unix", Addr: testkit.Clamd(t)}, Config{OpenUnscanned: true})
	official := testkit.Person(t, b.db, "Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: b.c.Santander})
	id := b.begin(t)
	b.fill(t, b.owner, id)
	bad := b.send(t, b.owner, id, "pitch", "pitch.pdf", "application/pdf", infected())
	_, err := b.Submit(t.Context(), b.owner, id)
	must(t, err)
	must(t, b.Check(t.Context(), bad.ID, false))
	b.closeNow(t)
	for who, a := range map[string]authz.Actor{"team": b.owner, "official": official} {
		if _, err := b.LinkFor(t.Context(), a, bad.ID, Inline); !errors.Is(err, ErrFileNotOpen) {
			t.Errorf("%s: %v", who, err)
		}
	}
	if _, err := b.FileLink(t.Context(), bad.ID, Inline); !errors.Is(err, ErrFileNotOpen) {
		t.Errorf("a juror: %v", err)
	}
}

// The team hears at once of a submitted file that is infected, the officials once they may know of the
// entry; nobody twice, and nobody who is kept away from the entry.
func TestThoseConcernedHearOfAnInfectedFile(t *testing.T) {
	t.Parallel()
	b := newBench(t).withFiles(t, scan.Clamd{Network: "unix", Addr: testkit.Clamd(t)}, Config{OpenUnscanned: true})
	city := authz.Grant{Role: authz.Official, Kind: authz.City, ID: b.c.Santander}
	official, partial := testkit.Person(t, b.db, "Official", city), testkit.Person(t, b.db, "Partial", city)
	mails := func(kind string) int { return b.count(t, `select count(*) from notices where kind = $1`, kind) }
	check := func(id uuid.UUID) { t.Helper(); must(t, b.Check(t.Context(), id, false)) }
	due := func() {
		t.Helper()
		_, err := BytesDue(t.Context(), b.db)
		must(t, err)
	}
	id := b.begin(t)
	b.fill(t, b.owner, id)
	bad := b.send(t, b.owner, id, "pitch", "tono.pdf", "application/pdf", infected())
	_, err := b.Submit(t.Context(), b.owner, id)
	must(t, err)
	must(t, b.db.InTx(t.Context(), func(tx database.Tx) error {
		return authz.Exclude(tx, partial.PersonID, id, "conflict", "a friend")
	}))
	check(bad.ID)
	check(bad.ID)
	due()
	if team, officials := mails("file-infected"), mails("file-infected-city"); team != 1 || officials != 0 {
		t.Errorf("sealed: %d to the team, %d to officials", team, officials)
	}
	if n := b.count(t, `select count(*) from notices where kind = 'file-infected' and person_id = $1 and params -> 'file' ->> 's' = 'tono.pdf'`, b.owner.PersonID); n != 1 {
		t.Error("the mail names the file")
	}
	b.closeNow(t)
	due()
	due()
	if n := b.count(t, `select count(*) from notices where kind = 'file-infected-city' and person_id = $1 and not params ? 'file'`, official.PersonID); n != 1 || mails("file-infected-city") != 1 || mails("file-infected") != 1 {
		t.Errorf("after the deadline: %d to the official, %d in all", n, mails("file-infected-city"))
	}
}

// What was replaced in time concerns no official.
func TestAnInfectedFileThatWasReplacedIsNobodysConcern(t *testing.T) {
	t.Parallel()
	b := newBench(t).withFiles(t, scan.Clamd{Network: "unix", Addr: testkit.Clamd(t)}, Config{OpenUnscanned: true})
	testkit.Person(t, b.db, "Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: b.c.Santander})
	id := b.begin(t)
	b.fill(t, b.owner, id)
	for _, content := range [][]byte{infected(), pdf(3000)} {
		f := b.send(t, b.owner, id, "pitch", "pitch.pdf", "application/pdf", content)
		_, err := b.Submit(t.Context(), b.owner, id)
		must(t, err)
		must(t, b.Check(t.Context(), f.ID, false))
	}
	b.closeNow(t)
	_, err := BytesDue(t.Context(), b.db)
	must(t, err)
	if team, officials := b.count(t, `select count(*) from notices where kind = 'file-infected'`), b.count(t, `select count(*) from notices where kind = 'file-infected-city'`); team != 1 || officials != 0 {
		t.Errorf("%d to the team, %d to officials", team, officials)
	}
}
