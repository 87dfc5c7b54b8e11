package scan

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

func TestBomb(t *testing.T) {
	pack := func(sizes ...uint64) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for i, n := range sizes {
			w, err := z.CreateRaw(&zip.FileHeader{Name: strings.Repeat("a", i+1), Method: zip.Deflate, CompressedSize64: 2, UncompressedSize64: n})
			must(t, err)
			_, err = w.Write([]byte{3, 0})
			must(t, err)
		}
		must(t, z.Close())
		return b.Bytes()
	}
	for name, c := range map[string]struct {
		content []byte
		want    bool
	}{
		"4 GiB": {pack(4 << 30), true}, "many of 100 MiB": {pack(100<<20, 100<<20, 500<<20, 500<<20), true}, "more than can be counted": {pack(1<<63, 1<<63), true},
		"small": {pack(1 << 20), false}, "no zip": {[]byte("%PDF-1.4"), false}, "empty": {nil, false}, "cut": {pack(4 << 30)[:40], false},
	} {
		if got := Bomb(bytes.NewReader(c.content), int64(len(c.content))); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
