package privacy

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/record"
	"fieldtrial/internal/testkit"
)

func want(t *testing.T, what string, err, wanted error) {
	t.Helper()
	if !errors.Is(err, wanted) && (err != nil || wanted != nil) {
		t.Errorf("%s: %v, want %v", what, err, wanted)
	}
}

func count(t *testing.T, db *database.DB, sql string, args ...any) (n int) {
	t.Helper()
	if err := db.Pool().QueryRow(t.Context(), sql, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// released is a challenge with results: one entry with an award, one without.
func released(t *testing.T, db *database.DB) (winner, loser testkit.EntryRows) {
	t.Helper()
	c := testkit.OpenChallenge(t, db)
	winner, loser = testkit.Entered(t, db, c, "Winner"), testkit.Entered(t, db, c, "Loser")
	testkit.Exec(t, db, `update challenges set released_at = clock_timestamp() where id = $1`, c.Challenge)
	testkit.Exec(t, db, `insert into awards (id, entry_id, starts_on) values ($1, $2, '2026-01-01')`, testkit.NewID(), winner.Entry)
	return winner, loser
}

// leaf puts something about an entry on record.
func leaf(t *testing.T, db *database.DB, subject uuid.UUID) {
	t.Helper()
	err := db.InTx(t.Context(), func(tx database.Tx) error {
		_, err := record.Append(tx, record.Leaf{Kind: record.KindEntryWithdrawn, Scope: "test-scope", Subject: subject.String(), Payload: []byte(`{"entry":"x"}`)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestErasure(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	s, ctx := New(db, DefaultPeriods), t.Context()
	winner, loser := released(t, db)
	leaf(t, db, winner.Entry)
	leaf(t, db, loser.Entry)
	me := loser.Owner.PersonID
	testkit.Exec(t, db, `insert into notices (id, kind, email, language, state) values ($1, 'x', $2, 'en', 'sent')`, testkit.NewID(), loser.Owner.Email)
	testkit.Exec(t, db, `insert into account_events (id, person_id, kind) values ($1, $2, 'x')`, testkit.NewID(), me)
	seat, contest := testkit.NewID(), uuid.Nil
	if err := db.Pool().QueryRow(ctx, `select id from contests limit 1`).Scan(&contest); err != nil {
		t.Fatal(err)
	}
	testkit.Exec(t, db, `insert into seats (id, contest_id, person_id, pseudonym) values ($1, $2, $3, 'p')`, seat, contest, me)
	assignment := testkit.NewID()
	testkit.Exec(t, db, `insert into assignments (id, entry_id, seat_id) values ($1, $2, $3)`, assignment, winner.Entry, seat)
	testkit.Exec(t, db, `insert into reviews (id, assignment_id, entry_id, seat_id, scores, language) values ($1, $2, $3, $4, '{"a": 4}', 'en')`,
		testkit.NewID(), assignment, winner.Entry, seat)

	old := loser.Owner
	old.Recent = false
	want(t, "without a fresh proof", s.EraseMe(ctx, old), authz.ErrProve)
	want(t, "erase", s.EraseMe(ctx, loser.Owner), nil)
	want(t, "again", s.EraseMe(ctx, loser.Owner), fault.ErrNotFound)

	for what, sql := range map[string]string{
		"address":        `select count(*) from people where email = 'loser.owner@example.org' or name like 'Loser%'`,
		"sessions":       `select count(*) from sessions where person_id = $1`,
		"roles":          `select count(*) from grants where person_id = $1`,
		"log":            `select count(*) from account_events where person_id = $1`,
		"mail":           `select count(*) from notices where email = 'loser.owner@example.org'`,
		"team":           `select count(*) from teams where name = 'Loser'`,
		"answers":        `select count(*) from submissions where answers::text like '%Loser%'`,
		"jury seat":      `select count(*) from seats where person_id = $1`,
		"open sign-in":   `select count(*) from people where id = $1 and (disabled_at is null or password_hash <> '')`,
		"list of erased": `select 1 - count(*) from erasures where person_id = $1`,
	} {
		args := []any{}
		if strings.Contains(sql, "$1") {
			args = append(args, me)
		}
		if n := count(t, db, sql, args...); n != 0 {
			t.Errorf("%s: %d rows are left", what, n)
		}
	}
	if n := count(t, db, `select count(*) from reviews where seat_id = $1 and scores = '{"a": 4}'`, seat); n != 1 {
		t.Error("the scores of an erased juror are gone")
	}
	opened := func(e uuid.UUID) int {
		return count(t, db, `select count(*) from record_openings o join record_leaves l on l.id = o.leaf_id where l.subject = $1`, e)
	}
	if opened(loser.Entry) != 0 || opened(winner.Entry) != 1 || count(t, db, `select count(*) from record_leaves`) != 2 {
		t.Error("the record lost a leaf, or kept a payload")
	}

	want(t, "the winner", s.EraseMe(ctx, winner.Owner), nil)
	n := count(t, db, `select count(*) from awards a join entries e on e.id = a.entry_id join teams t on t.id = e.team_id
		join submissions s on s.id = e.last_submission_id where t.name = 'Winner' and a.starts_on = '2026-01-01' and s.answers = '{"title": "The plan of Winner"}'`)
	if n != 1 {
		t.Error("the award does not keep title, team and date alone")
	}
}

func TestWhoCannotBeErasedYet(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	s, ctx := New(db, DefaultPeriods), t.Context()
	admin := testkit.Person(t, db, "Admin", authz.Grant{Role: authz.Admin, Kind: authz.Installation})
	want(t, "the last admin", s.EraseMe(ctx, admin), ErrLastAdmin)
	e := testkit.Entered(t, db, testkit.OpenChallenge(t, db), "Team")
	want(t, "somebody whose entry is judged", s.EraseMe(ctx, e.Owner), ErrJudging)
	testkit.Exec(t, db, `update challenges set released_at = clock_timestamp()`)
	mate := testkit.Person(t, db, "Mate", authz.Grant{Role: authz.TeamEditor, Kind: authz.Team, ID: e.Team})
	want(t, "the only owner of a team of two", s.EraseMe(ctx, e.Owner), ErrOwnsTeam)
	want(t, "a member", s.EraseMe(ctx, mate), nil)
	if n := count(t, db, `select count(*) from submissions where answers::text like '%Team%'`); n != 1 {
		t.Error("a member took the team's entry along")
	}
	want(t, "by somebody", s.Erase(ctx, e.Owner, admin.PersonID), fault.ErrNotFound)
	want(t, "by an admin", s.Erase(ctx, admin, e.Owner.PersonID), nil)
	if n := count(t, db, `select count(*) from erasures where by_admin`); n != 1 {
		t.Error("not noted as an admin's act")
	}
}

func TestARestoreErasesAgain(t *testing.T) {
	t.Parallel()
	before, after := testkit.DB(t), testkit.DB(t)
	ctx := t.Context()
	gone := testkit.Person(t, before, "Gone")
	want(t, "erase", New(before, DefaultPeriods).EraseMe(ctx, gone), nil)
	list, err := Erasures(ctx, before.Pool())
	if err != nil || len(list) != 1 || list[0].Person != gone.PersonID {
		t.Fatalf("%+v %v", list, err)
	}
	// The restored database is older: it knows the person still.
	testkit.Exec(t, after, `insert into people (id, email, name, language) values ($1, 'gone@example.org', 'Gone', 'en')`, gone.PersonID)
	list = append(list, Erasure{Person: testkit.NewID(), At: time.Now()})
	for i, n := range []int{1, 0} {
		if got, err := Replay(ctx, after, list); err != nil || got != n {
			t.Errorf("replay %d: %d %v", i, got, err)
		}
	}
	if count(t, after, `select count(*) from people where email = 'gone@example.org'`) != 0 {
		t.Error("a restore brought an erased person back")
	}
}

func TestCopyOfOwnData(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	s, ctx := New(db, DefaultPeriods), t.Context()
	winner, loser := released(t, db)
	me := winner.Owner
	mate := testkit.Person(t, db, "Hidden Mate", authz.Grant{Role: authz.TeamEditor, Kind: authz.Team, ID: winner.Team})
	juror := testkit.Person(t, db, "Hidden Juror")
	testkit.Exec(t, db, `insert into account_events (id, person_id, kind, detail) values ($1, $2, 'x', '=1+1')`, testkit.NewID(), me.PersonID)
	c, err := s.AskCopy(ctx, me)
	want(t, "ask", err, nil)
	_, err = s.AskCopy(ctx, me)
	want(t, "ask twice", err, ErrCopying)
	_, err = s.CopyContent(ctx, me, c.ID)
	want(t, "before it is ready", err, ErrNotReady)
	w := &CopyWorker{DB: db}
	job := &river.Job[CopyArgs]{JobRow: &rivertype.JobRow{Attempt: 1, MaxAttempts: 3}, Args: CopyArgs{ID: c.ID}}
	for range 2 { // twice makes the same
		want(t, "work", w.Work(ctx, job), nil)
	}
	list, err := s.Copies(ctx, me)
	if err != nil || len(list) != 1 || list[0].State != "ready" || list[0].Done != list[0].Total || list[0].Total != len(copyParts) {
		t.Errorf("%+v %v", list, err)
	}
	_, err = s.CopyContent(ctx, loser.Owner, c.ID)
	want(t, "somebody else's", err, ErrNotReady)
	content, err := s.CopyContent(ctx, me, c.ID)
	want(t, "content", err, nil)
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(r)
		all[f.Name] = string(b)
	}
	var data map[string][]map[string]any
	if err := json.Unmarshal([]byte(all["data.json"]), &data); err != nil || data["account"][0]["email"] != me.Email || len(data["entries"]) != 1 {
		t.Errorf("%v %v", data, err)
	}
	if len(all) != len(copyParts)+1 || !strings.Contains(all["csv/entries.csv"], "E-Winner") || !strings.Contains(all["csv/security_log.csv"], "'=1+1") {
		t.Errorf("%d files: %s", len(all), all["csv/security_log.csv"])
	}
	for name, text := range all {
		for _, secret := range []string{mate.Email, mate.Name, juror.Email, "Loser", mate.PersonID.String()} {
			if strings.Contains(text, secret) {
				t.Errorf("%s tells %s", name, secret)
			}
		}
	}
	testkit.Exec(t, db, `update data_copies set expires_at = clock_timestamp()`)
	_, err = s.CopyContent(ctx, me, c.ID)
	want(t, "after its time", err, ErrNotReady)
}

func TestRetention(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	s, ctx := New(db, DefaultPeriods), t.Context()
	winner, loser := released(t, db)
	leaf(t, db, loser.Entry)
	rows := func(list []Kept, what string) int {
		for _, k := range list {
			if k.What == what {
				return k.Rows
			}
		}
		t.Errorf("no line for %s", what)
		return -1
	}
	const losing, awarded = "entries that won nothing: contents", "awarded entries: contents"
	report, err := s.Retention(ctx, false)
	if err != nil || rows(report, losing) != 0 || rows(report, awarded) != 0 {
		t.Errorf("too early: %+v %v", report, err)
	}
	testkit.Exec(t, db, `update challenges set released_at = clock_timestamp() - interval '25 months'`)
	report, err = s.Retention(ctx, true)
	if err != nil || rows(report, losing) != 1 || rows(report, awarded) != 0 || count(t, db, `select count(*) from submissions where answers = '{}'`) != 0 {
		t.Errorf("dry run: %+v %v", report, err)
	}
	report, err = s.Retention(ctx, false)
	if err != nil || rows(report, losing) != 1 {
		t.Errorf("run: %+v %v", report, err)
	}
	if report, _ = s.Retention(ctx, false); rows(report, losing) != 0 {
		t.Error("emptied twice")
	}
	if count(t, db, `select count(*) from submissions s where s.entry_id = $1 and answers = '{}'`, loser.Entry) != 1 ||
		count(t, db, `select count(*) from submissions s where s.entry_id = $1 and answers <> '{}'`, winner.Entry) != 1 ||
		count(t, db, `select count(*) from record_openings`) != 0 || count(t, db, `select count(*) from files where removed_at is null`) != 1 {
		t.Error("not the losing entry alone was emptied, with its payload and files")
	}
	testkit.Exec(t, db, `update challenges set released_at = clock_timestamp() - interval '121 months'`)
	if report, _ = s.Retention(ctx, false); rows(report, awarded) != 1 {
		t.Errorf("awards: %+v", report)
	}
	testkit.Exec(t, db, `insert into account_events (id, person_id, kind, at) values ($1, $2, 'x', clock_timestamp() - interval '13 months'), ($3, $2, 'x', clock_timestamp())`,
		testkit.NewID(), winner.Owner.PersonID, testkit.NewID())
	if report, _ = s.Retention(ctx, false); rows(report, "security log") != 1 || count(t, db, `select count(*) from account_events`) != 1 {
		t.Errorf("log: %+v", report)
	}
	testkit.Exec(t, db, `update contests set closes_at = closes_at - interval '4 months', opens_at = opens_at - interval '4 months'`)
	testkit.Exec(t, db, `update challenges set closes_at = clock_timestamp() - interval '91 days', opens_at = clock_timestamp() - interval '92 days'`)
	testkit.Exec(t, db, `insert into entries (id, challenge_id, team_id, reference, language) select $1, challenge_id, $2, 'E-Draft', 'en' from entries limit 1`,
		testkit.NewID(), otherTeam(t, db))
	if report, err = s.Retention(ctx, false); err != nil || rows(report, "drafts") != 1 || count(t, db, `select count(*) from entries where reference = 'E-Draft'`) != 0 {
		t.Errorf("drafts: %+v %v", report, err)
	}
}

func otherTeam(t *testing.T, db *database.DB) uuid.UUID {
	t.Helper()
	id := testkit.NewID()
	testkit.Exec(t, db, `insert into teams (id, name, kind, country) values ($1, 'Other', 'startup', 'ES')`, id)
	return id
}

func TestConsents(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	s, ctx := New(db, DefaultPeriods), t.Context()
	me := testkit.Person(t, db, "Me")
	given := func() bool {
		list, err := s.Consents(ctx, me)
		if err != nil || len(list) != 2 || list[0].Purpose != News {
			t.Fatalf("%+v %v", list, err)
		}
		return list[0].Given
	}
	if given() {
		t.Error("given unasked")
	}
	want(t, "another text", s.Answer(ctx, me, News, 99, true, "es"), fault.ErrStale)
	want(t, "another purpose", s.Answer(ctx, me, "all", 1, true, "es"), fault.ErrNotFound)
	want(t, "give", s.Answer(ctx, me, News, 1, true, "es"), nil)
	if !given() {
		t.Error("not given")
	}
	want(t, "withdraw", s.Answer(ctx, me, News, 1, false, "es"), nil)
	if given() || count(t, db, `select count(*) from consents where person_id = $1`, me.PersonID) != 2 {
		t.Error("not withdrawn, or its history is gone")
	}
	testkit.Exec(t, db, `update consents set given = true, version = 7`)
	if given() {
		t.Error("consent to another version of the text counts")
	}
}

func TestClocksOfABreach(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	s, ctx := New(db, DefaultPeriods), t.Context()
	admin := testkit.Person(t, db, "Admin", authz.Grant{Role: authz.Admin, Kind: authz.Installation})
	noticed := time.Now().Add(-time.Hour).Truncate(time.Second)
	b := Breach{Noticed: noticed, What: "A laptop was lost", GDPR: true, APPI: true}
	_, err := s.NoteBreach(ctx, testkit.Person(t, db, "Nobody"), b)
	want(t, "by anybody", err, fault.ErrNotFound)
	late := b
	late.Noticed = time.Now().Add(time.Hour)
	if _, err = s.NoteBreach(ctx, admin, late); err == nil {
		t.Error("noticed tomorrow")
	}
	id, err := s.NoteBreach(ctx, admin, b)
	want(t, "enter", err, nil)
	got, err := s.Breach(ctx, admin, id)
	want(t, "read", err, nil)
	for i, due := range []time.Duration{72 * time.Hour, 5 * 24 * time.Hour, 30 * 24 * time.Hour} {
		if c := got.Clocks()[i]; !c.Due.Equal(noticed.Add(due)) || c.Done != nil {
			t.Errorf("%+v", c)
		}
	}
	now := time.Now()
	got.OnPurpose, got.Authority = true, &now
	_, err = s.NoteBreach(ctx, admin, got)
	want(t, "change", err, nil)
	_, err = s.NoteBreach(ctx, admin, got)
	want(t, "change the older version", err, fault.ErrStale)
	got, _ = s.Breach(ctx, admin, id)
	if c := got.Clocks(); c[0].Done == nil || !c[2].Due.Equal(noticed.AddDate(0, 0, 60)) {
		t.Errorf("%+v", c)
	}
}
