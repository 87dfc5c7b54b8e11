// Package workbook writes and reads the few parts of an XLSX file (ISO/IEC 29500) that a form needs: sheets of
// text and whole numbers. It knows no database and no jury.
package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// Style is how a cell looks.
type Style int

// The styles, as the style sheet below numbers them.
const (
	Plain  Style = iota
	Head         // bold on a tint, wrapped
	Locked       // muted: not to be changed
	Open         // to be filled in, wrapped
	Title        // large
)

// Cell is a text, or a number where Number is set.
type Cell struct {
	Text   string
	Number *int
	Style  Style
}

// Rule says what a column takes, from its first to its last row: whole numbers between two bounds, or one of a list.
type Rule struct {
	Column, From, To int // column from 0, rows from 1
	Least, Most      int
	List             []string // instead of bounds; no commas or quotes in its texts
	Title, Message   string   // shown where something else is typed
}

// Sheet is one table. Widths are in characters, one for each column.
type Sheet struct {
	Name   string
	Rows   [][]Cell
	Hidden []int // rows, from 1
	Frozen [2]int
	Widths []int
	Rules  []Rule
}

const header = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

const styles = header + `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
	`<fonts count="4"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font>` +
	`<font><sz val="11"/><color rgb="FF5A6670"/><name val="Calibri"/></font><font><b/><sz val="16"/><name val="Calibri"/></font></fonts>` +
	`<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>` +
	`<fill><patternFill patternType="solid"><fgColor rgb="FFE3EEF2"/></patternFill></fill>` +
	`<fill><patternFill patternType="solid"><fgColor rgb="FFFFFBE6"/></patternFill></fill></fills>` +
	`<borders count="2"><border/><border><left style="thin"><color rgb="FFB8C2C9"/></left><right style="thin"><color rgb="FFB8C2C9"/></right>` +
	`<top style="thin"><color rgb="FFB8C2C9"/></top><bottom style="thin"><color rgb="FFB8C2C9"/></bottom></border></borders>` +
	`<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5">` +
	// quotePrefix: what begins like a formula stays a text, also after somebody has edited the cell.
	`<xf quotePrefix="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
	`<xf fontId="1" fillId="2" borderId="1" quotePrefix="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
	`<xf fontId="2" borderId="1" quotePrefix="1" applyFont="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
	`<xf fillId="3" borderId="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
	`<xf fontId="3" quotePrefix="1" applyFont="1"/>` +
	`</cellXfs></styleSheet>`

// Write makes the file. Texts are cells of text whatever they begin with: none is ever a formula.
func Write(sheets []Sheet) ([]byte, error) {
	parts := [][2]string{{"xl/styles.xml", styles}}
	var types, list, links strings.Builder
	for i, s := range sheets {
		n := i + 1
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, n)
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, escaped(sheetName(s.Name)), n, n)
		fmt.Fprintf(&links, `<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet%d.xml"/>`, n, n)
		parts = append(parts, [2]string{fmt.Sprintf("xl/worksheets/sheet%d.xml", n), s.xml()})
	}
	parts = append(parts,
		[2]string{"xl/workbook.xml", header + `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>` + list.String() + `</sheets></workbook>`},
		[2]string{"xl/_rels/workbook.xml.rels", header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + links.String() +
			fmt.Sprintf(`<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`, len(sheets)+1)},
		[2]string{"_rels/.rels", header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		[2]string{"[Content_Types].xml", header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>` + types.String() + `</Types>`})
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := len(parts) - 1; i >= 0; i-- { // the list of types comes first, as programs expect
		w, err := z.Create(parts[i][0])
		if err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(parts[i][1])); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func (s Sheet) xml() string {
	var b strings.Builder
	b.WriteString(header + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`)
	if s.Frozen != [2]int{} {
		fmt.Fprintf(&b, `<sheetViews><sheetView workbookViewId="0"><pane xSplit="%d" ySplit="%d" topLeftCell="%s" activePane="bottomRight" state="frozen"/></sheetView></sheetViews>`,
			s.Frozen[0], s.Frozen[1], Ref(s.Frozen[0], s.Frozen[1]+1))
	}
	if len(s.Widths) > 0 {
		b.WriteString(`<cols>`)
		for i, w := range s.Widths {
			hidden := ""
			if w == 0 {
				hidden = ` hidden="1"`
			}
			fmt.Fprintf(&b, `<col min="%d" max="%d" width="%d" customWidth="1"%s/>`, i+1, i+1, max(w, 1), hidden)
		}
		b.WriteString(`</cols>`)
	}
	b.WriteString(`<sheetData>`)
	hidden := map[int]bool{}
	for _, n := range s.Hidden {
		hidden[n] = true
	}
	for i, row := range s.Rows {
		fmt.Fprintf(&b, `<row r="%d"`, i+1)
		if hidden[i+1] {
			b.WriteString(` hidden="1"`)
		}
		b.WriteString(`>`)
		for k, c := range row {
			c.write(&b, Ref(k, i+1))
		}
		b.WriteString(`</row>`)
	}
	b.WriteString(`</sheetData>`)
	s.rules(&b)
	b.WriteString(`</worksheet>`)
	return b.String()
}

func (c Cell) write(b *strings.Builder, ref string) {
	switch {
	case c.Number != nil:
		fmt.Fprintf(b, `<c r="%s" s="%d"><v>%d</v></c>`, ref, c.Style, *c.Number)
	case c.Text == "":
		fmt.Fprintf(b, `<c r="%s" s="%d"/>`, ref, c.Style)
	default:
		fmt.Fprintf(b, `<c r="%s" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, ref, c.Style, escaped(c.Text))
	}
}

func (s Sheet) rules(b *strings.Builder) {
	if len(s.Rules) == 0 {
		return
	}
	fmt.Fprintf(b, `<dataValidations count="%d">`, len(s.Rules))
	for _, r := range s.Rules {
		at := fmt.Sprintf(`allowBlank="1" showErrorMessage="1" errorTitle="%s" error="%s" sqref="%s:%s"`,
			escaped(short(r.Title, 32)), escaped(short(r.Message, 255)), Ref(r.Column, r.From), Ref(r.Column, r.To))
		if len(r.List) > 0 {
			fmt.Fprintf(b, `<dataValidation type="list" %s><formula1>"%s"</formula1></dataValidation>`, at, escaped(strings.Join(r.List, ",")))
		} else {
			fmt.Fprintf(b, `<dataValidation type="whole" operator="between" %s><formula1>%d</formula1><formula2>%d</formula2></dataValidation>`, at, r.Least, r.Most)
		}
	}
	b.WriteString(`</dataValidations>`)
}

// Ref names a cell: column from 0, row from 1.
func Ref(column, row int) string {
	name := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name + strconv.Itoa(row)
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder never fails
	return b.String()
}

// sheetName leaves out what a sheet's name may not have.
func sheetName(s string) string {
	return short(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) {
			return ' '
		}
		return r
	}, s), 31)
}

func short(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}
