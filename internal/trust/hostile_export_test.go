package trust

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"path"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

var number = regexp.MustCompile(`^[+-]?[0-9]+([.,][0-9]+)?$`)

// dangerous are the characters with which a spreadsheet takes a cell for a formula, and their twins.
const dangerous = "=+-@\t\r\n＝＋－＠−"

// formulas names everything that exports list like formulas, and reads every cell of every export.
func (w *world) formulas(t *testing.T) {
	s, evil := w.stages["open"], 0
	begin := []string{"=1+1|cmd", "+1+cmd", "-1+cmd", "@SUM(A1)", "＝1+1", "＋1+1", "－1+1", "＠x", "−1+x", `=HYPERLINK("http://evil.example","x")`}
	for _, sql := range []string{
		`update teams t set name = ($1::text[])[1 + n %% 10] || ' ' || n, city = ($1::text[])[1 + (n+1) %% 10], latin_name = ($1::text[])[1 + (n+2) %% 10], source = ($1::text[])[1 + (n+3) %% 10] from (select id, row_number() over () as n from teams) x where x.id = t.id`,
		`update entries set source = ($1::text[])[3]`,
		`update challenge_texts set title = ($1::text[])[1], summary = ($1::text[])[5]`,
		`update contests set title = jsonb_build_object('en', ($1::text[])[2], 'es', ($1::text[])[6], 'ja', ($1::text[])[7])`,
		`update cities set name = jsonb_build_object('en', ($1::text[])[4], 'es', ($1::text[])[8], 'ja', ($1::text[])[9])`,
		`update testbeds set name = jsonb_build_object('en', ($1::text[])[4], 'es', ($1::text[])[8], 'ja', ($1::text[])[9]), partner = ($1::text[])[1]`,
		`update campaign_links set label = ($1::text[])[10]`,
		`update answers set value = ($1::text[])[1]`,
		`update questions set body = ($1::text[])[3]`,
		`update people set name = ($1::text[])[1] where name = 'owner'`,
		`update indicators set name = jsonb_build_object('en', ($1::text[])[2])`,
		`update measurements set value = -12.5, note = ($1::text[])[2], evidence = ($1::text[])[3]`,
		`update team_claims set note = ($1::text[])[2]`,
	} {
		w.exec(strings.ReplaceAll(sql, "%%", "%"), begin)
	}
	files := map[string][]byte{}
	for _, at := range []string{"/api/v1/exports/participation.csv", "/api/v1/exports/participation.csv?lang=ja", "/api/v1" + desk(s, "/numbers.csv"), "/api/v1" + desk(s, "/numbers.csv?lang=es")} {
		a := w.people["admin"].at("GET", at, nil)
		if a.status != 200 || !strings.HasPrefix(a.header.Get("Content-Type"), "text/csv") || !strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment") {
			t.Errorf("%s: %s", at, a)
		}
		files[at] = a.body
	}
	var open struct{ Files []struct{ URL string } }
	w.nobody().get("/open-data").into(t, &open)
	for _, f := range open.Files {
		if at := f.URL[strings.Index(f.URL, "/open-data/"):]; path.Ext(at) == ".csv" {
			files[at] = w.nobody().at("GET", at, nil).body
		}
	}
	for name, b := range w.copyOf(t, w.people["owner"]) {
		files["own data: "+name] = b
	}
	if len(files) < 8 {
		t.Errorf("only %d exports", len(files))
	}
	for name, b := range files {
		r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte("\ufeff"))))
		r.FieldsPerRecord = -1
		rows, err := r.ReadAll()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, row := range rows {
			for _, cell := range row {
				first, _ := utf8.DecodeRuneInString(cell)
				if cell != "" && strings.ContainsRune(dangerous, first) && !number.MatchString(cell) {
					t.Errorf("%s has the cell %q", name, cell)
				}
				if strings.HasPrefix(cell, "'") {
					evil++
				}
			}
		}
	}
	if evil < 10 {
		t.Errorf("only %d cells were made safe: are the names in the exports?", evil)
	}
}

// copyOf asks for a copy of somebody's own data and gives its tables.
func (w *world) copyOf(t *testing.T, who caller) map[string][]byte {
	t.Helper()
	w.exec(`update sessions set proved_at = clock_timestamp() where person_id = $1`, who.actor.PersonID)
	var asked struct{ ID string }
	a := who.post("/me/copies", nil)
	a.into(t, &asked)
	out := map[string][]byte{}
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		got := who.get("/me/copies/" + asked.ID + "/content")
		if got.status != 200 {
			continue
		}
		z, err := zip.NewReader(bytes.NewReader(got.body), int64(len(got.body)))
		must(t, err)
		for _, f := range z.File {
			if path.Ext(f.Name) == ".csv" {
				r, err := f.Open()
				must(t, err)
				out[f.Name], err = io.ReadAll(r)
				must(t, err)
			}
		}
		return out
	}
	t.Fatalf("no copy: %s", a)
	return nil
}
