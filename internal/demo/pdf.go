package demo

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
)

// PDF writes a small document of one page: a heading and lines below it. Latin text is set in
// Helvetica, everything else in a Japanese face that readers bring along, so no font is embedded and
// a page takes about two kilobytes.
func PDF(heading string, lines []string) []byte {
	var page bytes.Buffer
	y := 780
	set := func(s string, size int) {
		for _, part := range wrapped(s, 940/size) {
			if y < 60 {
				return
			}
			font, text := "F1", latin(part)
			if text == "" {
				font, text = "F2", wide(part)
			}
			fmt.Fprintf(&page, "BT /%s %d Tf 60 %d Td %s Tj ET\n", font, size, y, text)
			y -= size * 3 / 2
		}
	}
	set(heading, 18)
	y -= 12
	for _, l := range lines {
		set(l, 11)
		y -= 6
	}
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%sendstream", page.Len(), page.String()),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
		"<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiKakuGo-W5 /Encoding /UniJIS-UTF16-H /DescendantFonts [7 0 R] >>",
		"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HeiseiKakuGo-W5 /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /DW 1000 /W [1 [278] 231 632 500] /FontDescriptor 8 0 R >>",
		"<< /Type /FontDescriptor /FontName /HeiseiKakuGo-W5 /Flags 4 /FontBBox [-92 -250 1010 922] /ItalicAngle 0 /Ascent 752 /Descent -221 /CapHeight 737 /StemV 114 >>",
	}
	var out bytes.Buffer
	out.WriteString("%PDF-1.5\n%\xE2\xE3\xCF\xD3\n")
	at := make([]int, len(objects))
	for i, o := range objects {
		at[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, a := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, xref)
	return out.Bytes()
}

// latin writes text as a literal string in WinAnsi; empty when some character is not in it.
func latin(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r > 0xFF || r >= 0x80 && r < 0xA0 || unicode.IsControl(r):
			return ""
		case r == '(' || r == ')' || r == '\\':
			b.WriteByte('\\')
		}
		b.WriteByte(byte(r)) //nolint:gosec // at most 0xFF, see above
	}
	return "(" + b.String() + ")"
}

// wide writes text as UTF-16, which the Japanese face is addressed in.
func wide(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return "<" + b.String() + ">"
}

// wrapped breaks text into lines of so many half-widths, at spaces where there are any.
func wrapped(s string, most int) []string {
	out, line, width := []string{}, []rune{}, 0
	for _, r := range s {
		w := 1
		if r > 0x2E80 {
			w = 2
		}
		if width+w > most*9/10 {
			rest := []rune{}
			for i := len(line) - 1; i > len(line)/2; i-- {
				if line[i] == ' ' {
					rest, line = append(rest, line[i+1:]...), line[:i]
					break
				}
			}
			out, line, width = append(out, string(line)), rest, len(rest)
		}
		line, width = append(line, r), width+w
	}
	return append(out, string(line))
}
