package app

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"fieldtrial/internal/database"
	"fieldtrial/internal/testkit"
)

// commandLine runs the program's command line on a database of its own.
func commandLine(t *testing.T) func(args ...string) (code int, stdout, stderr string) {
	t.Helper()
	run, _ := commandLineOn(t)
	return run
}

// commandLineOn is commandLine, with the database that it works on.
func commandLineOn(t *testing.T) (func(args ...string) (code int, stdout, stderr string), *database.DB) {
	t.Helper()
	db, url := testkit.DBWithOwner(t)
	t.Setenv("FIELDTRIAL_DATABASE_URL", url)
	t.Setenv("FIELDTRIAL_DATA", t.TempDir())
	t.Setenv("FIELDTRIAL_ADDR", "localhost:29981")
	t.Setenv("FIELDTRIAL_DEMO_PASSWORD", "a demo password")
	return func(args ...string) (int, string, string) {
		var out, errs bytes.Buffer
		code := Main(args, &out, &errs)
		return code, out.String(), errs.String()
	}, db
}

func written(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	must(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

func TestImportFromTheCommandLine(t *testing.T) {
	run := commandLine(t)
	feed := written(t, "feed.json", `{"_challenge":[
		{"challenge-id":"1","challenge-title":"One","submission-start":"2020/03/19 12 p.m.","submission-end":"04/19/2020 5:00 PM"},
		{"challenge-id":"2","challenge-title":"Two","submission-start":"04/23/ 10:00 AM","submission-end":"04/19/2020 5:00 PM"},
		{"challenge-id":"3"}]}`)
	if code, _, errs := run("import", "challenges", feed); code != 1 || !strings.Contains(errs, "seed msec") {
		t.Errorf("without a programme: %d %s", code, errs)
	}
	if code, _, errs := run("seed", "msec"); code != 0 {
		t.Fatal(errs)
	}
	code, out, errs := run("import", "challenges", feed)
	for _, want := range []string{"feed.json: 3 read", "imported                2  (2 new, 0 changed, 0 as they were)", "imported with a note    1\n  2  Two\n", "refused                 1\n  3  \n      title is required"} {
		if code != 0 || !strings.Contains(out, want) {
			t.Errorf("%d: no %q in\n%s%s", code, want, out, errs)
		}
	}
	code, out, _ = run("import", "challenges", feed, "--json")
	var report struct {
		Imported, Created, Updated, Unchanged int
		Noted, Refused                        []struct{ ID, Title string }
	}
	if err := json.Unmarshal([]byte(out), &report); code != 0 || err != nil || report.Imported != 2 || report.Unchanged != 2 || report.Created+report.Updated != 0 || len(report.Noted) != 1 || len(report.Refused) != 1 {
		t.Errorf("%d %v: %s", code, err, out)
	}
	list := written(t, "list.csv", "Company,Headquarters (Country)\nOne,USA\nTwo,\n")
	if code, out, errs := run("import", "teams", list); code != 0 || !strings.Contains(out, "imported                2  (2 new") || !strings.Contains(out, "imported with a note    1\n  line 3  Two") {
		t.Errorf("%d %s%s", code, out, errs)
	}
	for _, bad := range [][]string{{"import"}, {"import", "challenges"}, {"import", "people", feed}, {"seed", "demo"}, {"seed", "demo", "--entries", "0"}, {"seed", "demo", "--entries", "x"}, {"seed", "demo", "--entries", "5", "--seed", "-1"}} {
		if code, _, errs := run(bad...); code != 2 || !strings.HasPrefix(errs, "usage: fieldtrial "+bad[0]) {
			t.Errorf("%v: %d %s", bad, code, errs)
		}
	}
	if code, _, errs := run("import", "challenges", list); code != 1 || !strings.Contains(errs, "no feed of challenges") {
		t.Errorf("a table for a feed: %d %s", code, errs)
	}
}

// Ctrl-C in the middle: what was done is told and stays, and the next run goes on.
func TestAnImportTakesCtrlC(t *testing.T) {
	run, db := commandLineOn(t)
	if code, _, errs := run("seed", "msec"); code != 0 {
		t.Fatal(errs)
	}
	items := []string{}
	for i := range 3000 {
		items = append(items, `{"challenge-id":"`+strings.Repeat("x", i%7)+time.Duration(i).String()+`","challenge-title":"T","submission-start":"01/01/2020","submission-end":"02/01/2020 5:00 PM"}`)
	}
	feed := written(t, "feed.json", "["+strings.Join(items, ",")+"]")
	ctx, stop := context.WithCancel(t.Context())
	pressed := make(chan struct{})
	go func() {
		defer close(pressed)
		for begun := 0; begun < 10; time.Sleep(20 * time.Millisecond) {
			if db.Pool().QueryRow(ctx, "select count(*) from challenges where external_id is not null").Scan(&begun) != nil {
				return
			}
		}
		_ = syscall.Kill(os.Getpid(), syscall.SIGINT)
	}()
	code, out, errs := run("import", "challenges", feed)
	stop()
	<-pressed
	if code != 1 || !strings.Contains(errs, "stopped after ") || !strings.Contains(out, "feed.json: 3000 read") {
		t.Fatalf("%d %s %.300s", code, errs, out)
	}
	code, out, _ = run("import", "challenges", written(t, "one.json", "["+items[0]+"]"))
	if code != 0 || !strings.Contains(out, "(0 new, 0 changed, 1 as they were)") {
		t.Errorf("afterwards: %d %s", code, out)
	}
}

func TestSeedDemoFromTheCommandLine(t *testing.T) {
	run := commandLine(t)
	code, out, errs := run("seed", "demo", "--entries", "40", "--seed", "9")
	if code != 0 || !strings.Contains(out, "10 contests, 20 challenges, 40 teams, 40 entries") || !strings.Contains(out, "counts nowhere") {
		t.Fatalf("%d %s%s", code, out, errs)
	}
	if code, _, errs := run("seed", "demo", "--entries", "40"); code != 1 || !strings.Contains(errs, "--again") {
		t.Errorf("a second time: %d %s", code, errs)
	}
}
