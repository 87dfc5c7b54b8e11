package scan

import (
	"archive/zip"
	"io"
)

const (
	bombSize  = 1 << 30 // bytes unpacked
	bombRatio = 100     // times the size of the archive
)

// Bomb reports whether a zip says of itself that it would fill a disk: a gigabyte and more, of a
// hundredth as much. Nothing is unpacked to know. A scanner stops inside such a file and may call it
// clean.
func Bomb(r io.ReaderAt, size int64) bool {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return false // no zip
	}
	var total uint64
	for _, f := range z.File {
		if total += f.UncompressedSize64; total < f.UncompressedSize64 {
			return true // more than can be counted
		}
	}
	return total > bombSize && total/bombRatio > uint64(max(size, 1))
}
