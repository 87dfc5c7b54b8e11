package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"
)

func four() *int { n := 4; return &n }

func TestWhatIsWrittenIsRead(t *testing.T) {
	t.Parallel()
	rows := [][]Cell{
		{{Text: "key"}, {Text: "=1+1"}, {}, {Text: "a < b & c"}},
		{{Number: four(), Style: Open}, {Text: "日本語\n二行目"}, {Text: " '+cmd"}},
	}
	file, err := Write([]Sheet{{Name: "Scores: [1]", Rows: rows, Hidden: []int{1}, Frozen: [2]int{1, 1}, Widths: []int{0, 20},
		Rules: []Rule{{Column: 0, From: 2, To: 9, Least: 0, Most: 5, Title: "No", Message: "0–5"}}}, {Name: "Second"}})
	if err != nil {
		t.Fatal(err)
	}
	got, err := Read(file)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].Name != "Scores   1 " || len(got[0].Rows) != 2 {
		t.Fatalf("%+v", got)
	}
	for i, row := range rows {
		for k, c := range row {
			want := c.Text
			if c.Number != nil {
				want = "4"
			}
			if v := got[0].Rows[i][k]; v.Text != want || v.Formula {
				t.Errorf("%s: %+v, want %q", Ref(k, i+1), v, want)
			}
		}
	}
	if n, ok := got[0].Rows[1][0].Whole(); n != 4 || !ok {
		t.Error("4 is no whole number")
	}
}

// packed makes a file of parts; others than ours write shared texts, leave out numbers and keep formulas.
func packed(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func foreign(sheet string) map[string]string {
	return map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" r:id="x"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="x" Target="/xl/worksheets/a.xml"/></Relationships>`,
		"xl/sharedStrings.xml":       `<sst><si><t>one</t></si><si><r><t>t</t></r><r><t>wo</t></r><rPh><t>ni</t></rPh></si></sst>`,
		"xl/worksheets/a.xml":        `<worksheet><sheetData>` + sheet + `</sheetData></worksheet>`,
	}
}

func TestFilesOfOtherPrograms(t *testing.T) {
	t.Parallel()
	got, err := Read(packed(t, foreign(`<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row r="3"><c r="C3"><f>1+1</f><v>2</v></c></row>`)))
	if err != nil {
		t.Fatal(err)
	}
	rows := got[0].Rows
	if rows[0][0].Text != "one" || rows[0][1].Text != "two" || rows[1] != nil || rows[2][2] != (Value{"2", true}) {
		t.Errorf("%+v", rows)
	}
}

func TestFilesThatAreNoForm(t *testing.T) {
	t.Parallel()
	bomb := foreign("")
	bomb["xl/worksheets/a.xml"] = `<worksheet><sheetData>` + strings.Repeat(" ", mostBytes) + `</sheetData></worksheet>`
	laughs := foreign("")
	laughs["xl/sharedStrings.xml"] = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><sst><si><t>&b;</t></si></sst>`
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"nothing":            {nil, ErrNotAWorkbook},
		"a text":             {[]byte("score,5"), ErrNotAWorkbook},
		"a zip":              {packed(t, map[string]string{"a.txt": "a"}), ErrNotAWorkbook},
		"a bomb":             {packed(t, bomb), ErrTooLarge},
		"entities":           {packed(t, laughs), ErrNotAWorkbook},
		"a far row":          {packed(t, foreign(`<row r="9000000"/>`)), ErrTooLarge},
		"a text not there":   {packed(t, foreign(`<row><c t="s"><v>7</v></c></row>`)), ErrNotAWorkbook},
		"rows going back":    {packed(t, foreign(`<row r="2"/><row r="1"/>`)), ErrTooLarge},
		"a sheet cut off":    {packed(t, foreign(`<row r="1"`)), ErrNotAWorkbook},
		"no workbook inside": {packed(t, map[string]string{"xl/worksheets/a.xml": "<a/>"}), ErrNotAWorkbook},
	} {
		if _, err := Read(c.file); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// A header may claim that a part is small: what is unpacked is counted.
func TestABombThatLies(t *testing.T) {
	t.Parallel()
	file := packed(t, foreign(strings.Repeat("<row/>", 4)+strings.Repeat(" ", mostBytes)))
	r, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.File {
		f.UncompressedSize64 = min(f.UncompressedSize64, 1000)
		if f.Name == "xl/worksheets/a.xml" {
			if _, err := table(f, nil); err == nil {
				t.Error("unpacked beyond what it claims")
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	ours, err := Write([]Sheet{{Name: "S", Rows: [][]Cell{{{Text: "a"}, {Number: four()}}}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(ours)
	f.Add(packed(f, foreign(`<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>x</t></is></c></row>`)))
	f.Add(packed(f, foreign(`<row r="5"><c r="ZZZ5" t="b"><v>1</v></c></row>`)))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, file []byte) {
		tables, err := Read(file)
		if err != nil && !errors.Is(err, ErrNotAWorkbook) && !errors.Is(err, ErrTooLarge) {
			t.Errorf("another fault: %v", err)
		}
		for _, x := range tables {
			for _, row := range x.Rows {
				if len(row) > mostColumns {
					t.Error("too wide")
				}
			}
		}
	})
}
