package jury_test

import (
	"strconv"
	"testing"

	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/jury/workbook"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

// sheetOf is a form as a spreadsheet shows it: rows from the one below the headings, columns by our names.
type sheetOf struct {
	rows    [][]workbook.Cell
	columns map[string]int
}

func (w *world) form(j int) sheetOf {
	w.Helper()
	file, err := w.svc.Form(w.ctx, w.jurors[j], w.rows.Challenge, lang.JA)
	w.must(err)
	tables, err := workbook.Read(file)
	w.must(err)
	out := sheetOf{columns: map[string]int{}}
	for i, row := range tables[0].Rows {
		cells := []workbook.Cell{}
		for k, v := range row {
			if i == 0 {
				out.columns[v.Text] = k
			}
			cells = append(cells, workbook.Cell{Text: v.Text})
		}
		out.rows = append(out.rows, cells)
	}
	return out
}

func (s sheetOf) set(row int, column, text string) {
	s.rows[row+3][s.columns[column]] = workbook.Cell{Text: text}
}

func (s sheetOf) score(row int, impact, fit, team int) {
	for column, v := range map[string]int{"score:impact": impact, "score:fit": fit, "score:team": team} {
		s.rows[row+3][s.columns[column]] = workbook.Cell{Number: &v}
	}
	s.set(row, "toTeam", "=A clear plan, with "+strconv.Itoa(impact)+" open questions.")
}

func (w *world) take(j int, s sheetOf, apply, send bool) jury.FormReport {
	w.Helper()
	file, err := workbook.Write([]workbook.Sheet{{Name: "x"}, {Name: "y", Rows: s.rows}})
	w.must(err)
	out, err := w.svc.TakeForm(w.ctx, w.jurors[j], w.rows.Challenge, file, apply, send)
	w.must(err)
	return out
}

func TestAFormGoesOutAndComesBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 4, 2)
	w.assignAll()
	w.declareAll()
	testkit.Exec(t, w.db, `update criteria set may_not_apply = true where challenge_id = $1 and key = 'team'`, w.rows.Challenge)
	s := w.form(0)
	if len(s.rows) != 7 || s.columns["score:impact"] != 4 {
		t.Fatalf("%d rows, columns %v", len(s.rows), s.columns)
	}
	s.score(0, 5, 4, 3)
	s.score(1, 1, 2, 3)
	s.set(1, "score:team", "該当なし")
	s.set(2, "score:impact", "4")
	// Another tab changes one after the form was written.
	w.judge(w.jurors[0], w.entries[3], 3, 3, 3)
	s.score(3, 0, 0, 0)

	want := []jury.RowOutcome{jury.RowSent, jury.RowSent, jury.RowChanged, jury.RowRefused}
	look := w.take(0, s, false, true)
	if look.Applied || w.count(`select count(*) from reviews where submitted_version is not null`) != 1 {
		t.Error("looking has saved something")
	}
	done := w.take(0, s, true, true)
	for i, row := range done.Rows {
		if row.Outcome != want[i] || look.Rows[i].Outcome != want[i] || row.Row != i+4 {
			t.Errorf("row %d: %+v, foretold %s", i, row, look.Rows[i].Outcome)
		}
	}
	if f := done.Rows[3].Faults; len(f) != 1 || f[0].Code != "form_stale" || !done.Rows[2].Incomplete {
		t.Errorf("%+v", done.Rows)
	}
	a, err := w.svc.Assignment(w.ctx, w.jurors[0], w.desk(w.jurors[0], w.entries[1]))
	w.must(err)
	if a.Review.State != jury.Submitted || a.Review.ToTeam != "=A clear plan, with 1 open questions." || a.Review.Language != "en" {
		t.Errorf("saved %+v", a.Review)
	}
	// The same file again says that nothing is left to do, but for what is refused.
	for i, row := range w.take(0, s, true, true).Rows[:2] {
		if row.Outcome != jury.RowSame {
			t.Errorf("again, row %d: %s", i, row.Outcome)
		}
	}
	if n := w.leaves("review.submitted"); n != 3 {
		t.Errorf("%d submissions on record, want 3", n)
	}
}

func TestWhatAFormIsRefusedFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3, 2)
	w.assignAll()
	w.declareAll()
	s := w.form(0)
	s.set(0, "score:impact", "9")
	s.set(0, "score:fit", "2.5")
	s.set(0, "score:team", "n/a")
	others := w.form(1)
	s.rows[4] = others.rows[4]
	s.score(2, 1, 1, 1)
	s.rows = append(s.rows, s.rows[5])
	rows := w.take(0, s, true, true).Rows
	codes := map[string]bool{}
	for _, f := range rows[0].Faults {
		codes[f.Code] = true
	}
	if rows[0].Outcome != jury.RowRefused || !codes["form_range"] || !codes["form_number"] || !codes["form_applies"] {
		t.Errorf("wrong scores: %+v", rows[0])
	}
	if rows[1].Outcome != jury.RowRefused || rows[1].Faults[0].Code != "form_unknown" || rows[1].Assignment != nil {
		t.Errorf("another juror's row: %+v", rows[1])
	}
	if rows[2].Outcome != jury.RowSent || rows[3].Faults[0].Code != "form_twice" {
		t.Errorf("twice: %+v, %+v", rows[2], rows[3])
	}
	_, err := w.svc.TakeForm(w.ctx, w.jurors[0], w.rows.Challenge, []byte("no file"), true, true)
	w.want(err, jury.ErrForm, "no form")
	_, err = w.svc.TakeForm(w.ctx, w.jurors[0], w.rows.Challenge, make([]byte, jury.MaxForm+1), true, true)
	w.want(err, jury.ErrFormLarge, "a large file")
	_, err = w.svc.Form(w.ctx, w.official, w.rows.Challenge, lang.EN)
	w.want(err, fault.ErrNotFound, "an official's form")
	w.must(w.svc.Recuse(w.ctx, w.jurors[0], w.desk(w.jurors[0], w.entries[0]), "I advise them."))
	again, err := w.svc.Form(w.ctx, w.again(w.jurors[0]), w.rows.Challenge, lang.ES)
	w.must(err)
	if tables, err := workbook.Read(again); err != nil || len(tables[0].Rows) != 5 || tables[0].Name != "Puntuaciones" {
		t.Errorf("after a recusal: %v", err)
	}
}
