package entry

import (
	"archive/zip"
	"bytes"
	"slices"
	"testing"

	"fieldtrial/internal/contest"
)

// office makes the smallest file of an office format: its first entries say what it is.
func office(t *testing.T, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, n := range names {
		content := "<x/>"
		if n == "mimetype" {
			content = names[len(names)-1]
		}
		if n == content {
			continue
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: n, Method: zip.Store})
		must(t, err)
		_, err = w.Write([]byte(content))
		must(t, err)
	}
	must(t, z.Close())
	return b.Bytes()
}

// Every family that a form can accept is known by its bytes under a type that the family has: what
// the page announces and what is detected must meet, or good files would be refused.
func TestFamiliesAreKnownByTheirBytes(t *testing.T) {
	ooxml := func(part string) []byte { return office(t, "[Content_Types].xml", "_rels/.rels", part) }
	odf := func(typ string) []byte { return office(t, "mimetype", "content.xml", typ) }
	for family, samples := range map[string][][]byte{
		"pdf":      {pdf(200)},
		"image":    {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), []byte("\xff\xd8\xff\xe0\x00\x10JFIF"), []byte("RIFF\x00\x00\x00\x00WEBPVP8 ")},
		"video":    {[]byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"), []byte("\x1a\x45\xdf\xa3\x93\x42\x82\x88webm\x42\x87\x81\x02")},
		"audio":    {[]byte("ID3\x03\x00\x00\x00\x00\x00\x0dTIT2\x00\x00\x00\x03\x00\x00\x00Ab"), []byte("RIFF\x24\x00\x00\x00WAVEfmt "), []byte("\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00M4A mp42")},
		"document": {ooxml("word/document.xml"), odf("application/vnd.oasis.opendocument.text")},
		"slides":   {ooxml("ppt/presentation.xml"), odf("application/vnd.oasis.opendocument.presentation")},
		"sheet":    {ooxml("xl/workbook.xml"), odf("application/vnd.oasis.opendocument.spreadsheet")},
	} {
		for n, head := range samples {
			if got := detect(head); !slices.Contains(contest.FileTypes[family], got) {
				t.Errorf("%s %d is taken for %q", family, n, got)
			}
		}
	}
	if len(contest.FileTypes) != 7 {
		t.Errorf("%d families; each needs a sample here", len(contest.FileTypes))
	}
}
