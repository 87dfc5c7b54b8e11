package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
)

// What a file must keep to. Compressed sizes are the caller's to limit.
const (
	mostParts   = 500
	mostBytes   = 8 << 20 // of one part, unpacked
	mostRows    = 5000
	mostColumns = 100
	mostTexts   = 200_000
)

// What makes a file unreadable.
var (
	ErrNotAWorkbook = errors.New("workbook: not an XLSX file")
	ErrTooLarge     = errors.New("workbook: larger than a form can be")
)

// Value is what stands in a cell as it was read.
type Value struct {
	Text    string
	Formula bool // the text is only what some program computed last
}

// Table is the cells of a sheet by row and column, both from 0. Rows may have different lengths.
type Table struct {
	Name string
	Rows [][]Value
}

// Read takes the sheets out of a file, in its order. What a spreadsheet may hold beyond cells is passed over. A file
// that unpacks to more than a form can be is refused before it is unpacked.
func Read(file []byte) ([]Table, error) {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotAWorkbook, err)
	}
	if len(z.File) > mostParts {
		return nil, ErrTooLarge
	}
	parts := map[string]*zip.File{}
	for _, f := range z.File {
		parts[strings.TrimPrefix(path.Clean(f.Name), "/")] = f
	}
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var links struct {
		Items []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := decode(parts["xl/workbook.xml"], &book); err != nil {
		return nil, err
	}
	if err := decode(parts["xl/_rels/workbook.xml.rels"], &links); err != nil {
		return nil, err
	}
	texts, err := sharedTexts(parts["xl/sharedStrings.xml"])
	if err != nil {
		return nil, err
	}
	target := map[string]string{}
	for _, l := range links.Items {
		if strings.HasPrefix(l.Target, "/") {
			target[l.ID] = strings.TrimPrefix(path.Clean(l.Target), "/")
		} else {
			target[l.ID] = path.Join("xl", l.Target)
		}
	}
	out := []Table{}
	for _, s := range book.Sheets {
		rows, err := table(parts[target[s.ID]], texts)
		if err != nil {
			return nil, err
		}
		out = append(out, Table{s.Name, rows})
		if len(out) > 20 {
			return nil, ErrTooLarge
		}
	}
	return out, nil
}

// open gives a part that does not unpack to more than it may, whatever its header claims.
func open(f *zip.File) (io.ReadCloser, error) {
	if f == nil {
		return nil, ErrNotAWorkbook
	}
	if f.UncompressedSize64 > mostBytes {
		return nil, ErrTooLarge
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotAWorkbook, err)
	}
	return r, nil
}

type capped struct {
	io.Reader
	left int
}

func (c *capped) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, ErrTooLarge
	}
	n, err := c.Reader.Read(p[:min(len(p), c.left)])
	c.left -= n
	return n, err
}

func decode(f *zip.File, into any) error {
	r, err := open(f)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	return readable(xml.NewDecoder(&capped{r, mostBytes}).Decode(into))
}

func readable(err error) error {
	if err == nil || errors.Is(err, ErrTooLarge) || errors.Is(err, ErrNotAWorkbook) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrNotAWorkbook, err)
}

// run is text as spreadsheets keep it: in one piece, or in pieces of different looks. What helps to read
// Japanese aloud (rPh) is not part of it.
type run struct {
	T string `xml:"t"`
	R []struct {
		T string `xml:"t"`
	} `xml:"r"`
}

func (r run) text() string {
	var b strings.Builder
	b.WriteString(r.T)
	for _, piece := range r.R {
		b.WriteString(piece.T)
	}
	return b.String()
}

// sharedTexts reads the texts that cells point to; a file may have none.
func sharedTexts(f *zip.File) ([]string, error) {
	if f == nil {
		return nil, nil
	}
	out := []string{}
	err := elements(f, "si", func(d *xml.Decoder, start xml.StartElement) error {
		var r run
		if err := d.DecodeElement(&r, &start); err != nil {
			return err
		}
		if len(out) >= mostTexts {
			return ErrTooLarge
		}
		out = append(out, r.text())
		return nil
	})
	return out, err
}

// elements calls for each element of a name, wherever it stands.
func elements(f *zip.File, name string, each func(*xml.Decoder, xml.StartElement) error) error {
	r, err := open(f)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	d := xml.NewDecoder(&capped{r, mostBytes})
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return readable(err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == name {
			if err := each(d, start); err != nil {
				return readable(err)
			}
		}
	}
}

type xmlCell struct {
	Ref     string  `xml:"r,attr"`
	Type    string  `xml:"t,attr"`
	Value   string  `xml:"v"`
	Inline  *run    `xml:"is"`
	Formula *string `xml:"f"`
}

func table(f *zip.File, texts []string) ([][]Value, error) {
	rows := [][]Value{}
	err := elements(f, "row", func(d *xml.Decoder, start xml.StartElement) error {
		var row struct {
			N     int       `xml:"r,attr"`
			Cells []xmlCell `xml:"c"`
		}
		if err := d.DecodeElement(&row, &start); err != nil {
			return err
		}
		n := row.N - 1
		if row.N <= 0 {
			n = len(rows) // programs may leave the number out
		}
		if n >= mostRows || n < len(rows) {
			return ErrTooLarge
		}
		for len(rows) < n {
			rows = append(rows, nil)
		}
		values, err := cells(row.Cells, texts)
		rows = append(rows, values)
		return err
	})
	return rows, err
}

func cells(list []xmlCell, texts []string) ([]Value, error) {
	out := []Value{}
	for _, c := range list {
		at := column(c.Ref)
		if at < 0 {
			at = len(out)
		}
		if at >= mostColumns {
			continue // a form has not so many; what stands there is a juror's own
		}
		for len(out) <= at {
			out = append(out, Value{})
		}
		v, err := c.value(texts)
		if err != nil {
			return nil, err
		}
		out[at] = v
	}
	return out, nil
}

func (c xmlCell) value(texts []string) (Value, error) {
	v := Value{Text: c.Value, Formula: c.Formula != nil}
	switch c.Type {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(c.Value))
		if err != nil || n < 0 || n >= len(texts) {
			return v, ErrNotAWorkbook
		}
		v.Text = texts[n]
	case "inlineStr":
		v.Text = ""
		if c.Inline != nil {
			v.Text = c.Inline.text()
		}
	}
	return v, nil
}

// column reads the letters of "AB12", from 0; -1 where there are none.
func column(ref string) int {
	n := 0
	for _, r := range ref {
		if r < 'A' || r > 'Z' {
			break
		}
		n = n*26 + int(r-'A') + 1
		if n > 20_000 {
			return mostColumns
		}
	}
	return n - 1
}

// Whole reads a number without decimals, as spreadsheets write them: 4, 4.0 or 4e0.
func (v Value) Whole() (int, bool) {
	f, err := strconv.ParseFloat(strings.TrimSpace(v.Text), 64)
	if err != nil || f != float64(int(f)) || f < -1e6 || f > 1e6 {
		return 0, false
	}
	return int(f), true
}
