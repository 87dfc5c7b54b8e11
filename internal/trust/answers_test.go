package trust

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var answered = regexp.MustCompile(`(?m)^\| (\d+) \|.*\| (Test\w+) \|$`)

// TestSecurityAnswers counts the lines of docs/security.md that name a test which exists.
func TestSecurityAnswers(t *testing.T) {
	doc, err := os.ReadFile("../../docs/security.md")
	must(t, err)
	exists := map[string]bool{}
	must(t, filepath.WalkDir("..", func(path string, _ os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		b, err := os.ReadFile(path)
		for _, m := range regexp.MustCompile(`(?m)^func (Test\w+)\(t \*testing`).FindAllStringSubmatch(string(b), -1) {
			exists[m[1]] = true
		}
		return err
	}))
	n := map[string]bool{}
	for _, m := range answered.FindAllStringSubmatch(string(doc), -1) {
		if !exists[m[2]] {
			t.Errorf("line %s names %s, which does not exist", m[1], m[2])
			continue
		}
		n[m[1]] = true
	}
	if len(n) != 49 {
		t.Errorf("%d of 49 lines are answered", len(n))
	}
	figure("asvs_items_answered", len(n), "of 49")
}
