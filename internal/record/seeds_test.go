package record

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var seeds = flag.Bool("seeds", false, "write the fuzzers' seeds in testdata/fuzz anew")

// The fuzzers start from these files: sound ones, and one damaged in each part. With -seeds they are written.
func TestTheFuzzersHaveSeeds(t *testing.T) {
	if !*seeds {
		for _, name := range []string{"FuzzVerify", "FuzzConsistency", "FuzzParse"} {
			if found, err := filepath.Glob("testdata/fuzz/" + name + "/*"); err != nil || len(found) < 5 {
				t.Errorf("%s has %d seeds: %v", name, len(found), err)
			}
		}
		return
	}
	l := fuzzLog(t)
	receipt, proof, file := string(l.receipt(4, 9)), l.consistency(4, 9).String(), l.file(9)
	damaged := func(s string) []string {
		out := []string{s, s[:len(s)/2], s + s, strings.ToUpper(s), ""}
		for _, swap := range [][2]string{{"log/1", "log/2"}, {"index 4", "index 5"}, {"old 4", "old 5"}, {"9", "8"}, {"=", ""}, {"\n\n", "\n"}, {"\\n", "\n"}, {`"`, `'`}, {"— ", "- "}} {
			out = append(out, strings.Replace(s, swap[0], swap[1], 1))
		}
		return out
	}
	for name, list := range map[string][]string{"FuzzVerify": damaged(receipt), "FuzzConsistency": damaged(proof), "FuzzParse": append(append(damaged(receipt), damaged(proof)...), damaged(file)...)} {
		dir := filepath.Join("testdata", "fuzz", name)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		for i, s := range list {
			text := fmt.Sprintf("go test fuzz v1\n[]byte(%q)\n", s)
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("seed-%02d", i)), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
