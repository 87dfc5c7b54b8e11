package privacy

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/testkit"
)

func TestCopyOfOwnData(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	s, ctx := New(db, DefaultPeriods), t.Context()
	winner, loser := released(t, db)
	me := winner.Owner
	mate := testkit.Person(t, db, "Hidden Mate", authz.Grant{Role: authz.TeamEditor, Kind: authz.Team, ID: winner.Team})
	juror := testkit.Person(t, db, "Hidden Juror")
	testkit.Exec(t, db, `insert into account_events (id, person_id, kind, detail) values ($1, $2, 'x', '=1+1')`, testkit.NewID(), me.PersonID)
	seat := testkit.NewID()
	testkit.Exec(t, db, `insert into seats (id, contest_id, person_id, pseudonym) select $1, id, $2, 'p' from contests limit 1`, seat, juror.PersonID)
	testkit.Exec(t, db, `insert into conflict_namings (entry_id, seat_id, reason, language, named_by, named_at) values ($1, $2, 'We were partners once', 'en', $3, clock_timestamp())`, winner.Entry, seat, me.PersonID)
	testkit.Exec(t, db, `insert into conflict_rulings (seat_id, entry_id, confirmed, reason, to_team, decided_at) values ($2, $1, true, 'Hidden Mate told me', 'We agree', clock_timestamp())`, winner.Entry, seat)
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
	if n := data["own_namings"]; len(n) != 1 || n[0]["reason"] != "We were partners once" || n[0]["upheld"] != true || n[0]["answer"] != "We agree" {
		t.Errorf("namings %v", n)
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
