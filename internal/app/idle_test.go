package app

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// mapped is how much of files this process holds in memory, in kB.
func mapped(t *testing.T) int {
	t.Helper()
	b, err := os.ReadFile("/proc/self/status")
	must(t, err)
	_, after, _ := strings.Cut(string(b), "RssFile:")
	n, err := strconv.Atoi(strings.Fields(after)[0])
	must(t, err)
	return n
}

func TestCodeOfTheStartIsGivenBack(t *testing.T) {
	before := mapped(t)
	giveBack()
	if after := mapped(t); after > before-1000 {
		t.Errorf("%d kB of files in memory, %d before", after, before)
	}
}
