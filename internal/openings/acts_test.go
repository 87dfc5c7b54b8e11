package openings_test

import (
	"bytes"
	"crypto/sha256"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/award"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/edition"
	"fieldtrial/internal/embedded"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/meeting"
	"fieldtrial/internal/objstore"
	"fieldtrial/internal/record"
	"fieldtrial/internal/screening"
	"fieldtrial/internal/testkit"
)

func TestMain(m *testing.M) {
	embedded.RunS3Child()
	os.Exit(m.Run())
}

func must(t *testing.T, err error) {
	t.Helper()
	if f, ok := fault.As(err); ok {
		t.Fatalf("%v %+v", err, f.Fields)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// rehearse makes a rehearsal, whose challenge is published with it, and wipes it.
func rehearse(t *testing.T, found map[record.Kind][]map[string]bool) {
	db := testkit.DB(t)
	c := testkit.OpenChallenge(t, db)
	admin := testkit.Person(t, db, "Admin", authz.Grant{Role: authz.Admin, Kind: authz.Installation})
	svc := edition.NewService(db)
	r, err := svc.Create(t.Context(), admin, edition.New{CopyOf: c.Contest, WithChallenges: true, Rehearsal: time.Hour})
	must(t, err)
	onRecord(t, db, found) // what is wiped is not there afterwards
	_, err = svc.Wipe(t.Context(), admin, r.ID, r.Slug)
	must(t, err)
	onRecord(t, db, found)
}

// entrant is a challenge that takes entries, with everything that takes them.
type entrant struct {
	*testing.T
	db       *database.DB
	rows     testkit.ChallengeRows
	entries  *entry.Service
	official authz.Actor
	web      *httptest.Server
	closes   time.Time
}

// enterInEveryWay sends entries in time, by their hashes, withdrawn, in the grace, in an extension and as a
// correction, while the rules and the deadline change and the entries are opened early.
func enterInEveryWay(t *testing.T, found map[record.Kind][]map[string]bool) {
	db := testkit.DB(t)
	e := entrant{T: t, db: db, rows: testkit.OpenChallenge(t, db)}
	official := authz.Grant{Role: authz.Official, Kind: authz.City, ID: e.rows.City}
	e.official = testkit.Person(t, db, "Official", official)
	second := testkit.Person(t, db, "Second", official)
	store := e.store()
	e.entries = entry.New(db, store, nil, entry.Config{LinkKey: make([]byte, 32)})
	e.web = httptest.NewServer(store.Proxy())
	t.Cleanup(e.web.Close)
	ctx := t.Context()

	later := time.Now().Add(11 * 24 * time.Hour)
	must(t, contest.NewService(db).Extend(ctx, e.official, e.rows.Challenge, contest.AmendedDates{Closes: &later}, lang.Text{lang.ES: "Hay muchas preguntas."}))
	sent, owner := e.begin("Heron", true)
	_, err := e.entries.RankTestbeds(ctx, owner, sent, nil, []uuid.UUID{e.rows.Testbed})
	must(t, err)
	e.submit(owner, sent)
	gone, leaver := e.begin("Plover", true)
	e.submit(leaver, gone)
	_, err = e.entries.Withdraw(ctx, leaver, gone)
	must(t, err)
	promised, promiser := e.begin("Tern", false)
	_, err = e.entries.RankTestbeds(ctx, promiser, promised, nil, []uuid.UUID{e.rows.Testbed})
	must(t, err)
	pdf := []byte("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n")
	upload := e.promise(promiser, promised, pdf)
	e.submit(promiser, promised)
	late, straggler := e.begin("Gull", true)
	given, favoured := e.begin("Puffin", true)
	reviewer := screening.New(db)
	must(t, reviewer.ProposeEarly(ctx, e.official, e.rows.Challenge, "Un equipo avisa de un fallo.", "es"))
	must(t, reviewer.ConfirmEarly(ctx, second, e.rows.Challenge))

	testkit.Exec(e, e.db, `update contests set grace_minutes = 10`)
	e.close(5 * time.Minute)
	e.submit(straggler, late)
	_, err = entry.CloseDue(ctx, db)
	must(t, err)
	e.put(promiser, upload, pdf)
	v, err := e.entries.Get(ctx, favoured, given)
	must(t, err)
	e.close(15 * time.Minute)
	_, err = e.entries.Extend(ctx, e.official, e.rows.Challenge, entry.Extend{Reference: v.Reference, Until: e.closes.Add(3 * time.Hour), Reason: "Corte de luz", Language: lang.ES})
	must(t, err)
	e.submit(favoured, given)
	e.close(4 * time.Hour)
	_, err = reviewer.Do(ctx, e.official, e.rows.Challenge, screening.Request{Act: screening.Correct, Entries: []uuid.UUID{sent},
		Fields: []uuid.UUID{e.rows.Fields["summary"]}, Until: time.Now().Add(time.Hour), Note: "Amplíe el resumen.", Language: "es"})
	must(t, err)
	_, err = e.entries.SaveAnswers(ctx, owner, sent, []entry.Typed{{FieldID: e.rows.Fields["summary"], Value: "A fuller summary.", Version: 1}})
	must(t, err)
	e.submit(owner, sent)
	onRecord(t, db, found)
}

func (e entrant) store() *objstore.Store {
	e.Helper()
	s3, err := embedded.StartS3(e.Context(), embedded.S3Config{Dir: e.TempDir()})
	must(e.T, err)
	e.Cleanup(s3.Stop)
	store, err := objstore.Open(objstore.Config{Socket: s3.Socket(), AccessKey: s3.AccessKey(), SecretKey: s3.SecretKey(), Bucket: "files", Syncer: s3})
	must(e.T, err)
	must(e.T, store.EnsureBucket(e.Context()))
	return store
}

// begin makes a team with an entry that is ready to be sent, but for the pitch where that is not put by hand.
func (e entrant) begin(team string, pitch bool) (uuid.UUID, authz.Actor) {
	e.Helper()
	id := testkit.NewID()
	testkit.Exec(e, e.db, `insert into teams (id, name, kind, country) values ($1, $2, 'startup', 'ES')`, id, team)
	owner := testkit.Person(e, e.db, team+" Owner", authz.Grant{Role: authz.TeamOwner, Kind: authz.Team, ID: id})
	v, err := e.entries.Begin(e.Context(), owner, e.rows.Slug, id, "en")
	must(e.T, err)
	_, err = e.entries.SaveAnswers(e.Context(), owner, v.ID, []entry.Typed{
		{FieldID: e.rows.Fields["title"], Value: "Clean air"}, {FieldID: e.rows.Fields["summary"], Value: "Sensors on lamps."}, {FieldID: e.rows.Fields["stage"], Value: "pilot"}})
	must(e.T, err)
	if pitch {
		testkit.Exec(e, e.db, `insert into files (id, entry_id, field_id, name, size, declared_type, detected_type, sha256, object_key, part_size, state, completed_at)
			values ($1, $2, $3, 'pitch.pdf', 10, 'application/pdf', 'application/pdf', sha256('pitch'), $4, 8388608, 'clean', clock_timestamp())`,
			testkit.NewID(), v.ID, e.rows.Fields["pitch"], uuid.NewString())
	}
	return v.ID, owner
}

func (e entrant) submit(actor authz.Actor, id uuid.UUID) {
	e.Helper()
	_, err := e.entries.Submit(e.Context(), actor, id)
	must(e.T, err)
}

// close moves the deadline so that it passed some time ago.
func (e *entrant) close(ago time.Duration) {
	e.Helper()
	e.closes = time.Now().Add(-ago)
	testkit.Exec(e, e.db, `update challenges set closes_at = $2::timestamptz, judging_ends_at = $2::timestamptz + interval '15 days',
		results_at = $2::timestamptz + interval '20 days', opens_at = $2::timestamptz - interval '9 days' where id = $1`, e.rows.Challenge, e.closes)
}

func (e entrant) promise(actor authz.Actor, id uuid.UUID, content []byte) entry.Upload {
	e.Helper()
	u, err := e.entries.StartUpload(e.Context(), actor, id, entry.FileStart{Field: e.rows.Fields["pitch"], Name: "pitch.pdf", Size: int64(len(content)), Type: "application/pdf"})
	must(e.T, err)
	sum := sha256.Sum256(content)
	_, err = e.entries.Promise(e.Context(), actor, u.File.ID, sum[:])
	must(e.T, err)
	return u
}

// put sends a promised file whole.
func (e entrant) put(actor authz.Actor, u entry.Upload, content []byte) {
	e.Helper()
	links, _, err := e.entries.SignParts(e.Context(), actor, u.File.ID, []int{1})
	must(e.T, err)
	req, err := http.NewRequestWithContext(e.Context(), http.MethodPut, e.web.URL+links[0].URL, bytes.NewReader(content))
	must(e.T, err)
	res, err := http.DefaultClient.Do(req)
	must(e.T, err)
	_ = res.Body.Close()
	_, err = e.entries.CompleteUpload(e.Context(), actor, u.File.ID)
	must(e.T, err)
}

// judgeToTheEnd has the jury score, step back, lock, reopen and meet, and the host decide and publish.
func judgeToTheEnd(t *testing.T, found map[record.Kind][]map[string]bool) {
	w, ctx := newWorld(t, "raw"), t.Context()
	w.announcePitch()
	var assignment, review uuid.UUID
	w.must(w.db.Pool().QueryRow(ctx, `select a.id from assignments a join seats s on s.id = a.seat_id
		where s.person_id = $1 and a.entry_id = $2`, w.jurors[2].PersonID, w.entries[3].Entry).Scan(&assignment))
	w.must(w.jury.Recuse(ctx, w.jurors[2], assignment, "Worked for them."))
	var seat uuid.UUID
	w.must(w.db.Pool().QueryRow(ctx, `select id from seats where person_id = $1`, w.chair.PersonID).Scan(&seat))
	_, err := w.jury.DropOut(ctx, w.chair, w.rows.Challenge, seat, false)
	w.must(err)
	w.lock()
	w.must(w.db.Pool().QueryRow(ctx, `select id from reviews where entry_id = $1 order by id limit 1`, w.entries[0].Entry).Scan(&review))
	w.must(w.jury.Reopen(ctx, w.chair, review, "The scores were mixed up."))
	w.lock()
	w.pitch()

	room := meeting.New(w.db)
	m, err := room.Save(ctx, w.chair, w.rows.Challenge, 0, meeting.Plan{Place: "Town hall", Language: lang.ES, Quorum: 1}, map[uuid.UUID]meeting.Presence{w.chair.PersonID: meeting.Present})
	w.must(err)
	m, err = room.Open(ctx, w.chair, w.rows.Challenge, m.Version)
	w.must(err)
	_, err = room.Recuse(ctx, w.chair, w.rows.Challenge, w.entries[3].Entry, w.jurors[0].PersonID, "A relative works there.")
	w.must(err)
	outcomes := []award.Choice{{Outcome: award.Winner, Place: 1}, {Outcome: award.Reserve, Place: 1}, {Outcome: award.NotSelected}, {Outcome: award.NotSelected}} // as release has it
	for i, e := range w.entries {
		m, err = room.Call(ctx, w.chair, w.rows.Challenge, e.Entry, true)
		w.must(err)
		for _, x := range m.Items {
			if x.Entry == e.Entry {
				_, err = room.SaveItem(ctx, w.chair, w.rows.Challenge, e.Entry, x.Version,
					meeting.Draft{Outcome: outcomes[i].Outcome, Place: outcomes[i].Place, Reason: "The jury says why.", Votes: meeting.Votes{For: x.Voters}})
				w.must(err)
			}
		}
	}
	_, err = room.Close(ctx, w.chair, w.rows.Challenge, m.Version)
	w.must(err)
	w.release()
	onRecord(t, w.db, found)
}
